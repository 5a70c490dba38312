/** From a code to its dossier, from any screen: `/` or Ctrl-K, or the code pasted anywhere. */
import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAsked, isTyping } from '../parts/row-keys.ts'

const JumpBox = lazy(() => import('./jump-box.tsx'))

/** One word, of the length of a code: what else is pasted is nothing to look for. */
const isCode = (text: string): boolean => /^\S{6,128}$/.test(text)

export function Jump({ isWide }: { readonly isWide: boolean }) {
  const { t } = useTranslation()
  /** What is to be looked for; undefined while the box is shut. */
  const [text, setText] = useState<string>()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isCtrlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      if (!isCtrlK && (event.key !== '/' || isTyping(event.target))) return
      if (isAsked()) return
      event.preventDefault()
      setText('')
    }
    const onPaste = (event: ClipboardEvent) => {
      const pasted = event.clipboardData?.getData('text').trim() ?? ''
      if (!isTyping(event.target) && !isAsked() && isCode(pasted)) setText(pasted)
    }
    addEventListener('keydown', onKeyDown)
    addEventListener('paste', onPaste)
    return () => {
      removeEventListener('keydown', onKeyDown)
      removeEventListener('paste', onPaste)
    }
  }, [])
  return (
    <>
      <Button
        icon={<SearchOutlined />}
        aria-label={t('dossiers.jump.open')}
        onClick={() => setText('')}
      >
        {isWide && t('dossiers.jump.open')}
        {isWide && <kbd className="key">/</kbd>}
      </Button>
      {text !== undefined && (
        <Suspense>
          <JumpBox text={text} onClose={() => setText(undefined)} />
        </Suspense>
      )}
    </>
  )
}

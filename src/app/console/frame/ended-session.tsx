/** Asks who it is again, over what one was doing. */
import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { goOn } from '../api/sign-in-again.ts'
import { SignInForm } from '../screens/sign-in/sign-in-form.tsx'

export default function EndedSession() {
  const { t } = useTranslation()
  const questions = useQueryClient()
  // Somebody may have signed in beside it: in the window of the provider, or in another of the console.
  useEffect(() => {
    const look = () => void goOn(questions).catch(() => undefined)
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [questions])
  return (
    <Modal open closable={false} footer={null} title={t('signIn.again')}>
      <p>{t('signIn.kept')}</p>
      <SignInForm isOver />
    </Modal>
  )
}

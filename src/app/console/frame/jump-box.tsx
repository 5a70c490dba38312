import { useQuery } from '@tanstack/react-query'
import { Input, type InputRef, Modal, Tag, Typography } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { http, type Schemas } from '../api/client.ts'
import { FaultView } from '../parts/fault-view.tsx'

type Hit = Schemas['Hit']
const shortest = 2

const addressOf = ({ kind, id, subject }: Hit): string =>
  kind === 'delivery' ? `/deliveries/${id}` : `/dossiers/${encodeURIComponent(subject)}`

async function find(q: string): Promise<readonly Hit[]> {
  const { data, error } = await http.GET('/api/v1/search', { params: { query: { q } } })
  if (!data) throw error
  return data.items
}

interface JumpBoxProps {
  /** Pasted: looked for at once, and gone to when it leads to one place. */
  readonly text: string
  readonly onClose: () => void
}

export default function JumpBox({ text: pasted, onClose }: JumpBoxProps) {
  const { t } = useTranslation()
  const go = useNavigate()
  const field = useRef<InputRef>(null)
  const [text, setText] = useState(pasted)
  const [at, setAt] = useState(0)
  /** Enter was pressed before the answer came. */
  const [isGoing, setGoing] = useState(pasted !== '')
  const q = useDeferredValue(text.trim())
  const { data, error, isFetching } = useQuery({
    queryKey: ['get', '/api/v1/search', q],
    queryFn: () => find(q),
    enabled: q.length >= shortest,
    placeholderData: (before) => before,
  })
  const hits = q.length >= shortest ? (data ?? []) : []
  const leave = (hit: Hit) => {
    onClose()
    void go(addressOf(hit))
  }
  const isAnswered = !isFetching && q === text.trim()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer is there
  useEffect(() => {
    const whole = hits.find(({ id }) => id === q) ?? hits[at]
    if (!isGoing || !isAnswered) return
    setGoing(false)
    if (whole && (hits.length === 1 || whole.id === q || text !== pasted)) leave(whole)
  }, [isGoing, isAnswered])
  return (
    <Modal
      open
      footer={null}
      title={t('dossiers.jump.open')}
      onCancel={onClose}
      afterOpenChange={() => field.current?.focus()}
    >
      <Input
        ref={field}
        autoFocus
        allowClear
        className="mono"
        aria-label={t('dossiers.jump.label')}
        placeholder={t('dossiers.jump.label')}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setAt(0)
        }}
        onPressEnter={() => setGoing(true)}
        onKeyDown={(event) => {
          const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (move === undefined) return
          event.preventDefault()
          setAt(Math.min(Math.max(at + move, 0), Math.max(hits.length - 1, 0)))
        }}
      />
      <div aria-live="polite" style={{ minHeight: 120, marginTop: 12 }}>
        {error && <FaultView error={error} />}
        {hits.map((hit, index) => (
          <button
            key={`${hit.kind} ${hit.id}`}
            type="button"
            className={index === at ? 'hit hit-at' : 'hit'}
            onClick={() => leave(hit)}
          >
            <Tag>{t(`dossiers.jump.kind.${hit.kind}`)}</Tag>
            <span className="mono">{hit.id}</span>
            {hit.kind !== 'dossier' && ` ${hit.subject}`}
          </button>
        ))}
        {hits.length === 0 && (
          <Typography.Text type="secondary">
            {q.length >= shortest && isAnswered ? t('dossiers.jump.none') : t('dossiers.jump.hint')}
          </Typography.Text>
        )}
      </div>
    </Modal>
  )
}

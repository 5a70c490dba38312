import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'
import { exact } from '../../parts/moment.tsx'
import { ShownOnce } from '../../parts/shown-once.tsx'

export interface ShownKey {
  readonly client: string
  readonly issued: Schemas['IssuedKey']
}

interface KeyShownProps {
  readonly of: ShownKey | undefined
  readonly onDone: () => void
}

export function KeyShown({ of, onDone }: KeyShownProps) {
  const { t } = useTranslation()
  return (
    <ShownOnce
      title={t('clients.shown.title', { client: of?.client ?? '' })}
      text={of?.issued.key}
      warning={t('clients.shown.once')}
      done={t('clients.shown.done')}
      onDone={onDone}
    >
      {of && <span>{t('clients.shown.expires', { at: exact(of.issued.expiresAt) })}</span>}
      {of && of.issued.ended.length > 0 && (
        <span>{t('clients.shown.ended', { keys: of.issued.ended.join(', ') })}</span>
      )}
    </ShownOnce>
  )
}

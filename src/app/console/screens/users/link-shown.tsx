import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'
import { exact } from '../../parts/moment.tsx'
import { ShownOnce } from '../../parts/shown-once.tsx'

interface LinkShownProps {
  readonly of: Schemas['SetUpLink'] | undefined
  readonly onDone: () => void
}

export function LinkShown({ of, onDone }: LinkShownProps) {
  const { t } = useTranslation()
  return (
    <ShownOnce
      title={t('users.link.title', { user: of?.user ?? '' })}
      text={of?.url}
      warning={t('users.link.once')}
      done={t('users.link.done')}
      onDone={onDone}
    >
      {of && <span>{t('users.link.expires', { at: exact(of.expiresAt) })}</span>}
    </ShownOnce>
  )
}

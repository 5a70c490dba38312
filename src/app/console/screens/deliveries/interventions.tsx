/** What may be done about a delivery in its state; nothing for those who may not. */
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import { ActionButton } from '../../parts/action-button.tsx'
import type { DeliveryState } from '../../parts/tags.tsx'

const actions = {
  redrive: ['dead'],
  release: ['held'],
  'confirm-delivered': ['unknown'],
  'send-again': ['unknown'],
  'give-up': ['unknown'],
  hold: ['waiting'],
  discard: ['dead', 'held', 'waiting'],
} as const satisfies Record<string, readonly DeliveryState[]>
type Action = keyof typeof actions

interface InterventionsProps {
  readonly id: string
  readonly state: DeliveryState
  /** `r` redrives: where no other delivery is on the screen. */
  readonly isAlone?: boolean
}

export function Interventions({ id, state, isAlone = false }: InterventionsProps) {
  const { t } = useTranslation()
  if (!useMay('deliveries:write')) return null
  const fitting = (Object.keys(actions) as Action[]).filter((action) =>
    (actions[action] as readonly DeliveryState[]).includes(state),
  )
  return fitting.map((action, at) => (
    <ActionButton
      key={action}
      label={t(`deliveries.act.${action}`)}
      explains={t(`deliveries.explains.${action}`)}
      path={`/api/v1/deliveries/{id}/${action}`}
      of={id}
      danger={action === 'discard'}
      {...(isAlone && action === 'redrive' && { hotkey: 'r' })}
      {...(at === 0 && action !== 'discard' && { button: { type: 'primary' as const } })}
    />
  ))
}

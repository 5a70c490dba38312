/** How a system stands: the worst that is true of it. */
import { Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'

export type System = Schemas['System']
const colours = {
  wrong: 'red',
  open: 'red',
  paused: 'purple',
  failing: 'orange',
  maintenance: 'blue',
  well: 'green',
} as const

export function standingOf(system: System): keyof typeof colours {
  if (system.problem) return 'wrong'
  if (system.paused) return 'paused'
  if (system.circuit === 'open') return 'open'
  if (system.maintenance) return 'maintenance'
  return system.failed > 0 ? 'failing' : 'well'
}

/** What needs somebody soonest comes first: how it stands, then how much fails, then how long something waits. */
export const worstFirst = (systems: readonly System[]): System[] => {
  const ranks = Object.keys(colours)
  const rank = (system: System): number => ranks.indexOf(standingOf(system))
  const share = ({ health }: System): number => health.last15Minutes.errorRate ?? 0
  return systems.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      share(b) - share(a) ||
      (b.oldestDueSeconds ?? 0) - (a.oldestDueSeconds ?? 0) ||
      (a.health.certificate?.daysLeft ?? 1e9) - (b.health.certificate?.daysLeft ?? 1e9),
  )
}

export function StandingTag({ system }: { readonly system: System }) {
  const { t } = useTranslation()
  const standing = standingOf(system)
  return (
    <Tooltip title={t(`systems.standingHelp.${standing}`)}>
      <Tag color={colours[standing]}>{t(`systems.standing.${standing}`)}</Tag>
    </Tooltip>
  )
}

export function useSpan(): (seconds: number | null) => string {
  const { t } = useTranslation()
  return (seconds) => {
    if (seconds === null) return '–'
    if (seconds < 90) return t('systems.seconds', { count: Math.round(seconds) })
    if (seconds < 5400) return t('systems.minutes', { count: Math.round(seconds / 60) })
    return t('systems.hours', { count: Math.round(seconds / 3600) })
  }
}

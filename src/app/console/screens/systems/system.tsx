/** One system: how it stands, its connection, pause and resume, and the ways to what waits for it. */
import { Card, Descriptions, Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { nameOf } from '../../parts/actor.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { PauseButton } from '../../parts/pause-button.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useEveryUnit } from '../../parts/whole-reach.tsx'
import { CheckCard } from './check-card.tsx'
import { DrainButton, ResumeButton } from './drain-buttons.tsx'
import { FiguresCard } from './figures-card.tsx'
import { RateCard, WindowsCard } from './limits-card.tsx'
import { StandingTag, type System, useSpan } from './standing.tsx'

interface Of {
  readonly of: System
}

function Facts({ of }: Of) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const span = useSpan()
  const { paused, maintenance, problem, circuitSince } = of
  const item = (key: string, label: string, children: React.ReactNode) => ({ key, label, children })
  return (
    <Card size="small">
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2, xl: 3 }}
        items={[
          item('standing', t('systems.columns.standing'), <StandingTag system={of} />),
          item('connector', t('systems.fact.connector'), <code>{of.connector}</code>),
          item('waiting', t('systems.columns.waiting'), of.waiting),
          item('failed', t('systems.columns.failed'), of.failed),
          item('oldest', t('systems.columns.oldest'), span(of.oldestDueSeconds)),
          ...(problem ? [item('problem', t('systems.fact.problem'), own(problem))] : []),
          ...(of.circuit === 'open'
            ? [item('circuit', t('systems.fact.circuitSince'), <Moment at={circuitSince} />)]
            : []),
          ...(maintenance
            ? [
                item('window', t('systems.fact.until'), <Moment at={maintenance.until} />),
                item('windowWhy', t('systems.fact.pausedWhy'), maintenance.reason),
              ]
            : []),
          ...(paused
            ? [
                item('by', t('systems.fact.pausedBy'), nameOf(paused.by)),
                item('why', t('systems.fact.pausedWhy'), paused.reason),
                item(
                  'resumes',
                  t('systems.fact.resumes'),
                  paused.resumeAt ? <Moment at={paused.resumeAt} /> : t('systems.fact.never'),
                ),
              ]
            : []),
        ]}
      />
    </Card>
  )
}

function Actions({ of }: Of) {
  const { t } = useTranslation()
  const mayRepair = useMay('deliveries:write')
  const reachesAll = useEveryUnit()
  const mayAct = useMay('systems:write') && reachesAll
  return (
    <>
      {mayRepair && of.failed > 0 && !of.paused && <DrainButton of={of} />}
      {mayAct &&
        (of.paused ? (
          <ResumeButton of={of} />
        ) : (
          <PauseButton
            explains={t('systems.pause.explains')}
            label={t('systems.pause.button')}
            path="/api/v1/systems/{id}/pause"
            place={{ id: of.id }}
          />
        ))}
    </>
  )
}

function SettingsLink({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const may = useMay('config:read')
  return may ? <Link to={`/systems/${id}/settings`}>{t('settings.seen')}</Link> : null
}

export default function SystemScreen() {
  const { t } = useTranslation()
  const own = useOwnWords()
  const { id = '' } = useParams()
  const mayDeliveries = useMay('deliveries:read')
  const system = api.useQuery('get', '/api/v1/systems/{id}', { params: { path: { id } } })
  return (
    <Loaded of={system}>
      {(of) => (
        <Screen
          title={own(of.title)}
          lead={<span className="mono">{of.id}</span>}
          actions={<Actions of={of} />}
        >
          <Flex vertical gap={12}>
            <Facts of={of} />
            <Flex gap={16} wrap>
              <Link to={`/problems?system=${id}`}>{t('systems.links.problems')}</Link>
              {mayDeliveries && (
                <>
                  <Link to={`/deliveries?state=dead&system=${id}`}>
                    {t('systems.links.failed')}
                  </Link>
                  <Link to={`/deliveries?state=waiting&system=${id}`}>
                    {t('systems.links.waiting')}
                  </Link>
                </>
              )}
              <SettingsLink id={id} />
            </Flex>
            <FiguresCard of={of} />
            <CheckCard id={id} last={of.check} onChecked={() => void system.refetch()} />
            <Flex gap={12} wrap align="stretch">
              <RateCard of={of} />
              <WindowsCard of={of} />
            </Flex>
          </Flex>
        </Screen>
      )}
    </Loaded>
  )
}

/** The first screen: how the hub is, and what needs the person who looks. */
import { Alert, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import type { Scope } from '../../api/session.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { MayLink } from '../../parts/may-link.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { PlainTable } from '../../parts/plain-table.tsx'
import { Screen } from '../../parts/screen.tsx'
import { SideTag } from '../../parts/tags.tsx'
import { CertificateTag, useNumbers, warnDays } from '../systems/figures.tsx'
import { type System, standingOf, useSpan } from '../systems/standing.tsx'
import { SystemsTable } from '../systems/systems-table.tsx'

type Problem = Schemas['DeliveryProblem']
const shown = 8

interface FigureProps {
  readonly label: string
  readonly value: number | string
  readonly to: string
  readonly isBad: boolean
  /** What the screen behind it needs. */
  readonly scope?: Scope
}

const Figure = ({ label, value, to, isBad, scope = 'systems:read' }: FigureProps) => (
  <MayLink scope={scope} to={to} className={isBad ? 'figure figure-bad' : 'figure'}>
    <span>{label}</span>
    <strong>{value}</strong>
  </MayLink>
)

const sum = (of: readonly System[], figure: (system: System) => number): number =>
  of.reduce((all, system) => all + figure(system), 0)

interface FiguresProps {
  readonly systems: readonly System[]
  readonly problems: number
  readonly now: Schemas['Now']
}

function Figures({ systems, problems, now }: FiguresProps) {
  const { t } = useTranslation()
  const { count } = useNumbers()
  const span = useSpan()
  const oldest = Math.max(0, ...systems.map(({ oldestDueSeconds }) => oldestDueSeconds ?? 0))
  const failed = sum(systems, (one) => one.failed)
  return (
    <Flex gap={12} wrap>
      <Figure
        label={t('now.problems')}
        value={problems > shown ? `${shown}+` : problems}
        to="/problems?status=open"
        isBad={problems > 0}
      />
      <Figure
        label={t('now.failed')}
        value={failed}
        to="/deliveries?state=dead"
        scope="deliveries:read"
        isBad={failed > 0}
      />
      <Figure
        label={t('now.waiting')}
        value={sum(systems, (one) => one.waiting)}
        to="/deliveries?state=waiting"
        scope="deliveries:read"
        isBad={false}
      />
      <Figure
        label={t('now.oldest')}
        value={oldest === 0 ? '–' : span(oldest)}
        to="/systems"
        isBad={oldest > 900}
      />
      <Figure
        label={t('now.blocked')}
        value={now.blockedDossiers}
        to="/dossiers"
        scope="deliveries:read"
        isBad={now.blockedDossiers > 0}
      />
      <Figure
        label={t(now.acceptedPerMinute === null ? 'now.delivered' : 'now.inAndOut')}
        value={[now.acceptedPerMinute, now.deliveredPerMinute]
          .flatMap((pace) => (pace === null ? [] : count(pace)))
          .join(' / ')}
        to="/systems"
        isBad={false}
      />
    </Flex>
  )
}

const endsSoon = ({ health }: System): boolean => (health.certificate?.daysLeft ?? 1e9) <= warnDays

const isWell = (systems: readonly System[], now: Schemas['Now']): boolean =>
  now.workers.alive !== 0 && systems.every((one) => standingOf(one) === 'well' && !endsSoon(one))

/** What stops the hub as a whole, or will soon. */
function Warnings({
  systems,
  workers,
}: {
  systems: readonly System[]
  workers: Schemas['Now']['workers']
}) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const ending = systems.filter(endsSoon)
  return (
    <>
      {workers.alive === 0 && (
        <Alert
          type="error"
          showIcon
          title={t('now.noWorkers')}
          description={
            <>
              {t('now.noWorkersNext')} {workers.lastSeen && <Moment at={workers.lastSeen} />}
            </>
          }
        />
      )}
      {ending.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('now.certificates')}
          description={
            <Flex gap={16} wrap>
              {ending.map(({ id, title, health }) => (
                <span key={id}>
                  <Link to={`/systems/${id}`}>{own(title)}</Link>{' '}
                  <CertificateTag of={health.certificate} />
                </span>
              ))}
            </Flex>
          }
        />
      )}
    </>
  )
}

function Problems({ of: rows }: { readonly of: readonly Problem[] }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <section>
      <Flex justify="space-between" align="baseline">
        <Typography.Title level={2} style={{ fontSize: 16 }}>
          {t('now.needed')}
        </Typography.Title>
        <Link to="/problems">{t('now.more')}</Link>
      </Flex>
      <PlainTable<Problem>
        label={t('now.needed')}
        rows={rows.slice(0, shown)}
        keyOf={({ id }) => String(id)}
        width={680}
        columns={[
          {
            title: t('problems.columns.what'),
            render: (row) => (
              <>
                <Link to={`/problems/${row.id}`}>{own(row.cause)}</Link>
                <div>
                  <Typography.Text type="secondary">
                    {row.system} · {row.title || row.code}
                  </Typography.Text>
                </div>
              </>
            ),
          },
          {
            title: t('problems.columns.side'),
            width: 150,
            render: ({ side }) => <SideTag side={side} />,
          },
          {
            title: t('problems.columns.dossiers'),
            width: 90,
            align: 'right',
            render: ({ dossiers }) => dossiers,
          },
          {
            title: t('problems.columns.lastSeen'),
            width: 140,
            render: ({ lastSeen }) => <Moment at={lastSeen} />,
          },
        ]}
      />
    </section>
  )
}

interface WholeProps {
  readonly now: Schemas['Now']
  readonly problems: readonly Problem[]
  readonly systems: readonly System[]
}

/** All of it at once: what came piece by piece would push aside what somebody is about to click. */
function Whole({ now, problems, systems }: WholeProps) {
  const { t } = useTranslation()
  return (
    <Flex vertical gap={20}>
      <Figures systems={systems} problems={problems.length} now={now} />
      <Warnings systems={systems} workers={now.workers} />
      {problems.length > 0 && <Problems of={problems} />}
      {problems.length === 0 && isWell(systems, now) && (
        <Alert type="success" showIcon title={t('now.allWell')} />
      )}
      <section>
        <Typography.Title level={2} style={{ fontSize: 16 }}>
          {t('now.systems')}
        </Typography.Title>
        <SystemsTable of={systems} />
      </section>
    </Flex>
  )
}

export default function Now() {
  const { t } = useTranslation()
  const systems = api.useQuery('get', '/api/v1/systems')
  const problems = api.useQuery('get', '/api/v1/problems', {
    params: { query: { status: 'open', limit: shown + 1 } },
  })
  const now = api.useQuery('get', '/api/v1/now')
  return (
    <Screen title={t('frame.screens.now')} lead={t('now.lead')}>
      <Loaded of={now}>
        {(hub) => (
          <Loaded of={problems}>
            {({ items }) => (
              <Loaded of={systems}>
                {({ items: all }) => <Whole now={hub} problems={items} systems={all} />}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Screen>
  )
}

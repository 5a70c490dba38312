/** Pulls: when they ran, what came of it, when they run next. */
import { Flex, Popover, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useChange } from '../../api/change.ts'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { exact, Moment } from '../../parts/moment.tsx'
import { PauseButton } from '../../parts/pause-button.tsx'
import { PlainTable } from '../../parts/plain-table.tsx'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useEveryUnit } from '../../parts/whole-reach.tsx'
import { JobLink, JobsCard } from '../settings/jobs-card.tsx'

type Pull = Schemas['Pull']
const colours = {
  running: 'processing',
  paused: 'purple',
  failed: 'red',
  off: 'default',
  waits: 'green',
} as const

function standingOf(pull: Pull): keyof typeof colours {
  if (pull.paused) return 'paused'
  if (pull.running) return 'running'
  if (pull.lastCode) return 'failed'
  return pull.nextRuns.length === 0 ? 'off' : 'waits'
}

export function Actions({ of }: { readonly of: Pull }) {
  const { t } = useTranslation()
  const change = useChange()
  const reachesAll = useEveryUnit()
  if (!useMay('systems:write') || !reachesAll) return null
  const place = { job: of.job }
  const act = (verb: string) => (body: object) =>
    change(`/api/v1/pulls/{job}/${verb}`, { path: place, body })
  return (
    <Flex gap={8} wrap>
      {of.paused ? (
        <ReasonButton label={t('jobs.resume')} button={{ size: 'small' }} act={act('resume')} />
      ) : (
        <>
          <ReasonButton
            label={t('jobs.run.button')}
            explains={t('jobs.run.explains')}
            button={{ size: 'small' }}
            act={act('run')}
          />
          <PauseButton
            label={t('jobs.pause')}
            explains={t('jobs.pauseExplains')}
            path="/api/v1/pulls/{job}/pause"
            place={place}
          />
        </>
      )}
    </Flex>
  )
}

function NextRuns({ of }: { readonly of: Pull }) {
  const { t } = useTranslation()
  const [first] = of.nextRuns
  if (!first) return <span>–</span>
  return (
    <Popover
      title={t('jobs.nextRuns')}
      content={
        <ol style={{ margin: 0, paddingLeft: 20 }}>
          {of.nextRuns.map((at) => (
            <li key={at}>{exact(at)}</li>
          ))}
        </ol>
      }
    >
      <span>
        <Moment at={first} />
      </span>
    </Popover>
  )
}

export default function Jobs() {
  const { t } = useTranslation()
  const pulls = api.useQuery('get', '/api/v1/pulls')
  return (
    <Screen title={t('frame.screens.jobs')} lead={t('jobs.lead')}>
      <Loaded of={pulls}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title={t('jobs.empty.title')} next={t('jobs.empty.next')} />
          ) : (
            <PlainTable<Pull>
              label={t('frame.screens.jobs')}
              rows={items}
              keyOf={({ job }) => job}
              width={960}
              columns={[
                { title: t('jobs.columns.job'), render: ({ job }) => <JobLink id={job} /> },
                {
                  title: t('jobs.columns.standing'),
                  width: 160,
                  render: (pull) => (
                    <>
                      <Tag color={colours[standingOf(pull)]}>
                        {t(`jobs.standing.${standingOf(pull)}`)}
                      </Tag>
                      {pull.lastCode && <code>{pull.lastCode}</code>}
                    </>
                  ),
                },
                {
                  title: t('jobs.columns.last'),
                  width: 150,
                  render: ({ lastRunAt }) => <Moment at={lastRunAt} />,
                },
                {
                  title: t('jobs.columns.messages'),
                  width: 90,
                  align: 'right',
                  render: ({ lastMessages }) => lastMessages,
                },
                {
                  title: t('jobs.columns.next'),
                  width: 150,
                  render: (pull) => <NextRuns of={pull} />,
                },
                { key: 'act', title: '', width: 220, render: (pull) => <Actions of={pull} /> },
              ]}
            />
          )
        }
      </Loaded>
      <JobsCard />
    </Screen>
  )
}

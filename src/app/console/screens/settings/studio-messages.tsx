/** The messages to choose from: the newest that a job takes, or those of a dossier. */
import { useQuery } from '@tanstack/react-query'
import { Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import { post } from '../../api/change.ts'
import { api, type Schemas } from '../../api/client.ts'
import { isApiProblem } from '../../api/fault.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { exact } from '../../parts/moment.tsx'
import { type DryVerdict, type PushReport, VerdictTag } from './dry-output.tsx'

type Job = Schemas['Job']

interface Row {
  readonly id: string
  readonly subject: string
  readonly type: string
  readonly verdict?: DryVerdict
  readonly when?: string
}

interface ChoiceProps {
  readonly at: string | undefined
  readonly choose: (message: string) => void
}

function Choice({ rows, at, choose }: ChoiceProps & { readonly rows: readonly Row[] }) {
  const { t } = useTranslation()
  if (rows.length === 0)
    return <EmptyView title={t('studio.noMessages.title')} next={t('studio.noMessages.next')} />
  return (
    <Flex vertical gap={2}>
      {rows.map(({ id, subject, type, verdict, when }) => (
        <button
          key={id}
          type="button"
          className={id === at ? 'hit hit-at' : 'hit'}
          aria-pressed={id === at}
          onClick={() => choose(id)}
        >
          <span className="mono">{subject}</span> {verdict && <VerdictTag verdict={verdict} />}
          <div style={{ fontSize: 12, overflowWrap: 'anywhere', opacity: 0.75 }}>
            {when ?? type}
          </div>
        </button>
      ))}
    </Flex>
  )
}

/** Each look is a dry run, and on record: it is asked for once. */
export const once = {
  ...{ staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: false },
} as const

export const useDryRun = (job: string, body: object) =>
  useQuery({
    queryKey: ['dry-run', job, body],
    queryFn: () => post<PushReport>('/api/v1/jobs/{id}/dry-run', { path: { id: job }, body }),
    ...once,
    // A process runs one at a time: another is over in a moment.
    retry: (times, error) => times < 20 && isApiProblem(error) && error.code === 'rate-limited',
    retryDelay: 400,
  })

export function Newest({ job, ...choice }: ChoiceProps & { readonly job: Job }) {
  const report = useDryRun(job.id, { last: 10 })
  return (
    <Loaded of={report}>
      {({ items }) => (
        <Choice
          {...choice}
          rows={items.flatMap(({ message, subject, type, verdict }) =>
            message === null ? [] : [{ id: message, subject, type, verdict }],
          )}
        />
      )}
    </Loaded>
  )
}

export function OfDossier({
  job,
  code,
  ...choice
}: ChoiceProps & { readonly job: Job; readonly code: string }) {
  const dossier = api.useQuery(
    'get',
    '/api/v1/dossiers/{code}',
    { params: { path: { code } } },
    { retry: false },
  )
  return (
    <Loaded of={dossier}>
      {({ timeline }) => (
        <Choice
          {...choice}
          rows={timeline
            .flatMap(({ what, message, type, at }) =>
              what === 'accepted' && message !== null && type !== null && job.types.includes(type)
                ? [{ id: message, subject: code, type, when: exact(at) }]
                : [],
            )
            .reverse()}
        />
      )}
    </Loaded>
  )
}

/** Every job of the configuration, those that send as well as those that fetch; and where a new one begins. */
import { Card, Flex, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { PlainTable } from '../../parts/plain-table.tsx'
import { useWholeReach } from '../../parts/whole-reach.tsx'
import { AddObject } from './add-object.tsx'

type Job = Schemas['Job']

function List({ jobs }: { readonly jobs: readonly Job[] }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <PlainTable<Job>
      label={t('settings.jobs.title')}
      rows={jobs}
      keyOf={({ id }) => id}
      width={760}
      columns={[
        {
          title: t('settings.jobs.job'),
          render: ({ id, title, enabled }) => (
            <Flex vertical>
              <Link to={`/jobs/${id}`}>{own(title)}</Link>
              <span>
                <code>{id}</code> {!enabled && <Tag>{t('settings.jobs.off')}</Tag>}
              </span>
            </Flex>
          ),
        },
        {
          title: t('settings.jobs.kind'),
          width: 100,
          render: ({ kind }) => t(`settings.add.${kind}`),
        },
        {
          title: t('settings.jobs.system'),
          width: 170,
          render: ({ system }) => <Link to={`/systems/${system}`}>{system}</Link>,
        },
        {
          title: t('settings.jobs.types'),
          render: ({ types }) => <span className="mono">{types.join(', ') || '–'}</span>,
        },
      ]}
    />
  )
}

function Shown() {
  const { t } = useTranslation()
  const mayWrite = useMay('config:write')
  const jobs = api.useQuery('get', '/api/v1/jobs')
  return (
    <Card
      size="small"
      title={t('settings.jobs.title')}
      extra={mayWrite && <AddObject kind="jobs" />}
      style={{ flex: 'none' }}
    >
      <Loaded of={jobs}>{({ items }) => <List jobs={items} />}</Loaded>
    </Card>
  )
}

/** By its id, a link for those who may see its settings. */
export function JobLink({ id }: { readonly id: string }) {
  const may = useMay('config:read')
  return may ? (
    <Link to={`/jobs/${id}`} className="mono">
      {id}
    </Link>
  ) : (
    <code>{id}</code>
  )
}

export function JobsCard() {
  const may = useMay('config:read')
  const reachesAll = useWholeReach()
  return may && reachesAll ? <Shown /> : null
}

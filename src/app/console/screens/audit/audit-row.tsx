/** One row of the trail: what was there before and after, and what proves that it is as it was written. */
import { Card, Descriptions, Flex, Table, Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { exact, Moment } from '../../parts/moment.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useActionName } from './action-name.ts'

type Entry = Schemas['AuditEntry']

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const shown = (value: unknown): string =>
  value === undefined || value === null
    ? '–'
    : typeof value === 'string'
      ? value
      : Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? value.join(', ') || '–'
        : JSON.stringify(value)

interface Difference {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** Member by member where both are objects. */
function differences({ before, after }: Entry): Difference[] {
  if (!isObject(before) && !isObject(after))
    return [{ name: '', before: shown(before), after: shown(after) }]
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].map((name) => ({
    name,
    before: shown(old[name]),
    after: shown(now[name]),
  }))
}

function Differences({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation()
  const rows = differences(entry)
  return (
    <Table<Difference>
      size="small"
      pagination={false}
      rowKey="name"
      dataSource={rows}
      scroll={{ x: 500 }}
      columns={[
        { title: t('audit.row.what'), dataIndex: 'name', className: 'mono' },
        { title: t('audit.row.before'), dataIndex: 'before' },
        {
          title: t('audit.row.after'),
          render: (_, { before, after }) =>
            before === after ? after : <Typography.Text strong>{after}</Typography.Text>,
        },
      ]}
    />
  )
}

function SealView({ seal }: Pick<Entry, 'seal'>) {
  const { t } = useTranslation()
  if (!seal) return <span>{t('audit.row.unsealed')}</span>
  const { link, from, to } = seal
  return (
    <Flex vertical gap={4}>
      <span>
        {t('audit.row.link', { link, from, to })} <Moment at={seal.sealedAt} />
      </span>
      <Typography.Text copyable className="mono" style={{ wordBreak: 'break-all' }}>
        {seal.hash}
      </Typography.Text>
    </Flex>
  )
}

function EntryView({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation()
  const nameOf = useActionName()
  const { at, actor, action, object, reason, outcome, before, after, more, seal } = entry
  const listOf = (name: string, value: string) => `/audit?${new URLSearchParams({ [name]: value })}`
  return (
    <Flex vertical gap={16}>
      <Card>
        <Descriptions
          column={1}
          items={[
            { key: 'at', label: t('audit.columns.at'), children: exact(at) },
            {
              key: 'actor',
              label: t('audit.columns.actor'),
              children: (
                <Flex gap={12} wrap>
                  {actor}
                  <Link to={listOf('actor', actor)}>{t('audit.row.sameActor')}</Link>
                </Flex>
              ),
            },
            {
              key: 'action',
              label: t('audit.columns.action'),
              children: (
                <Flex gap={8} wrap>
                  {nameOf(action)} <code>{action}</code>
                  {outcome === 'refused' && <Tag color="red">{t('audit.refused')}</Tag>}
                </Flex>
              ),
            },
            {
              key: 'object',
              label: t('audit.columns.object'),
              children: (
                <Flex gap={12} wrap>
                  {object}
                  <Link to={listOf('object', object)}>{t('audit.row.sameObject')}</Link>
                </Flex>
              ),
            },
            { key: 'reason', label: t('audit.columns.reason'), children: reason || '–' },
            ...(Object.keys(more).length > 0
              ? [
                  {
                    key: 'more',
                    label: t('audit.row.more'),
                    children: <code>{JSON.stringify(more)}</code>,
                  },
                ]
              : []),
            {
              key: 'seal',
              label: t('audit.row.seal'),
              children: <SealView seal={seal} />,
            },
          ]}
        />
      </Card>
      {(before !== null || after !== null) && <Differences entry={entry} />}
    </Flex>
  )
}

export default function AuditRow() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const entry = api.useQuery('get', '/api/v1/audit/rows/{id}', { params: { path: { id } } })
  return (
    <Screen
      title={t('audit.row.title', { id })}
      actions={<Link to="/audit">{t('audit.row.back')}</Link>}
    >
      <Loaded of={entry}>{(data) => <EntryView entry={data} />}</Loaded>
    </Screen>
  )
}

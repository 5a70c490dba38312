/** The hub about itself. */
import { Button, Card, Descriptions, Flex, Table, Tabs, Tag, Tooltip, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '../../api/client.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { Screen } from '../../parts/screen.tsx'
import { useFilters } from '../../parts/use-filters.ts'
import { Findings } from './findings.tsx'

type About = Schemas['About']

interface MarkProps {
  readonly of: About['backup']
  readonly setting: string
}

function Mark({ of, setting }: MarkProps) {
  const { t } = useTranslation()
  if (of === null) return <span>{t('about.unknown', { setting })}</span>
  return of.at === null ? <Tag color="red">{t('about.neverDone')}</Tag> : <Moment at={of.at} />
}

function Versions({ about }: { readonly about: About }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <Flex vertical gap={16}>
      <Card>
        <Descriptions
          column={{ xs: 1, lg: 2 }}
          items={[
            { key: 'version', label: t('about.version'), children: about.version },
            { key: 'node', label: 'Node.js', children: about.node },
            { key: 'postgres', label: 'PostgreSQL', children: about.postgres },
            { key: 'environment', label: t('about.environment'), children: about.environment },
            { key: 'at', label: t('about.started'), children: <Moment at={about.startedAt} /> },
            { key: 'revision', label: t('about.revision'), children: about.revision?.id ?? '–' },
            {
              key: 'migration',
              label: t('about.migration'),
              children: about.migrations.at(-1)?.name ?? '–',
            },
            {
              key: 'backup',
              label: t('about.backup'),
              children: <Mark of={about.backup} setting="HUB_BACKUP_STAMP" />,
            },
            {
              key: 'drill',
              label: t('about.drill'),
              children: <Mark of={about.restoreDrill} setting="HUB_RESTORE_DRILL_STAMP" />,
            },
            {
              key: 'restored',
              label: t('about.restored'),
              children: about.restoredAt ? (
                <Moment at={about.restoredAt} />
              ) : (
                t('about.neverRestored')
              ),
            },
          ]}
        />
      </Card>
      <Card title={t('about.processes')}>
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          scroll={{ x: 480 }}
          dataSource={about.processes}
          columns={[
            { title: t('about.process'), dataIndex: 'id', className: 'mono' },
            { title: t('about.role'), dataIndex: 'role', width: 120 },
            {
              title: t('about.seen'),
              width: 150,
              render: (_, { seenSecondsAgo: count }) => t('about.seconds', { count }),
            },
          ]}
        />
      </Card>
      <Card title={t('about.connectors')}>
        <Flex wrap gap={6}>
          {about.connectors.map(({ id, problem }) => (
            <Tooltip key={id} title={problem ? own(problem) : undefined}>
              <Tag color={problem ? 'red' : 'default'} style={{ margin: 0 }}>
                {id}
              </Tag>
            </Tooltip>
          ))}
        </Flex>
      </Card>
      <Card title={t('about.releases')}>
        <Table
          size="small"
          rowKey="since"
          pagination={false}
          dataSource={about.releases}
          columns={[
            { title: t('about.version'), dataIndex: 'version' },
            { title: t('about.since'), render: (_, { since }) => <Moment at={since} /> },
          ]}
        />
      </Card>
    </Flex>
  )
}

const megabyte = 1024 ** 2

function Storage({ storage }: Pick<About, 'storage'>) {
  const { t, i18n } = useTranslation()
  const counted = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 })
  const sized = (bytes: number) =>
    `${new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(bytes / megabyte)} MB`
  return (
    <Table
      aria-label={t('about.tabs.storage')}
      size="small"
      rowKey="group"
      pagination={false}
      scroll={{ x: 480 }}
      dataSource={storage.groups}
      columns={[
        { title: t('about.group'), render: (_, { group }) => t(`about.groups.${group}`) },
        { title: t('about.size'), align: 'right', render: (_, { bytes }) => sized(bytes) },
        { title: t('about.rows'), align: 'right', render: (_, { rows }) => counted.format(rows) },
      ]}
      footer={() => `${t('about.total')}: ${sized(storage.bytes)}`}
    />
  )
}

function Settings({ settings }: Pick<About, 'settings'>) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <Table
      aria-label={t('about.tabs.settings')}
      size="small"
      rowKey="name"
      pagination={false}
      scroll={{ x: 700 }}
      dataSource={settings}
      columns={[
        {
          title: t('about.setting'),
          width: '50%',
          render: (_, { name, what }) => (
            <Flex vertical>
              <code>{name}</code>
              <Typography.Text type="secondary">{own(what)}</Typography.Text>
            </Flex>
          ),
        },
        {
          title: t('about.value'),
          render: (_, { value, otherwise, secret }) =>
            value === null ? (
              <Typography.Text type="secondary">
                {t('about.otherwise', { otherwise: own(otherwise) })}
              </Typography.Text>
            ) : (
              <span style={{ wordBreak: 'break-word' }}>{secret ? t('about.secret') : value}</span>
            ),
        },
      ]}
    />
  )
}

const tabs = ['doctor', 'versions', 'storage', 'settings'] as const

export default function AboutScreen() {
  const { t } = useTranslation()
  const about = api.useQuery('get', '/api/v1/about')
  const { filters, change } = useFilters(['tab'])
  const tab = tabs.find((one) => one === filters.tab) ?? 'doctor'
  return (
    <Screen
      title={t('frame.screens.about')}
      lead={t('about.lead')}
      actions={
        <Tooltip title={t('about.bundleHelp')}>
          <Button href="/api/v1/about/bundle">{t('about.bundle')}</Button>
        </Tooltip>
      }
    >
      <Tabs
        activeKey={tab}
        onChange={(key) => change({ tab: key === 'doctor' ? undefined : key })}
        items={tabs.map((key) => ({ key, label: t(`about.tabs.${key}`) }))}
      />
      {tab === 'doctor' ? (
        <Findings />
      ) : (
        <Loaded of={about}>
          {(data) =>
            tab === 'versions' ? (
              <Versions about={data} />
            ) : tab === 'storage' ? (
              <Storage storage={data.storage} />
            ) : (
              <Settings settings={data.settings} />
            )
          }
        </Loaded>
      )}
    </Screen>
  )
}

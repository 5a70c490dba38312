/** A dossier: in one line per system where it stands and what blocks it, and everything that has happened to it. */
import { Alert, Button, Card, Flex, Table, Tag, Timeline, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { FailureAlert } from '../../parts/failure-alert.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { Screen } from '../../parts/screen.tsx'
import { Interventions } from '../deliveries/interventions.tsx'

type Dossier = Schemas['Dossier']
type Line = Dossier['systems'][number]
type Of = { readonly of: Dossier }

function Standing({ line }: { readonly line: Line }) {
  const { t } = useTranslation()
  if (line.failure) return <Tag color="red">{t('dossiers.blocked')}</Tag>
  if (line.open > 0) return <Tag color="blue">{t('dossiers.onItsWay')}</Tag>
  return <Tag color="green">{t('dossiers.inStep')}</Tag>
}

function Systems({ of }: Of) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <Card size="small" title={t('dossiers.systems')} styles={{ body: { padding: 0 } }}>
      <Table<Line>
        size="small"
        rowKey="lane"
        dataSource={[...of.systems]}
        pagination={false}
        scroll={{ x: 760 }}
        columns={[
          { title: t('dossiers.columns.system'), dataIndex: 'system', width: 150 },
          {
            title: t('dossiers.columns.state'),
            width: 120,
            render: (_, line) => <Standing line={line} />,
          },
          {
            title: t('dossiers.columns.last'),
            width: 160,
            render: (_, line) => <Moment at={line.lastDeliveredAt} />,
          },
          { title: t('dossiers.columns.open'), dataIndex: 'open', width: 90, align: 'right' },
          {
            title: t('dossiers.columns.waits'),
            render: (_, line) => (
              <Flex gap={6} wrap>
                <span>{own(line.failure ? line.failure.cause : line.waitsFor.words)}</span>
                {line.failure && (
                  <span>
                    {t('dossiers.since')} <Moment at={line.failure.since} />
                  </span>
                )}
                {line.waitsFor.delivery && (
                  <Link to={`/deliveries/${line.waitsFor.delivery}`}>
                    {t('dossiers.openDelivery')}
                  </Link>
                )}
              </Flex>
            ),
          },
        ]}
      />
    </Card>
  )
}

/** The state of the delivery in front tells what may be done about it. */
function Blocked({ line }: { readonly line: Line }) {
  const { t } = useTranslation()
  const { failure } = line
  const id = failure?.delivery ?? ''
  const delivery = api.useQuery(
    'get',
    '/api/v1/deliveries/{id}',
    { params: { path: { id } } },
    { enabled: failure !== null },
  )
  if (!failure) return null
  return (
    <FailureAlert of={failure} lead={<Tag>{line.system}</Tag>}>
      {delivery.data && <Interventions id={id} state={delivery.data.state} />}
      <Link to={`/deliveries/${id}`}>
        <Button>{t('dossiers.openDelivery')}</Button>
      </Link>
    </FailureAlert>
  )
}

const colours: Readonly<Record<string, string>> = {
  accepted: 'blue',
  delivered: 'green',
  permanent: 'red',
  auth: 'red',
  retry: 'orange',
  unknown: 'orange',
}

function History({ of }: Of) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <Card size="small" title={t('dossiers.timeline')}>
      {of.truncated && (
        <Alert type="info" title={t('dossiers.truncated')} style={{ marginBottom: 12 }} />
      )}
      <Timeline
        items={of.timeline.toReversed().map((entry) => ({
          color: colours[entry.state] ?? 'gray',
          content: (
            <Flex gap={8} wrap>
              <Moment at={entry.at} />
              {entry.system && <Tag>{entry.system}</Tag>}
              <span>{own(entry.words)}</span>
              <Typography.Text type="secondary">{entry.type.replace(/^vn\./, '')}</Typography.Text>
              {entry.delivery && <Link to={`/deliveries/${entry.delivery}`}>{entry.delivery}</Link>}
            </Flex>
          ),
        }))}
      />
    </Card>
  )
}

export default function DossierScreen() {
  const { code = '' } = useParams()
  const { t } = useTranslation()
  const dossier = api.useQuery('get', '/api/v1/dossiers/{code}', { params: { path: { code } } })
  return (
    <Screen title={code} lead={t('frame.screens.dossier')}>
      <Loaded of={dossier}>
        {(of) => (
          <Flex vertical gap={12}>
            {of.systems.map((line) => (
              <Blocked key={line.lane} line={line} />
            ))}
            <Systems of={of} />
            <History of={of} />
          </Flex>
        )}
      </Loaded>
    </Screen>
  )
}

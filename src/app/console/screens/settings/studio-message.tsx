/** One message through one job: what came in, what would go out, what of its schema it fills. */
import { Card, Col, Flex, Progress, Row, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { type JsonSchema, resolve } from '../../parts/schema-form/schema.ts'
import { coverageOf } from './coverage.ts'
import { Json, OutputView } from './dry-output.tsx'
import { once, useDryRun } from './studio-messages.tsx'

type Job = Schemas['Job']

function Missed({ type, data }: { readonly type: string; readonly data: unknown }) {
  const { t, i18n } = useTranslation()
  const schema = api.useQuery('get', '/api/v1/types/{type}', { params: { path: { type } } }, once)
  return (
    <Loaded of={schema}>
      {({ schema: root, references }) => {
        const book = {
          root: root as JsonSchema,
          references: references as Readonly<Record<string, JsonSchema>>,
        }
        const place = resolve(book, { schema: book.root, base: String(book.root.$id) })
        const { all, filled, missing } = coverageOf(book, place, data, i18n.language)
        return (
          <Flex vertical gap={8}>
            <div>{t('studio.filled', { filled, all })}</div>
            <Progress percent={Math.round((filled / Math.max(all, 1)) * 100)} size="small" />
            {missing.length > 0 && (
              <details>
                <summary>
                  {t('studio.missing')} ({missing.length}){' '}
                  <Typography.Text type="secondary">{t('studio.onlyRequired')}</Typography.Text>
                </summary>
                {missing.map(({ path, title, isRequired }) => (
                  <div key={path} style={{ overflowWrap: 'anywhere' }}>
                    {title}
                    {isRequired && <Typography.Text type="danger"> *</Typography.Text>}{' '}
                    <Typography.Text type="secondary" className="mono" style={{ fontSize: 12 }}>
                      {path}
                    </Typography.Text>
                  </div>
                ))}
              </details>
            )}
          </Flex>
        )
      }}
    </Loaded>
  )
}

interface OneProps {
  readonly job: Job
  readonly message: string
}

export function OneMessage({ job, message }: OneProps) {
  const { t } = useTranslation()
  const mayRead = useMay('personal-data:read')
  const report = useDryRun(job.id, { messages: [message] })
  const content = api.useQuery(
    'get',
    '/api/v1/messages/{id}/content',
    { params: { path: { id: message } } },
    once,
  )
  const item = report.data?.items[0]
  return (
    <>
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={12}>
          <Card size="small" title={t('studio.source')}>
            <Loaded of={content}>{({ data }) => <Json of={data} />}</Loaded>
          </Card>
        </Col>
        <Col xs={24} lg={12}>
          <Card size="small" title={t('studio.output', { system: job.system })}>
            <Loaded of={report}>
              {() =>
                item?.current ? (
                  <>
                    <OutputView of={item.current} isOpen />
                    {!mayRead && (
                      <Typography.Text type="secondary">
                        {t('settings.test.masked')}
                      </Typography.Text>
                    )}
                  </>
                ) : (
                  <EmptyView
                    title={t('studio.noMessages.title')}
                    next={t('studio.noMessages.next')}
                  />
                )
              }
            </Loaded>
          </Card>
        </Col>
      </Row>
      {item && content.data && (
        <Card size="small" title={t('studio.coverage')}>
          <Missed type={item.type} data={content.data.data} />
        </Card>
      )}
    </>
  )
}

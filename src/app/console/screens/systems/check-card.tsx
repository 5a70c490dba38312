/** The test of a connection: step by step, each with its time and what it says. */
import { Alert, Button, Card, Flex, Tag, Timeline, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { useOwnWords } from '../../parts/own-words.ts'

export function CheckCard({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const check = api.useMutation('post', '/api/v1/systems/{id}/check')
  const { data } = check
  return (
    <Card
      size="small"
      title={t('systems.check.button')}
      extra={
        <Button
          type="primary"
          loading={check.isPending}
          onClick={() => check.mutate({ params: { path: { id } } })}
        >
          {t('systems.check.button')}
        </Button>
      }
    >
      <Flex vertical gap={12} aria-live="polite">
        <Typography.Text type="secondary">{t('systems.check.lead')}</Typography.Text>
        {check.isError && <FaultView error={check.error} />}
        {data && (
          <>
            <Alert
              type={data.ok ? 'success' : 'error'}
              showIcon
              title={t(data.ok ? 'systems.check.ok' : 'systems.check.failed')}
            />
            <Timeline
              items={data.steps.map((step) => ({
                color: step.ok ? 'green' : 'red',
                content: (
                  <Flex gap={8} wrap>
                    <strong>{t(`systems.check.step.${step.name}`)}</strong>
                    <Tag>{Math.round(step.durationMs)} ms</Tag>
                    <span>{own(step.detail)}</span>
                  </Flex>
                ),
              }))}
            />
          </>
        )}
      </Flex>
    </Card>
  )
}

/** The test of a connection: step by step, each with its time and what it says; kept until the next. */
import { Alert, Button, Card, Flex, Tag, Timeline, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { nameOf } from '../../parts/actor.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { CertificateTag, useNumbers } from './figures.tsx'

type Check = Schemas['ConnectionCheck']

function Result({ of }: { readonly of: Check }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const { ms } = useNumbers()
  const wrong = of.steps.find(({ ok }) => !ok)
  return (
    <>
      <Typography.Text type="secondary">
        {t('health.check.last')} <Moment at={of.at} />,{' '}
        {t('health.check.by', { who: nameOf(of.by) })}
      </Typography.Text>
      <Alert
        type={of.ok ? 'success' : 'error'}
        showIcon
        title={t(of.ok ? 'systems.check.ok' : 'systems.check.failed')}
        {...(wrong && { description: t(`health.check.side.${wrong.name}`) })}
      />
      <Timeline
        items={of.steps.map((step) => ({
          color: step.ok ? 'green' : step.tried ? 'red' : 'gray',
          content: (
            <Flex gap={8} wrap>
              <strong>{t(`systems.check.step.${step.name}`)}</strong>
              {step.tried && <Tag style={{ margin: 0 }}>{ms(Math.round(step.durationMs))}</Tag>}
              <span>{own(step.detail)}</span>
              {step.name === 'tls' &&
                of.certificates.map((one) => <CertificateTag key={one.host} of={one} />)}
            </Flex>
          ),
        }))}
      />
    </>
  )
}

interface CheckCardProps {
  readonly id: string
  readonly last: Check | null
  readonly onChecked: () => void
}

export function CheckCard({ id, last, onChecked }: CheckCardProps) {
  const { t } = useTranslation()
  const mayAct = useMay('systems:write')
  const check = api.useMutation('post', '/api/v1/systems/{id}/check', { onSuccess: onChecked })
  const shown = check.data ?? last
  return (
    <Card
      size="small"
      title={t('systems.check.button')}
      extra={
        mayAct && (
          <Button
            type="primary"
            loading={check.isPending}
            onClick={() => check.mutate({ params: { path: { id } } })}
          >
            {t('systems.check.button')}
          </Button>
        )
      }
    >
      <Flex vertical gap={12} aria-live="polite">
        <Typography.Text type="secondary">
          {t(shown ? 'systems.check.lead' : 'health.check.never')}
        </Typography.Text>
        {check.isError && <FaultView error={check.error} />}
        {shown && <Result of={shown} />}
      </Flex>
    </Card>
  )
}

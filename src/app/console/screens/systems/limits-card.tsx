/** How fast a system is called, and when not: rate and maintenance windows. */
import { Card, Flex, Form, InputNumber, Tag, Tooltip, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { useChange } from '../../api/change.ts'
import { useMay, useSession } from '../../api/session.ts'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { useNumbers } from './figures.tsx'
import type { System } from './standing.tsx'
import { AddWindow } from './window-form.tsx'

/** What is configured concerns everybody: it is for those whose reach has no limit. */
function useMayConfigure(): boolean {
  const may = useMay('systems:write')
  const { units = [], systems = [] } = useSession().data ?? {}
  return may && units.length === 0 && systems.length === 0
}

interface Of {
  readonly of: System
}

export function RateCard({ of }: Of) {
  const { t } = useTranslation()
  const may = useMayConfigure()
  const change = useChange()
  const { exactly } = useNumbers()
  const { ratePerSecond, concurrency } = of.limits
  return (
    <Card
      size="small"
      style={{ flex: '1 1 240px' }}
      title={<Tooltip title={t('health.rate.help')}>{t('health.rate.title')}</Tooltip>}
      extra={
        may && (
          <ReasonButton<{ readonly ratePerSecond?: number | null }>
            label={t('health.rate.button')}
            explains={t('health.changed')}
            button={{ size: 'small' }}
            initial={{ ratePerSecond }}
            act={({ ratePerSecond: wanted, reason }) =>
              change('/api/v1/systems/{id}/rate', {
                path: { id: of.id },
                body: { ratePerSecond: wanted ?? null, reason },
              })
            }
          >
            <Form.Item name="ratePerSecond" label={t('health.rate.field')}>
              <InputNumber min={0.01} max={10_000} style={{ width: 160 }} />
            </Form.Item>
          </ReasonButton>
        )
      }
    >
      <Flex vertical gap={4}>
        <strong>
          {ratePerSecond === null
            ? t('health.rate.none')
            : t('health.rate.value', { count: exactly(ratePerSecond) })}
        </strong>
        <Typography.Text type="secondary">
          {t('health.rate.concurrency', { count: concurrency })}
        </Typography.Text>
      </Flex>
    </Card>
  )
}

/** The day once, where the window does not pass midnight. */
function usePeriod(): (from: string, until: string) => string {
  const { i18n } = useTranslation()
  const format = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'vi-VN', {
    ...{ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...{ hour12: false, timeZone: 'Asia/Ho_Chi_Minh' },
  })
  return (from, until) => format.formatRange(new Date(from), new Date(until))
}

export function WindowsCard({ of }: Of) {
  const period = usePeriod()
  const { t } = useTranslation()
  const may = useMayConfigure()
  const change = useChange()
  return (
    <Card
      size="small"
      style={{ flex: '3 1 420px' }}
      title={<Tooltip title={t('health.windows.help')}>{t('health.windows.title')}</Tooltip>}
      extra={may && <AddWindow system={of.id} />}
    >
      {of.windows.length === 0 && (
        <Typography.Text type="secondary">{t('health.windows.empty')}</Typography.Text>
      )}
      <Flex vertical gap={8}>
        {of.windows.map(({ window, inForce, from, until }) => (
          <Flex key={`${from} ${until} ${window.reason}`} gap={8} wrap align="center">
            <Tag color={inForce ? 'blue' : 'default'} style={{ margin: 0 }}>
              {t(inForce ? 'health.windows.inForce' : 'health.windows.toCome')}
            </Tag>
            <span style={{ flex: 1, minWidth: 220 }}>
              {period(from, until)}
              {window.kind === 'weekly' && <> · {t('health.windows.weekly')}</>}
              <br />
              <Typography.Text type="secondary">{window.reason}</Typography.Text>
            </span>
            {may && (
              <ReasonButton
                label={t(
                  inForce && window.kind === 'once'
                    ? 'health.windows.end'
                    : 'health.windows.remove',
                )}
                explains={
                  <>
                    {t(inForce ? 'health.windows.endExplains' : 'health.windows.removeExplains')}{' '}
                    {t('health.changed')}
                  </>
                }
                button={{ size: 'small' }}
                act={({ reason }) =>
                  change('/api/v1/systems/{id}/windows', {
                    path: { id: of.id },
                    body: { remove: window, reason },
                  })
                }
              />
            )}
          </Flex>
        ))}
      </Flex>
    </Card>
  )
}

/** Every try of a delivery: what came of it, how long it took, what the system said. */
import { Card, Flex, Tag, Timeline, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'

type Attempt = Schemas['Attempt']
const colours: Readonly<Record<string, string>> = {
  delivered: 'green',
  permanent: 'red',
  auth: 'red',
  retry: 'orange',
  unknown: 'orange',
}
/** What came too late is no good news, whatever the system answered. */
const colourOf = ({ code, outcome }: Attempt): string | undefined =>
  code === 'sent-late' ? 'orange' : colours[outcome]
const outcomes = ['delivered', 'retry', 'permanent', 'auth', 'unknown'] as const

function useOutcome(): (outcome: string) => string {
  const { t } = useTranslation()
  return (outcome) => {
    const known = outcomes.find((one) => one === outcome)
    return t(`deliveries.outcome.${known ?? 'other'}`, { outcome })
  }
}

function Said({ evidence }: { readonly evidence: NonNullable<Attempt['evidence']> }) {
  const { t } = useTranslation()
  const { httpStatus, remoteCode, remoteMessage } = evidence
  return (
    <Typography.Text type="secondary">
      {t('deliveries.attempts.said')}:{' '}
      <span className="mono">
        {[httpStatus, remoteCode, remoteMessage].filter((one) => one !== undefined).join(' · ')}
      </span>
    </Typography.Text>
  )
}

function One({ attempt }: { readonly attempt: Attempt }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const outcomeOf = useOutcome()
  const { kind, number, outcome, durationMs, code, detail, faults, evidence, startedAt } = attempt
  return (
    <Flex vertical gap={2}>
      <Flex gap={8} wrap align="center">
        <strong>{t(`deliveries.attempts.${kind}`, { number })}</strong>
        <Tag color={colourOf(attempt) ?? 'default'}>{outcomeOf(outcome)}</Tag>
        {code && <code>{code}</code>}
        <Moment at={startedAt} />
        <Typography.Text type="secondary">
          {t('deliveries.attempts.took', { ms: Math.round(durationMs) })}
        </Typography.Text>
      </Flex>
      {detail && <span>{own(detail)}</span>}
      {faults.map((fault) => (
        <span key={`${fault.pointer} ${fault.rule}`}>
          <code>{fault.pointer}</code> {own(fault)}
        </span>
      ))}
      {evidence && <Said evidence={evidence} />}
    </Flex>
  )
}

export function Attempts({ of: attempts }: { readonly of: readonly Attempt[] }) {
  const { t } = useTranslation()
  return (
    <Card size="small" title={t('deliveries.attempts.title', { count: attempts.length })}>
      {attempts.length === 0 ? (
        <Typography.Text type="secondary">{t('deliveries.attempts.none')}</Typography.Text>
      ) : (
        <Timeline
          items={attempts.toReversed().map((attempt) => ({
            color: colourOf(attempt) ?? 'gray',
            content: <One attempt={attempt} />,
          }))}
        />
      )}
    </Card>
  )
}

/** A job on what has really come: in force, and as the draft would have it. */
import { Alert, Button, Card, Flex, Select, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../../api/change.ts'
import { useMay } from '../../api/session.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import {
  type DryVerdict,
  ItemView,
  type PullReport,
  type PushReport,
  Untranslated,
  VerdictTag,
} from './dry-output.tsx'

const sizes = [20, 100, 500]
/** More are counted, and not drawn. */
const mostShown = 50

function Verdicts({ of }: { readonly of: Readonly<Record<string, number | undefined>> }) {
  const some = Object.entries(of) as [DryVerdict, number][]
  return (
    <Flex gap={8} wrap>
      {some.map(([verdict, count]) => (
        <VerdictTag key={verdict} verdict={verdict} count={count} />
      ))}
    </Flex>
  )
}

function Pushed({ of }: { readonly of: PushReport }) {
  const { t } = useTranslation()
  const { summary, items, complete } = of
  const told = items.filter(({ verdict }) => verdict !== 'same')
  if (summary.messages === 0)
    return <Typography.Text type="secondary">{t('settings.test.none')}</Typography.Text>
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} wrap align="center">
        <strong>{t('settings.test.messages', { count: summary.messages })}</strong>
        <Verdicts of={summary.verdicts} />
      </Flex>
      {!complete && <Alert type="warning" showIcon title={t('settings.test.incomplete')} />}
      <Untranslated codes={summary.untranslated} />
      {summary.faults.map((fault) => (
        <div key={`${fault.pointer} ${fault.rule} ${fault.code}`}>
          <code>{fault.pointer}</code> <code>{fault.code}</code> {fault.rule} ·{' '}
          {t('settings.test.messages', { count: fault.messages })}
        </div>
      ))}
      {told.slice(0, mostShown).map((item, place) => (
        <ItemView key={item.message ?? place} of={item} />
      ))}
    </Flex>
  )
}

function Pulled({ of }: { readonly of: PullReport }) {
  const { t } = useTranslation()
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} wrap align="center">
        <strong>{t('settings.test.messages', { count: of.messages })}</strong>
        <Verdicts of={of.verdicts} />
      </Flex>
      {of.items.slice(0, mostShown).map(({ eventId, subject, verdict }) => (
        <div key={eventId}>
          <VerdictTag verdict={verdict} /> <span className="mono">{subject}</span>
        </div>
      ))}
    </Flex>
  )
}

interface CardProps {
  readonly job: string
  readonly kind: 'push' | 'pull'
  /** What is tried against the one in force; undefined: the one in force alone. */
  readonly draft: Readonly<Record<string, unknown>> | undefined
  readonly isReady: boolean
}

export function TestCard({ job, kind, draft, isReady }: CardProps) {
  const { t } = useTranslation()
  const mayRead = useMay('personal-data:read')
  const [last, setLast] = useState(20)
  const [report, setReport] = useState<PushReport | PullReport>()
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      const body = { last, ...(draft && { configuration: { jobs: [draft] } }) }
      setReport(await post('/api/v1/jobs/{id}/dry-run', { path: { id: job }, body }))
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card size="small" title={t('settings.test.title')}>
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">
          {t(kind === 'pull' ? 'settings.test.pullLead' : 'settings.test.lead')}{' '}
          {!mayRead && t('settings.test.masked')}
        </Typography.Text>
        <Flex gap={8} wrap>
          <Select
            aria-label={t('settings.test.title')}
            style={{ width: 220 }}
            value={last}
            onChange={(size: number) => setLast(size)}
            options={sizes.map((count) => ({
              value: count,
              label: t('settings.test.last', { count }),
            }))}
          />
          <Button loading={isBusy} disabled={!isReady} onClick={() => void run()}>
            {t('settings.test.button')}
          </Button>
        </Flex>
        {fault !== undefined && <FaultView error={fault} />}
        {report && (report.kind === 'push' ? <Pushed of={report} /> : <Pulled of={report} />)}
      </Flex>
    </Card>
  )
}

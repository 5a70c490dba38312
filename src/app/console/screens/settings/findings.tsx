/** What the hub says of a draft: whether it fits, what is wrong where, what will change, when it would run. */
import { Alert, Card, Flex, Tag, Tooltip, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { exact } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { ValueChanges } from '../../parts/value-changes.tsx'
import type { Draft, Findings } from './use-draft.ts'

type Fault = Findings['faults'][number]

export function Verdict({ of: { findings, isBehind } }: { readonly of: Draft }) {
  const { t } = useTranslation()
  if (!findings || isBehind) return <Tag color="processing">{t('settings.checking')}</Tag>
  const { length } = findings.faults
  return length === 0 ? (
    <Tag color="green">{t('settings.fits')}</Tag>
  ) : (
    <Tag color="red">{t('settings.faults', { count: length })}</Tag>
  )
}

function Said({ faults }: { readonly faults: readonly Fault[] }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return faults.map((fault) => (
    <div key={`${fault.pointer} ${fault.rule} ${fault.line} ${fault.vi}`}>
      <code>{fault.pointer || '/'}</code>
      {fault.line !== null && ` (${t('settings.line', { line: fault.line })})`} {own(fault)}
    </div>
  ))
}

function NextRuns({ runs }: { readonly runs: readonly string[] }) {
  const { t } = useTranslation()
  if (runs.length === 0) return null
  return (
    <Card
      size="small"
      title={<Tooltip title={t('settings.nextRunsHelp')}>{t('settings.nextRuns')}</Tooltip>}
    >
      <ol style={{ margin: 0, paddingLeft: 20 }}>
        {runs.map((at) => (
          <li key={at}>{exact(at)}</li>
        ))}
      </ol>
    </Card>
  )
}

export function FindingsView({ of }: { readonly of: Findings }) {
  const { t } = useTranslation()
  return (
    <Flex vertical gap={12}>
      {of.faults.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('settings.faults', { count: of.faults.length })}
          description={<Said faults={of.faults} />}
        />
      )}
      {of.warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('settings.warnings')}
          description={<Said faults={of.warnings} />}
        />
      )}
      {of.faults.length === 0 && (
        <Card size="small" title={t('settings.changes')}>
          {of.changes.length === 0 ? (
            <Typography.Text type="secondary">{t('settings.unchanged')}</Typography.Text>
          ) : (
            <ValueChanges changes={of.changes} />
          )}
        </Card>
      )}
      <NextRuns runs={of.nextRuns} />
    </Flex>
  )
}

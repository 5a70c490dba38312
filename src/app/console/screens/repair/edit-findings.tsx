/** What is said beside an edited message: whether it fits, what it replaces, what differs. */
import { Alert, Flex, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOwnWords } from '../../parts/own-words.ts'
import { StateTag } from '../../parts/tags.tsx'
import { Differences, valueAt } from './differences.tsx'
import type { Findings } from './use-check.ts'

export function Verdict({
  findings,
  isBehind,
  isFailed,
  isUnreadable,
}: {
  readonly findings: Findings | undefined
  readonly isBehind: boolean
  readonly isFailed: boolean
  readonly isUnreadable: boolean
}) {
  const { t } = useTranslation()
  if (isUnreadable) return <Tag color="red">{t('corrections.edit.unreadable')}</Tag>
  if (isFailed && !isBehind) return <Tag color="red">{t('corrections.edit.notChecked')}</Tag>
  if (!findings || isBehind) return <Tag color="processing">{t('corrections.edit.checking')}</Tag>
  const { length } = findings.faults
  return length === 0 ? (
    <Tag color="green">{t('corrections.edit.fits')}</Tag>
  ) : (
    <Tag color="red">{t('corrections.edit.faults', { count: length })}</Tag>
  )
}

export function Found({
  findings,
  original,
}: {
  readonly findings: Findings
  readonly original: unknown
}) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <Flex vertical gap={12}>
      {findings.deliveries.length === 0 ? (
        <Alert type="warning" showIcon title={t('corrections.edit.nothing')} />
      ) : (
        <div>
          {t('corrections.edit.replaces')}:{' '}
          {findings.deliveries.map(({ id, system, state }) => (
            <span key={id}>
              {system} <span className="mono">{id}</span> <StateTag state={state as 'dead'} />
            </span>
          ))}
        </div>
      )}
      {findings.faults.length > 0 && (
        <Alert
          type="error"
          title={t('corrections.edit.faults', { count: findings.faults.length })}
          description={findings.faults.map((fault) => (
            <div key={`${fault.pointer} ${fault.rule}`}>
              <code>{fault.pointer || '/'}</code> {own(fault)}
            </div>
          ))}
        />
      )}
      <Differences
        changes={findings.changes.map((change) => ({
          ...change,
          before: valueAt(original, change.pointer),
        }))}
      />
    </Flex>
  )
}

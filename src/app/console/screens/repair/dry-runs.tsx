/** What each system would get of a correction. */
import { Alert, Card, Flex, Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'
import { useOwnWords } from '../../parts/own-words.ts'

export type CorrectionRun = Schemas['CorrectionDryRuns']['items'][number]

const colours = {
  leaves: 'green',
  nothing: 'default',
  fails: 'red',
  'not-routed': 'orange',
} as const

function Run({ run }: { readonly run: CorrectionRun }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const { report } = run
  if (report.kind !== 'push') return null
  return (
    <Card size="small" title={`${run.system} · ${run.job}`}>
      {report.items.map(({ subject, sample, current }) =>
        current === null ? null : (
          <Flex vertical gap={6} key={`${subject} ${sample}`}>
            <div>
              <Tag color={colours[current.kind]}>{t(`corrections.run.${current.kind}`)}</Tag>
              <span>{subject}</span>
            </div>
            {current.detail && <Alert type="error" title={own(current.detail)} />}
            {current.faults.map((fault) => (
              <Typography.Text key={`${fault.pointer} ${fault.rule}`} type="danger">
                <code>{fault.pointer}</code> {own(fault)}
              </Typography.Text>
            ))}
            {current.codes.map((one) => (
              <Typography.Text key={`${one.table} ${one.code}`} type="danger">
                {t('corrections.run.codes')}: {one.table} · {one.code}
              </Typography.Text>
            ))}
            {current.kind === 'leaves' && current.body !== null && (
              <details>
                <summary>{t('corrections.run.body')}</summary>
                <pre style={{ maxHeight: 320, overflow: 'auto', fontSize: 12 }}>
                  {typeof current.body === 'string'
                    ? current.body
                    : JSON.stringify(current.body, null, 2)}
                </pre>
              </details>
            )}
          </Flex>
        ),
      )}
    </Card>
  )
}

export function DryRuns({ runs }: { readonly runs: readonly CorrectionRun[] }) {
  return (
    <Flex vertical gap={12}>
      {runs.map((run) => (
        <Run key={run.job} run={run} />
      ))}
    </Flex>
  )
}

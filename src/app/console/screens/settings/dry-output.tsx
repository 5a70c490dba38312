/** What a dry run has found: of one message, and of many. */
import { Alert, Flex, Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { useOwnWords } from '../../parts/own-words.ts'
import { ValueChanges } from '../../parts/value-changes.tsx'

export type PushReport = Schemas['DryPushReport']
export type PullReport = Schemas['DryPullReport']
export type Output = Schemas['DryOutput']
type Item = PushReport['items'][number]
export type DryVerdict = Item['verdict'] | Output['kind'] | PullReport['items'][number]['verdict']

const colours: Readonly<Record<DryVerdict, string>> = {
  ...{ leaves: 'green', nothing: 'default', fails: 'red', 'not-routed': 'orange' },
  ...{ same: 'green', changed: 'blue', 'newly-failing': 'red', 'newly-passing': 'cyan' },
  ...{ 'still-failing': 'volcano', unreadable: 'default' },
  ...{ new: 'green', duplicate: 'default', conflict: 'orange', refused: 'red' },
}

interface TagProps {
  readonly verdict: DryVerdict
  readonly count?: number
}

export function VerdictTag({ verdict, count }: TagProps) {
  const { t } = useTranslation()
  return (
    <Tag color={colours[verdict]} style={{ margin: 0 }}>
      {t(`settings.verdict.${verdict}`)}
      {count === undefined ? '' : `: ${count}`}
    </Tag>
  )
}

export const Json = ({ of }: { readonly of: unknown }) => (
  <pre
    className="mono"
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    tabIndex={0}
    style={{ maxHeight: 460, overflow: 'auto', margin: 0, fontSize: 13, whiteSpace: 'pre-wrap' }}
  >
    {typeof of === 'string' ? of : JSON.stringify(of, null, 2)}
  </pre>
)

interface Code {
  readonly table: string
  readonly code: string
  readonly messages?: number
}

export function Untranslated({ codes }: { readonly codes: readonly Code[] }) {
  const { t } = useTranslation()
  const mayAdd = useMay('catalogues:write')
  if (codes.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('settings.test.untranslated')}
      description={codes.map(({ table, code, messages }) => (
        <div key={`${table} ${code}`}>
          <code>{table}</code> · <code>{code}</code>
          {messages !== undefined && ` · ${t('settings.test.messages', { count: messages })}`}{' '}
          {mayAdd && (
            <Link to={`/codes?${new URLSearchParams({ table, from: code })}`}>
              {t('settings.test.addCode')}
            </Link>
          )}
        </div>
      ))}
    />
  )
}

/** What one message becomes. */
export function OutputView({
  of,
  isOpen = false,
}: {
  readonly of: Output
  readonly isOpen?: boolean
}) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <Flex vertical gap={8}>
      <Flex gap={8} wrap align="center">
        <VerdictTag verdict={of.kind} />
        {of.code && <code>{of.code}</code>}
        {of.request && (
          <code style={{ overflowWrap: 'anywhere' }}>
            {of.request.method} {of.request.url}
          </code>
        )}
      </Flex>
      {of.detail && <Alert type="error" showIcon title={own(of.detail)} />}
      {of.faults.map((fault) => (
        <Typography.Text key={`${fault.pointer} ${fault.rule}`} type="danger">
          <code>{fault.pointer}</code> {own(fault)}
        </Typography.Text>
      ))}
      <Untranslated codes={of.codes} />
      {of.body !== null && of.body !== undefined && (
        <details open={isOpen}>
          <summary>{t('settings.test.output')}</summary>
          <Json of={of.body} />
        </details>
      )}
    </Flex>
  )
}

export function ItemView({ of }: { readonly of: Item }) {
  const one = of.candidate ?? of.current
  const changes = of.changes.map((change) => ({
    ...change,
    pointer: `${change.in}${change.pointer}`,
  }))
  return (
    <details>
      <summary>
        <VerdictTag verdict={of.verdict} /> <span className="mono">{of.subject}</span>
      </summary>
      <Flex vertical gap={8} style={{ padding: '8px 0 8px 16px' }}>
        <ValueChanges changes={changes} />
        {one && <OutputView of={one} />}
      </Flex>
    </details>
  )
}

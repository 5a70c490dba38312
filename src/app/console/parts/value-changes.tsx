/** Where two values differ: what was is red, what will be is green; the sign says it too. */
import { Flex, theme } from 'antd'
import { useTranslation } from 'react-i18next'

export interface ValueChange {
  readonly pointer: string
  readonly before?: unknown
  readonly after?: unknown
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 1)

function Side({ value, sign }: { readonly value: unknown; readonly sign: '−' | '+' }) {
  const { token } = theme.useToken()
  if (value === undefined) return null
  const background = sign === '+' ? token.colorSuccessBg : token.colorErrorBg
  return (
    <div
      className="mono"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      style={{
        ...{ background, padding: '2px 8px', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
        ...{ maxHeight: 260, overflow: 'auto', fontSize: 13 },
      }}
    >
      {sign} {shown(value)}
    </div>
  )
}

export function ValueChanges({ changes }: { readonly changes: readonly ValueChange[] }) {
  const { t } = useTranslation()
  return (
    <Flex vertical gap={8}>
      {changes.map(({ pointer, before, after }) => (
        <div key={pointer}>
          <code style={{ overflowWrap: 'anywhere' }}>{pointer || t('revisions.wholly')}</code>
          <Side value={before} sign="−" />
          <Side value={after} sign="+" />
        </div>
      ))}
    </Flex>
  )
}

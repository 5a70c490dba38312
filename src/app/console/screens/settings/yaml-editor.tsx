/** A text with the numbers of its lines; those that are wrong are red, and say why on hover. */
import { theme } from 'antd'
import { useTranslation } from 'react-i18next'

interface EditorProps {
  readonly text: string
  readonly onChange: (text: string) => void
  /** What is wrong, by line. */
  readonly faults: ReadonlyMap<number, string>
}

const look = { fontSize: 13, lineHeight: '20px' } as const

export function YamlEditor({ text, onChange, faults }: EditorProps) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const lines = Math.max(text.split('\n').length, 12)
  return (
    <div
      className="mono"
      style={{
        ...{ display: 'flex', maxHeight: 620, overflow: 'auto', borderRadius: 6 },
        ...{ border: `1px solid ${token.colorBorder}`, background: token.colorBgContainer },
      }}
    >
      <div
        aria-hidden
        style={{
          ...{ ...look, flex: 'none', padding: '8px 0', textAlign: 'right', userSelect: 'none' },
          ...{ color: token.colorTextTertiary, borderRight: `1px solid ${token.colorBorder}` },
        }}
      >
        {Array.from({ length: lines }, (_, index) => {
          const fault = faults.get(index + 1)
          return (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={index}
              title={fault}
              style={{
                padding: '0 8px',
                ...(fault && { background: token.colorError, color: token.colorTextLightSolid }),
              }}
            >
              {index + 1}
            </div>
          )
        })}
      </div>
      <textarea
        aria-label={t('settings.yaml')}
        aria-invalid={faults.size > 0}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
        rows={lines}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        style={{
          ...{ ...look, flex: 1, minWidth: 0, padding: 8, border: 0, resize: 'none' },
          ...{ outlineColor: token.colorPrimary, background: 'none', color: token.colorText },
          ...{ fontFamily: 'inherit', height: lines * 20 + 16, overflowY: 'hidden' },
        }}
      />
    </div>
  )
}

/** A maintenance window to be: once, or every week. */
import { Checkbox, Flex, Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { useChange } from '../../api/change.ts'
import { inVietnam } from '../../parts/in-vietnam.ts'
import { ReasonButton } from '../../parts/reason-button.tsx'

interface Given {
  readonly kind: 'once' | 'weekly'
  readonly from: string
  readonly to: string
  readonly days?: readonly number[]
}

const monday = Date.UTC(2026, 2, 2)
const dayMs = 86_400_000

function Times() {
  const { t, i18n } = useTranslation()
  const kind = Form.useWatch('kind') as Given['kind'] | undefined
  const rules = [{ required: true, message: t('health.windows.needed') }]
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' })
  const type = kind === 'weekly' ? 'time' : 'datetime-local'
  return (
    <>
      {kind === 'weekly' && (
        <Form.Item name="days" label={t('health.windows.days')} rules={rules}>
          <Checkbox.Group
            options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({
              value,
              label: name.format(new Date(monday + (value - 1) * dayMs)),
            }))}
          />
        </Form.Item>
      )}
      <Flex gap={12} wrap>
        {(['from', 'to'] as const).map((end) => (
          <Form.Item
            key={`${type} ${end}`}
            name={end}
            label={t(`health.windows.${end}`)}
            rules={rules}
          >
            <Input type={type} style={{ width: kind === 'weekly' ? 120 : 220 }} />
          </Form.Item>
        ))}
      </Flex>
    </>
  )
}

export function AddWindow({ system }: { readonly system: string }) {
  const { t } = useTranslation()
  const change = useChange()
  return (
    <ReasonButton<Given>
      label={t('health.windows.addTitle')}
      explains={
        <>
          {t('health.windows.help')} {t('health.changed')}
        </>
      }
      button={{ size: 'small' }}
      initial={{ kind: 'once' }}
      act={({ kind, from, to, days, reason }) =>
        change('/api/v1/systems/{id}/windows', {
          path: { id: system },
          body: {
            add:
              kind === 'weekly'
                ? { kind, days: [...(days ?? [])].sort((a, b) => a - b), from, to, reason }
                : { kind, from: inVietnam(from), to: inVietnam(to), reason },
            reason,
          },
        })
      }
    >
      <Form.Item name="kind" label={t('health.windows.kind')}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'once', label: t('health.windows.once') },
            { value: 'weekly', label: t('health.windows.everyWeek') },
          ]}
        />
      </Form.Item>
      <Times />
    </ReasonButton>
  )
}

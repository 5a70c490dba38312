/** One value: the input that its schema asks for. */
import { Input, InputNumber, Select, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodePicker } from './code-picker.tsx'
import { useJsonText } from './json-text.ts'
import { kindOf } from './schema.ts'
import { type FieldProps, type Path, pointerOf, useTools } from './tools.ts'

function JsonField({ path, value }: { readonly path: Path; readonly value: unknown }) {
  const { t } = useTranslation()
  const { change, unreadable } = useTools()
  const id = pointerOf(path)
  const { text, why, write } = useJsonText({
    ...{ place: id, value, mark: unreadable, mayBeEmpty: true },
    change: (next) => change(path, next),
  })
  return (
    <>
      <Input.TextArea
        id={id}
        className="mono grows"
        rows={2}
        value={text}
        onChange={(event) => write(event.target.value)}
      />
      <Typography.Text type={why ? 'danger' : 'secondary'}>
        {why ? t('corrections.edit.notJson', { why }) : t('corrections.edit.asJson')}
      </Typography.Text>
    </>
  )
}

interface TextFieldProps {
  readonly path: Path
  readonly value: string
  readonly maxLength: unknown
  readonly status: { readonly status?: 'error' }
}

function TextField({ path, value, maxLength, status }: TextFieldProps) {
  const { change } = useTools()
  // Chosen once: another input in its place, while somebody types, would take the focus away.
  const [isLong] = useState(
    () => (typeof maxLength === 'number' && maxLength > 300) || value.length > 100,
  )
  const id = pointerOf(path)
  const write = (next: string) => change(path, next === '' ? undefined : next)
  return isLong ? (
    <Input.TextArea
      id={id}
      className="grows"
      rows={2}
      value={value}
      onChange={(event) => write(event.target.value)}
      {...status}
    />
  ) : (
    <Input id={id} value={value} onChange={(event) => write(event.target.value)} {...status} />
  )
}

export function Leaf({ place, path, value, isWrong }: FieldProps & { readonly isWrong: boolean }) {
  const { t } = useTranslation()
  const { change } = useTools()
  const id = pointerOf(path)
  const status = isWrong ? { status: 'error' as const } : {}
  const { schema } = place
  const set = (next: unknown) => change(path, next === '' || next === null ? undefined : next)
  switch (kindOf(place)) {
    case 'choice':
      return (
        <Select
          id={id}
          allowClear
          showSearch={(schema.enum as readonly unknown[]).length > 8}
          style={{ width: '100%' }}
          value={value ?? null}
          onChange={(next) => set(next)}
          options={(schema.enum as readonly unknown[]).map((one) => ({
            value: one as string,
            label: String(one),
          }))}
          {...status}
        />
      )
    case 'flag':
      return (
        <Select
          id={id}
          allowClear
          style={{ width: 140 }}
          value={value ?? null}
          onChange={(next) => set(next)}
          options={[
            { value: true, label: t('corrections.edit.yes') },
            { value: false, label: t('corrections.edit.no') },
          ]}
          {...status}
        />
      )
    case 'number':
      return (
        <InputNumber
          id={id}
          style={{ width: '100%' }}
          value={typeof value === 'number' ? value : null}
          onChange={set}
          {...status}
        />
      )
    case 'text': {
      const text = typeof value === 'string' ? value : ''
      const catalogue = schema['x-catalogue']
      if (typeof catalogue === 'string')
        return (
          <CodePicker id={id} catalogue={catalogue} value={text} onChange={set} isWrong={isWrong} />
        )
      return <TextField path={path} value={text} maxLength={schema.maxLength} status={status} />
    }
    default:
      return <JsonField path={path} value={value} />
  }
}

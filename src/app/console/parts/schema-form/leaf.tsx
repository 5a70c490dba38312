/** One value: the input that its schema asks for. */
import { Input, InputNumber, Select, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodePicker } from './code-picker.tsx'
import { kindOf } from './schema.ts'
import { type FieldProps, type Path, pointerOf, useTools } from './tools.ts'

function JsonField({ path, value }: { readonly path: Path; readonly value: unknown }) {
  const { t } = useTranslation()
  const { change } = useTools()
  const [text, setText] = useState(() => JSON.stringify(value, null, 2) ?? '')
  const [why, setWhy] = useState('')
  const write = (next: string) => {
    setText(next)
    try {
      change(path, next.trim() === '' ? undefined : JSON.parse(next))
      setWhy('')
    } catch (error) {
      setWhy(error instanceof Error ? error.message : '')
    }
  }
  return (
    <>
      <Input.TextArea
        id={pointerOf(path)}
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
      const long = typeof schema.maxLength === 'number' && schema.maxLength > 300
      return long || text.length > 100 ? (
        <Input.TextArea
          id={id}
          className="grows"
          rows={2}
          value={text}
          onChange={(event) => set(event.target.value)}
          {...status}
        />
      ) : (
        <Input id={id} value={text} onChange={(event) => set(event.target.value)} {...status} />
      )
    }
    default:
      return <JsonField path={path} value={value} />
  }
}

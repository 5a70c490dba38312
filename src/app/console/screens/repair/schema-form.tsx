/**
 * A form made from the schema of a message. It offers what the schema says and judges nothing: what is wrong is said by
 * the hub, which judges every message, and is shown where it is.
 */
import { Button, Collapse, Flex, Input, InputNumber, Select, Typography } from 'antd'
import { createContext, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'
import { useOwnWords } from '../../parts/own-words.ts'
import { CodePicker } from './code-picker.tsx'
import {
  emptyOf,
  helpOf,
  inside,
  itemOf,
  kindOf,
  membersOf,
  type Place,
  type SchemaBook,
  titleOf,
} from './schema.ts'

export type Fault = Schemas['CorrectionFindings']['faults'][number]
type Path = readonly (string | number)[]

interface FormTools {
  readonly book: SchemaBook
  readonly faults: readonly Fault[]
  readonly change: (path: Path, value: unknown) => void
}

const Tools = createContext<FormTools | undefined>(undefined)

function useTools(): FormTools {
  const tools = useContext(Tools)
  if (!tools) throw new Error('a field stands in a form')
  return tools
}

interface FieldProps {
  readonly place: Place
  readonly name: string
  readonly path: Path
  readonly value: unknown
  readonly isRequired: boolean
}

const pointerOf = (path: Path): string => path.reduce<string>(inside, '')

function useFaults(path: Path): readonly Fault[] {
  const pointer = pointerOf(path)
  return useTools().faults.filter((fault) => fault.pointer === pointer)
}

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
        className="mono"
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={text}
        onChange={(event) => write(event.target.value)}
      />
      <Typography.Text type={why ? 'danger' : 'secondary'}>
        {why ? t('corrections.edit.notJson', { why }) : t('corrections.edit.asJson')}
      </Typography.Text>
    </>
  )
}

function Leaf({ place, path, value, isWrong }: FieldProps & { readonly isWrong: boolean }) {
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
          autoSize={{ minRows: 1, maxRows: 6 }}
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

function Named(props: FieldProps) {
  const { place, name, path, value, isRequired } = props
  const { t, i18n } = useTranslation()
  const own = useOwnWords()
  const { book, change } = useTools()
  const faults = useFaults(path)
  const title = titleOf(place, name, i18n.language)
  const kind = kindOf(place)
  const isBranch = kind === 'object' || kind === 'list'
  const said = faults.map((fault) => (
    <div key={fault.rule}>
      <Typography.Text type="danger">{own(fault)}</Typography.Text>
    </div>
  ))
  if (isBranch && value === undefined)
    return (
      <div>
        <Button size="small" onClick={() => change(path, emptyOf(book, place))}>
          {t('corrections.edit.add')}: {title}
        </Button>
        {said}
      </div>
    )
  if (isBranch) return <Branch {...props} title={title} />
  return (
    <div>
      <label htmlFor={pointerOf(path)}>
        {title}
        {isRequired && (
          <Typography.Text type="danger" aria-label={t('corrections.edit.required')}>
            {' *'}
          </Typography.Text>
        )}{' '}
        <Typography.Text type="secondary" className="mono" style={{ fontSize: 12 }}>
          {name}
        </Typography.Text>
      </label>
      <Leaf {...props} isWrong={faults.length > 0} />
      {said}
      {said.length === 0 && helpOf(place) && (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {helpOf(place)}
        </Typography.Text>
      )}
    </div>
  )
}

function Branch({
  place,
  path,
  value,
  title,
  isRequired,
}: FieldProps & { readonly title: string }) {
  const { t } = useTranslation()
  const { faults, change } = useTools()
  const pointer = pointerOf(path)
  const wrong = faults.filter(
    (fault) => fault.pointer === pointer || fault.pointer.startsWith(`${pointer}/`),
  ).length
  return (
    <Collapse
      size="small"
      defaultActiveKey={wrong > 0 || path.length <= 2 ? ['open'] : []}
      items={[
        {
          key: 'open',
          label: (
            <>
              <strong>{title}</strong>{' '}
              {wrong > 0 && (
                <Typography.Text type="danger">
                  {t('corrections.edit.faults', { count: wrong })}
                </Typography.Text>
              )}
            </>
          ),
          extra: !isRequired && path.length > 0 && (
            <Button
              size="small"
              type="text"
              onClick={(event) => {
                event.stopPropagation()
                change(path, undefined)
              }}
            >
              {t('corrections.edit.remove')}
            </Button>
          ),
          children: <Content place={place} path={path} value={value} />,
        },
      ]}
    />
  )
}

function Content({ place, path, value }: Pick<FieldProps, 'place' | 'path' | 'value'>) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const { book, change } = useTools()
  const faults = useFaults(path)
  const said = faults.map((fault) => (
    <Typography.Text key={fault.rule} type="danger">
      {own(fault)}
    </Typography.Text>
  ))
  if (kindOf(place) === 'list') {
    const rows = Array.isArray(value) ? value : []
    const item = itemOf(book, place)
    return (
      <Flex vertical gap={12}>
        {said}
        {rows.map((row, index) => (
          <Named
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the list is what its fault names
            key={index}
            place={item}
            name={String(index + 1)}
            path={[...path, index]}
            value={row}
            isRequired={false}
          />
        ))}
        <Button
          size="small"
          style={{ alignSelf: 'start' }}
          onClick={() => change([...path, rows.length], emptyOf(book, item))}
        >
          {t('corrections.edit.add')}
        </Button>
      </Flex>
    )
  }
  const tree = (value ?? {}) as Readonly<Record<string, unknown>>
  return (
    <Flex vertical gap={12}>
      {said}
      {membersOf(book, place).map((member) => (
        <Named
          key={member.name}
          place={member.place}
          name={member.name}
          path={[...path, member.name]}
          value={tree[member.name]}
          isRequired={member.isRequired}
        />
      ))}
    </Flex>
  )
}

interface FormProps extends FormTools {
  readonly place: Place
  readonly value: unknown
}

export function SchemaForm({ place, value, ...tools }: FormProps) {
  return (
    <Tools.Provider value={tools}>
      <Content place={place} path={[]} value={value} />
    </Tools.Provider>
  )
}

/**
 * A form made from the schema of a message. It offers what the schema says and judges nothing: what is wrong is said by
 * the hub, which judges every message, and is shown where it is.
 */
import { Button, Collapse, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { useOwnWords } from '../own-words.ts'
import { Leaf } from './leaf.tsx'
import { emptyOf, helpOf, itemOf, kindOf, membersOf, type Place, titleOf } from './schema.ts'
import { type FieldProps, type FormTools, pointerOf, Tools, useFaults, useTools } from './tools.ts'

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
      <label htmlFor={pointerOf(path)} className="field-name">
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
        <Typography.Text type="secondary" style={{ display: 'block', fontSize: 12 }}>
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
      // The button to remove it is beside what opens it, not within.
      collapsible="header"
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

/** Edit and resend: a form of the message's own schema, its faults as they arise, and what differs. */
import { Alert, Card, Col, Flex, Input, Row, Segmented, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { post } from '../../api/change.ts'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { useJsonText, useUnreadable } from '../../parts/schema-form/json-text.ts'
import {
  type JsonSchema,
  resolve,
  type SchemaBook,
  withValue,
} from '../../parts/schema-form/schema.ts'
import { SchemaForm } from '../../parts/schema-form/schema-form.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useTimeUp } from '../../parts/time-up.ts'
import { EditActions } from './edit-actions.tsx'
import { Found, Verdict } from './edit-findings.tsx'
import { RevealCard } from './reveal-card.tsx'
import { useCheck } from './use-check.ts'

function JsonTab({
  data,
  mark,
  onChange,
}: {
  readonly data: unknown
  readonly mark: (place: string, isUnreadable: boolean) => void
  readonly onChange: (data: unknown) => void
}) {
  const { t } = useTranslation()
  const { text, why, write } = useJsonText({
    ...{ place: '', value: data, change: onChange, mark, mayBeEmpty: false },
  })
  return (
    <>
      <Input.TextArea
        aria-label={t('corrections.edit.json')}
        className="mono grows"
        rows={16}
        spellCheck={false}
        value={text}
        onChange={(event) => write(event.target.value)}
      />
      {why !== undefined && (
        <Typography.Text type="danger">{t('corrections.edit.notJson', { why })}</Typography.Text>
      )}
    </>
  )
}

interface EditorProps {
  readonly id: string
  readonly data: unknown
  readonly book: SchemaBook
  /** What was given to see the message is a good reason to correct it. */
  readonly reason: string
}

function Editor({ id, data: original, book, reason }: EditorProps) {
  const { t } = useTranslation()
  const [data, setData] = useState(original)
  const [tab, setTab] = useState<'form' | 'json'>('form')
  const { data: findings, isBehind, error, refetch } = useCheck(id, data)
  const isSame = findings?.changes.length === 0 && !isBehind
  const { isUnreadable, mark } = useUnreadable()
  /** Of going back to the original: what is half typed goes too. */
  const [round, setRound] = useState(0)
  const root = resolve(book, { schema: book.root, base: String(book.root.$id) })
  return (
    <>
      <Flex gap={12} align="center" wrap>
        <Segmented
          // What is half typed stays until it can be read, or is given up.
          disabled={isUnreadable}
          value={tab}
          onChange={setTab}
          options={[
            { value: 'form', label: t('corrections.edit.form') },
            { value: 'json', label: t('corrections.edit.json') },
          ]}
        />
        <Verdict {...{ findings, isBehind, isUnreadable }} isFailed={error !== null} />
      </Flex>
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={14}>
          {tab === 'form' ? (
            <Card size="small">
              <SchemaForm
                key={round}
                unreadable={mark}
                book={book}
                place={root}
                value={data}
                faults={findings?.faults ?? []}
                change={(path, value) =>
                  setData((before: unknown) => withValue(before, path, value))
                }
              />
            </Card>
          ) : (
            <JsonTab key={round} data={data} mark={mark} onChange={setData} />
          )}
        </Col>
        <Col xs={24} lg={10}>
          <Card
            size="small"
            title={t('corrections.edit.differences')}
            style={{ position: 'sticky', top: 0 }}
          >
            {error && !isBehind && <FaultView error={error} onRetry={() => void refetch()} />}
            {findings && <Found {...{ findings, original }} />}
            <EditActions
              message={id}
              data={data}
              findings={findings}
              isBehind={isBehind}
              isUnreadable={isUnreadable}
              reason={reason}
              isEdited={isUnreadable || (data !== original && !isSame)}
              onReset={() => {
                setData(original)
                setRound(round + 1)
              }}
            />
          </Card>
        </Col>
      </Row>
    </>
  )
}

function WithSchema({
  type: name,
  ...rest
}: Omit<EditorProps, 'book'> & { readonly type: string }) {
  const type = api.useQuery(
    'get',
    '/api/v1/types/{type}',
    { params: { path: { type: name } } },
    { staleTime: Number.POSITIVE_INFINITY },
  )
  return (
    <Loaded of={type}>
      {({ schema, references }) => (
        <Editor
          {...rest}
          book={{
            root: schema as JsonSchema,
            references: references as Readonly<Record<string, JsonSchema>>,
          }}
        />
      )}
    </Loaded>
  )
}

interface Known {
  readonly id: string
  readonly type: string
}

/** What is personal is seen for a reason and for five minutes; what has been edited outlives them, unseen. */
function Revealed({ id, type }: Known) {
  const { t } = useTranslation()
  const [revealed, setRevealed] = useState<Schemas['RevealedContent']>()
  const [isOver, setOver] = useState(false)
  const [reason, setReason] = useState('')
  const [first, setFirst] = useState<unknown>()
  useTimeUp(revealed, () => setOver(true))
  const reveal = async (why: string) => {
    const whole = await post<Schemas['RevealedContent']>('/api/v1/messages/{id}/reveal', {
      ...{ path: { id }, body: { reason: why } },
    })
    setReason(why)
    setFirst((before: unknown) => before ?? whole.data)
    setRevealed(whole)
    setOver(false)
  }
  return (
    <>
      {(!revealed || isOver) && (
        <RevealCard
          explains={t(isOver ? 'corrections.edit.revealOver' : 'corrections.edit.revealFirst')}
          reveal={reveal}
        />
      )}
      {revealed && (
        <div hidden={isOver}>
          <WithSchema id={id} type={type} data={first} reason={reason} />
        </div>
      )}
    </>
  )
}

function WithContent({ id, type }: Known) {
  const { t } = useTranslation()
  const mayReveal = useMay('personal-data:read')
  // What is being edited is not changed under somebody's hands.
  const content = api.useQuery(
    'get',
    '/api/v1/messages/{id}/content',
    { params: { path: { id } } },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, gcTime: 0 },
  )
  return (
    <Loaded of={content}>
      {({ data, masked }) => {
        if (masked.length === 0) return <WithSchema id={id} type={type} data={data} reason="" />
        if (mayReveal) return <Revealed id={id} type={type} />
        return <Alert type="info" showIcon title={t('corrections.edit.noRight')} />
      }}
    </Loaded>
  )
}

export default function EditMessage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const message = api.useQuery('get', '/api/v1/messages/{id}', { params: { path: { id } } })
  const subject = message.data?.subject
  return (
    <Screen
      title={subject ? `${t('corrections.edit.title')}: ${subject}` : t('corrections.edit.title')}
      lead={t('corrections.lead')}
    >
      <Loaded of={message}>{({ type }) => <WithContent id={id} type={type} />}</Loaded>
    </Screen>
  )
}

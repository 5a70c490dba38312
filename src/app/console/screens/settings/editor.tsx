/** Settings of one object, as a form and as YAML side by side, judged while they are written, saved for a reason. */
import { Alert, Button, Col, Flex, Row, Skeleton, Typography, theme } from 'antd'
import { type CSSProperties, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useChange } from '../../api/change.ts'
import type { Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { useUnreadable } from '../../parts/schema-form/json-text.ts'
import { type JsonSchema, resolve } from '../../parts/schema-form/schema.ts'
import { SchemaForm } from '../../parts/schema-form/schema-form.tsx'
import { useUnsaved } from '../../parts/unsaved.ts'
import { FindingsView, Verdict } from './findings.tsx'
import { type Draft, type Kind, useDraft } from './use-draft.ts'
import { YamlEditor } from './yaml-editor.tsx'

export type Made = Schemas['RevisionMade']

interface FormProps {
  readonly of: Draft
  readonly unreadable: (pointer: string, isUnreadable: boolean) => void
}

function Form({ of, unreadable }: FormProps) {
  const { t } = useTranslation()
  const { findings, value, isRead, set } = of
  if (!findings) return <Skeleton active paragraph={{ rows: 8 }} />
  const book = {
    root: findings.schema as JsonSchema,
    references: findings.references as Readonly<Record<string, JsonSchema>>,
  }
  return (
    <>
      {!isRead && <Alert type="warning" showIcon title={t('settings.yamlWrong')} />}
      <fieldset disabled={!isRead} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <SchemaForm
          book={book}
          place={resolve(book, { schema: book.root, base: String(book.root.$id) })}
          value={value}
          faults={findings.faults}
          change={set}
          unreadable={unreadable}
        />
      </fieldset>
    </>
  )
}

/** The first fault of each line. */
function useFaultsByLine({ findings }: Draft): ReadonlyMap<number, string> {
  const own = useOwnWords()
  const lines = (findings?.faults ?? []).flatMap((fault) =>
    fault.line === null ? [] : [[fault.line, own(fault)] as const],
  )
  return new Map(lines.reverse())
}

interface SaveProps {
  readonly kind: Kind
  readonly id: string
  readonly of: Draft
  readonly base: number
  /** The text, from what was opened. */
  readonly differs: boolean
  /** Something in the form is half typed: the text does not say it. */
  readonly isUnreadable: boolean
  readonly onSaved: (made: Made) => void
  readonly onReset: () => void
}

function Actions(props: SaveProps) {
  const { kind, id, of, base, differs, isUnreadable, onSaved, onReset } = props
  const { t } = useTranslation()
  const change = useChange()
  const mayWrite = useMay('config:write')
  const { findings, isBehind, text } = of
  const changes = findings?.changes.length ?? 0
  const isReady = !isBehind && !isUnreadable && findings?.faults.length === 0 && changes > 0
  if (!mayWrite)
    return <Typography.Text type="secondary">{t('settings.save.noRight')}</Typography.Text>
  return (
    <>
      <ReasonButton
        label={t('settings.save.button')}
        explains={t('settings.save.explains', { count: changes })}
        button={{ type: 'primary', disabled: !isReady }}
        act={async ({ reason }) =>
          onSaved(
            await change<Made>(`/api/v1/${kind}/{id}/settings`, {
              path: { id },
              body: { yaml: text, base, reason },
            }),
          )
        }
      />
      <Button disabled={!differs && !isUnreadable} onClick={onReset}>
        {t('settings.save.reset')}
      </Button>
    </>
  )
}

/** At hand however far down the form goes. */
function useBarLook(): CSSProperties {
  const { token } = theme.useToken()
  return {
    ...{ position: 'sticky', top: 0, zIndex: 2, padding: '8px 0' },
    background: token.colorBgLayout,
    // What has gone past it is not seen above it.
    boxShadow: `0 -24px 0 ${token.colorBgLayout}`,
  }
}

interface EditorProps {
  readonly kind: Kind
  readonly id: string
  readonly yaml: string
  /** The revision it is of; 0: there is none yet. */
  readonly revision: number
  /** It was made a moment ago, here. */
  readonly made?: Made | undefined
  readonly onMade?: (made: Made) => void
  /** Below, with the draft at hand. */
  readonly children?: (draft: Draft) => ReactNode
}

export function SettingsEditor(props: EditorProps) {
  const { kind, id, yaml, revision, made: before, onMade, children } = props
  const { t } = useTranslation()
  const draft = useDraft(kind, id, yaml)
  const { isUnreadable, mark } = useUnreadable()
  const [round, setRound] = useState(0)
  const [base, setBase] = useState(revision)
  const [saved, setSaved] = useState(before)
  const [kept, setKept] = useState(yaml)
  const differs = draft.text !== kept
  useUnsaved(differs || isUnreadable)
  const byLine = useFaultsByLine(draft)
  const bar = useBarLook()
  const { findings } = draft
  const now = findings?.revision ?? base
  return (
    <Flex vertical gap={12}>
      {saved && (
        <Alert
          type="success"
          showIcon
          title={t('settings.save.done', { id: saved.revision })}
          action={
            <Link to={`/revisions/${saved.revision}`}>
              {t('revisions.of', { id: saved.revision })}
            </Link>
          }
        />
      )}
      {base > 0 && now > base && (
        <Alert type="warning" showIcon title={t('settings.meanwhile', { base, now })} />
      )}
      {draft.fault !== null && <FaultView error={draft.fault} />}
      <Flex gap={8} wrap align="center" style={bar}>
        <Verdict of={draft} />
        <Actions
          {...{ kind, id, base, of: draft, differs, isUnreadable }}
          onSaved={(made) => {
            onMade?.(made)
            setSaved(made)
            setBase(made.revision)
            setKept(draft.text)
          }}
          onReset={() => {
            draft.write(kept)
            setRound(round + 1)
          }}
        />
      </Flex>
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={12}>
          <Typography.Title level={2} style={{ fontSize: 16 }}>
            {t('settings.form')}
          </Typography.Title>
          <Form key={round} of={draft} unreadable={mark} />
        </Col>
        <Col xs={24} lg={12}>
          <Typography.Title level={2} style={{ fontSize: 16 }}>
            {t('settings.yaml')}{' '}
            <Typography.Text type="secondary" style={{ fontWeight: 400, fontSize: 13 }}>
              {t('settings.yamlHelp')}
            </Typography.Text>
          </Typography.Title>
          <Flex vertical gap={12}>
            <YamlEditor text={draft.text} onChange={draft.write} faults={byLine} />
            {findings && <FindingsView of={findings} />}
          </Flex>
        </Col>
      </Row>
      {children?.(draft)}
    </Flex>
  )
}

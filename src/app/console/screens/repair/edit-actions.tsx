/** What is done with edited data: tried, kept, sent, or put before a second person. */
import { Button, Flex, Form, Input, Typography } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { post, useChange } from '../../api/change.ts'
import type { Schemas } from '../../api/client.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { useUnsaved } from '../../parts/unsaved.ts'
import { type CorrectionRun, DryRuns } from './dry-runs.tsx'
import type { Findings } from './use-check.ts'

interface ActionsProps {
  readonly message: string
  readonly data: unknown
  readonly findings: Findings | undefined
  readonly isBehind: boolean
  /** What is on the screen is not what `data` says. */
  readonly isUnreadable: boolean
  readonly reason: string
  /** Differs from what was opened. */
  readonly isEdited: boolean
  readonly onReset: () => void
}

/** A draft that the hub has, of just these data. */
interface Made {
  readonly correction: Schemas['Correction']
  readonly data: unknown
  readonly reason: string
}

export function EditActions(props: ActionsProps) {
  const { message, data, findings, isBehind, isUnreadable, reason, isEdited, onReset } = props
  const { t } = useTranslation()
  const go = useNavigate()
  const change = useChange()
  const [form] = Form.useForm<{ reason: string }>()
  const [busy, setBusy] = useState<'try' | 'send' | 'draft'>()
  const [fault, setFault] = useState<unknown>()
  const [made, setMade] = useState<Made>()
  const isDoing = useRef(false)
  const [tried, setTried] = useState<{
    readonly of: unknown
    readonly runs: readonly CorrectionRun[]
  }>()

  const isReady =
    findings !== undefined &&
    !isBehind &&
    !isUnreadable &&
    findings.faults.length === 0 &&
    findings.changes.length > 0 &&
    findings.deliveries.length > 0 &&
    busy === undefined
  const isKept = busy === 'send' || busy === 'draft' || made?.data === data
  useUnsaved(isEdited && !isKept)
  const doing = async (what: 'try' | 'send' | 'draft', work: () => Promise<void>) => {
    if (isDoing.current) return
    isDoing.current = true
    setBusy(what)
    setFault(undefined)
    try {
      await work()
    } catch (error) {
      setFault(error)
    } finally {
      isDoing.current = false
      setBusy(undefined)
    }
  }
  const tryIt = () =>
    doing('try', async () => {
      const found = await post<Findings>('/api/v1/corrections/check', {
        body: { message, data: data as object, dryRun: true },
      })
      setTried({ of: data, runs: found.dryRuns ?? [] })
    })
  /** Once for the same data, however often what comes after it fails. */
  const draft = async (reason: string): Promise<Schemas['Correction']> => {
    if (made && made.data === data && made.reason === reason) return made.correction
    if (made)
      await post('/api/v1/corrections/{id}/withdraw', {
        ...{ path: { id: String(made.correction.id) }, body: { reason } },
      })
    setMade(undefined)
    const correction = await change<Schemas['Correction']>('/api/v1/corrections', {
      body: { message, data: data as object, reason },
    })
    setMade({ correction, data, reason })
    return correction
  }
  const keep = (what: 'send' | 'draft') =>
    doing(what, async () => {
      const { reason } = await form.validateFields()
      const { id, needsApproval } = await draft(reason)
      const verb = needsApproval ? 'ask' : 'send'
      if (what === 'send')
        await change(`/api/v1/corrections/{id}/${verb}`, {
          ...{ path: { id: String(id) }, body: { reason } },
        })
      await go(`/corrections/${id}`)
    })
  return (
    <Form form={form} layout="vertical" initialValues={{ reason }} style={{ marginTop: 16 }}>
      <Form.Item
        name="reason"
        label={t('parts.reason.label')}
        rules={[{ required: true, min: 5, whitespace: true, message: t('parts.reason.missing') }]}
      >
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Form.Item>
      {findings?.needsApproval && (
        <Typography.Paragraph type="secondary">
          {t('corrections.edit.askHelp')}
        </Typography.Paragraph>
      )}
      <Flex gap={8} wrap>
        <Button
          type="primary"
          disabled={!isReady}
          loading={busy === 'send'}
          onClick={() => void keep('send')}
        >
          {t(findings?.needsApproval ? 'corrections.edit.ask' : 'corrections.edit.send')}
        </Button>
        <Button
          disabled={!isReady}
          loading={busy === 'try'}
          title={t('corrections.edit.dryRunHelp')}
          onClick={() => void tryIt()}
        >
          {t('corrections.edit.dryRun')}
        </Button>
        <Button disabled={!isReady} loading={busy === 'draft'} onClick={() => void keep('draft')}>
          {t('corrections.edit.draft')}
        </Button>
        <Button
          disabled={(!isUnreadable && findings?.changes.length === 0) || busy !== undefined}
          onClick={onReset}
        >
          {t('corrections.edit.reset')}
        </Button>
      </Flex>
      <Flex vertical gap={12} style={{ marginTop: 12 }}>
        {isFault(fault) && <FaultView error={fault} />}
        {fault !== undefined && made && (
          <Link to={`/corrections/${made.correction.id}`}>
            {t('corrections.edit.kept', { id: made.correction.id })}
          </Link>
        )}
        {tried && tried.of === data && <DryRuns runs={tried.runs} />}
      </Flex>
    </Form>
  )
}

/** What the form itself finds missing it shows where it is. */
const isFault = (fault: unknown): boolean =>
  fault !== undefined && !(typeof fault === 'object' && fault !== null && 'errorFields' in fault)

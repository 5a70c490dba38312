/** What a button with a reason opens: asks why, says what went wrong, and shuts when it is done. */
import { Alert, Form, Input, Modal } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultView } from './fault-view.tsx'
import { useUnsaved } from './unsaved.ts'

export interface WithReason {
  readonly reason: string
}

export interface ReasonDialogProps<T> {
  readonly label: string
  /** What will happen, in a sentence. */
  readonly explains?: ReactNode
  readonly act: (given: T & WithReason) => Promise<unknown>
  /** Form items beside the reason; their names are members of what `act` is given. */
  readonly children?: ReactNode
  readonly initial?: Partial<T>
  readonly danger?: boolean
}

interface Place {
  /** What it is about has changed meanwhile, so that it would not be offered any more. */
  readonly isStale: boolean
  readonly onShut: () => void
}

export function ReasonDialog<T extends object>(props: ReasonDialogProps<T> & Place) {
  const { label, explains, act, children, initial, danger = false, isStale, onShut } = props
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(true)
  const [isBusy, setBusy] = useState(false)
  const [isTyped, setTyped] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const [form] = Form.useForm<T & WithReason>()
  const isSending = useRef(false)
  useUnsaved(isTyped && isOpen && !isBusy)

  const send = async (given: T & WithReason) => {
    if (isSending.current) return
    isSending.current = true
    setBusy(true)
    setFault(undefined)
    try {
      await act(given)
      setOpen(false)
    } catch (error) {
      setFault(error)
    } finally {
      isSending.current = false
      setBusy(false)
    }
  }
  // What has been typed goes only by a button that says so; an answer is waited for.
  const isLoose = !isTyped && !isBusy
  return (
    <Modal
      open={isOpen}
      title={label}
      onCancel={() => setOpen(false)}
      onOk={() => form.submit()}
      okText={label}
      cancelText={t('parts.cancel')}
      okButtonProps={{ loading: isBusy, danger }}
      cancelButtonProps={{ disabled: isBusy }}
      closable={!isBusy}
      keyboard={isLoose}
      mask={{ closable: isLoose }}
      afterClose={onShut}
      destroyOnHidden
    >
      {explains && <p>{explains}</p>}
      {isStale && !isBusy && (
        <Alert type="warning" showIcon role="status" title={t('parts.reason.stale')} />
      )}
      <Form
        form={form}
        layout="vertical"
        {...(initial && { initialValues: initial })}
        preserve={false}
        onValuesChange={() => setTyped(true)}
        onFinish={(given) => void send(given)}
      >
        {children}
        <Form.Item
          name="reason"
          label={t('parts.reason.label')}
          // Beside it stands the count of what was written.
          extra={<div style={{ paddingInlineEnd: 72 }}>{t('parts.reason.help')}</div>}
          rules={[{ required: true, min: 5, whitespace: true, message: t('parts.reason.missing') }]}
        >
          <Input.TextArea autoFocus={!children} rows={2} maxLength={500} showCount />
        </Form.Item>
      </Form>
      {fault !== undefined && <FaultView error={fault} />}
    </Modal>
  )
}

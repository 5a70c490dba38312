/** A button that changes something: asks why first, says what went wrong, and shuts when it is done. */
import { Button, type ButtonProps, Form, Input, Modal } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultView } from './fault-view.tsx'
import { useKey } from './use-key.ts'

export interface WithReason {
  readonly reason: string
}

interface ReasonButtonProps<T> {
  readonly label: string
  /** What will happen, in a sentence. */
  readonly explains?: ReactNode
  readonly act: (given: T & WithReason) => Promise<unknown>
  /** Form items beside the reason; their names are members of what `act` is given. */
  readonly children?: ReactNode
  readonly initial?: Partial<T>
  readonly button?: ButtonProps
  readonly danger?: boolean
  /** Opens it. */
  readonly hotkey?: string | undefined
}

export function ReasonButton<T extends object = object>(props: ReasonButtonProps<T>) {
  const { label, explains, act, children, initial, button, danger = false, hotkey } = props
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>()
  const [form] = Form.useForm<T & WithReason>()

  const open = useCallback(() => {
    setFault(undefined)
    setOpen(true)
  }, [])
  useKey(hotkey, open)
  const send = async (given: T & WithReason) => {
    setBusy(true)
    try {
      await act(given)
      setOpen(false)
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button danger={danger} {...button} onClick={open}>
        {label}
        {hotkey && <kbd className="key">{hotkey}</kbd>}
      </Button>
      <Modal
        open={isOpen}
        title={label}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
        okText={label}
        cancelText={t('parts.cancel')}
        okButtonProps={{ loading: isBusy, danger }}
        destroyOnHidden
      >
        {explains && <p>{explains}</p>}
        <Form
          form={form}
          layout="vertical"
          initialValues={initial}
          preserve={false}
          onFinish={(given) => void send(given)}
        >
          {children}
          <Form.Item
            name="reason"
            label={t('parts.reason.label')}
            // Beside it stands the count of what was written.
            extra={<div style={{ paddingInlineEnd: 72 }}>{t('parts.reason.help')}</div>}
            rules={[
              { required: true, min: 5, whitespace: true, message: t('parts.reason.missing') },
            ]}
          >
            <Input.TextArea autoFocus={!children} rows={2} maxLength={500} showCount />
          </Form.Item>
        </Form>
        {fault !== undefined && <FaultView error={fault} />}
      </Modal>
    </>
  )
}

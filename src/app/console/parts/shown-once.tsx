/** What is shown once and never again: a key, a link. It shuts only when the person says that he has it. */
import { Alert, Button, Flex, Modal, Typography } from 'antd'
import type { ReactNode } from 'react'

interface ShownOnceProps {
  readonly title: string
  /** Undefined: nothing to show. */
  readonly text: string | undefined
  readonly warning: string
  readonly done: string
  readonly onDone: () => void
  readonly children?: ReactNode
}

export function ShownOnce({ title, text, warning, done, onDone, children }: ShownOnceProps) {
  return (
    <Modal
      open={text !== undefined}
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onDone}>
          {done}
        </Button>
      }
    >
      <Flex vertical gap={12}>
        <Alert type="warning" showIcon title={warning} />
        <Typography.Text copyable className="mono" style={{ wordBreak: 'break-all' }}>
          {text}
        </Typography.Text>
        {children}
      </Flex>
    </Modal>
  )
}

/** Asks why a message is to be opened, before anything personal is shown. */
import { Alert, Button, Card, Flex, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultView } from '../../parts/fault-view.tsx'

interface RevealProps {
  readonly explains: string
  readonly reveal: (reason: string) => Promise<void>
}

export function RevealCard({ explains, reveal }: RevealProps) {
  const { t } = useTranslation()
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const open = async ({ reason }: { readonly reason: string }) => {
    setBusy(true)
    setFault(undefined)
    try {
      await reveal(reason)
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card size="small" style={{ maxWidth: 720 }}>
      <Form layout="vertical" onFinish={(given) => void open(given)}>
        <Flex vertical gap={12}>
          <Alert type="info" showIcon title={explains} />
          <Form.Item
            name="reason"
            label={t('parts.reason.label')}
            extra={t('parts.reason.help')}
            style={{ marginBottom: 0 }}
            rules={[
              { required: true, min: 5, whitespace: true, message: t('parts.reason.missing') },
            ]}
          >
            <Input maxLength={500} autoFocus />
          </Form.Item>
          {fault !== undefined && <FaultView error={fault} />}
          <Button type="primary" htmlType="submit" loading={isBusy} style={{ alignSelf: 'start' }}>
            {t('corrections.edit.reveal')}
          </Button>
        </Flex>
      </Form>
    </Card>
  )
}

/** Proves the chain of hashes, against a head that was kept elsewhere if there is one. */
import { Alert, Button, Descriptions, Flex, Form, Input, Modal, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '../../api/client.ts'
import { FaultView } from '../../parts/fault-view.tsx'

function VerdictView({ verdict }: { readonly verdict: Schemas['AuditVerdict'] }) {
  const { t } = useTranslation()
  const { ok, broken, sealed, unsealed, head } = verdict
  return (
    <Flex vertical gap={12}>
      <Alert
        showIcon
        role="status"
        type={ok ? 'success' : 'error'}
        title={ok ? t('audit.verify.whole') : t('audit.verify.broken', { place: broken })}
        description={ok ? undefined : t('audit.verify.brokenNext')}
      />
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'sealed', label: t('audit.verify.sealed'), children: sealed },
          { key: 'unsealed', label: t('audit.verify.unsealed'), children: unsealed },
        ]}
      />
      {head && (
        <div>
          <div>{t('audit.verify.head')}</div>
          <Typography.Text copyable className="mono" style={{ wordBreak: 'break-all' }}>
            {head}
          </Typography.Text>
        </div>
      )}
    </Flex>
  )
}

export function VerifyButton() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const verify = api.useMutation('post', '/api/v1/audit/verify')
  const [form] = Form.useForm<{ anchor?: string }>()
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('audit.verify.button')}</Button>
      <Modal
        open={isOpen}
        title={t('audit.verify.button')}
        okText={t('audit.verify.button')}
        cancelText={t('parts.cancel')}
        okButtonProps={{ loading: verify.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        afterClose={verify.reset}
        destroyOnHidden
      >
        <p>{t('audit.verify.explains')}</p>
        <Form
          form={form}
          layout="vertical"
          preserve={false}
          onFinish={({ anchor }) =>
            verify.mutate({ body: anchor?.trim() ? { anchor: anchor.trim().toLowerCase() } : {} })
          }
        >
          <Form.Item
            name="anchor"
            label={t('audit.verify.anchor')}
            rules={[{ pattern: /^\s*[0-9a-fA-F]{64}\s*$/, message: t('audit.verify.anchorForm') }]}
          >
            <Input className="mono" autoComplete="off" />
          </Form.Item>
        </Form>
        {verify.isError && <FaultView error={verify.error} />}
        {verify.data && <VerdictView verdict={verify.data} />}
      </Modal>
    </>
  )
}

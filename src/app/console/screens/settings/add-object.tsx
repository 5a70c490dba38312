/** Where a new job or system begins: with its id, which stays. */
import { Button, Form, Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useMay } from '../../api/session.ts'
import { useWholeReach } from '../../parts/whole-reach.tsx'
import type { Kind } from './use-draft.ts'

interface Begun {
  readonly id: string
  readonly kind?: 'push' | 'pull'
}

export function AddObject({ kind: of }: { readonly kind: Kind }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const [form] = Form.useForm<Begun>()
  const mayWrite = useMay('config:write')
  const reachesAll = useWholeReach()
  if (!mayWrite || !reachesAll) return null
  const begin = ({ id, kind }: Begun) =>
    void go(of === 'jobs' ? `/jobs/${id}?new=${kind}` : `/systems/${id}/settings?new=yes`)
  const title = t(`settings.add.${of}`)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{title}</Button>
      <Modal
        open={isOpen}
        title={title}
        okText={t('settings.add.go')}
        cancelText={t('parts.cancel')}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          preserve={false}
          initialValues={{ kind: 'push' }}
          onFinish={begin}
        >
          <Form.Item
            name="id"
            label={t('settings.add.id')}
            extra={t('settings.add.idHelp')}
            rules={[
              {
                ...{ required: true, pattern: /^[a-z][a-z0-9-]{1,40}$/ },
                message: t('settings.add.idHelp'),
              },
            ]}
          >
            <Input className="mono" autoFocus maxLength={41} />
          </Form.Item>
          {of === 'jobs' && (
            <Form.Item name="kind" label={t('settings.add.kind')}>
              <Segmented
                options={(['push', 'pull'] as const).map((value) => ({
                  value,
                  label: t(`settings.add.${value}`),
                }))}
              />
            </Form.Item>
          )}
        </Form>
      </Modal>
    </>
  )
}

/** Every job of the configuration, those that send as well as those that fetch; and where a new one begins. */
import { Button, Card, Flex, Form, Input, Modal, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { PlainTable } from '../../parts/plain-table.tsx'
import { useWholeReach } from '../../parts/whole-reach.tsx'

type Job = Schemas['Job']

interface Begun {
  readonly id: string
  readonly kind: 'push' | 'pull'
}

function AddJob() {
  const { t } = useTranslation()
  const go = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const [form] = Form.useForm<Begun>()
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('settings.add.button')}</Button>
      <Modal
        open={isOpen}
        title={t('settings.add.button')}
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
          onFinish={({ id, kind }) => void go(`/jobs/${id}?new=${kind}`)}
        >
          <Form.Item
            name="id"
            label={t('settings.add.id')}
            extra={t('settings.add.idHelp')}
            rules={[
              {
                required: true,
                pattern: /^[a-z][a-z0-9-]{1,40}$/,
                message: t('settings.add.idHelp'),
              },
            ]}
          >
            <Input className="mono" autoFocus maxLength={41} />
          </Form.Item>
          <Form.Item name="kind" label={t('settings.add.kind')}>
            <Segmented
              options={(['push', 'pull'] as const).map((value) => ({
                value,
                label: t(`settings.add.${value}`),
              }))}
            />
          </Form.Item>
        </Form>
      </Modal>
    </>
  )
}

function List({ jobs }: { readonly jobs: readonly Job[] }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  return (
    <PlainTable<Job>
      label={t('settings.jobs.title')}
      rows={jobs}
      keyOf={({ id }) => id}
      width={760}
      columns={[
        {
          title: t('settings.jobs.job'),
          render: ({ id, title, enabled }) => (
            <Flex vertical>
              <Link to={`/jobs/${id}`}>{own(title)}</Link>
              <span>
                <code>{id}</code> {!enabled && <Tag>{t('settings.jobs.off')}</Tag>}
              </span>
            </Flex>
          ),
        },
        {
          title: t('settings.jobs.kind'),
          width: 100,
          render: ({ kind }) => t(`settings.add.${kind}`),
        },
        {
          title: t('settings.jobs.system'),
          width: 170,
          render: ({ system }) => <Link to={`/systems/${system}`}>{system}</Link>,
        },
        {
          title: t('settings.jobs.types'),
          render: ({ types }) => <span className="mono">{types.join(', ') || '–'}</span>,
        },
      ]}
    />
  )
}

function Shown() {
  const { t } = useTranslation()
  const mayWrite = useMay('config:write')
  const jobs = api.useQuery('get', '/api/v1/jobs')
  return (
    <Card
      size="small"
      title={t('settings.jobs.title')}
      extra={mayWrite && <AddJob />}
      style={{ flex: 'none' }}
    >
      <Loaded of={jobs}>{({ items }) => <List jobs={items} />}</Loaded>
    </Card>
  )
}

/** By its id, a link for those who may see its settings. */
export function JobLink({ id }: { readonly id: string }) {
  const may = useMay('config:read')
  return may ? (
    <Link to={`/jobs/${id}`} className="mono">
      {id}
    </Link>
  ) : (
    <code>{id}</code>
  )
}

export function JobsCard() {
  const may = useMay('config:read')
  const reachesAll = useWholeReach()
  return may && reachesAll ? <Shown /> : null
}

import { Flex, Form, Input, InputNumber, Table, type TableProps, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment, useNowMs } from '../../parts/moment.tsx'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { Screen } from '../../parts/screen.tsx'
import { ClientFieldItems, type ClientFields } from './client-fields.tsx'
import { KeyShown, type ShownKey } from './key-shown.tsx'
import {
  type Client,
  errorShare,
  goodKeys,
  lastUsed,
  standingColours,
  standingOf,
} from './standing.ts'

function useColumns(): NonNullable<TableProps<Client>['columns']> {
  const { t, i18n } = useTranslation()
  const now = useNowMs()
  const counted = new Intl.NumberFormat(i18n.language)
  return [
    {
      title: t('clients.columns.client'),
      render: (_, { id, title }) => (
        <Flex vertical>
          <Link to={`/clients/${id}`}>{title}</Link>
          <Typography.Text type="secondary" className="mono">
            {id}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t('clients.columns.scopes'),
      width: 320,
      render: (_, { scopes }) => (
        <Flex wrap gap={4}>
          {scopes.map((scope) => (
            <Tag key={scope} style={{ margin: 0 }}>
              {scope}
            </Tag>
          ))}
        </Flex>
      ),
    },
    {
      title: t('clients.columns.keys'),
      width: 80,
      align: 'right',
      render: (_, client) => goodKeys(client, now).length,
    },
    {
      title: t('clients.columns.lastUsed'),
      width: 140,
      render: (_, client) => {
        const at = lastUsed(client)
        return at ? <Moment at={at} /> : t('clients.never')
      },
    },
    {
      title: t('clients.columns.use'),
      width: 100,
      align: 'right',
      render: (_, { use }) => counted.format(use.requests),
    },
    {
      title: t('clients.columns.errors'),
      width: 80,
      align: 'right',
      render: (_, client) => {
        const share = errorShare(client)
        return share === null ? '–' : `${share}%`
      },
    },
    {
      title: t('clients.columns.state'),
      width: 160,
      render: (_, client) => {
        const standing = standingOf(client, now)
        return <Tag color={standingColours[standing]}>{t(`clients.state.${standing}`)}</Tag>
      },
    },
  ]
}

interface NewClient extends ClientFields {
  readonly id: string
  readonly days: number
}

function CreateButton() {
  const { t } = useTranslation()
  const go = useNavigate()
  const create = api.useMutation('post', '/api/v1/clients')
  const [shown, setShown] = useState<ShownKey>()
  return (
    <>
      <ReasonButton<NewClient>
        label={t('clients.create')}
        button={{ type: 'primary' }}
        initial={{
          scopes: ['messages:write', 'messages:read'],
          sources: [],
          types: ['*'],
          days: 365,
        }}
        act={async (body) => {
          const made = await create.mutateAsync({ body })
          setShown({ client: made.client.id, issued: made.key })
        }}
      >
        <Form.Item
          name="id"
          label={t('clients.fields.id')}
          extra={t('clients.fields.idForm')}
          rules={[
            {
              required: true,
              pattern: /^[a-z][a-z0-9-]{1,40}$/,
              message: t('clients.fields.idForm'),
            },
          ]}
        >
          <Input autoFocus className="mono" autoComplete="off" maxLength={41} />
        </Form.Item>
        <ClientFieldItems />
        <Form.Item name="days" label={t('clients.fields.days')}>
          <InputNumber min={1} max={3650} style={{ width: 120 }} />
        </Form.Item>
      </ReasonButton>
      <KeyShown
        of={shown}
        onDone={() => {
          setShown(undefined)
          void go(`/clients/${shown?.client}`)
        }}
      />
    </>
  )
}

export default function Clients() {
  const { t } = useTranslation()
  const mayChange = useMay('clients:write')
  const list = api.useQuery('get', '/api/v1/clients')
  const columns = useColumns()
  return (
    <Screen
      title={t('frame.screens.clients')}
      lead={t('clients.lead')}
      actions={mayChange && <CreateButton />}
    >
      <Loaded of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title={t('clients.empty.title')} next={t('clients.empty.next')} />
          ) : (
            <Table<Client>
              aria-label={t('frame.screens.clients')}
              size="middle"
              rowKey="id"
              columns={columns}
              dataSource={items}
              pagination={false}
              scroll={{ x: 1060 }}
            />
          )
        }
      </Loaded>
    </Screen>
  )
}

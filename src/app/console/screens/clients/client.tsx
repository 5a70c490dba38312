/** A client: what it may do, its keys, how much it asks. */
import { useQueryClient } from '@tanstack/react-query'
import { Card, Descriptions, Flex, Form, InputNumber, Radio, Table, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment, useNowMs } from '../../parts/moment.tsx'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { Screen } from '../../parts/screen.tsx'
import { ClientFieldItems, type ClientFields } from './client-fields.tsx'
import { KeyShown, type ShownKey } from './key-shown.tsx'
import { type Client, type Key, keyStanding, standingColours, standingOf } from './standing.ts'

/** After each change everything about clients is asked for anew. */
function useAgain() {
  const client = useQueryClient()
  return () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/clients'),
    })
}

const overlaps = { keep: undefined, day: 1, week: 7, month: 30, now: 0 } as const
type Overlap = keyof typeof overlaps

const endOf = (overlap: Overlap): { othersEndAt?: string } => {
  const days = overlaps[overlap]
  return days === undefined
    ? {}
    : { othersEndAt: new Date(Date.now() + days * 86_400_000).toISOString() }
}

function RotateButton({ client }: { readonly client: Client }) {
  const { t } = useTranslation()
  const again = useAgain()
  const issue = api.useMutation('post', '/api/v1/clients/{id}/keys')
  const [shown, setShown] = useState<ShownKey>()
  return (
    <>
      <ReasonButton<{ readonly days: number; readonly overlap: Overlap }>
        label={t('clients.rotate.button')}
        explains={t('clients.rotate.explains')}
        button={{ type: 'primary' }}
        initial={{ days: 365, overlap: 'week' }}
        act={async ({ days, overlap, reason }) => {
          const issued = await issue.mutateAsync({
            params: { path: { id: client.id } },
            body: { days, reason, ...endOf(overlap) },
          })
          setShown({ client: client.id, issued })
          await again()
        }}
      >
        <Form.Item name="overlap" label={t('clients.rotate.overlap')}>
          <Radio.Group
            vertical
            options={(Object.keys(overlaps) as Overlap[]).map((value) => ({
              value,
              label: t(`clients.rotate.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="days" label={t('clients.fields.days')}>
          <InputNumber min={1} max={3650} style={{ width: 120 }} />
        </Form.Item>
      </ReasonButton>
      <KeyShown of={shown} onDone={() => setShown(undefined)} />
    </>
  )
}

function Actions({ client }: { readonly client: Client }) {
  const { t } = useTranslation()
  const again = useAgain()
  const path = { params: { path: { id: client.id } } }
  const change = api.useMutation('post', '/api/v1/clients/{id}/change', { onSuccess: again })
  const disable = api.useMutation('post', '/api/v1/clients/{id}/disable', { onSuccess: again })
  const enable = api.useMutation('post', '/api/v1/clients/{id}/enable', { onSuccess: again })
  const revoke = api.useMutation('post', '/api/v1/clients/{id}/revoke', { onSuccess: again })
  if (client.revokedAt) return null
  const { title, scopes, sources, types } = client
  return (
    <>
      <RotateButton client={client} />
      <ReasonButton<ClientFields>
        label={t('clients.change')}
        initial={{ title, scopes: [...scopes], sources: [...sources], types: [...types] }}
        act={(body) => change.mutateAsync({ ...path, body })}
      >
        <ClientFieldItems />
      </ReasonButton>
      {client.disabledAt ? (
        <ReasonButton
          label={t('clients.enable.button')}
          explains={t('clients.enable.explains')}
          act={(body) => enable.mutateAsync({ ...path, body })}
        />
      ) : (
        <ReasonButton
          label={t('clients.disable.button')}
          explains={t('clients.disable.explains')}
          act={(body) => disable.mutateAsync({ ...path, body })}
        />
      )}
      <ReasonButton
        danger
        label={t('clients.revoke.button')}
        explains={t('clients.revoke.explains')}
        act={(body) => revoke.mutateAsync({ ...path, body })}
      />
    </>
  )
}

function RevokeKey({ client, id }: { readonly client: string; readonly id: string }) {
  const { t } = useTranslation()
  const again = useAgain()
  const revoke = api.useMutation('post', '/api/v1/clients/{id}/keys/{key}/revoke', {
    onSuccess: again,
  })
  return (
    <ReasonButton
      danger
      button={{ size: 'small' }}
      label={t('clients.key.revoke')}
      explains={t('clients.key.revokeExplains', { id })}
      act={(body) => revoke.mutateAsync({ params: { path: { id: client, key: id } }, body })}
    />
  )
}

const keyColours = { good: 'green', expired: 'default', revoked: 'default' } as const

function Keys({ client }: { readonly client: Client }) {
  const { t } = useTranslation()
  const now = useNowMs()
  const mayChange = useMay('clients:write')
  if (client.keys.length === 0) return <span>{t('clients.key.none')}</span>
  return (
    <Table<Key>
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: 760 }}
      dataSource={[...client.keys].reverse()}
      columns={[
        { title: t('clients.key.id'), dataIndex: 'id', className: 'mono', width: 120 },
        {
          title: t('clients.columns.state'),
          width: 130,
          render: (_, key) => {
            const standing = keyStanding(key, now)
            return <Tag color={keyColours[standing]}>{t(`clients.key.${standing}`)}</Tag>
          },
        },
        { title: t('clients.key.issued'), render: (_, key) => <Moment at={key.createdAt} /> },
        { title: t('clients.key.expires'), render: (_, key) => <Moment at={key.expiresAt} /> },
        {
          title: t('clients.key.used'),
          render: (_, { lastUsedAt }) =>
            lastUsedAt ? <Moment at={lastUsedAt} /> : t('clients.never'),
        },
        {
          key: 'act',
          width: 150,
          render: (_, key) =>
            mayChange &&
            keyStanding(key, now) === 'good' && <RevokeKey client={client.id} id={key.id} />,
        },
      ]}
    />
  )
}

function ClientView({ client }: { readonly client: Client }) {
  const { t, i18n } = useTranslation()
  const standing = standingOf(client, useNowMs())
  const counted = new Intl.NumberFormat(i18n.language)
  const { use } = client
  const tags = (list: readonly string[]) => (
    <Flex wrap gap={4}>
      {list.map((one) => (
        <Tag key={one} style={{ margin: 0 }}>
          {one}
        </Tag>
      ))}
    </Flex>
  )
  return (
    <Flex vertical gap={16}>
      <Card>
        <Descriptions
          column={{ xs: 1, lg: 2 }}
          items={[
            {
              key: 'state',
              label: t('clients.columns.state'),
              children: (
                <Tag color={standingColours[standing]}>{t(`clients.state.${standing}`)}</Tag>
              ),
            },
            {
              key: 'at',
              label: t('clients.fields.created'),
              children: <Moment at={client.createdAt} />,
            },
            { key: 'scopes', label: t('clients.fields.scopes'), children: tags(client.scopes) },
            { key: 'sources', label: t('clients.fields.sources'), children: tags(client.sources) },
            { key: 'types', label: t('clients.fields.types'), children: tags(client.types) },
          ]}
        />
      </Card>
      <Card title={t('clients.key.title')}>
        <Keys client={client} />
      </Card>
      <Card title={t('clients.use.title')}>
        <Descriptions
          column={{ xs: 1, md: 3 }}
          items={(['requests', 'refused', 'failed'] as const).map((name) => ({
            key: name,
            label: t(`clients.use.${name}`),
            children: counted.format(use[name]),
          }))}
        />
      </Card>
    </Flex>
  )
}

export default function ClientScreen() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const mayChange = useMay('clients:write')
  const maySeeAudit = useMay('audit:read')
  const client = api.useQuery('get', '/api/v1/clients/{id}', { params: { path: { id } } })
  return (
    <Screen
      title={client.data?.title ?? t('frame.screens.client')}
      lead={
        <Flex gap={12} wrap>
          <span className="mono">{id}</span>
          {maySeeAudit && (
            <Link to={`/audit?${new URLSearchParams({ object: id })}`}>{t('clients.history')}</Link>
          )}
        </Flex>
      }
      actions={mayChange && client.data && <Actions client={client.data} />}
    >
      <Loaded of={client}>{(data) => <ClientView client={data} />}</Loaded>
    </Screen>
  )
}

import { Flex, Form, Input, Table, type TableProps, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment, useNowMs } from '../../parts/moment.tsx'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { Screen } from '../../parts/screen.tsx'
import { LinkShown } from './link-shown.tsx'
import { stateColours, stateOf, type User } from './reach.ts'
import { UserFieldItems, type UserFields, useRoles } from './user-fields.tsx'

function useColumns(): NonNullable<TableProps<User>['columns']> {
  const { t } = useTranslation()
  const now = useNowMs()
  const roles = useRoles()
  return [
    {
      title: t('users.columns.user'),
      render: (_, { name, title }) => (
        <Flex vertical>
          <Link to={`/users/${name}`}>{title}</Link>
          <Typography.Text type="secondary" className="mono">
            {name}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t('users.columns.roles'),
      width: 200,
      render: (_, user) =>
        user.roles
          .map((name) => roles.find(({ value }) => value === name)?.label ?? name)
          .join(', '),
    },
    {
      title: t('users.columns.rights'),
      width: 210,
      render: (_, { mayReveal, mayRedrive }) => (
        <Flex vertical>
          {mayReveal && <span>{t('users.reveal')}</span>}
          {mayRedrive && <span>{t('users.redrive')}</span>}
        </Flex>
      ),
    },
    {
      title: t('users.columns.reach'),
      width: 180,
      render: (_, { units, systems }) => [...units, ...systems].join(', ') || t('users.everything'),
    },
    { title: t('users.columns.sessions'), dataIndex: 'sessions', width: 80, align: 'right' },
    {
      title: t('users.columns.signedIn'),
      width: 150,
      render: (_, { lastSignedInAt: at }) => (at ? <Moment at={at} /> : t('users.never')),
    },
    {
      title: t('users.columns.state'),
      width: 170,
      render: (_, user) => {
        const state = stateOf(user, now)
        return <Tag color={stateColours[state]}>{t(`users.state.${state}`)}</Tag>
      },
    },
  ]
}

function CreateButton() {
  const { t } = useTranslation()
  const go = useNavigate()
  const create = api.useMutation('post', '/api/v1/users')
  const [link, setLink] = useState<Schemas['SetUpLink']>()
  return (
    <>
      <ReasonButton<UserFields & { readonly name: string }>
        label={t('users.create')}
        button={{ type: 'primary' }}
        initial={{ roles: [], mayReveal: false, mayRedrive: false, units: [], systems: [] }}
        act={async ({ email, ...given }) => {
          const made = await create.mutateAsync({ body: { ...given, ...(email && { email }) } })
          if (made.setUp) setLink(made.setUp)
        }}
      >
        <Form.Item
          name="name"
          label={t('users.fields.name')}
          extra={t('users.fields.nameForm')}
          rules={[
            {
              required: true,
              pattern: /^[a-z][a-z0-9.-]{1,60}$/,
              message: t('users.fields.nameForm'),
            },
          ]}
        >
          <Input autoFocus className="mono" autoComplete="off" maxLength={61} />
        </Form.Item>
        <UserFieldItems />
      </ReasonButton>
      <LinkShown
        of={link}
        onDone={() => {
          setLink(undefined)
          void go(`/users/${link?.user}`)
        }}
      />
    </>
  )
}

export default function Users() {
  const { t } = useTranslation()
  const mayChange = useMay('users:write')
  const list = api.useQuery('get', '/api/v1/users')
  const columns = useColumns()
  return (
    <Screen
      title={t('frame.screens.users')}
      lead={t('users.lead')}
      actions={mayChange && <CreateButton />}
    >
      <Loaded of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title={t('users.empty.title')} next={t('users.empty.next')} />
          ) : (
            <Table<User>
              aria-label={t('frame.screens.users')}
              size="middle"
              rowKey="id"
              columns={columns}
              dataSource={items}
              pagination={false}
              scroll={{ x: 1160 }}
            />
          )
        }
      </Loaded>
    </Screen>
  )
}

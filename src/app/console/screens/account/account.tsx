/** What concerns one's own account. */
import { useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Descriptions, Flex, Form, Input, Modal, Table, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '../../api/client.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment } from '../../parts/moment.tsx'
import { Screen } from '../../parts/screen.tsx'
import { CodeField } from '../sign-in/code-field.tsx'
import { TotpCode } from '../sign-in/totp-code.tsx'

type Account = Schemas['Account']
type OwnSession = Schemas['OwnSessions']['items'][number]

function useAgain() {
  const client = useQueryClient()
  return () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/account'),
    })
}

interface Typed {
  readonly current: string
  readonly password: string
  readonly repeat: string
}

function PasswordCard() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const again = useAgain()
  const [form] = Form.useForm<Typed>()
  const change = api.useMutation('post', '/api/v1/session/password', {
    async onSuccess() {
      form.resetFields()
      void message.success(t('account.password.saved'))
      await again()
    },
  })
  return (
    <Card title={t('account.password.title')}>
      <Form
        name="own-password"
        form={form}
        layout="vertical"
        requiredMark={false}
        style={{ maxWidth: 420 }}
        onFinish={({ current, password }) => change.mutate({ body: { current, password } })}
      >
        <Form.Item
          name="current"
          label={t('account.password.current')}
          rules={[{ required: true }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('account.password.next')}
          extra={t('account.password.help')}
          rules={[{ required: true, min: 15, message: t('account.password.help') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={t('account.password.repeat')}
          dependencies={['password']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('password')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('account.password.different'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {change.isError && <FaultView error={change.error} />}
        <Button htmlType="submit" loading={change.isPending} style={{ marginTop: 8 }}>
          {t('account.password.save')}
        </Button>
      </Form>
    </Card>
  )
}

function TotpSteps({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const begin = api.useMutation('post', '/api/v1/account/totp')
  const confirm = api.useMutation('post', '/api/v1/account/totp/confirm', { onSuccess: onDone })
  if (!begin.data)
    return (
      <Form
        name="totp-begin"
        layout="vertical"
        requiredMark={false}
        onFinish={(body: { password: string }) => begin.mutate({ body })}
      >
        <p>{t('account.totp.prove')}</p>
        <Form.Item
          name="password"
          label={t('account.password.current')}
          rules={[{ required: true }]}
        >
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
        {begin.isError && <FaultView error={begin.error} />}
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          {t('account.totp.goOn')}
        </Button>
      </Form>
    )
  return (
    <Form
      name="totp-confirm"
      layout="vertical"
      requiredMark={false}
      onFinish={(body: { code: string }) => confirm.mutate({ body })}
    >
      <TotpCode {...begin.data} />
      <CodeField />
      {confirm.isError && <FaultView error={confirm.error} />}
      <Button type="primary" htmlType="submit" loading={confirm.isPending}>
        {t('account.totp.confirm')}
      </Button>
    </Form>
  )
}

function TotpCard({ hasTotp }: { readonly hasTotp: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const again = useAgain()
  const [isOpen, setOpen] = useState(false)
  return (
    <Card title={t('account.totp.title')}>
      <p>{hasTotp ? t('account.totp.on') : t('account.totp.off')}</p>
      {!hasTotp && <Button onClick={() => setOpen(true)}>{t('account.totp.begin')}</Button>}
      <Modal
        open={isOpen}
        title={t('account.totp.begin')}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <TotpSteps
          onDone={() => {
            setOpen(false)
            void message.success(t('account.totp.done'))
            void again()
          }}
        />
      </Modal>
    </Card>
  )
}

/** `password from 192.0.2.7`, in words. */
function useHow(): (how: string) => string {
  const { t } = useTranslation()
  return (how) => {
    const [, by = '', address = ''] = /^(.*) from (\S+)$/.exec(how) ?? []
    if (!by) return how
    if (by === 'code') return t('account.sessions.code', { address })
    if (by.endsWith('password')) return t('account.sessions.password', { address })
    return t('account.sessions.provider', { address })
  }
}

function SessionsCard() {
  const { t } = useTranslation()
  const again = useAgain()
  const howOf = useHow()
  const sessions = api.useQuery('get', '/api/v1/account/sessions')
  const end = api.useMutation('post', '/api/v1/account/sessions/{id}/end', { onSuccess: again })
  return (
    <Card title={t('account.sessions.title')}>
      <p>{t('account.sessions.next')}</p>
      {end.isError && <FaultView error={end.error} />}
      <Loaded of={sessions}>
        {({ items }) => (
          <Table<OwnSession>
            size="small"
            rowKey="id"
            pagination={false}
            scroll={{ x: 640 }}
            dataSource={items}
            columns={[
              {
                title: t('account.sessions.how'),
                render: (_, { how, current }) => (
                  <Flex gap={8} wrap>
                    {howOf(how)}
                    {current && <Tag color="blue">{t('account.sessions.current')}</Tag>}
                  </Flex>
                ),
              },
              {
                title: t('account.sessions.begun'),
                render: (_, one) => <Moment at={one.createdAt} />,
              },
              { title: t('account.sessions.seen'), render: (_, one) => <Moment at={one.seenAt} /> },
              { title: t('account.sessions.ends'), render: (_, one) => <Moment at={one.endsAt} /> },
              {
                key: 'act',
                width: 110,
                render: (_, { id, current }) =>
                  !current && (
                    <Button
                      size="small"
                      danger
                      onClick={() => end.mutate({ params: { path: { id } } })}
                    >
                      {t('account.sessions.end')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}

function AccountView({ account }: { readonly account: Account }) {
  const { t } = useTranslation()
  const { name, email, lastSignedInAt, createdAt, hasPassword, hasTotp } = account
  return (
    <Flex vertical gap={16}>
      <Card>
        <Descriptions
          column={{ xs: 1, md: 2 }}
          items={[
            { key: 'name', label: t('account.who.name'), children: name },
            { key: 'email', label: t('account.who.email'), children: email ?? '–' },
            {
              key: 'in',
              label: t('account.who.signedIn'),
              children: <Moment at={lastSignedInAt} />,
            },
            { key: 'at', label: t('account.who.created'), children: <Moment at={createdAt} /> },
          ]}
        />
      </Card>
      <SessionsCard />
      {hasPassword ? (
        <>
          <TotpCard hasTotp={hasTotp} />
          <PasswordCard />
        </>
      ) : (
        <Alert type="info" showIcon title={t('account.password.none')} />
      )}
    </Flex>
  )
}

export default function AccountScreen() {
  const { t } = useTranslation()
  const account = api.useQuery('get', '/api/v1/account')
  return (
    <Screen title={t('frame.screens.account')} lead={t('account.lead')}>
      <Loaded of={account}>{(data) => <AccountView account={data} />}</Loaded>
    </Screen>
  )
}

/** A user: what he may do, how far, and what an administrator does about his account. */
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Card, Checkbox, Descriptions, Flex, Form, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { useMay, useSession } from '../../api/session.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment, useNowMs } from '../../parts/moment.tsx'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { Screen } from '../../parts/screen.tsx'
import { LinkShown } from './link-shown.tsx'
import { stateColours, stateOf, type User } from './reach.ts'
import { UserFieldItems, type UserFields, useRoles } from './user-fields.tsx'

function useAgain() {
  const client = useQueryClient()
  return () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/users'),
    })
}

function LinkButton({ user }: { readonly user: User }) {
  const { t } = useTranslation()
  const again = useAgain()
  const give = api.useMutation('post', '/api/v1/users/{id}/set-up-link')
  const [link, setLink] = useState<Schemas['SetUpLink']>()
  return (
    <>
      <ReasonButton<{ readonly resetTotp?: boolean }>
        label={t('users.link.button')}
        explains={t('users.link.explains')}
        initial={{ resetTotp: false }}
        act={async (body) => {
          setLink(await give.mutateAsync({ params: { path: { id: user.id } }, body }))
          await again()
        }}
      >
        <Form.Item name="resetTotp" valuePropName="checked">
          <Checkbox>{t('users.link.reset')}</Checkbox>
        </Form.Item>
      </ReasonButton>
      <LinkShown of={link} onDone={() => setLink(undefined)} />
    </>
  )
}

function Actions({ user }: { readonly user: User }) {
  const { t } = useTranslation()
  const again = useAgain()
  const path = { params: { path: { id: user.id } } }
  const change = api.useMutation('post', '/api/v1/users/{id}/change', { onSuccess: again })
  const disable = api.useMutation('post', '/api/v1/users/{id}/disable', { onSuccess: again })
  const enable = api.useMutation('post', '/api/v1/users/{id}/enable', { onSuccess: again })
  const end = api.useMutation('post', '/api/v1/users/{id}/end-sessions', { onSuccess: again })
  const { title, email, roles, mayReveal, mayRedrive, units, systems } = user
  return (
    <>
      <ReasonButton<UserFields>
        label={t('users.change.button')}
        explains={t('users.change.explains')}
        initial={{
          ...{ title, email: email ?? '', roles: [...roles], mayReveal, mayRedrive },
          ...{ units: [...units], systems: [...systems] },
        }}
        act={({ email: typed, ...body }) =>
          change.mutateAsync({ ...path, body: { ...body, email: typed || null } })
        }
      >
        <UserFieldItems />
      </ReasonButton>
      <LinkButton user={user} />
      {user.sessions > 0 && (
        <ReasonButton
          label={t('users.end.button')}
          explains={t('users.end.explains')}
          act={(body) => end.mutateAsync({ ...path, body })}
        />
      )}
      {user.disabledAt ? (
        <ReasonButton
          label={t('users.enable.button')}
          explains={t('users.enable.explains')}
          act={(body) => enable.mutateAsync({ ...path, body })}
        />
      ) : (
        <ReasonButton
          danger
          label={t('users.disable.button')}
          explains={t('users.disable.explains')}
          act={(body) => disable.mutateAsync({ ...path, body })}
        />
      )}
    </>
  )
}

function UserCard({ user }: { readonly user: User }) {
  const { t } = useTranslation()
  const state = stateOf(user, useNowMs())
  const roles = useRoles()
  const own = [
    ...(user.mayReveal ? [t('users.reveal')] : []),
    ...(user.mayRedrive ? [t('users.redrive')] : []),
  ]
  const isSet = (value: boolean) => (value ? t('users.fields.yes') : t('users.fields.no'))
  return (
    <Card>
      <Descriptions
        column={{ xs: 1, lg: 2 }}
        items={[
          {
            key: 'state',
            label: t('users.columns.state'),
            children: <Tag color={stateColours[state]}>{t(`users.state.${state}`)}</Tag>,
          },
          {
            key: 'roles',
            label: t('users.columns.roles'),
            children: user.roles
              .map((name) => roles.find(({ value }) => value === name)?.label ?? name)
              .join(', '),
          },
          { key: 'rights', label: t('users.columns.rights'), children: own.join('; ') || '–' },
          {
            key: 'reach',
            label: t('users.columns.reach'),
            children: [...user.units, ...user.systems].join(', ') || t('users.everything'),
          },
          { key: 'password', label: t('users.fields.password'), children: isSet(user.hasPassword) },
          { key: 'totp', label: t('users.fields.totp'), children: isSet(user.hasTotp) },
          ...(user.oidc
            ? [{ key: 'oidc', label: t('users.fields.oidc'), children: user.oidc.issuer }]
            : []),
          ...(user.setUpUntil
            ? [
                {
                  key: 'link',
                  label: t('users.fields.link'),
                  children: <Moment at={user.setUpUntil} />,
                },
              ]
            : []),
          { key: 'sessions', label: t('users.columns.sessions'), children: user.sessions },
          {
            key: 'signedIn',
            label: t('users.columns.signedIn'),
            children: <Moment at={user.lastSignedInAt} />,
          },
          { key: 'at', label: t('users.fields.created'), children: <Moment at={user.createdAt} /> },
        ]}
      />
    </Card>
  )
}

export default function UserScreen() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const mayChange = useMay('users:write')
  const maySeeAudit = useMay('audit:read')
  const session = useSession()
  const user = api.useQuery('get', '/api/v1/users/{id}', { params: { path: { id } } })
  const isOwn = user.data !== undefined && user.data.id === session.data?.user.id
  const trail = (name: string, value: string) => `/audit?${new URLSearchParams({ [name]: value })}`
  return (
    <Screen
      title={user.data?.title ?? t('frame.screens.user')}
      lead={
        <Flex gap={12} wrap>
          <span className="mono">{user.data?.name}</span>
          {maySeeAudit && user.data && (
            <>
              <Link to={trail('actor', `user:${user.data.name}`)}>{t('users.history')}</Link>
              <Link to={trail('object', user.data.name)}>{t('users.about')}</Link>
            </>
          )}
        </Flex>
      }
      actions={mayChange && user.data && !isOwn && <Actions user={user.data} />}
    >
      {isOwn && mayChange && <Alert type="info" showIcon title={t('users.own')} />}
      <Loaded of={user}>{(data) => <UserCard user={data} />}</Loaded>
    </Screen>
  )
}

/** Name and password, then a code where the role needs one; or the identity provider. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Divider, Flex, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '../../api/client.ts'
import { isApiProblem } from '../../api/fault.ts'
import { goOn } from '../../api/sign-in-again.ts'
import { FaultView } from '../../parts/fault-view.tsx'
import { CodeField } from './code-field.tsx'
import { TotpCode } from './totp-code.tsx'

type Came = Schemas['SignedIn']

interface CodeStepProps {
  readonly came: Came
  readonly onCode: (code: string) => void
  readonly onBack: () => void
}

function CodeStep({ came, onCode, onBack }: CodeStepProps) {
  const { t } = useTranslation()
  return (
    <Form
      name="sign-in-code"
      layout="vertical"
      onFinish={({ code }: { code: string }) => onCode(code)}
    >
      {came.enrolment && (
        <>
          <p>{t('signIn.enrol')}</p>
          <TotpCode {...came.enrolment} />
        </>
      )}
      <CodeField />
      <Flex gap={8}>
        <Button onClick={onBack}>{t('signIn.back')}</Button>
        <Button type="primary" htmlType="submit" style={{ flex: 1 }}>
          {t('signIn.send')}
        </Button>
      </Flex>
    </Form>
  )
}

/** Where one wants to be, which is the address while one is asked who one is. */
const here = (): string =>
  location.pathname === '/console/sign-in' ? '/console/' : location.pathname + location.search

interface Typed {
  readonly username: string
  readonly password: string
}

function PasswordStep({ onPassword }: { readonly onPassword: (typed: Typed) => void }) {
  const { t } = useTranslation()
  return (
    <Form name="sign-in" layout="vertical" onFinish={onPassword} requiredMark={false}>
      <Form.Item name="username" label={t('signIn.name')} rules={[{ required: true }]}>
        <Input autoFocus autoComplete="username" />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block>
        {t('signIn.send')}
      </Button>
    </Form>
  )
}

interface SignInFormProps {
  /** Over what somebody was doing: the provider is gone to in a window of its own. */
  readonly isOver?: boolean
}

export function SignInForm({ isOver = false }: SignInFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const providers = api.useQuery('get', '/api/v1/session/providers')
  const [came, setCame] = useState<Came>()
  const [fault, setFault] = useState<unknown>()

  const proceed = async (asked: Promise<{ data?: Came; error?: unknown }>) => {
    setFault(undefined)
    try {
      const { data, error } = await asked
      if (error) {
        // Ten minutes are gone between password and code: begin anew.
        if (isApiProblem(error) && error.code === 'session-ended') setCame(undefined)
        return setFault(error)
      }
      if (data?.state !== 'signed-in') return setCame(data)
      if (!(await goOn(client))) setFault(new Error('no session'))
    } catch (error) {
      setFault(error)
    }
  }
  const { oidc, local } = providers.data ?? { oidc: null, local: true }
  return (
    <Flex vertical gap={12}>
      {came && (
        <CodeStep
          came={came}
          onBack={() => {
            setFault(undefined)
            setCame(undefined)
          }}
          onCode={(code) => void proceed(http.POST('/api/v1/session/totp', { body: { code } }))}
        />
      )}
      {!came && local && (
        <PasswordStep onPassword={(body) => void proceed(http.POST('/api/v1/session', { body }))} />
      )}
      {fault !== undefined && <FaultView error={fault} />}
      {!came && oidc && (
        <>
          {local && <Divider plain />}
          <Button
            href={`/api/v1/session/oidc?${new URLSearchParams({ to: isOver ? '/console/account' : here() })}`}
            {...(isOver && { target: '_blank' })}
          >
            {t('signIn.with', { title: oidc.title })}
          </Button>
        </>
      )}
    </Flex>
  )
}

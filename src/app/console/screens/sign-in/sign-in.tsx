/** Instead of every screen, while nobody is signed in. The address stays: it is what is shown afterwards. */
import { Alert, Card, Flex, Typography } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { SignInForm } from './sign-in-form.tsx'

/** What the identity provider's answer has come to, as the hub says it in the address. */
function Failed({ code }: { readonly code: string }) {
  const { t } = useTranslation()
  const why = {
    'oidc-refused': t('signIn.failed.refused'),
    'oidc-unavailable': t('signIn.failed.unavailable'),
  }[code]
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('signIn.failed.title')}
      // Whoever makes an address may write into it what he likes.
      description={
        why ?? t('signIn.failed.other', { code: /^[a-z-]{1,40}$/.test(code) ? code : '?' })
      }
      style={{ marginBottom: 16 }}
    />
  )
}

export default function SignIn() {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${t('signIn.title')} – ${t('frame.product')}`
  }, [t])
  const failed = new URLSearchParams(location.search).get('failed')
  return (
    <Flex
      component="main"
      justify="center"
      align="center"
      style={{ minHeight: '100%', padding: 16 }}
    >
      <Card style={{ width: 400, maxWidth: '100%' }}>
        <Typography.Title level={1} style={{ fontSize: 22, marginTop: 0 }}>
          {t('signIn.title')}
        </Typography.Title>
        {failed !== null && <Failed code={failed} />}
        <SignInForm />
        <Typography.Paragraph type="secondary" style={{ marginTop: 16, marginBottom: 0 }}>
          {t('signIn.nobody')}
        </Typography.Paragraph>
      </Card>
    </Flex>
  )
}

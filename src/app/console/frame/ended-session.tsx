/** Asks who it is again, over what one was doing. */
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { SignInForm } from '../screens/sign-in/sign-in-form.tsx'

export default function EndedSession() {
  const { t } = useTranslation()
  return (
    <Modal open closable={false} footer={null} title={t('signIn.again')}>
      <p>{t('signIn.kept')}</p>
      <SignInForm />
    </Modal>
  )
}

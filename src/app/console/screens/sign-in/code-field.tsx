import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

/** Six digits, blanks between them forgiven. */
export function CodeField() {
  const { t } = useTranslation()
  return (
    <Form.Item
      name="code"
      label={t('signIn.code')}
      normalize={(typed: string) => typed.replaceAll(/\s/g, '')}
      rules={[{ required: true, pattern: /^\d{6}$/, message: t('signIn.sixDigits') }]}
    >
      <Input autoFocus inputMode="numeric" autoComplete="one-time-code" />
    </Form.Item>
  )
}

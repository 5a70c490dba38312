/** The secret of a second factor, to be photographed or typed into an authenticator app. Drawn here: nobody else sees it. */
import { Flex, QRCode, Typography } from 'antd'
import { useTranslation } from 'react-i18next'

interface TotpCodeProps {
  readonly secret: string
  readonly uri: string
}

/** In groups of four, as it is typed. */
const grouped = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret

export function TotpCode({ secret, uri }: TotpCodeProps) {
  const { t } = useTranslation()
  return (
    <Flex vertical gap={8} align="center">
      <div role="img" aria-label={t('signIn.qr')}>
        <QRCode
          type="svg"
          value={uri}
          size={200}
          errorLevel="M"
          color="#000000"
          bgColor="#ffffff"
          bordered={false}
        />
      </div>
      <Typography.Text type="secondary">{t('signIn.byHand')}</Typography.Text>
      <Typography.Text className="mono" copyable={{ text: secret }} style={{ textAlign: 'center' }}>
        {grouped(secret)}
      </Typography.Text>
    </Flex>
  )
}

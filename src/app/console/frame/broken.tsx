/** A screen that has thrown: what happened, and the way on. */
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'

export function Broken() {
  const { t } = useTranslation()
  const error = useRouteError()
  const line = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return (
    <Alert
      type="error"
      showIcon
      title={t('frame.broken.title')}
      description={
        <>
          <p>{t('frame.broken.next')}</p>
          <code>{line}</code>
        </>
      }
      action={<Button onClick={() => location.reload()}>{t('frame.broken.reload')}</Button>}
    />
  )
}

/** Says what did not work, whose turn it is and what to do, as the hub puts it. */
import { Alert, Button, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { isApiProblem } from '../api/fault.ts'

interface FaultProps {
  readonly error: unknown
  readonly onRetry?: () => void
}

function FaultText({ error }: { readonly error: unknown }) {
  const { t } = useTranslation()
  if (!isApiProblem(error)) return <span>{t('parts.offline.next')}</span>
  const { detail, next, errors, traceId } = error
  return (
    <Flex vertical gap={4}>
      {detail && <span>{detail}</span>}
      {errors?.map((fault) => (
        <span key={`${fault.pointer} ${fault.rule}`}>
          <code>{fault.pointer}</code> {fault.message}
        </span>
      ))}
      <span>
        <strong>{t('parts.next')}</strong> {next}
      </span>
      {traceId && (
        <Typography.Text type="secondary" copyable={{ text: traceId }}>
          {t('parts.traceId')}: <code>{traceId}</code>
        </Typography.Text>
      )}
    </Flex>
  )
}

export function FaultView({ error, onRetry }: FaultProps) {
  const { t } = useTranslation()
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={isApiProblem(error) ? error.title : t('parts.offline.title')}
      description={<FaultText error={error} />}
      action={onRetry && <Button onClick={onRetry}>{t('parts.retry')}</Button>}
    />
  )
}

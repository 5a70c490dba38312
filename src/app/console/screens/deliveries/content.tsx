/** What a message says: masked, until somebody who may gives a reason, and then for five minutes. */
import { Alert, Button, Card, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../../api/change.ts'
import { api, type Schemas } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { exact } from '../../parts/moment.tsx'
import { ReasonButton } from '../../parts/reason-button.tsx'
import { useTimeUp } from '../../parts/time-up.ts'

type Revealed = Schemas['RevealedContent']

const Json = ({ of }: { readonly of: unknown }) => (
  <pre
    className="mono"
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    tabIndex={0}
    style={{ maxHeight: 420, overflow: 'auto', margin: 0, whiteSpace: 'pre-wrap' }}
  >
    {JSON.stringify(of, null, 2)}
  </pre>
)

/** Kept nowhere but in this screen, and forgotten when its time is over. */
function useRevealed() {
  const [revealed, setRevealed] = useState<Revealed>()
  const hide = () => setRevealed(undefined)
  useTimeUp(revealed, hide)
  return { revealed, setRevealed, hide }
}

function Shown({ message }: { readonly message: string }) {
  const { t } = useTranslation()
  const mayReveal = useMay('personal-data:read')
  const { revealed, setRevealed, hide } = useRevealed()
  const content = api.useQuery(
    'get',
    '/api/v1/messages/{id}/content',
    { params: { path: { id: message } } },
    { retry: false },
  )
  if (revealed)
    return (
      <Flex vertical gap={8}>
        <Alert
          type="warning"
          showIcon
          title={t('deliveries.content.until', { time: exact(revealed.until) })}
          action={<Button onClick={hide}>{t('deliveries.content.hide')}</Button>}
        />
        <Json of={revealed.data} />
      </Flex>
    )
  return (
    <Loaded of={content}>
      {({ data, masked }) => (
        <Flex vertical gap={8}>
          {masked.length > 0 && (
            <Flex justify="space-between" align="center" gap={8} wrap>
              <Typography.Text type="secondary">
                {t('deliveries.content.masked', { count: masked.length })}
              </Typography.Text>
              {mayReveal && (
                <ReasonButton
                  label={t('deliveries.content.reveal')}
                  explains={t('deliveries.content.revealWhy')}
                  act={async (body) =>
                    setRevealed(
                      await post<Revealed>('/api/v1/messages/{id}/reveal', {
                        path: { id: message },
                        body,
                      }),
                    )
                  }
                />
              )}
            </Flex>
          )}
          <Json of={data} />
        </Flex>
      )}
    </Loaded>
  )
}

export function Content({ message }: { readonly message: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <Card
      size="small"
      title={t('deliveries.content.title')}
      extra={
        !isOpen && <Button onClick={() => setOpen(true)}>{t('deliveries.content.show')}</Button>
      }
      styles={isOpen ? {} : { body: { display: 'none' } }}
    >
      {isOpen && <Shown message={message} />}
    </Card>
  )
}

/** The revisions that changed one object. */
import { Card, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Moment } from '../../parts/moment.tsx'

export function History({ object }: { readonly object: string }) {
  const { t } = useTranslation()
  const question = api.useQuery('get', '/api/v1/revisions', {
    params: { query: { object, limit: 10 } },
  })
  return (
    <Card size="small" title={t('settings.history')}>
      <Loaded of={question}>
        {({ items, next }) => (
          <Flex vertical gap={6}>
            {items.length === 0 && (
              <Typography.Text type="secondary">{t('settings.noHistory')}</Typography.Text>
            )}
            {items.map(({ id, at, author, reason }) => (
              <Flex key={id} gap={12} wrap>
                <Link to={`/revisions/${id}`}>{t('revisions.of', { id })}</Link>
                <Moment at={at} />
                <span>{author}</span>
                <span>{reason}</span>
              </Flex>
            ))}
            {next !== null && <Link to={`/revisions?object=${object}`}>{t('settings.more')}</Link>}
          </Flex>
        )}
      </Loaded>
    </Card>
  )
}

/** The revisions that changed one object. */
import { Card, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import { nameOf } from '../../parts/actor.ts'
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
              <div key={id}>
                <Link to={`/revisions/${id}`} className="in-text">
                  {t('revisions.of', { id })}
                </Link>{' '}
                · <Moment at={at} /> · {nameOf(author)} · {reason}
              </div>
            ))}
            {next !== null && <Link to={`/revisions?object=${object}`}>{t('settings.more')}</Link>}
          </Flex>
        )}
      </Loaded>
    </Card>
  )
}

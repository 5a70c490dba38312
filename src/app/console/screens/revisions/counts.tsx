/** How much of the configuration a revision has changed. */
import { Flex, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'

type Counts = Schemas['Revision']['counts']
const colours = { added: 'green', removed: 'red', changed: 'blue' } as const
const kinds = ['added', 'changed', 'removed'] as const

export function CountTags({ of }: { readonly of: Counts }) {
  const { t } = useTranslation()
  const some = kinds.filter((kind) => of[kind] > 0)
  if (some.length === 0) return <span>{t('revisions.same')}</span>
  return (
    <Flex wrap gap={4}>
      {some.map((kind) => (
        <Tag key={kind} color={colours[kind]} style={{ margin: 0 }}>
          {t(`revisions.${kind}`, { count: of[kind] })}
        </Tag>
      ))}
    </Flex>
  )
}

export function ChangeTag({ change }: { readonly change: keyof typeof colours }) {
  const { t } = useTranslation()
  return <Tag color={colours[change]}>{t(`revisions.change.${change}`)}</Tag>
}

/** What a plan or a correction chooses, in words. */
import { Flex, Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { exact } from '../../parts/moment.tsx'

export const filterNames = [
  'state',
  'system',
  'subject',
  'type',
  'code',
  'unit',
  'from',
  'to',
  'problem',
  'plan',
  'ids',
] as const
type Name = (typeof filterNames)[number]

const addresses: Partial<Record<Name | 'correction', string>> = {
  problem: '/problems/',
  plan: '/plans/',
  correction: '/corrections/',
}

interface FilterProps {
  readonly filter: Readonly<Record<string, unknown>>
}

export function FilterTags({ filter }: FilterProps) {
  const { t } = useTranslation()
  const given = ([...filterNames, 'correction'] as const).filter(
    (name) => filter[name] !== undefined && filter[name] !== '',
  )
  if (given.length === 0)
    return <Typography.Text type="secondary">{t('plans.filter.none')}</Typography.Text>
  const shown = (name: (typeof given)[number]): string => {
    const value = filter[name]
    if (Array.isArray(value)) return String(value.length)
    if (name === 'from' || name === 'to') return exact(String(value))
    if (name === 'state') return t(`parts.state.${value as 'dead'}`)
    return String(value)
  }
  return (
    <Flex gap={4} wrap>
      {given.map((name) => {
        const to = addresses[name as Name]
        const text = shown(name)
        return (
          <Tag key={name}>
            {t(`plans.filter.${name}`)}: {to ? <Link to={`${to}${text}`}>{text}</Link> : text}
          </Tag>
        )
      })}
    </Flex>
  )
}

/** The filter of an address, as the API wants it. */
export function filterOf(
  filters: Readonly<Partial<Record<Name, string>>>,
): Record<string, unknown> {
  const { ids, problem, plan, ...plain } = filters
  return {
    ...plain,
    ...(ids && { ids: ids.split(',') }),
    ...(problem && { problem: Number(problem) }),
    ...(plan && { plan: Number(plan) }),
  }
}

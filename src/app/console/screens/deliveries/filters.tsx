/** Which deliveries: in the address, of the list and of the detail that is opened from it. */
import { Button, Flex, Input, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { dayEnd, dayStart } from '../../parts/days.ts'
import { ChoiceFilter, SystemFilter, TextFilter } from '../../parts/filter-fields.tsx'
import type { DeliveryState } from '../../parts/tags.tsx'
import { useFilters } from '../../parts/use-filters.ts'

const names = [
  'state',
  'system',
  'subject',
  'type',
  'code',
  'unit',
  'from',
  'to',
  'problem',
] as const
export const states = [
  ...(['dead', 'held', 'unknown', 'waiting', 'sending'] as const),
  ...(['delivered', 'superseded', 'discarded'] as const),
] satisfies readonly DeliveryState[]

export type Chosen = ReturnType<typeof useDeliveryFilters>

export function useDeliveryFilters() {
  const found = useFilters(names)
  const { state, from, to, code, problem, ...plain } = found.filters
  const query = {
    ...plain,
    state: states.find((one) => one === state),
    // One that the hub does not know it refuses, and says so.
    code: code as 'target-rejected' | undefined,
    problem: problem === undefined ? undefined : Number(problem),
    from: dayStart(from),
    to: dayEnd(to),
  }
  return { ...found, query }
}

export function DeliveryFilters({ filters, change, clear, isFiltered }: Chosen) {
  const { t } = useTranslation()
  const text = (name: 'subject' | 'type' | 'code' | 'unit', width: number) => (
    <TextFilter
      label={t(`deliveries.filters.${name}`)}
      value={filters[name]}
      onChange={(value) => change({ [name]: value })}
      width={width}
    />
  )
  const day = (name: 'from' | 'to') => (
    <Flex component="label" gap={6} align="center">
      {t(`deliveries.filters.${name}`)}
      <Input
        type="date"
        value={filters[name] ?? ''}
        onChange={({ target }) => change({ [name]: target.value })}
        style={{ width: 150 }}
      />
    </Flex>
  )
  return (
    <Flex gap={8} wrap align="center">
      <ChoiceFilter
        label={t('deliveries.filters.state')}
        value={filters.state}
        onChange={(state) => change({ state })}
        options={states.map((value) => ({ value, label: t(`parts.state.${value}`) }))}
      />
      <SystemFilter value={filters.system} onChange={(system) => change({ system })} />
      {text('subject', 220)}
      {text('code', 180)}
      {text('type', 220)}
      {text('unit', 150)}
      {day('from')}
      {day('to')}
      {filters.problem && (
        <Tag closable onClose={() => change({ problem: undefined })}>
          <Link to={`/problems/${filters.problem}`}>
            {t('deliveries.filters.problem', { id: filters.problem })}
          </Link>
        </Tag>
      )}
      {isFiltered && <Button onClick={clear}>{t('parts.clearFilters')}</Button>}
    </Flex>
  )
}

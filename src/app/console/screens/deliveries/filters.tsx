/** Which deliveries: in the address, of the list and of the detail that is opened from it. */
import { Button, Flex, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { dayEnd, dayStart } from '../../parts/days.ts'
import type { DeliveryState } from '../../parts/tags.tsx'
import { useFilters } from '../../parts/use-filters.ts'

const names = ['state', 'system', 'subject', 'type', 'code', 'from', 'to'] as const
export const states = [
  ...(['dead', 'held', 'unknown', 'waiting', 'sending'] as const),
  ...(['delivered', 'superseded', 'discarded'] as const),
] satisfies readonly DeliveryState[]

export type Chosen = ReturnType<typeof useDeliveryFilters>

export function useDeliveryFilters() {
  const found = useFilters(names)
  const { state, from, to, code, ...plain } = found.filters
  const query = {
    ...plain,
    state: states.find((one) => one === state),
    // One that the hub does not know it refuses, and says so.
    code: code as 'target-rejected' | undefined,
    from: dayStart(from),
    to: dayEnd(to),
  }
  return { ...found, query }
}

export function DeliveryFilters({ filters, change, clear, isFiltered }: Chosen) {
  const { t } = useTranslation()
  const maySystems = useMay('systems:read')
  const { data } = api.useQuery('get', '/api/v1/systems', {}, { enabled: maySystems })
  const text = (name: 'subject' | 'type' | 'code', width: number) => (
    <Input.Search
      key={`${name} ${filters[name] ?? ''}`}
      allowClear
      defaultValue={filters[name] ?? ''}
      placeholder={t(`deliveries.filters.${name}`)}
      aria-label={t(`deliveries.filters.${name}`)}
      onSearch={(value) => change({ [name]: value.trim() })}
      style={{ width }}
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
      <Select
        allowClear
        value={filters.state ?? null}
        placeholder={t('deliveries.filters.state')}
        aria-label={t('deliveries.filters.state')}
        options={states.map((value) => ({ value, label: t(`parts.state.${value}`) }))}
        onChange={(value: string | null) => change({ state: value ?? undefined })}
        style={{ width: 160 }}
      />
      <Select
        allowClear
        showSearch
        value={filters.system ?? null}
        placeholder={t('deliveries.filters.system')}
        aria-label={t('deliveries.filters.system')}
        options={(data?.items ?? []).map(({ id }) => ({ value: id, label: id }))}
        onChange={(value: string | null) => change({ system: value ?? undefined })}
        style={{ width: 170 }}
      />
      {text('subject', 220)}
      {text('code', 180)}
      {text('type', 220)}
      {day('from')}
      {day('to')}
      {isFiltered && <Button onClick={clear}>{t('parts.clearFilters')}</Button>}
    </Flex>
  )
}

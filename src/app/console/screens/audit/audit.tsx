/** Who did what: newest first, by who, what, about what and when. */
import { Button, Checkbox, Flex, Input, Select, Tag, Typography } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, type Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { dayEnd, dayStart } from '../../parts/days.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { ExportButton } from '../../parts/export-button.tsx'
import type { Columns } from '../../parts/list-look.tsx'
import { Moment } from '../../parts/moment.tsx'
import { PagedTable } from '../../parts/paged-table.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useFilters } from '../../parts/use-filters.ts'
import { useActionName } from './action-name.ts'
import { VerifyButton } from './verify-button.tsx'

type Row = Schemas['AuditPage']['items'][number]

const names = ['actor', 'action', 'object', 'outcome', 'from', 'to'] as const

function useColumns(): Columns<Row> {
  const { t } = useTranslation()
  const nameOf = useActionName()
  return [
    { title: t('audit.columns.at'), width: 130, render: ({ at }) => <Moment at={at} /> },
    {
      title: t('audit.columns.action'),
      width: 230,
      render: (row) => (
        <Flex vertical>
          <Link to={`/audit/${row.id}`}>{nameOf(row.action)}</Link>
          {row.outcome === 'refused' && (
            <span>
              <Tag color="red">{t('audit.refused')}</Tag>
            </span>
          )}
        </Flex>
      ),
    },
    {
      title: t('audit.columns.actor'),
      width: 180,
      render: ({ actor }) => <span className="one-line">{actor}</span>,
    },
    {
      title: t('audit.columns.object'),
      width: 200,
      render: ({ object }) => (
        <Typography.Text ellipsis={{ tooltip: true }}>{object}</Typography.Text>
      ),
    },
    {
      title: t('audit.columns.reason'),
      width: 320,
      render: ({ reason }) => (
        <Typography.Text ellipsis={{ tooltip: true }}>{reason}</Typography.Text>
      ),
    },
  ]
}

function useActions() {
  const { t } = useTranslation()
  const nameOf = useActionName()
  const { data } = api.useQuery('get', '/api/v1/audit/actions', {}, { staleTime: 60_000 })
  return useMemo(() => {
    const actions = [...(data?.items ?? []), 'message.accepted']
    const kinds = [...new Set(actions.map((action) => action.split('.')[0] ?? ''))].sort()
    return kinds.map((kind) => ({
      label: kind,
      title: kind,
      options: [
        { value: `${kind}.*`, label: t('audit.kinds', { kind }) },
        ...actions
          .filter((action) => action.startsWith(`${kind}.`))
          .map((action) => ({ value: action, label: nameOf(action) })),
      ],
    }))
  }, [data, t, nameOf])
}

type Change = ReturnType<typeof useFilters<(typeof names)[number]>>

function Filters({ filters, change, clear, isFiltered }: Change) {
  const { t } = useTranslation()
  const text = (name: 'actor' | 'object') => (
    <Input.Search
      key={`${name} ${filters[name] ?? ''}`}
      allowClear
      defaultValue={filters[name] ?? ''}
      placeholder={t(`audit.filters.${name}`)}
      aria-label={t(`audit.filters.${name}`)}
      onSearch={(value) => change({ [name]: value.trim() })}
      style={{ width: 210 }}
    />
  )
  const day = (name: 'from' | 'to') => (
    <Flex component="label" gap={6} align="center">
      {t(`audit.filters.${name}`)}
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
        showSearch={{ optionFilterProp: 'label' }}
        value={filters.action ?? null}
        placeholder={t('audit.filters.action')}
        aria-label={t('audit.filters.action')}
        options={useActions()}
        onChange={(value: string | null) => change({ action: value ?? undefined })}
        style={{ width: 240 }}
      />
      {text('actor')}
      {text('object')}
      {day('from')}
      {day('to')}
      <Checkbox
        checked={filters.outcome === 'refused'}
        onChange={({ target }) => change({ outcome: target.checked ? 'refused' : undefined })}
      >
        {t('audit.filters.refused')}
      </Checkbox>
      {isFiltered && <Button onClick={clear}>{t('parts.clearFilters')}</Button>}
    </Flex>
  )
}

export default function Audit() {
  const { t } = useTranslation()
  const columns = useColumns()
  const found = useFilters(names)
  const { filters, isFiltered } = found
  const outcome = filters.outcome === 'refused' ? ('refused' as const) : undefined
  const query = {
    ...filters,
    outcome,
    from: dayStart(filters.from),
    to: dayEnd(filters.to),
  }
  const pages = usePages('/api/v1/audit', query)
  return (
    <Screen
      title={t('frame.screens.audit')}
      lead={t('audit.lead')}
      actions={
        <>
          <VerifyButton />
          <ExportButton path="/api/v1/audit/export" query={query} />
        </>
      }
    >
      <Filters {...found} />
      <PagedTable<Row>
        label={t('frame.screens.audit')}
        pages={pages}
        columns={columns}
        keyOf={idOf}
        addressOf={(row) => `/audit/${row.id}`}
        empty={
          <EmptyView
            title={isFiltered ? t('parts.noneFit') : t('audit.empty.title')}
            next={t('audit.empty.next')}
          />
        }
        width={1060}
      />
    </Screen>
  )
}

const idOf = ({ id }: Row): string => id

/** Code tables: what they hold, and where a code that a system does not know yet is added. */
import { Button, Flex, Input, Select, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { useMay, useSession } from '../../api/session.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import type { Columns } from '../../parts/list-look.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PagedTable } from '../../parts/paged-table.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useFilters } from '../../parts/use-filters.ts'
import { EntryCard, type Saved, SavedAlert } from './entry-card.tsx'

type Entry = Schemas['CodeEntry']
type Table = Schemas['CodeTable']

/** Tables are for the whole province, so who is limited to a part of it changes none. */
function useMayChange(): boolean {
  const may = useMay('catalogues:write')
  const { data } = useSession()
  const { units = [], systems = [] } = data ?? {}
  return may && units.length === 0 && systems.length === 0
}

const day = (text: string | null): string => (text ? text.split('-').reverse().join('/') : '–')

function useColumns(change: ((entry: Entry) => void) | undefined): Columns<Entry> {
  const { t } = useTranslation()
  return [
    {
      title: t('codes.columns.canonical'),
      render: ({ canonical }) => <span className="mono">{canonical}</span>,
    },
    {
      title: t('codes.columns.remote'),
      render: ({ remote }) => <span className="mono">{remote}</span>,
    },
    {
      title: t('codes.columns.from'),
      width: 150,
      render: ({ validFrom }) => day(validFrom),
    },
    { title: t('codes.columns.to'), width: 150, render: ({ validTo }) => day(validTo) },
    ...(change
      ? [
          {
            title: t('codes.columns.do'),
            width: 110,
            render: (entry: Entry) => (
              <Button
                size="small"
                aria-label={`${t('codes.change')} ${entry.canonical}`}
                onClick={() => change(entry)}
              >
                {t('codes.change')}
              </Button>
            ),
          },
        ]
      : []),
  ]
}

function Entries({ table, search, change }: EntriesProps) {
  const { t } = useTranslation()
  const columns = useColumns(change)
  const pages = usePages('/api/v1/code-tables/{table}', { search, limit: 100 }, { table })
  return (
    <PagedTable<Entry>
      label={t('codes.table')}
      pages={pages}
      columns={columns}
      keyOf={({ canonical, validFrom }) => `${canonical} ${validFrom ?? ''}`}
      empty={<EmptyView title={t('codes.empty.title')} next={t('codes.empty.next')} />}
      width={760}
    />
  )
}

interface EntriesProps {
  readonly table: string
  readonly search: string | undefined
  readonly change: ((entry: Entry) => void) | undefined
}

function UsedBy({ table }: { readonly table: Table }) {
  const { t } = useTranslation()
  return (
    <Typography.Text type="secondary">
      {table.systems.length > 0
        ? t('codes.usedBy', { systems: table.systems.join(', ') })
        : t('codes.unused')}
    </Typography.Text>
  )
}

const names = ['table', 'search', 'from', 'since', 'problem'] as const

function Known({ tables }: { readonly tables: readonly Table[] }) {
  const { t } = useTranslation()
  const mayChange = useMayChange()
  const { filters, change } = useFilters(names)
  const [isAdding, setAdding] = useState(false)
  const [saved, setSaved] = useState<Saved>()
  const table = tables.find(({ name }) => name === filters.table)
  const close = () => {
    setAdding(false)
    change({ from: undefined, since: undefined })
  }
  const isOpen = mayChange && table && (isAdding || filters.from !== undefined)
  return (
    <>
      <Flex gap={8} wrap align="center">
        <Select
          aria-label={t('codes.table')}
          showSearch
          style={{ width: 320, maxWidth: '100%' }}
          placeholder={t('codes.choose')}
          value={table?.name}
          onChange={(value: string) => {
            setSaved(undefined)
            setAdding(false)
            change({ table: value, search: undefined, from: undefined, since: undefined })
          }}
          options={tables.map(({ name, entries }) => ({
            value: name,
            label: t('codes.tableOf', { name, count: entries }),
          }))}
        />
        {table && (
          <>
            <Input.Search
              key={table.name}
              aria-label={t('codes.search')}
              placeholder={t('codes.search')}
              allowClear
              style={{ width: 280, maxWidth: '100%' }}
              defaultValue={filters.search}
              onSearch={(value) => change({ search: value.trim() })}
            />
            {mayChange && !isOpen && (
              <Button type="primary" onClick={() => setAdding(true)}>
                {t('codes.add')}
              </Button>
            )}
            <UsedBy table={table} />
          </>
        )}
      </Flex>
      {table && !mayChange && filters.from !== undefined && (
        <Typography.Text type="secondary">{t('codes.unlimited')}</Typography.Text>
      )}
      {saved && <SavedAlert saved={saved} table={table} problem={filters.problem} />}
      {isOpen && (
        <EntryCard
          key={`${table.name} ${filters.from ?? ''} ${filters.since ?? ''}`}
          table={table.name}
          code={filters.from}
          since={filters.since}
          onClose={close}
          onSaved={(done) => {
            setSaved(done)
            close()
          }}
        />
      )}
      {table ? (
        <Entries
          table={table.name}
          search={filters.search}
          change={
            mayChange
              ? ({ canonical, validFrom }) =>
                  change({ from: canonical, since: validFrom ?? undefined })
              : undefined
          }
        />
      ) : (
        <Tables tables={tables} />
      )}
    </>
  )
}

/** Before one is chosen: all of them. */
function Tables({ tables }: { readonly tables: readonly Table[] }) {
  const { t } = useTranslation()
  const { change } = useFilters(['table'])
  if (tables.length === 0)
    return <EmptyView title={t('codes.none.title')} next={t('codes.none.next')} />
  return (
    <Flex vertical gap={4} style={{ overflowY: 'auto' }}>
      {tables.map((table) => (
        <Flex key={table.name} gap={12} wrap align="baseline">
          <Button
            type="link"
            className="mono"
            style={{ paddingInline: 0 }}
            onClick={() => change({ table: table.name })}
          >
            {t('codes.tableOf', { name: table.name, count: table.entries })}
          </Button>
          <UsedBy table={table} />
        </Flex>
      ))}
    </Flex>
  )
}

export default function Codes() {
  const { t } = useTranslation()
  const question = api.useQuery('get', '/api/v1/code-tables')
  return (
    <Screen title={t('frame.screens.codes')} lead={t('codes.lead')}>
      <Loaded of={question}>{({ items }) => <Known tables={items} />}</Loaded>
    </Screen>
  )
}

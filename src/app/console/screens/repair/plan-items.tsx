/** What became of each delivery of a plan. */
import { Flex, Segmented, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import type { Columns } from '../../parts/list-look.tsx'
import { Moment } from '../../parts/moment.tsx'
import { PagedTable } from '../../parts/paged-table.tsx'
import { shortType } from '../../parts/short-type.ts'
import { StateTag } from '../../parts/tags.tsx'
import { useFilters } from '../../parts/use-filters.ts'

type Row = Schemas['PlanItem']
const results = ['pending', 'moved', 'ok', 'failed', 'skipped'] as const
const colours: Readonly<Record<Row['result'], string>> = {
  ...{ pending: 'default', moved: 'processing', ok: 'green', failed: 'red', skipped: 'orange' },
}

export function useItemColumns(): Columns<Row> {
  const { t } = useTranslation()
  return [
    {
      title: t('plans.columns.dossier'),
      width: 210,
      render: (row) => (
        <Link to={`/dossiers/${encodeURIComponent(row.subject)}`}>{row.subject}</Link>
      ),
    },
    { title: t('plans.columns.system'), render: ({ system }) => system, width: 120 },
    {
      title: t('plans.columns.type'),
      width: 230,
      render: (row) => <Link to={`/deliveries/${row.id}`}>{shortType(row.type)}</Link>,
    },
    {
      title: t('plans.columns.found'),
      width: 210,
      render: (row) => (
        <Flex gap={4} wrap align="baseline">
          <StateTag state={row.foundState} />
          <span className="mono">{row.foundCode ?? ''}</span>
        </Flex>
      ),
    },
    {
      title: t('plans.columns.result'),
      width: 250,
      render: (row) => (
        <Flex gap={4} wrap align="baseline">
          <Tag color={colours[row.result]}>{t(`plans.result.${row.result}`)}</Tag>
          <span className="mono">{row.code ?? row.conflict ?? ''}</span>
        </Flex>
      ),
    },
    { title: t('plans.columns.done'), width: 130, render: (row) => <Moment at={row.doneAt} /> },
  ]
}

export function PlanItems({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const columns = useItemColumns()
  const { filters, change } = useFilters(['result'])
  const result = results.find((one) => one === filters.result)
  const pages = usePages('/api/v1/plans/{id}/items', { result, limit: 100 }, { id })
  return (
    <>
      <Segmented
        value={result ?? ''}
        onChange={(value) => change({ result: value })}
        options={[
          { value: '', label: t('parts.all') },
          ...results.map((value) => ({ value, label: t(`plans.result.${value}`) })),
        ]}
      />
      <PagedTable<Row>
        label={t('plans.items')}
        pages={pages}
        columns={columns}
        keyOf={(row) => row.id}
        addressOf={(row) => `/deliveries/${row.id}`}
        empty={<EmptyView title={t('plans.itemsEmpty.title')} next={t('plans.itemsEmpty.next')} />}
        width={1150}
      />
    </>
  )
}

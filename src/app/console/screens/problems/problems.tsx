import { Button, Flex, Segmented, Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { useMay } from '../../api/session.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { ExportButton } from '../../parts/export-button.tsx'
import { ChoiceFilter, SystemFilter, TextFilter } from '../../parts/filter-fields.tsx'
import type { Columns } from '../../parts/list-look.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { PagedTable } from '../../parts/paged-table.tsx'
import { Screen } from '../../parts/screen.tsx'
import { SideTag } from '../../parts/tags.tsx'
import { useChosen } from '../../parts/use-chosen.ts'
import { useFilters } from '../../parts/use-filters.ts'
import { useEveryUnit } from '../../parts/whole-reach.tsx'
import { AcknowledgeChosen, AssignChosen } from './chosen-actions.tsx'

type Row = Schemas['DeliveryProblem']
const sides = ['ours', 'source', 'target', 'network', 'data'] as const
const statuses = ['open', 'acknowledged', 'muted', 'resolved'] as const
const sorts = ['last-seen', 'count', 'dossiers'] as const

function useColumns(): Columns<Row> {
  const { t } = useTranslation()
  const own = useOwnWords()
  return [
    {
      title: t('problems.columns.what'),
      width: 420,
      render: (row) => (
        <Flex vertical>
          <Link to={`/problems/${row.id}`}>{own(row.cause)}</Link>
          <Typography.Text type="secondary" className="one-line">
            {row.system} · {row.title || row.code}
          </Typography.Text>
        </Flex>
      ),
    },
    {
      title: t('problems.columns.side'),
      width: 130,
      render: (row) => <SideTag side={row.side} />,
    },
    { title: t('problems.columns.open'), render: ({ open }) => open, width: 90, align: 'right' },
    {
      title: t('problems.columns.dossiers'),
      render: ({ dossiers }) => dossiers,
      width: 90,
      align: 'right',
    },
    {
      title: t('problems.columns.firstSeen'),
      width: 140,
      render: (row) => <Moment at={row.firstSeen} />,
    },
    {
      title: t('problems.columns.lastSeen'),
      width: 140,
      render: (row) => <Moment at={row.lastSeen} />,
    },
    {
      title: t('problems.columns.status'),
      width: 130,
      render: (row) => t(`problems.status.${row.status}`),
    },
    { title: t('problems.columns.owner'), render: ({ owner }) => owner, width: 120 },
  ]
}

function Filters({ filters, change, clear, isFiltered }: ReturnType<typeof useProblemFilters>) {
  const { t } = useTranslation()
  const status = statuses.find((one) => one === filters.status)
  return (
    <>
      <Flex gap={12} wrap align="center" justify="space-between">
        <Segmented
          value={status ?? ''}
          onChange={(value) => change({ status: value })}
          options={[
            { value: '', label: t('parts.all') },
            ...statuses.map((value) => ({ value, label: t(`problems.status.${value}`) })),
          ]}
        />
        <ChoiceFilter
          label={t('problems.filters.sort')}
          value={filters.sort}
          onChange={(sort) => change({ sort })}
          options={sorts.map((value) => ({ value, label: t(`problems.sort.${value}`) }))}
          width={190}
        />
      </Flex>
      <Flex gap={8} wrap align="center">
        {sides.map((one) => (
          <Tag.CheckableTag
            key={one}
            checked={filters.side === one}
            onChange={(isOn) => change({ side: isOn ? one : undefined })}
          >
            {t(`parts.side.${one}`)}
          </Tag.CheckableTag>
        ))}
        <SystemFilter value={filters.system} onChange={(system) => change({ system })} />
        <TextFilter
          label={t('problems.filters.code')}
          value={filters.code}
          onChange={(code) => change({ code })}
          width={150}
        />
        <TextFilter
          label={t('problems.filters.owner')}
          value={filters.owner}
          onChange={(owner) => change({ owner })}
          width={180}
        />
        {isFiltered && <Button onClick={clear}>{t('parts.clearFilters')}</Button>}
      </Flex>
    </>
  )
}

function useProblemFilters() {
  const found = useFilters(['status', 'system', 'side', 'code', 'owner', 'sort'])
  const { filters } = found
  const query = {
    ...filters,
    status: statuses.find((one) => one === filters.status),
    side: sides.find((one) => one === filters.side),
    sort: sorts.find((one) => one === filters.sort),
    // One that the hub does not know it refuses, and says so.
    code: filters.code as 'target-rejected' | undefined,
  }
  const { sort: _, ...narrowing } = filters
  return { ...found, query, isNarrowed: Object.keys(narrowing).length > 0 }
}

export default function Problems() {
  const { t } = useTranslation()
  const columns = useColumns()
  const found = useProblemFilters()
  const pages = usePages('/api/v1/problems', found.query)
  const reachesAll = useEveryUnit()
  const mayAct = useMay('systems:write') && reachesAll
  const [chosen, setChosen] = useChosen()
  const problems =
    pages.data?.pages.flatMap(({ items }) =>
      items.filter(({ id }) => chosen.includes(String(id))),
    ) ?? []
  return (
    <Screen
      title={t('frame.screens.problems')}
      actions={
        <>
          {mayAct && <AcknowledgeChosen problems={problems} />}
          {mayAct && <AssignChosen problems={problems} />}
          <ExportButton path="/api/v1/problems/export" query={found.query} />
        </>
      }
    >
      <Filters {...found} />
      <PagedTable<Row>
        label={t('frame.screens.problems')}
        pages={pages}
        columns={columns}
        keyOf={(row) => String(row.id)}
        addressOf={(row) => `/problems/${row.id}`}
        empty={
          <EmptyView
            title={t(found.isNarrowed ? 'parts.noneFit' : 'problems.empty.title')}
            next={t('problems.empty.next')}
          />
        }
        {...(mayAct && { chosen, onChoose: setChosen })}
        width={1260}
      />
    </Screen>
  )
}

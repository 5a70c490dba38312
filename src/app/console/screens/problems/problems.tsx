import { Flex, Segmented, Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { ExportButton } from '../../parts/export-button.tsx'
import type { Columns } from '../../parts/list-look.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { PagedTable } from '../../parts/paged-table.tsx'
import { Screen } from '../../parts/screen.tsx'
import { SideTag } from '../../parts/tags.tsx'
import { useFilters } from '../../parts/use-filters.ts'

type Row = Schemas['DeliveryProblem']
const sides = ['ours', 'source', 'target', 'network', 'data'] as const
const statuses = ['open', 'acknowledged', 'muted', 'resolved'] as const

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

export default function Problems() {
  const { t } = useTranslation()
  const columns = useColumns()
  const { filters, change, isFiltered } = useFilters(['status', 'system', 'side'])
  const status = statuses.find((one) => one === filters.status)
  const side = sides.find((one) => one === filters.side)
  const query = { ...filters, status, side }
  const pages = usePages('/api/v1/problems', query)
  return (
    <Screen
      title={t('frame.screens.problems')}
      actions={<ExportButton path="/api/v1/problems/export" query={query} />}
    >
      <Segmented
        value={status ?? ''}
        onChange={(value) => change({ status: value })}
        options={[
          { value: '', label: t('parts.all') },
          ...statuses.map((value) => ({ value, label: t(`problems.status.${value}`) })),
        ]}
      />
      <Flex gap={8} wrap align="center">
        {sides.map((one) => (
          <Tag.CheckableTag
            key={one}
            checked={side === one}
            onChange={(isOn) => change({ side: isOn ? one : undefined })}
          >
            {t(`parts.side.${one}`)}
          </Tag.CheckableTag>
        ))}
        {filters.system && (
          <Tag closable onClose={() => change({ system: undefined })}>
            {t('problems.filters.system')}: {filters.system}
          </Tag>
        )}
      </Flex>
      <PagedTable<Row>
        label={t('frame.screens.problems')}
        pages={pages}
        columns={columns}
        keyOf={(row) => String(row.id)}
        addressOf={(row) => `/problems/${row.id}`}
        empty={
          isFiltered ? (
            <EmptyView title={t('parts.noneFit')} next={t('problems.empty.next')} />
          ) : (
            <EmptyView title={t('problems.empty.title')} next={t('problems.empty.next')} />
          )
        }
        width={1120}
      />
    </Screen>
  )
}

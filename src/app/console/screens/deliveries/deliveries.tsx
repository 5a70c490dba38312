/** Every delivery there is, by what one is looking for. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { useMay } from '../../api/session.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { ExportButton } from '../../parts/export-button.tsx'
import type { Columns } from '../../parts/list-look.tsx'
import { Moment } from '../../parts/moment.tsx'
import { PagedTable } from '../../parts/paged-table.tsx'
import { Screen } from '../../parts/screen.tsx'
import { shortType } from '../../parts/short-type.ts'
import { StateTag } from '../../parts/tags.tsx'
import { useChosen } from '../../parts/use-chosen.ts'
import { DeliveryFilters, useDeliveryFilters } from './filters.tsx'

type Row = Schemas['DeliverySummary']
/** What all types begin with says nothing. */
function useColumns(): Columns<Row> {
  const { t } = useTranslation()
  const { search } = useLocation()
  return [
    {
      title: t('deliveries.columns.state'),
      width: 130,
      render: ({ state }) => <StateTag state={state} />,
    },
    {
      title: t('deliveries.columns.dossier'),
      width: 200,
      render: ({ id, subject }) => (
        <Link to={{ pathname: `/deliveries/${id}`, search }}>{subject}</Link>
      ),
    },
    { title: t('deliveries.columns.system'), width: 130, render: ({ system }) => system },
    { title: t('deliveries.columns.type'), render: ({ type }) => shortType(type) },
    {
      title: t('deliveries.columns.code'),
      width: 180,
      render: ({ code }) => code && <code>{code}</code>,
    },
    {
      title: t('deliveries.columns.tries'),
      width: 110,
      align: 'right',
      render: ({ tries }) => tries,
    },
    {
      title: t('deliveries.columns.accepted'),
      width: 150,
      render: ({ acceptedAt }) => <Moment at={acceptedAt} />,
    },
  ]
}

export default function Deliveries() {
  const { t } = useTranslation()
  const columns = useColumns()
  const { search } = useLocation()
  const mayRepair = useMay('deliveries:write')
  const found = useDeliveryFilters()
  const [chosen, setChosen] = useChosen()
  const pages = usePages('/api/v1/deliveries', { ...found.query, limit: 100 })
  const plan = new URLSearchParams(
    Object.entries(found.query).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  )
  return (
    <Screen
      title={t('frame.screens.deliveries')}
      lead={t('deliveries.lead')}
      actions={
        <>
          {mayRepair && chosen.length > 0 && (
            <Link to={`/plans/new?ids=${chosen.join(',')}`}>
              <Button type="primary">{t('deliveries.planChosen', { count: chosen.length })}</Button>
            </Link>
          )}
          {mayRepair && found.isFiltered && (
            <Link to={`/plans/new?${plan}`}>
              <Button>{t('deliveries.planAll')}</Button>
            </Link>
          )}
          <ExportButton path="/api/v1/deliveries/export" query={found.query} />
        </>
      }
    >
      <DeliveryFilters {...found} />
      <PagedTable<Row>
        label={t('frame.screens.deliveries')}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/deliveries/${id}${search}`}
        empty={
          <EmptyView
            title={found.isFiltered ? t('parts.noneFit') : t('deliveries.empty.title')}
            next={t(found.filters.problem ? 'deliveries.empty.ofProblem' : 'deliveries.empty.next')}
          />
        }
        {...(mayRepair && { chosen, onChoose: setChosen })}
        width={1060}
      />
    </Screen>
  )
}

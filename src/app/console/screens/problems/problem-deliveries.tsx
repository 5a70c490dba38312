/** The deliveries of one problem, oldest trouble first as the hub gives them. */
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { ExportButton } from '../../parts/export-button.tsx'
import { PagedTable } from '../../parts/paged-table.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useDeliveryColumns } from '../deliveries/deliveries.tsx'

export default function ProblemDeliveries() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const pages = usePages('/api/v1/problems/{id}/deliveries', { limit: 100 }, { id })
  return (
    <Screen
      title={t('problems.sample.all')}
      lead={<Link to={`/problems/${id}`}>{t('frame.screens.problem')}</Link>}
      actions={<ExportButton path="/api/v1/deliveries/export" query={{ problem: id }} />}
    >
      <PagedTable<Schemas['DeliverySummary']>
        label={t('problems.sample.all')}
        pages={pages}
        columns={useDeliveryColumns()}
        keyOf={(row) => row.id}
        addressOf={(row) => `/deliveries/${row.id}`}
        empty={<EmptyView title={t('problems.sample.none')} next={t('problems.sample.noneNext')} />}
        width={1060}
      />
    </Screen>
  )
}

/** Bulk plans, newest first. */
import { Select, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { nameOf } from '../../parts/actor.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import type { Columns } from '../../parts/list-look.tsx'
import { Moment } from '../../parts/moment.tsx'
import { PagedTable } from '../../parts/paged-table.tsx'
import { Screen } from '../../parts/screen.tsx'
import { useFilters } from '../../parts/use-filters.ts'
import { many, PlanBar, type PlanState, PlanStateTag } from './plan-parts.tsx'

type Row = Schemas['Plan']
const states: readonly PlanState[] = [
  ...(['preparing', 'ready', 'scheduled', 'running'] as const),
  ...(['paused', 'finishing', 'finished', 'cancelled'] as const),
]

function useColumns(): Columns<Row> {
  const { t, i18n } = useTranslation()
  const count = (value: number) => many(value, i18n.language)
  return [
    {
      title: t('plans.columns.id'),
      width: 70,
      render: (row) => <Link to={`/plans/${row.id}`}>{row.id}</Link>,
    },
    {
      title: t('plans.columns.action'),
      width: 140,
      render: (row) => t(`plans.action.${row.action}`),
    },
    {
      title: t('plans.columns.state'),
      width: 170,
      render: (row) => <PlanStateTag state={row.state} />,
    },
    {
      title: t('plans.columns.progress'),
      width: 190,
      render: ({ counts }) => (
        <>
          <PlanBar counts={counts} legend={false} />
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t('plans.progress.of', {
              done: count(counts.done + counts.skipped),
              total: count(counts.total),
            })}
          </Typography.Text>
        </>
      ),
    },
    {
      title: t('plans.columns.failed'),
      width: 100,
      align: 'right',
      render: ({ counts: { failed } }) =>
        failed > 0 ? <Typography.Text type="danger">{count(failed)}</Typography.Text> : 0,
    },
    {
      title: t('plans.columns.created'),
      width: 150,
      render: (row) => <Moment at={row.createdAt} />,
    },
    { title: t('plans.columns.by'), render: ({ createdBy }) => nameOf(createdBy), width: 150 },
    { title: t('plans.columns.reason'), render: ({ reason }) => reason },
  ]
}

export default function Plans() {
  const { t } = useTranslation()
  const columns = useColumns()
  const { filters, change } = useFilters(['state'])
  const state = states.find((one) => one === filters.state)
  const pages = usePages('/api/v1/plans', { state })
  return (
    <Screen title={t('frame.screens.plans')} lead={t('plans.lead')}>
      <Select
        aria-label={t('plans.columns.state')}
        style={{ width: 220 }}
        value={state ?? ''}
        onChange={(value) => change({ state: value })}
        options={[
          { value: '', label: t('parts.all') },
          ...states.map((value) => ({ value, label: t(`plans.state.${value}`) })),
        ]}
      />
      <PagedTable<Row>
        label={t('frame.screens.plans')}
        pages={pages}
        columns={columns}
        keyOf={(row) => String(row.id)}
        addressOf={(row) => `/plans/${row.id}`}
        empty={<EmptyView title={t('plans.empty.title')} next={t('plans.empty.next')} />}
        width={1180}
      />
    </Screen>
  )
}

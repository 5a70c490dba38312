/** Corrections, newest first; those that wait for a second person are the approvals. */
import { Segmented, Tag, Tooltip, Typography } from 'antd'
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

export type Correction = Schemas['Correction']
type State = Correction['state']

const states: readonly State[] = ['asked', 'draft', 'approved', 'sent', 'refused', 'withdrawn']
const colours: Readonly<Record<State, string>> = {
  ...{ draft: 'default', asked: 'gold', approved: 'blue', sent: 'green' },
  ...{ refused: 'red', withdrawn: 'default' },
}

export function CorrectionState({ state }: { readonly state: State }) {
  const { t } = useTranslation()
  return (
    <Tooltip title={t(`corrections.stateHelp.${state}`)}>
      <Tag color={colours[state]}>{t(`corrections.state.${state}`)}</Tag>
    </Tooltip>
  )
}

function useColumns(): Columns<Correction> {
  const { t } = useTranslation()
  return [
    {
      title: t('corrections.columns.id'),
      width: 70,
      render: (row) => row.id,
    },
    {
      title: t('corrections.columns.what'),
      width: 320,
      render: (row) => (
        <>
          <div className="one-line">
            <Link to={`/corrections/${row.id}`}>
              {row.kind === 'one' ? row.subject : t('corrections.many.title')}
            </Link>
          </div>
          <Typography.Text type="secondary" className="one-line mono" style={{ fontSize: 12 }}>
            {row.pointers.join(' ')}
          </Typography.Text>
        </>
      ),
    },
    {
      title: t('corrections.columns.messages'),
      width: 90,
      align: 'right',
      render: (row) => row.counts.messages,
    },
    {
      title: t('corrections.columns.state'),
      width: 160,
      render: (row) => <CorrectionState state={row.state} />,
    },
    { title: t('corrections.columns.author'), render: ({ author }) => nameOf(author), width: 150 },
    {
      title: t('corrections.columns.created'),
      width: 140,
      render: (row) => <Moment at={row.createdAt} />,
    },
    { title: t('corrections.columns.reason'), render: ({ reason }) => reason },
  ]
}

export default function Corrections() {
  const { t } = useTranslation()
  const columns = useColumns()
  const { filters, change } = useFilters(['state'])
  const state = states.find((one) => one === filters.state)
  const pages = usePages('/api/v1/corrections', { state })
  const empty = state === 'asked' ? 'emptyAsked' : 'empty'
  return (
    <Screen title={t('frame.screens.corrections')} lead={t('corrections.lead')}>
      <Segmented
        style={{ alignSelf: 'start', maxWidth: '100%', overflowX: 'auto' }}
        value={state ?? ''}
        onChange={(value) => change({ state: value })}
        options={[
          { value: '', label: t('parts.all') },
          ...states.map((value) => ({ value, label: t(`corrections.state.${value}`) })),
        ]}
      />
      <PagedTable<Correction>
        label={t('frame.screens.corrections')}
        pages={pages}
        columns={columns}
        keyOf={(row) => String(row.id)}
        addressOf={(row) => `/corrections/${row.id}`}
        empty={
          <EmptyView
            title={t(`corrections.list.${empty}.title`)}
            next={t(`corrections.list.${empty}.next`)}
          />
        }
        width={1100}
      />
    </Screen>
  )
}

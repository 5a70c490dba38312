/** Dossiers that go no further until somebody decides: what stands in the way, since when, who sees to it. */
import { Button, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { useMay } from '../../api/session.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import { SystemFilter, TextFilter } from '../../parts/filter-fields.tsx'
import type { Columns } from '../../parts/list-look.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { PagedTable } from '../../parts/paged-table.tsx'
import { Screen } from '../../parts/screen.tsx'
import { StateTag } from '../../parts/tags.tsx'
import { useChosen } from '../../parts/use-chosen.ts'
import { useFilters } from '../../parts/use-filters.ts'

type Row = Schemas['BlockedDossier']
const names = ['system', 'code', 'unit', 'owner'] as const

function useColumns(): Columns<Row> {
  const { t } = useTranslation()
  const own = useOwnWords()
  const maySystems = useMay('systems:read')
  return [
    {
      title: t('blocked.columns.dossier'),
      width: 200,
      render: ({ subject }) => (
        <Link to={`/dossiers/${encodeURIComponent(subject)}`}>{subject}</Link>
      ),
    },
    { title: t('blocked.columns.system'), width: 120, render: ({ system }) => system },
    {
      title: t('blocked.columns.by'),
      render: ({ id, state, failure }) => (
        <Flex vertical>
          <span>
            <StateTag state={state} />
            <Link to={`/deliveries/${id}`}>{own(failure.cause)}</Link>
          </span>
          {maySystems && failure.problem !== null && (
            <Typography.Text type="secondary">
              <Link to={`/problems/${failure.problem}`}>{t('deliveries.failure.problem')}</Link>
            </Typography.Text>
          )}
        </Flex>
      ),
    },
    {
      title: t('blocked.columns.since'),
      width: 140,
      render: ({ failure }) => <Moment at={failure.since} />,
    },
    {
      title: t('blocked.columns.accepted'),
      width: 140,
      render: ({ acceptedAt }) => <Moment at={acceptedAt} />,
    },
    {
      title: t('blocked.columns.behind'),
      width: 90,
      align: 'right',
      render: ({ behind }) => behind,
    },
    { title: t('blocked.columns.owner'), width: 110, render: ({ owner }) => owner },
  ]
}

function Filters({ filters, change, clear, isFiltered }: ReturnType<typeof useBlockedFilters>) {
  const { t } = useTranslation()
  return (
    <Flex gap={8} wrap align="center">
      <SystemFilter value={filters.system} onChange={(system) => change({ system })} />
      {(['unit', 'code', 'owner'] as const).map((name) => (
        <TextFilter
          key={name}
          label={t(`blocked.filters.${name}`)}
          value={filters[name]}
          onChange={(value) => change({ [name]: value })}
        />
      ))}
      {isFiltered && <Button onClick={clear}>{t('parts.clearFilters')}</Button>}
    </Flex>
  )
}

const useBlockedFilters = () => useFilters(names)

export default function Blocked() {
  const { t } = useTranslation()
  const mayRepair = useMay('deliveries:write')
  const found = useBlockedFilters()
  const { code, ...plain } = found.filters
  const [chosen, setChosen] = useChosen()
  const pages = usePages('/api/v1/deliveries/blocking', {
    ...plain,
    // One that the hub does not know it refuses, and says so.
    code: code as 'target-rejected' | undefined,
    limit: 100,
  })
  return (
    <Screen
      title={t('frame.screens.blocked')}
      lead={t('blocked.lead')}
      actions={
        mayRepair &&
        chosen.length > 0 && (
          <Link to={`/plans/new?ids=${chosen.join(',')}`}>
            <Button type="primary">{t('deliveries.planChosen', { count: chosen.length })}</Button>
          </Link>
        )
      }
    >
      <Filters {...found} />
      <PagedTable<Row>
        label={t('frame.screens.blocked')}
        pages={pages}
        columns={useColumns()}
        keyOf={({ id }) => id}
        addressOf={({ subject }) => `/dossiers/${encodeURIComponent(subject)}`}
        empty={
          <EmptyView
            title={found.isFiltered ? t('parts.noneFit') : t('blocked.empty.title')}
            next={t('blocked.empty.next')}
          />
        }
        {...(mayRepair && { chosen, onChoose: setChosen })}
        width={1080}
      />
    </Screen>
  )
}

/** Who changed the configuration, when, why and how much. */
import { Button, Flex, Input, Tag, Tooltip, Typography } from 'antd'
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
import { WholeReach } from '../../parts/whole-reach.tsx'
import { CountTags } from './counts.tsx'

type Revision = Schemas['Revision']

function useColumns(): Columns<Revision> {
  const { t } = useTranslation()
  return [
    {
      title: t('revisions.columns.id'),
      width: 240,
      render: ({ id, inForce }) => (
        <Flex gap={8} align="center">
          <Link to={`/revisions/${id}`}>{t('revisions.of', { id })}</Link>
          {inForce && (
            <Tooltip title={t('revisions.inForceHelp')}>
              <Tag color="green" style={{ margin: 0 }}>
                {t('revisions.inForce')}
              </Tag>
            </Tooltip>
          )}
        </Flex>
      ),
    },
    { title: t('revisions.columns.at'), width: 140, render: ({ at }) => <Moment at={at} /> },
    {
      title: t('revisions.columns.author'),
      width: 180,
      render: ({ author }) => <span className="one-line">{nameOf(author)}</span>,
    },
    {
      title: t('revisions.columns.counts'),
      width: 210,
      render: ({ counts }) => <CountTags of={counts} />,
    },
    {
      title: t('revisions.columns.reason'),
      width: 320,
      render: ({ reason }) => (
        <Typography.Text ellipsis={{ tooltip: true }}>{reason}</Typography.Text>
      ),
    },
  ]
}

function List() {
  const { t } = useTranslation()
  const { filters, change, isFiltered, clear } = useFilters(['object'])
  const pages = usePages('/api/v1/revisions', { object: filters.object })
  const empty = isFiltered ? 'emptyObject' : 'empty'
  return (
    <>
      <Flex gap={8} wrap>
        <Input.Search
          key={filters.object ?? ''}
          aria-label={t('revisions.filter')}
          placeholder={t('revisions.filter')}
          allowClear
          style={{ width: 300, maxWidth: '100%' }}
          defaultValue={filters.object}
          onSearch={(value) => change({ object: value.trim() })}
        />
        {isFiltered && <Button onClick={clear}>{t('parts.clearFilters')}</Button>}
      </Flex>
      <PagedTable<Revision>
        label={t('frame.screens.revisions')}
        pages={pages}
        columns={useColumns()}
        keyOf={({ id }) => String(id)}
        width={1090}
        empty={
          <EmptyView title={t(`revisions.${empty}.title`)} next={t(`revisions.${empty}.next`)} />
        }
      />
    </>
  )
}

export default function Revisions() {
  const { t } = useTranslation()
  return (
    <Screen title={t('frame.screens.revisions')} lead={t('revisions.lead')}>
      <WholeReach>
        <List />
      </WholeReach>
    </Screen>
  )
}

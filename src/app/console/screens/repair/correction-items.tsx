/** Each message of a correction: what changes in it, or why it is left as it is. */
import { Segmented, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { usePages } from '../../api/pages.ts'
import { EmptyView } from '../../parts/empty-view.tsx'
import type { Columns } from '../../parts/list-look.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { PagedTable } from '../../parts/paged-table.tsx'
import { useFilters } from '../../parts/use-filters.ts'

type Row = Schemas['CorrectionItem']

const short = (value: unknown): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)

function Changes({ row }: { readonly row: Row }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  if (row.faults.length > 0)
    return row.faults.map((fault) => (
      <div key={`${fault.pointer} ${fault.rule}`} className="one-line">
        <Typography.Text type="danger">
          <code>{fault.pointer || '/'}</code> {own(fault)}
        </Typography.Text>
      </div>
    ))
  if (row.changes === null)
    return (
      <Typography.Text type="secondary">
        <span className="mono">{row.pointers.join(' ')}</span> ({t('corrections.items.gone')})
      </Typography.Text>
    )
  return row.changes.map((change) => (
    <div key={change.pointer} className="one-line">
      <code>{change.pointer}</code>{' '}
      <Typography.Text delete type="secondary">
        {short(change.before)}
      </Typography.Text>{' '}
      → <Typography.Text strong>{short(change.after)}</Typography.Text>
    </div>
  ))
}

function useColumns(): Columns<Row> {
  const { t } = useTranslation()
  return [
    {
      title: t('corrections.columns.dossier'),
      width: 210,
      render: (row) => (
        <Link to={`/dossiers/${encodeURIComponent(row.subject)}`}>{row.subject}</Link>
      ),
    },
    {
      title: t('corrections.columns.deliveries'),
      width: 190,
      render: (row) =>
        row.deliveries.map(({ id, system }) => (
          <div key={id} className="one-line">
            {system}{' '}
            <Link to={`/deliveries/${id}`} className="mono">
              {id}
            </Link>
          </div>
        )),
    },
    { title: t('corrections.columns.changes'), render: (row) => <Changes row={row} /> },
  ]
}

const kinds = ['fitting', 'faulty'] as const

export function CorrectionItems({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const columns = useColumns()
  const { filters, change } = useFilters(['only'])
  const only = kinds.find((kind) => kind === filters.only)
  const pages = usePages('/api/v1/corrections/{id}/items', { only, limit: 50 }, { id })
  return (
    <>
      <Segmented
        style={{ alignSelf: 'start' }}
        value={only ?? ''}
        onChange={(value) => change({ only: value })}
        options={[
          { value: '', label: t('corrections.items.all') },
          ...kinds.map((value) => ({ value, label: t(`corrections.items.${value}`) })),
        ]}
      />
      <PagedTable<Row>
        label={t('corrections.columns.changes')}
        pages={pages}
        columns={columns}
        keyOf={(row) => row.message}
        addressOf={(row) => `/dossiers/${encodeURIComponent(row.subject)}`}
        empty={
          <EmptyView title={t('corrections.items.empty')} next={t('corrections.items.emptyNext')} />
        }
        width={1000}
      />
    </>
  )
}

/** All systems in one table; drawn plainly, for there are a dozen of them. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useOwnWords } from '../../parts/own-words.ts'
import { PlainTable } from '../../parts/plain-table.tsx'
import { StandingTag, type System, useSpan } from './standing.tsx'

export function SystemsTable({ of: rows }: { readonly of: readonly System[] }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const span = useSpan()
  return (
    <PlainTable<System>
      label={t('frame.screens.systems')}
      rows={rows}
      keyOf={({ id }) => id}
      width={760}
      columns={[
        {
          title: t('systems.columns.system'),
          render: (row) => (
            <Link to={`/systems/${row.id}`}>
              {own(row.title)} <span className="mono">{row.id}</span>
            </Link>
          ),
        },
        {
          title: t('systems.columns.standing'),
          width: 170,
          render: (row) => <StandingTag system={row} />,
        },
        {
          title: t('systems.columns.waiting'),
          width: 100,
          align: 'right',
          render: ({ waiting }) => waiting,
        },
        {
          title: t('systems.columns.failed'),
          width: 140,
          align: 'right',
          render: ({ id, failed }) =>
            failed > 0 ? <Link to={`/deliveries?state=dead&system=${id}`}>{failed}</Link> : 0,
        },
        {
          title: t('systems.columns.oldest'),
          width: 130,
          align: 'right',
          render: ({ oldestDueSeconds }) => span(oldestDueSeconds),
        },
      ]}
    />
  )
}

/** All systems in one table; drawn plainly, for there are a dozen of them. */
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { MayLink } from '../../parts/may-link.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { PlainTable } from '../../parts/plain-table.tsx'
import { CertificateTag, DrainTime, ErrorShare, useNumbers } from './figures.tsx'
import { StandingTag, type System, useSpan, worstFirst } from './standing.tsx'

export function SystemsTable({ of: rows }: { readonly of: readonly System[] }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const span = useSpan()
  const { ms } = useNumbers()
  const explained = (
    help: 'errors' | 'p95' | 'drain' | 'certificate',
    title: 'p95Short' | typeof help = help,
  ) => <Tooltip title={t(`health.help.${help}`)}>{t(`health.figure.${title}`)}</Tooltip>
  return (
    <PlainTable<System>
      label={t('frame.screens.systems')}
      rows={worstFirst(rows)}
      keyOf={({ id }) => id}
      width={1040}
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
          width: 150,
          render: (row) => <StandingTag system={row} />,
        },
        {
          title: t('systems.columns.waiting'),
          width: 90,
          align: 'right',
          render: ({ waiting }) => waiting,
        },
        {
          title: t('systems.columns.failed'),
          width: 100,
          align: 'right',
          render: ({ id, failed }) =>
            failed > 0 ? (
              <MayLink scope="deliveries:read" to={`/deliveries?state=dead&system=${id}`}>
                {failed}
              </MayLink>
            ) : (
              0
            ),
        },
        {
          title: t('systems.columns.oldest'),
          width: 100,
          align: 'right',
          render: ({ oldestDueSeconds }) => span(oldestDueSeconds),
        },
        {
          title: explained('errors'),
          width: 100,
          align: 'right',
          render: ({ health }) => <ErrorShare of={health.last15Minutes} />,
        },
        {
          title: explained('p95', 'p95Short'),
          width: 110,
          align: 'right',
          render: ({ health }) => ms(health.last15Minutes.p95Ms),
        },
        {
          title: explained('drain'),
          width: 130,
          align: 'right',
          render: (row) => <DrainTime of={row} />,
        },
        {
          title: explained('certificate'),
          width: 125,
          align: 'right',
          render: ({ health }) => <CertificateTag of={health.certificate} />,
        },
      ]}
    />
  )
}

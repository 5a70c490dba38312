/** How a system did within the last hour. */
import { Card, Descriptions, Flex, Tooltip, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'
import { exact } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { Trend } from '../../parts/trend.tsx'
import { CertificateTag, DrainTime, ErrorShare, useNumbers } from './figures.tsx'

type Detail = Schemas['SystemDetail']
type Traffic = Schemas['Traffic']

type LabelName =
  | 'attempts'
  | 'errors'
  | 'p50'
  | 'p95'
  | 'pace'
  | 'backlog'
  | 'drain'
  | 'certificate'

function Label({ name }: { readonly name: LabelName }) {
  const { t } = useTranslation()
  return (
    <Tooltip title={t(`health.help.${name}`)}>
      <span style={{ borderBottom: '1px dotted currentcolor', cursor: 'help' }}>
        {t(`health.figure.${name}`)}
      </span>
    </Tooltip>
  )
}

interface Row {
  readonly name: LabelName
  readonly value: (of: Traffic) => React.ReactNode
}

/** The last quarter of an hour beside the whole hour: what has changed is seen by comparing. */
function Spans({ health }: Pick<Detail, 'health'>) {
  const { t } = useTranslation()
  const { count, ms } = useNumbers()
  const { last15Minutes, lastHour } = health
  if (lastHour.attempts === 0)
    return <Typography.Text type="secondary">{t('health.none')}</Typography.Text>
  const rows: readonly Row[] = [
    { name: 'attempts', value: ({ attempts }) => count(attempts) },
    { name: 'errors', value: (of) => <ErrorShare of={of} full /> },
    { name: 'p50', value: ({ p50Ms }) => ms(p50Ms) },
    { name: 'p95', value: ({ p95Ms }) => ms(p95Ms) },
  ]
  return (
    <table className="figures">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('health.span.quarter')}</th>
          <th scope="col">{t('health.span.hour')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">
              <Label name={name} />
            </th>
            <td>{value(last15Minutes)}</td>
            <td>{value(lastHour)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function FiguresCard({ of }: { readonly of: Detail }) {
  const { t, i18n } = useTranslation()
  const own = useOwnWords()
  const { count } = useNumbers()
  const { health, trend } = of
  const { drain } = health
  const clock = new Intl.DateTimeFormat(i18n.language, {
    ...{ hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'Asia/Ho_Chi_Minh' },
  })
  return (
    <Card size="small" title={t('health.title')}>
      <Flex gap={24} wrap>
        <section style={{ flex: '2 1 320px' }}>
          <Spans health={health} />
        </section>
        <section style={{ flex: '2 1 260px' }}>
          <Descriptions
            size="small"
            column={1}
            items={[
              {
                ...{ key: 'pace', label: <Label name="pace" /> },
                children: t('health.perMinute', { count: count(health.deliveredPerMinute) }),
              },
              {
                ...{ key: 'backlog', label: <Label name="backlog" /> },
                children: health.backlog,
              },
              {
                ...{ key: 'drain', label: <Label name="drain" /> },
                children: drain.reason ? (
                  own(drain.reason)
                ) : health.backlog === 0 ? (
                  t('health.nothing')
                ) : (
                  <DrainTime of={of} />
                ),
              },
              {
                ...{ key: 'certificate', label: <Label name="certificate" /> },
                children: health.certificate ? (
                  <Flex gap={6} wrap>
                    <CertificateTag of={health.certificate} />
                    <Typography.Text type="secondary">
                      {exact(health.certificate.expiresAt)}
                    </Typography.Text>
                  </Flex>
                ) : (
                  t(of.check ? 'health.noCertificate' : 'health.unseen')
                ),
              },
            ]}
          />
        </section>
        <section style={{ flex: '2 1 240px', maxWidth: 420 }}>
          <Typography.Text type="secondary">{t('health.trend')}</Typography.Text>
          <Trend
            label={t('health.trend')}
            height={56}
            bars={trend.map(({ from, delivered, failed }) => ({
              key: from,
              count: delivered,
              title: t('health.trendBar', {
                from: clock.format(new Date(from)),
                delivered,
                failed,
              }),
            }))}
          />
        </section>
      </Flex>
    </Card>
  )
}

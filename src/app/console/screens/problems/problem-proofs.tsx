/** What helps to understand a problem: its trend, a sample, what changed before it, how it went last time. */
import { Button, Card, Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client.ts'
import { nameOf } from '../../parts/actor.ts'
import { Moment } from '../../parts/moment.tsx'
import { Trend } from '../../parts/trend.tsx'
import { Attempts } from '../deliveries/attempts.tsx'

export type Problem = Schemas['DeliveryProblemDetail']
interface Of {
  readonly of: Problem
}

const daysShown = 14
const dayMs = 86_400_000
/** A day of Vietnam, as the API writes it. */
const dayOf = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)

export function TrendCard({ of }: Of) {
  const { t } = useTranslation()
  const counts = new Map(of.trend.days.map(({ day, count }) => [day, count]))
  const days = Array.from({ length: daysShown }, (_, back) =>
    dayOf(Date.now() - (daysShown - 1 - back) * dayMs),
  )
  const bars = days.map((day) => ({ key: day, day, count: counts.get(day) ?? 0 }))
  return (
    <Card size="small" title={t('problems.trend.title')}>
      {counts.size === 0 ? (
        <Typography.Text type="secondary">{t('problems.trend.none')}</Typography.Text>
      ) : (
        <Trend
          label={t('problems.trend.title')}
          bars={bars.map((bar) => ({ ...bar, title: t('problems.trend.day', bar) }))}
        />
      )}
    </Card>
  )
}

function ListCard<Item>(props: {
  readonly title: string
  readonly none: string
  readonly items: readonly Item[]
  readonly children: (item: Item) => ReactNode
}) {
  return (
    <Card size="small" title={props.title}>
      {props.items.length === 0 ? (
        <Typography.Text type="secondary">{props.none}</Typography.Text>
      ) : (
        <Flex vertical gap={10}>
          {props.items.map(props.children)}
        </Flex>
      )}
    </Card>
  )
}

const Note = ({ note }: { readonly note: Problem['notes'][number] }) => (
  <div>
    <Typography.Text type="secondary">
      {nameOf(note.author)} · <Moment at={note.at} />
    </Typography.Text>
    <div style={{ whiteSpace: 'pre-wrap' }}>{note.text}</div>
  </div>
)
const noteKey = ({ at, text }: Problem['notes'][number]): string => `${at} ${text}`

export function NotesCard({ of }: Of) {
  const { t } = useTranslation()
  return (
    <ListCard title={t('problems.notes.title')} none={t('problems.notes.none')} items={of.notes}>
      {(note) => <Note key={noteKey(note)} note={note} />}
    </ListCard>
  )
}

export function ChangesCard({ of }: Of) {
  const { t } = useTranslation()
  return (
    <ListCard
      title={t('problems.changes.title')}
      none={t('problems.changes.none')}
      items={of.changes}
    >
      {({ at, kind, what, by, reason }) => (
        <div key={`${at} ${kind} ${what}`}>
          <strong>
            {t(`problems.changes.${kind}`)} {what}
          </strong>{' '}
          <Moment at={at} />
          <div>
            <Typography.Text type="secondary">
              {[by, reason].filter((one) => one !== null).join(': ')}
            </Typography.Text>
          </div>
        </div>
      )}
    </ListCard>
  )
}

export function SimilarCard({ of }: Of) {
  const { t } = useTranslation()
  return (
    <ListCard
      title={t('problems.similar.title')}
      none={t('problems.similar.none')}
      items={of.similar}
    >
      {({ id, system, title, resolvedAt, notes }) => (
        <div key={id}>
          <Link to={`/problems/${id}`}>
            {system} · {title || id}
          </Link>{' '}
          {t('problems.similar.resolved')} <Moment at={resolvedAt} />
          {notes.map((note) => (
            <Note key={noteKey(note)} note={note} />
          ))}
        </div>
      )}
    </ListCard>
  )
}

export function SampleCard({ of: { sample } }: Of) {
  const { t } = useTranslation()
  if (!sample) return null
  return (
    <Card
      size="small"
      title={`${t('problems.sample.title')}: ${sample.subject}`}
      extra={
        <Link to={`/deliveries/${sample.id}`}>
          <Button size="small">{t('problems.sample.open')}</Button>
        </Link>
      }
    >
      <Attempts of={sample.attempts.slice(-3)} />
    </Card>
  )
}

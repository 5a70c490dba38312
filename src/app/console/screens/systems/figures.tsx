/** Figures of a system, each in the words it is read in. */
import { Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client.ts'
import { exact } from '../../parts/moment.tsx'
import { useOwnWords } from '../../parts/own-words.ts'
import { type System, useSpan } from './standing.tsx'

export const warnDays = 30
const alarmDays = 7
/** From so much on it is told in red. */
const badShare = 0.2

type Traffic = Schemas['Traffic']

export function useNumbers() {
  const { i18n } = useTranslation()
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(i18n.language === 'en' ? 'en-GB' : 'vi-VN', {
      maximumFractionDigits: digits,
    }).format(value)
  return {
    count: (value: number) => number(value, value < 10 ? 1 : 0),
    exactly: (value: number) => number(value, 3),
    share: (value: number) => `${number(value * 100, 1)}%`,
    ms: (value: number | null) =>
      value === null
        ? '–'
        : value < 1_000
          ? `${number(value, 0)} ms`
          : `${number(value / 1_000, 1)} s`,
  }
}

export function ErrorShare({
  of,
  full = false,
}: {
  readonly of: Traffic
  readonly full?: boolean
}) {
  const { t } = useTranslation()
  const { share } = useNumbers()
  if (of.errorRate === null) return <span>–</span>
  const tone = of.errorRate >= badShare ? 'red' : of.errorRate > 0 ? 'orange' : 'green'
  return (
    <>
      <Tag color={tone} style={{ marginInlineEnd: 4 }}>
        {share(of.errorRate)}
      </Tag>
      {full && of.refused > 0 && <>({t('health.refused', { count: of.refused })})</>}
    </>
  )
}

/** When what waits will be sent; where that cannot be said, why. */
export function DrainTime({ of }: { readonly of: System }) {
  const { t } = useTranslation()
  const own = useOwnWords()
  const span = useSpan()
  const { backlog, drain } = of.health
  if (drain.reason)
    return (
      <Tooltip title={own(drain.reason)}>
        <Tag color="orange" style={{ margin: 0 }}>
          {t('health.unknown')}
        </Tag>
      </Tooltip>
    )
  if (backlog === 0 || drain.seconds === null) return <span>–</span>
  return (
    <span>
      {t(drain.atLeast ? 'health.atLeast' : 'health.about', { span: span(drain.seconds) })}
    </span>
  )
}

export function CertificateTag({ of }: { readonly of: Schemas['Certificate'] | null }) {
  const { t } = useTranslation()
  if (!of) return <span>–</span>
  const { daysLeft, subject, host, expiresAt } = of
  const tone = daysLeft <= alarmDays ? 'red' : daysLeft <= warnDays ? 'orange' : 'green'
  return (
    <Tooltip title={`${subject || host} · ${exact(expiresAt)}`}>
      <Tag color={tone} style={{ margin: 0 }}>
        {daysLeft < 0 ? t('health.expired') : t('health.days', { count: daysLeft })}
      </Tag>
    </Tooltip>
  )
}

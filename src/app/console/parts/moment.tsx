/** Times are relative at a glance and exact on hover, in Vietnam's time. */
import { Tooltip } from 'antd'
import { useSyncExternalStore } from 'react'
import { type Language, languageNow } from '../words/i18n.ts'

const zone = 'Asia/Ho_Chi_Minh'
const localeOf = (language: Language): string => (language === 'en' ? 'en-GB' : 'vi-VN')

/** One tick for all times on a screen. */
const tickMs = 15_000
let nowMs = Date.now()
const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

function listen(listener: () => void): () => void {
  listeners.add(listener)
  ticking ??= setInterval(() => {
    nowMs = Date.now()
    for (const each of listeners) each()
  }, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** The present, moving every quarter of a minute. */
export const useNowMs = (): number => useSyncExternalStore(listen, () => nowMs)

export const exact = (at: string | Date): string =>
  new Intl.DateTimeFormat(localeOf(languageNow()), {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: zone,
  }).format(new Date(at))

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** Below it two clocks may disagree about which came first: it is now. */
const presentMs = 5000

export function relative(at: string | Date, sinceMs: number): string {
  const passedMs = new Date(at).getTime() - sinceMs
  const format = new Intl.RelativeTimeFormat(localeOf(languageNow()), { numeric: 'auto' })
  if (Math.abs(passedMs) < presentMs) return format.format(0, 'second')
  const unit = units.find(([, ms]) => Math.abs(passedMs) >= ms)
  return unit
    ? format.format(Math.trunc(passedMs / unit[1]), unit[0])
    : format.format(Math.trunc(passedMs / 1000), 'second')
}

export function Moment({ at }: { readonly at: string | null | undefined }) {
  const now = useNowMs()
  if (!at) return <span>–</span>
  return (
    <Tooltip title={exact(at)}>
      <time dateTime={at}>{relative(at, Math.max(now, Date.now() - tickMs))}</time>
    </Tooltip>
  )
}

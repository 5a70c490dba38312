/**
 * Maintenance windows: times in which a system is not spoken to, so that its lanes hold without
 * using up their tries. Vietnam has one time zone and no summer time, so UTC+7 is arithmetic.
 */
export type MaintenanceWindow =
  /** `from` and `to`: RFC 3339 with offset. */
  | { readonly kind: 'once'; readonly from: string; readonly to: string; readonly reason: string }
  /** `days`: 1 (Monday) … 7 (Sunday); times "HH:MM" in Vietnam; may pass midnight. */
  | {
      readonly kind: 'weekly'
      readonly days: readonly number[]
      readonly from: string
      readonly to: string
      readonly reason: string
    }

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const vietnamMs = 7 * 60 * minuteMs

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** The window that holds `nowMs` (Unix time), with its end; undefined when there is none. */
export function maintenanceAt(
  windows: readonly MaintenanceWindow[],
  nowMs: number,
): { reason: string; untilMs: number } | undefined {
  for (const window of windows) {
    if (window.kind === 'once') {
      const untilMs = Date.parse(window.to)
      if (Date.parse(window.from) <= nowMs && nowMs < untilMs)
        return { reason: window.reason, untilMs }
      continue
    }
    const from = minutesOf(window.from)
    const length = (minutesOf(window.to) - from + 24 * 60) % (24 * 60) || 24 * 60
    // A window that began yesterday may still hold.
    for (const back of [0, 1]) {
      const midnight = Math.floor((nowMs + vietnamMs) / dayMs) * dayMs - back * dayMs
      const weekday = ((midnight / dayMs + 3) % 7) + 1
      const startMs = midnight - vietnamMs + from * minuteMs
      const untilMs = startMs + length * minuteMs
      if (window.days.includes(weekday) && startMs <= nowMs && nowMs < untilMs)
        return { reason: window.reason, untilMs }
    }
  }
  return undefined
}

/** When a window holds: now, or else the next time; undefined when its time is over. */
export function occurrenceOf(
  window: MaintenanceWindow,
  nowMs: number,
): { fromMs: number; untilMs: number } | undefined {
  if (window.kind === 'once') {
    const untilMs = Date.parse(window.to)
    return nowMs < untilMs ? { fromMs: Date.parse(window.from), untilMs } : undefined
  }
  const from = minutesOf(window.from)
  const length = (minutesOf(window.to) - from + 24 * 60) % (24 * 60) || 24 * 60
  const today = Math.floor((nowMs + vietnamMs) / dayMs)
  // From the one that began yesterday and may still hold, to the same day of next week.
  for (let day = today - 1; day <= today + 7; day++) {
    const fromMs = day * dayMs - vietnamMs + from * minuteMs
    const untilMs = fromMs + length * minuteMs
    if (window.days.includes(((day + 3) % 7) + 1) && nowMs < untilMs) return { fromMs, untilMs }
  }
  return undefined
}

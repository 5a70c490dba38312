/** Days of Vietnam, as bounds of a list. */
const dayMs = 86_400_000
const form = /^20\d\d-\d\d-\d\d$/

const startMs = (day: string): number => Date.parse(`${day}T00:00:00+07:00`)

export const dayStart = (day: string | undefined): string | undefined =>
  day && form.test(day) ? new Date(startMs(day)).toISOString() : undefined

/** The end of the day itself. */
export const dayEnd = (day: string | undefined): string | undefined =>
  day && form.test(day) ? new Date(startMs(day) + dayMs).toISOString() : undefined

/**
 * Time in the simulated one-stop office. A moment is a number: seconds of Vietnam's clock since
 * 1970, so that days and office hours are plain arithmetic and a million dossiers cost no Date.
 */
export type Moment = number

const daySeconds = 86_400
const opens = 7 * 3600 + 30 * 60
const closes = 17 * 3600
const vietnamSeconds = 7 * 3600

export const momentOf = (date: Date): Moment => Math.floor(date.getTime() / 1000) + vietnamSeconds

const days = new Map<number, string>()
const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

const dayText = (day: number): string => {
  let text = days.get(day)
  if (text === undefined) {
    text = new Date(day * daySeconds * 1000).toISOString().slice(0, 10)
    if (days.size > 20_000) days.clear()
    days.set(day, text)
  }
  return text
}

/** RFC 3339 with +07:00. */
export function momentText(moment: Moment): string {
  const day = Math.floor(moment / daySeconds)
  const second = moment - day * daySeconds
  const hour = Math.floor(second / 3600)
  const minute = Math.floor((second % 3600) / 60)
  return `${dayText(day)}T${two[hour]}:${two[minute]}:${two[second % 60]}+07:00`
}

/** `yyMMdd`, as a dossier code carries it. */
export function codeDay(moment: Moment): string {
  const text = dayText(Math.floor(moment / daySeconds))
  return text.slice(2, 4) + text.slice(5, 7) + text.slice(8, 10)
}

/** 1 January 1970 was a Thursday; Saturday and Sunday are days off. */
const isDayOff = (day: number): boolean => (day + 3) % 7 >= 5

const nextOpening = (day: number): Moment => {
  let next = day
  while (isDayOff(next)) next += 1
  return next * daySeconds + opens
}

/** The moment itself in office hours, otherwise the next time the office opens. */
export function officeMoment(moment: Moment): Moment {
  const day = Math.floor(moment / daySeconds)
  const second = moment - day * daySeconds
  if (isDayOff(day) || second < opens) return nextOpening(day)
  return second >= closes ? nextOpening(day + 1) : moment
}

/** The same hour so many working days later. */
export function workingDaysAfter(moment: Moment, count: number): Moment {
  let day = Math.floor(moment / daySeconds)
  const second = moment - day * daySeconds
  for (let left = count; left > 0; ) {
    day += 1
    if (!isDayOff(day)) left -= 1
  }
  return day * daySeconds + second
}

/** Five in the afternoon of the same day, when results are due. */
export const endOfDay = (moment: Moment): Moment =>
  Math.floor(moment / daySeconds) * daySeconds + closes

/** What a target may do to a request, and how often. Shares of requests in [0, 1]; the rest goes well. */

/** What happens to a message, and what the hub gets to see of it. */
export const pushFaults = {
  slow: 'applied, after half a second',
  'applied-reset': 'applied, then the connection is reset',
  reset: 'read, not applied, connection reset',
  'half-reset': 'of a batch the first half is applied, then reset; a single one as reset',
  'applied-silent': 'applied, never answered',
  silent: 'not applied, never answered',
  late: 'connection reset, applied a second later',
  html: 'not applied, 200 with a page of HTML',
  'applied-html': 'applied, 200 with a page of HTML',
  failed: 'not applied, 500',
  'applied-failed': 'applied, 500',
  busy: 'not applied, 503 with Retry-After; single items of a batch: "busy"',
  limited: 'not applied, 429 without Retry-After',
  expired: 'all sessions end, 401',
  refused: 'not applied, 422; single items of a batch: "refused"',
} as const
export type PushFault = keyof typeof pushFaults

/** What happens to the question whether a message was applied. */
export const questionFaults = {
  'question-failed': '500',
  'question-html': '200 with a page of HTML',
  'question-silent': 'never answered',
} as const
export type QuestionFault = keyof typeof questionFaults

export type Weather = Readonly<Partial<Record<PushFault | QuestionFault, number>>>

/** Draws one fault, or none. */
export function draw<F extends string>(
  faults: readonly F[],
  weather: Readonly<Partial<Record<string, number>>>,
  random: () => number,
): F | undefined {
  let left = random()
  for (const fault of faults) {
    left -= weather[fault] ?? 0
    if (left < 0) return fault
  }
  return undefined
}

/**
 * What became of the requests that were sent: the system says it only when asked, one code a call.
 * A run goes through all that is followed, by code. Each dossier is read by itself: one that cannot be
 * made out is told of, and asked about again.
 *
 * The system gives no time of a change, so its moment is when it was found out. That moment is saved first
 * and told on the next page: a page that is read twice then tells the same, to the letter.
 *
 *   page 1   asked: 4 instead of 2 ── saved with `found` {4, at}
 *   page 2   asked again: still 4 ─── told as of `at`, saved as told
 */
import {
  ConnectorError,
  type Followed,
  type FollowedRecord,
  isAboutRecord,
  type lyLichTuPhap,
  type PullPage,
  type PullRequest,
  pageOfFollowed,
  permanent,
  readFollowed,
  toVietnamTime,
  unknown,
} from '../../src/connector/index.ts'
import type { FollowState, Tools } from './push.ts'
import { changeOf, issuedOf, missing, revoked } from './translate.ts'

type Item = lyLichTuPhap.StatesAnswerHoSo
type Found = readonly Item[] | ConnectorError

/** Before a cursor: the same rows once more, to tell what was found out about them. */
const again = '='

export async function pullStates(
  tools: Tools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const { dossiersPerPage } = tools.options
  const isAgain = request.cursor?.startsWith(again) === true
  const after = isAgain ? request.cursor?.slice(again.length) : request.cursor
  const rows = await request.followed(after, dossiersPerPage)
  const records: FollowedRecord[] = []
  for (const row of rows)
    if (!isAgain || stateOf(row.state).found)
      records.push(read(tools, row, await ask(tools, row, signal)))
  const page = pageOfFollowed(rows, dossiersPerPage, records)
  const hasFound = records.some(({ state }) => state !== null && stateOf(state).found !== undefined)
  return hasFound && !isAgain ? { ...page, cursor: again + (after ?? ''), more: true } : page
}

/** As `push.ts` wrote it. */
const stateOf = (state: Followed['state']): FollowState => state as unknown as FollowState

const ask = ({ client }: Tools, { state }: Followed, signal: AbortSignal): Promise<Found> =>
  client.states(stateOf(state).asked, signal).catch((error: unknown) => {
    if (error instanceof ConnectorError && isAboutRecord(error)) return error
    throw error
  })

const closed = new Set(['rejected', 'withdrawn', 'stopped'])

function read(tools: Tools, row: Followed, found: Found): FollowedRecord {
  const before = stateOf(row.state)
  return readFollowed(row.subject, before, (reading) => {
    const item = itemOf(before.asked, found)
    const change = changeOf(tools, row.subject, item)
    const { unread: _, found: seen, ...known } = before
    const isResult = change.status === 'finished' || change.status === 'returned'
    const record = isResult ? attempt(() => issuedOf(tools, row.subject, item)) : undefined
    const issued = record instanceof ConnectorError ? undefined : record
    const isNews = change.state !== before.told || (issued && before.issued === undefined)
    const what = [change.state, issued?.digest ?? ''].join(' ')
    if (isNews && seen?.what !== what) {
      reading.state = { ...known, found: { what, at: toVietnamTime(tools.context.clock.now()) } }
      if (record instanceof ConnectorError) throw record
      return
    }
    const at = seen?.at ?? ''
    if (change.state !== before.told) reading.messages.push(change.message(at))
    let state: FollowState = { ...known, told: change.state }
    reading.state = closed.has(change.status) ? null : state
    if (record instanceof ConnectorError) throw record
    if (!isResult) return
    if (issued && before.issued === undefined) reading.messages.push(issued.message(at))
    // One that is not the same any more must not pass for what was told.
    if (issued && before.issued !== undefined && issued.digest !== before.issued) throw revoked()
    state = { ...state, ...(issued && { issued: issued.digest }) }
    reading.state = state
    if (change.status !== 'returned') return
    if (state.issued === undefined) throw missing('/ketQuaXuLy')
    reading.state = null
  })
}

/** What cannot be read is told of behind what can. */
function attempt<T>(work: () => T): T | ConnectorError {
  try {
    return work()
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  }
}

function itemOf(asked: string, found: Found): Item {
  if (found instanceof ConnectorError) throw found
  const own = found.filter(({ maHoSoMCDT }) => maHoSoMCDT === asked)
  const [item, ...others] = own
  if (!item) throw permanent('target-not-found')
  // Said twice is said once; two different states of one dossier are none.
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(item)))
    throw unknown('answer-invalid')
  return item
}

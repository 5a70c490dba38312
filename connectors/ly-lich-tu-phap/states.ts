/**
 * What became of the requests that were sent: the system says it only when asked, one code a call.
 * A run goes through all that is followed, by code. Each dossier is read by itself: one that cannot be
 * made out is told of, and asked about again.
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
  unknown,
} from '../../src/connector/index.ts'
import type { FollowState, Tools } from './push.ts'
import { changeOf, issuedOf, missing, revoked } from './translate.ts'

type Item = lyLichTuPhap.StatesAnswerHoSo
type Found = readonly Item[] | ConnectorError

export async function pullStates(
  tools: Tools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const { dossiersPerPage } = tools.options
  const rows = await request.followed(request.cursor, dossiersPerPage)
  const records: FollowedRecord[] = []
  for (const row of rows) records.push(read(tools, row, await ask(tools, row, signal)))
  return pageOfFollowed(rows, dossiersPerPage, records)
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
    const { unread: _, ...known } = before
    if (change.state !== before.told) reading.messages.push(change.message)
    let state: FollowState = { ...known, told: change.state }
    reading.state = closed.has(change.status) ? null : state
    if (change.status !== 'finished' && change.status !== 'returned') return
    const issued = issuedOf(tools, row.subject, item)
    if (issued && before.issued === undefined) reading.messages.push(issued.message)
    // One that is not the same any more must not pass for what was told.
    if (issued && before.issued !== undefined && issued.digest !== before.issued) throw revoked()
    state = { ...state, ...(issued && { issued: issued.digest }) }
    reading.state = state
    if (change.status !== 'returned') return
    if (state.issued === undefined) throw missing('/ketQuaXuLy')
    reading.state = null
  })
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

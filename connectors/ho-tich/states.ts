/**
 * What became of the dossiers that were sent: the system says it only when asked, a few codes a call.
 * A run goes through all that is followed, by code, a call's worth a page; an empty cursor begins anew.
 * Each dossier is read by itself: one that cannot be made out is told of, and asked about again.
 */
import {
  ConnectorError,
  type Followed,
  type FollowedRecord,
  type hoTich,
  isAboutRecord,
  type PullPage,
  type PullRequest,
  pageOfFollowed,
  permanent,
  readFollowed,
  unknown,
} from '../../src/connector/index.ts'
import { type FollowState, isAbout, moduleOf, type Tools } from './push.ts'
import { changeOf, resultOf } from './translate.ts'

export async function pullStates(
  tools: Tools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const { codesPerCall } = tools.options
  const rows = await request.followed(request.cursor, codesPerCall)
  const records: FollowedRecord[] = []
  for (const event of new Set(rows.map(({ state }) => stateOf(state).event))) {
    const some = rows.filter(({ state }) => stateOf(state).event === event)
    const found = await ask(tools, event, some, signal)
    for (const row of some) records.push(read(tools, row, found))
  }
  return pageOfFollowed(rows, codesPerCall, records)
}

/** As `push.ts` wrote it. */
const stateOf = (state: Followed['state']): FollowState => state as unknown as FollowState

type Found = readonly hoTich.StatesAnswerHoSo[] | ConnectorError

/** One that spoils the whole call must not keep the others from being told: then each is asked alone. */
async function ask(
  { client, context }: Tools,
  event: string,
  rows: readonly Followed[],
  signal: AbortSignal,
): Promise<(row: Followed) => Found> {
  const module = moduleOf(context, event)
  const askFor = (some: readonly Followed[]): Promise<Found> =>
    client
      .states(
        some.map(({ state }) => stateOf(state).asked),
        module,
        signal,
      )
      .catch((error: unknown) => {
        if (error instanceof ConnectorError && isAboutRecord(error)) return error
        throw error
      })
  const together = await askFor(rows)
  if (!(together instanceof ConnectorError) || rows.length === 1) return () => together
  const alone = new Map<Followed, Found>()
  for (const row of rows) alone.set(row, await askFor([row]))
  return (row) => alone.get(row) ?? []
}

function read(tools: Tools, row: Followed, found: (row: Followed) => Found): FollowedRecord {
  const before = stateOf(row.state)
  return readFollowed(row.subject, before, (reading) => {
    const item = itemOf(tools, before.asked, found(row))
    const change = changeOf(tools, row.subject, item)
    if (change.digest !== before.told) reading.messages.push(change.message)
    reading.state = { event: before.event, asked: before.asked, told: change.digest }
    if (change.status === 'rejected') reading.state = null
    if (change.status !== 'finished') return
    const result = resultOf(tools, row.subject, before.event, item)
    if (!result) return
    reading.messages.push(result)
    reading.state = null
  })
}

function itemOf({ options }: Tools, asked: string, found: Found): hoTich.StatesAnswerHoSo {
  if (found instanceof ConnectorError) throw found
  const own = found.filter((item) => isAbout(options, item, asked))
  const [item, ...others] = own
  if (!item) throw permanent('target-not-found')
  // Said twice is said once; two different states of one dossier are none.
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(item)))
    throw unknown('answer-invalid')
  return item
}

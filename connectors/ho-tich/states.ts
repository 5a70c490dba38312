/**
 * What became of the dossiers that were sent: the system says it only when asked, a few codes a call.
 * A run goes through all that is followed, by code, a call's worth a page; an empty cursor begins anew.
 * Each dossier is read by itself: one that cannot be made out is told of, and asked about again.
 */
import {
  ConnectorError,
  type Followed,
  type hoTich,
  type IncomingMessage,
  type PullPage,
  type PullRequest,
  permanent,
  type UnreadRecord,
  unknown,
} from '../../src/connector/index.ts'
import { digest, type FollowState, isAbout, moduleOf, type Tools } from './push.ts'
import { changeOf, resultOf } from './translate.ts'

interface Reading {
  readonly messages: readonly IncomingMessage[]
  /** Null: nothing more is to come. */
  readonly state: FollowState | null
  readonly unread: readonly UnreadRecord[]
}

export async function pullStates(
  tools: Tools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const { codesPerCall } = tools.options
  const rows = await request.followed(request.cursor, codesPerCall)
  const readings: (Reading & { subject: string })[] = []
  for (const event of new Set(rows.map(({ state }) => stateOf(state).event))) {
    const some = rows.filter(({ state }) => stateOf(state).event === event)
    const found = await ask(tools, event, some, signal)
    for (const row of some) readings.push({ subject: row.subject, ...read(tools, row, found) })
  }
  const more = rows.length === codesPerCall
  return {
    messages: readings.flatMap(({ messages }) => messages),
    follows: readings.map(({ subject, state }) => ({ subject, state: state && { ...state } })),
    unread: readings.flatMap(({ unread }) => unread),
    cursor: more ? rows.at(-1)?.subject : '',
    more,
  }
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

/** The system has answered as agreed, but said no, or in words that are in no table. */
const isAboutRecord = ({ code }: ConnectorError): boolean =>
  code === 'target-rejected' || code === 'answer-wording-unknown'

function read(tools: Tools, row: Followed, found: (row: Followed) => Found): Reading {
  const before = stateOf(row.state)
  const messages: IncomingMessage[] = []
  const unread: UnreadRecord[] = []
  let state: FollowState | null = before
  try {
    const item = itemOf(tools, before.asked, found(row))
    const change = changeOf(tools, row.subject, item)
    if (change.digest !== before.told) messages.push(change.message)
    state = { event: before.event, asked: before.asked, told: change.digest }
    if (change.status === 'rejected') state = null
    if (change.status === 'finished') {
      const result = resultOf(tools, row.subject, before.event, item)
      if (result) {
        messages.push(result)
        state = null
      }
    }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const pointers = error.faults.map(({ pointer }) => pointer)
    const mark = digest([error.code, pointers])
    const again = mark === before.unread
    unread.push({ subject: row.subject, code: error.code, pointers, again })
    state = { ...(state ?? before), unread: mark }
  }
  return { messages, state, unread }
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

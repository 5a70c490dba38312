/** What is shown follows what happens: lists that the hub says have changed are asked for anew. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

/** `live`: told as it happens. `broken`: the line is being mended. `asking`: it cannot be; lists are asked now and then. */
export type LiveState = 'live' | 'broken' | 'asking'

const address = '/api/v1/live'
/** What has been told meanwhile is asked for at once, and no sooner after the last time. */
const spacingMs = 2_000
const mendMs = 3_000
const askMs = 30_000
/** What ages by itself, "oldest waiting" for example, changes without being told of. */
const ageMs = 60_000
/** A list of which somebody has read many pages is asked for less often: all of them are. */
const manyPages = 3

let state: LiveState = 'broken'
const listeners = new Set<() => void>()

function tell(next: LiveState): void {
  if (state === next) return
  state = next
  for (const listener of listeners) listener()
}

const paths = ['deliveries', 'dossiers', 'problems', 'plans', 'corrections', 'systems', 'pulls']

/** What has to be asked once more. */
interface Left {
  /** Questions that were being asked already: their answers may not know of the change yet. */
  readonly soon: Set<string>
  /** Topics of long lists that were asked for a moment ago. */
  readonly late: Set<string>
}

/** Rows and scroll stay as they are until the answer is there, and what is being asked is not asked twice. */
function ask(
  questions: QueryClient,
  topics: Iterable<string>,
  again: ReadonlySet<string> = new Set(),
): Left {
  const left: Left = { soon: new Set(), late: new Set() }
  // The first screen sums all of them up.
  const told = [...topics]
  const changed = told.length > 0 ? [...told, 'now'] : []
  const topicOf = (asked: string): string | undefined =>
    changed.find((topic) => `${asked}/`.startsWith(`/api/v1/${topic}/`))
  void questions.invalidateQueries({
    predicate: ({ queryHash, queryKey: [method, asked], state }) => {
      const { data, dataUpdatedAt, fetchStatus } = state
      const topic = method === 'get' && typeof asked === 'string' ? topicOf(asked) : undefined
      const isAgain = again.has(queryHash)
      if (topic === undefined && !isAgain) return false
      const { length = 0 } = (data as { pages?: readonly unknown[] } | undefined)?.pages ?? {}
      const isBusy = fetchStatus === 'fetching'
      const isLong = length > manyPages && Date.now() - dataUpdatedAt <= askMs
      if (isBusy) left.soon.add(queryHash)
      else if (isLong && topic !== undefined && !isAgain) left.late.add(topic)
      else return true
      return false
    },
  })
  return left
}

/** Listens while the page is seen; answers how to stop. */
function follow(questions: QueryClient): () => void {
  let source: EventSource | undefined
  let told = new Set<string>()
  let again: ReadonlySet<string> = new Set()
  let longer = new Set<string>()
  let askedMs = 0
  let failures = 0
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const later = (name: string, ms: number, work: () => void): void => {
    clearTimeout(timers.get(name))
    timers.set(name, setTimeout(work, ms))
  }
  const askNow = () => {
    timers.delete('ask')
    askedMs = performance.now()
    const { soon, late } = ask(questions, told, again)
    told = new Set()
    again = soon
    if (soon.size > 0) askFor([])
    for (const topic of late) longer.add(topic)
    if (longer.size > 0 && !timers.has('longer')) later('longer', askMs, askLonger)
  }
  const askLonger = () => {
    timers.delete('longer')
    askFor([...longer])
    longer = new Set()
  }
  const askFor = (topics: readonly string[]) => {
    for (const topic of topics) told.add(topic)
    if (!timers.has('ask'))
      later('ask', Math.max(0, askedMs + spacingMs - performance.now()), askNow)
  }
  const age = () => {
    askFor(['systems'])
    later('age', ageMs, age)
  }
  const shut = () => {
    source?.close()
    source = undefined
  }
  const open = () => {
    shut()
    if (document.hidden) return
    source = new EventSource(address)
    source.onopen = () => {
      // Nobody has told what happened while nobody listened.
      if (failures > 0) askFor(paths)
      failures = 0
      tell('live')
    }
    source.addEventListener('changed', ({ data }) =>
      askFor((JSON.parse(data) as { readonly topics: readonly string[] }).topics),
    )
    source.onerror = () => {
      shut()
      failures += 1
      const isLost = failures > 2
      tell(isLost ? 'asking' : 'broken')
      // This also finds out whether the session has ended.
      askFor(paths)
      later('open', isLost ? askMs : mendMs, open)
    }
  }
  const onSeen = () => {
    if (document.hidden) {
      failures += 1
      shut()
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    } else {
      open()
      later('age', ageMs, age)
    }
  }
  document.addEventListener('visibilitychange', onSeen)
  open()
  later('age', ageMs, age)
  return () => {
    document.removeEventListener('visibilitychange', onSeen)
    for (const timer of timers.values()) clearTimeout(timer)
    shut()
  }
}

/** What is not told of as it happens. */
const unlisted = ['audit', 'users', 'clients']

/** For somebody who may not listen: what he sees is asked for now and then. Answers how to stop. */
function askOnly(questions: QueryClient): () => void {
  const timer = setInterval(() => {
    if (!document.hidden) ask(questions, [...paths, ...unlisted])
  }, askMs)
  return () => clearInterval(timer)
}

/** For the frame, once. */
export function useLive(may: boolean): LiveState {
  const questions = useQueryClient()
  useEffect(() => (may ? follow : askOnly)(questions), [may, questions])
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
  return may ? now : 'asking'
}

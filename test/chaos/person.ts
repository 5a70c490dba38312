/**
 * The administrator of a run: looks at what waits for a person, asks the target what is true, and decides
 * as an administrator would. A system that has paused itself is looked at and resumed.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Offered } from './history.ts'

interface Delivery {
  readonly id: string
  readonly message: string
  readonly system: string
  readonly state: string
  readonly code: string | null
  readonly sentAt: string | null
}

export interface PersonOptions {
  /** Where the operator API may be found; any may be away. */
  readonly addresses: readonly string[]
  readonly key: string
  readonly target: string
  /** By message id. */
  offered(messageId: string): Offered | undefined
}

export interface Person {
  /** What was decided, by decision. */
  readonly decisions: ReadonlyMap<string, number>
  readonly resumed: ReadonlyMap<string, number>
  /** What should not have waited for a person at all. */
  readonly oddities: readonly string[]
  /** Deliveries nobody has finished with, by state; undefined when no hub answered. */
  open(): Promise<ReadonlyMap<string, number> | undefined>
  /** Decides nothing until told to work. */
  rest(): void
  work(): void
  stop(): Promise<void>
}

/** Later than the slowest "applied late" and the longest request of a target. */
const certainAfterMs = 5_000
const roundMs = 700

/** These targets always answer a question in the end, and refuse only what they have not applied. */
function oddityOf({ system, state, code }: Delivery, applied: number): string | undefined {
  if (state === 'unknown')
    return system === 'blind' ? undefined : `unknown, though it can be found out`
  if (code !== 'target-rejected') return `a dead letter by ${code}`
  return applied > 0 ? 'a dead letter that was applied' : undefined
}

export function startPerson(options: PersonOptions): Person {
  const decisions = new Map<string, number>()
  const resumed = new Map<string, number>()
  const oddities: string[] = []
  let stopped = false
  let resting = false

  const call = async (path: string, body?: object): Promise<unknown> => {
    for (const address of options.addresses) {
      try {
        const response = await fetch(address + path, {
          method: body ? 'POST' : 'GET',
          headers: { authorization: `Bearer ${options.key}`, 'content-type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(10_000),
        })
        if (response.status < 500) return response.ok ? await response.json() : undefined
      } catch {
        // Away; the next may be there.
      }
    }
    return undefined
  }

  const listed = async (state: string): Promise<readonly Delivery[] | undefined> => {
    const page = (await call(`/api/v1/deliveries?state=${state}&limit=200`)) as
      | { items: readonly Delivery[] }
      | undefined
    return page?.items
  }

  const truth = async ({ system, message }: Delivery): Promise<number | undefined> => {
    const one = options.offered(message)
    if (!one) return undefined
    const said = await fetch(`${options.target}/-/applied/${system}/${one.subject}/${one.n}`)
    return ((await said.json()) as { applied: number }).applied
  }

  const act = async (delivery: Delivery, what: string): Promise<void> => {
    const reason = 'Đã xem ở hệ thống thử'
    const done = await call(`/api/v1/deliveries/${delivery.id}/${what}`, { reason })
    if (done === undefined) return
    const name = `${delivery.system} ${what}`
    decisions.set(name, (decisions.get(name) ?? 0) + 1)
  }

  /** An unknown outcome may still be the hub's to find out. */
  const waitsForPerson = async ({ id }: Delivery): Promise<boolean> => {
    const view = (await call(`/api/v1/deliveries/${id}`)) as
      | { waitsFor: { kind: string } }
      | undefined
    return view?.waitsFor.kind === 'person'
  }

  const lookAt = async (delivery: Delivery): Promise<void> => {
    const sentAt = delivery.sentAt === null ? 0 : Date.parse(delivery.sentAt)
    if (Date.now() - sentAt < certainAfterMs) return
    if (delivery.state === 'unknown' && !(await waitsForPerson(delivery))) return
    const applied = await truth(delivery)
    if (applied === undefined) return
    const odd = oddityOf(delivery, applied)
    if (odd) oddities.push(`${delivery.system} ${delivery.id}: ${odd}`)
    if (delivery.state === 'unknown')
      await act(delivery, applied > 0 ? 'confirm-delivered' : 'send-again')
    else await act(delivery, applied > 0 ? 'discard' : 'redrive')
  }

  const resume = async (): Promise<void> => {
    const page = (await call('/api/v1/systems')) as
      | { items: readonly { id: string; paused: { code: string | null } | null }[] }
      | undefined
    for (const { id, paused } of page?.items ?? []) {
      if (!paused) continue
      if ((await call(`/api/v1/systems/${id}/resume`, { reason: 'Đã xem lại' })) !== undefined)
        resumed.set(id, (resumed.get(id) ?? 0) + 1)
    }
  }

  const rounds = (async () => {
    while (!stopped) {
      await resume()
      // Newest first, as they come: a lane's order asks for it.
      for (const state of resting ? [] : ['unknown', 'dead'])
        for (const delivery of (await listed(state)) ?? []) await lookAt(delivery)
      await pause(roundMs)
    }
  })()

  return {
    decisions,
    resumed,
    oddities,
    async open() {
      const counts = new Map<string, number>()
      for (const state of ['waiting', 'sending', 'unknown', 'dead', 'held']) {
        const found = await listed(state)
        if (!found) return undefined
        if (found.length > 0) counts.set(state, found.length)
      }
      return counts
    },
    rest() {
      resting = true
    },
    work() {
      resting = false
    },
    async stop() {
      stopped = true
      await rounds
    },
  }
}

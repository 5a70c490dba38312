/** Events that were handed to the simulated system, each applied once by its id. */
export interface HeldEvent {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly data: unknown
}

type Applied = 'accepted' | 'duplicate' | 'conflict'

export interface EventStore {
  apply(event: HeldEvent): Applied
  has(id: string): boolean
  /** By subject, in the order of arrival. */
  bySubject(): ReadonlyMap<string, readonly HeldEvent[]>
}

export function createEventStore(held: Iterable<HeldEvent>): EventStore {
  const events = new Map([...held].map((event) => [event.id, event]))
  return {
    apply(event) {
      const known = events.get(event.id)
      if (known) return JSON.stringify(known) === JSON.stringify(event) ? 'duplicate' : 'conflict'
      events.set(event.id, event)
      return 'accepted'
    },
    has: (id) => events.has(id),
    bySubject() {
      const subjects = new Map<string, HeldEvent[]>()
      for (const event of events.values()) {
        const known = subjects.get(event.subject)
        if (known) known.push(event)
        else subjects.set(event.subject, [event])
      }
      return subjects
    },
  }
}

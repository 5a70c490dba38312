/** The messages of a load: one realistic snapshot, under many dossier codes. */
import { createDossierGenerator } from '../../connectors/tthc/simulator/dossier-generator.ts'

/** `own`: every message its own dossier. `shared`: 300 dossiers, zipf 1.1. */
export type Spread = 'own' | 'shared'

export interface Load {
  readonly eventId: string
  readonly subject: string
  readonly body: Buffer
}

const sharedDossiers = 300

/** Deterministic numbers in [0, 1). */
function createNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function zipf(count: number, exponent: number, random: () => number): () => number {
  const sums: number[] = []
  let sum = 0
  for (let rank = 1; rank <= count; rank++) {
    sum += 1 / rank ** exponent
    sums.push(sum)
  }
  return () => {
    const at = random() * sum
    return sums.findIndex((limit) => at < limit)
  }
}

export interface LoadTask {
  readonly count: number
  readonly spread: Spread
  /** Keeps the event ids of one load apart from those of another. */
  readonly run: string
  /** The number before that of the first dossier: no load of `own` ones meets those of another. */
  readonly after: number
}

/** Events as the hub takes them in structured mode. */
export function createLoad({ count, spread, run, after }: LoadTask): Load[] {
  const life = createDossierGenerator(11).life()
  const snapshot = life.messages.find((message) => message.type === 'vn.tthc.dossier.upserted.v1')
  if (!snapshot) throw new Error('the generator made no snapshot')
  const pick = zipf(sharedDossiers, 1.1, createNumbers(7))
  const parts = (code: string, eventId: string): string => {
    const { data, eventId: _, ...attributes } = snapshot
    const event = {
      specversion: '1.0',
      ...attributes,
      id: eventId,
      datacontenttype: 'application/json',
      data,
    }
    return JSON.stringify(event).replaceAll(life.code, code)
  }
  return Array.from({ length: count }, (_, index) => {
    const serial = String(spread === 'own' ? after + index + 1 : pick() + 1).padStart(6, '0')
    const subject = `H99.14-260105-${serial}`
    const eventId = `${run}-${index}`
    return { eventId, subject, body: Buffer.from(parts(subject, eventId)) }
  })
}

/** The messages of a load: one realistic snapshot, under many dossier codes. */
import { createDossierGenerator } from '../../connectors/tthc/simulator/dossier-generator.ts'
import type { Dossier, IncomingMessage } from '../../src/connector/index.ts'
import { createNumbers, createZipf } from '../support/numbers.ts'

/**
 * `own`: every message its own dossier. `shared`: 300 dossiers, zipf 1.1. `hot`: one dossier.
 * `quiet`: 299 others, in turn.
 */
export type Spread = 'own' | 'shared' | 'hot' | 'quiet'

export interface Load {
  readonly eventId: string
  /** The event in structured mode. */
  readonly event: string
}

export interface LoadTask {
  readonly count: number
  readonly spread: Spread
  /** Keeps the event ids of one load apart from those of another. */
  readonly run: string
  /** The number before that of the first dossier: no load of `own` ones meets those of another. */
  readonly after: number
  /** Bytes of an event, about; undefined leaves the snapshot as it is, some 3 kB. */
  readonly bytes?: number | undefined
}

const codeOf = (number: number): string => {
  const day = String(5 + Math.floor(number / 1e6)).padStart(2, '0')
  return `H99.14-2601${day}-${String(number % 1e6).padStart(6, '0')}`
}

/** The number of each message's dossier. */
function numbersOf({ spread, after }: LoadTask): (index: number) => number {
  const pick = createZipf(300, 1.1, createNumbers(7))
  return {
    own: (index: number) => after + index + 1,
    shared: () => pick() + 1,
    hot: () => 1,
    quiet: (index: number) => 2 + (index % 299),
  }[spread]
}

/** A dossier grows by the files that were handed in with it. */
function grown(dossier: Dossier, bytes: number): Dossier {
  const [file] = dossier.components
  if (!file) throw new Error('the snapshot has no component')
  const missing = Math.max(0, bytes - JSON.stringify(dossier).length)
  const count = Math.min(400, Math.ceil(missing / 600))
  const room = Math.floor(missing / Math.max(1, count)) - JSON.stringify(file).length
  const files = Array.from({ length: count }, (_, index) => ({
    ...file,
    fileId: `TEP-${index}`,
    name: `${'to-khai-'.repeat(Math.max(1, Math.floor(room / 8)))}${index}.pdf`,
  }))
  return { ...dossier, components: [...dossier.components, ...files] }
}

const idMark = 'the event id'

function eventOf({ data, eventId: _, ...attributes }: IncomingMessage, id: string, bytes?: number) {
  const { dossier } = data as { dossier: Dossier }
  const event = {
    specversion: '1.0',
    ...attributes,
    id,
    datacontenttype: 'application/json',
    data: bytes === undefined ? data : { dossier: grown(dossier, bytes) },
  }
  return JSON.stringify(event)
}

export function createLoad(task: LoadTask): Load[] {
  const life = createDossierGenerator(11).life()
  const snapshot = life.messages.find((message) => message.type === 'vn.tthc.dossier.upserted.v1')
  if (!snapshot) throw new Error('the generator made no snapshot')
  const numberOf = numbersOf(task)
  const text = eventOf(snapshot, idMark, task.bytes)
  return Array.from({ length: task.count }, (_, index) => {
    const eventId = `${task.run}-${index}`
    const event = text.replace(idMark, eventId).replaceAll(life.code, codeOf(numberOf(index)))
    return { eventId, event }
  })
}

/** Corrections as the doors ask for them. */
import { createCorrectionStore } from '../../adapters/postgres/corrections/store.ts'
import type { Database } from '../../adapters/postgres/database.ts'
import { digest } from '../../adapters/system/digest.ts'
import { uuidv7 } from '../../adapters/system/ids.ts'
import type { Revision } from '../../domain/configuration.ts'
import { correctionLimits } from '../../domain/correction.ts'
import { HubError } from '../../domain/errors.ts'
import type { Message } from '../../domain/message.ts'
import { eventOf } from '../../engine/corrections/correct-message.ts'
import { createCorrectionDesk } from '../../engine/corrections/correction-desk.ts'
import type { Original } from '../../engine/ports/corrections.ts'
import type { Wakeups } from '../../engine/ports/wakeups.ts'
import type { CorrectionDryRun, Hub } from '../hub.ts'
import type { ProcessSettings } from '../settings.ts'
import type { Law } from './law.ts'
import type { OpenStore } from './store.ts'

const mostBytes = 4 * 1024 * 1024

interface CorrectionParts {
  readonly settings: ProcessSettings
  readonly database: Database
  readonly keys: OpenStore['keys']
  readonly law: Law
  readonly revision: () => Revision | undefined
  readonly wakeups: Wakeups
}

/** A CloudEvent as it would be submitted; nothing is kept under its name. */
function sampleOf(message: Message, data: unknown): object {
  const { eventId, ...event } = eventOf(message, uuidv7(), data)
  return { specversion: '1.0', id: eventId, ...event, datacontenttype: 'application/json' }
}

interface Corrected {
  readonly original: Original
  readonly data: unknown
}

export function createCorrections(
  { settings, database, keys, law, revision, wakeups }: CorrectionParts,
  dryRuns: Hub['dryRuns'],
): Hub['corrections'] {
  const store = createCorrectionStore(database, keys)
  const desk = createCorrectionDesk({
    ...{ store, revision, wakeups, digest, cipher: keys.keyring, schemas: law.registry },
    ...{ newId: uuidv7, approval: settings.correctionApproval === 'on' },
  })

  const dryRun = async (
    messages: readonly Corrected[],
    ...[act, signal]: [Parameters<Hub['dryRuns']['run']>[1], AbortSignal]
  ): Promise<readonly CorrectionDryRun[]> => {
    const places = messages.flatMap(({ original }) => original.places)
    const runs: CorrectionDryRun[] = []
    for (const { job, system } of new Map(places.map((place) => [place.job, place])).values()) {
      const own = messages.filter(({ original }) =>
        original.places.some((place) => place.job === job),
      )
      const samples = own.map(({ original, data }) => sampleOf(original.message, data))
      const report = await dryRuns.run({ job, samples, last: 0, mostBytes }, act, signal)
      runs.push({ system, job, report })
    }
    return runs
  }

  return {
    ...desk,
    async tryOne({ message, data, deliveries }, reach, act, signal) {
      const found = await store.original(message, reach)
      if (!found) throw new HubError('not-found')
      const faults = (await desk.check({ message, data }, reach)).faults
      if (faults.length > 0)
        throw new HubError('schema-violation', {
          faults: faults.map((one) => ({ ...one, pointer: `/data${one.pointer}` })),
        })
      const places = found.places.filter(
        ({ lane, number }) => !deliveries || deliveries.includes(`${lane}.${number}`),
      )
      return dryRun([{ original: { ...found, places }, data }], act, signal)
    },
    async tryDraft(id, act, signal) {
      const draft = await store.draft(id, correctionLimits.dryRun)
      if (!draft) throw new HubError('not-found')
      return dryRun(draft.messages, act, signal)
    },
  }
}

/** What people do to a system beyond pausing it: test its connection, set its rate and its maintenance windows. */
import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../../adapters/postgres/database.ts'
import { createSystemStore } from '../../adapters/postgres/systems.ts'
import { checkOrder, notTried } from '../../connector/check.ts'
import type { CheckStep } from '../../connector/contract.ts'
import type { Configuration, Revision, System } from '../../domain/configuration.ts'
import { type Fault, HubError } from '../../domain/errors.ts'
import { type MaintenanceWindow, occurrenceOf } from '../../domain/maintenance.ts'
import type { RevisionStore } from '../../engine/ports/configuration.ts'
import type { Act } from '../../engine/ports/interventions.ts'
import type { SystemChange, SystemDesk } from '../../engine/ports/system-desk.ts'
import type { CheckStepView } from '../../engine/ports/systems.ts'
import { checkSystem } from '../config/check-system.ts'
import type { SystemFile } from '../config/defaults.ts'
import type { ConfigLaw } from '../config/law.ts'
import { addressesOf, type Way, walkTo } from './reach-host.ts'
import type { Targets } from './targets.ts'

export interface SystemDeskParts {
  readonly revisions: Pick<RevisionStore, 'change'>
  readonly revision: () => Revision | undefined
  readonly reload: () => Promise<void>
  readonly law: ConfigLaw
  readonly targets: Pick<Targets, 'target' | 'check'>
  readonly database: Database
}

const viewOf = ({ tried, ...step }: CheckStep): CheckStepView => ({
  ...step,
  tried: tried ?? true,
})

/**
 * The steps of the way, each with its own time, before what the connector has asked. Whether a step went well is
 * what the connector found: it uses the way as deliveries do.
 */
function together(way: Way, asked: readonly CheckStep[]): CheckStepView[] {
  const wrong = asked.find(({ ok }) => !ok)
  const end = wrong ? checkOrder.indexOf(wrong.name) : checkOrder.length
  const before = [...way.steps].flatMap(([name, { durationMs, detail }]) => {
    const place = checkOrder.indexOf(name)
    if (place === end) return []
    return place < end ? [{ name, ok: true, durationMs, detail }] : [notTried(name)]
  })
  const known = new Set(before.map(({ name }) => name as CheckStep['name']))
  const rank = ({ name }: CheckStep): number => checkOrder.indexOf(name)
  return [...before, ...asked.filter((step) => !known.has(step.name))]
    .toSorted((a, b) => rank(a) - rank(b))
    .map(viewOf)
}

const systemIn = (configuration: Configuration | undefined, id: string): System => {
  const found = configuration?.systems.find((one) => one.id === id)
  if (found) return found
  throw new HubError('not-found')
}

/** What the law of configuration files finds wrong, where the pointer of what was given begins so. */
function faultsIn(system: System, law: ConfigLaw, from: string, to: string): Fault[] {
  // As a file would say it: what is not set is not there.
  const file = JSON.parse(JSON.stringify(system)) as SystemFile
  const faults = law.validate('hub/system/v1', file)
  const all = faults.length > 0 ? faults : checkSystem(file, law, [])
  return all
    .filter(({ pointer }) => pointer === from || pointer.startsWith(`${from}/`))
    .map((fault) => ({ ...fault, pointer: to + fault.pointer.slice(from.length) }))
}

const refuse = (faults: readonly Fault[]): void => {
  if (faults.length > 0) throw new HubError('request-invalid', { faults })
}

const eitherOne: Fault = {
  ...{ pointer: '', rule: 'oneOf' },
  vi: 'Ghi đúng một trong hai: add (thêm) hoặc remove (bỏ).',
  en: 'Give exactly one of add and remove.',
}
const isOver: Fault = {
  ...{ pointer: '/add/to', rule: 'future' },
  ...{ vi: 'Thời gian bảo trì này đã qua.', en: 'This window is over.' },
}
const noSuch: Fault = {
  ...{ pointer: '/remove', rule: 'known' },
  vi: 'Hệ thống không có thời gian bảo trì này (có thể người khác vừa bỏ).',
  en: 'The system has no such window; somebody may just have removed it.',
}

function nextWindows(
  system: System,
  { add, remove }: { add?: MaintenanceWindow; remove?: MaintenanceWindow },
  law: ConfigLaw,
): readonly MaintenanceWindow[] {
  const nowMs = Date.now()
  const current = system.maintenance.filter((window) => occurrenceOf(window, nowMs))
  if ((add === undefined) === (remove === undefined)) refuse([eitherOne])
  if (remove) {
    const kept = current.filter((window) => !isDeepStrictEqual(window, remove))
    if (kept.length === current.length) refuse([noSuch])
    return kept
  }
  if (!add || current.some((window) => isDeepStrictEqual(window, add))) return current
  const windows = [...current, add]
  const place = `/maintenance/${windows.length - 1}`
  const judged = { ...system, maintenance: windows }
  refuse(faultsIn(judged, law, place, '/add'))
  refuse(faultsIn(judged, law, '/maintenance', '/add'))
  if (!occurrenceOf(add, nowMs)) refuse([isOver])
  return windows
}

export function createSystemDesk(deps: SystemDeskParts): SystemDesk {
  const { revisions, reload, law, targets } = deps
  const systemStore = createSystemStore(deps.database)

  /** One system as a new revision, on record with what changed. */
  async function change(
    id: string,
    act: Act,
    action: string,
    make: (system: System) => { next: System; before: unknown; after: unknown },
  ): Promise<SystemChange> {
    const { id: revision, changed } = await revisions.change((newest) => {
      if (!newest) throw new HubError('not-found')
      const { next, before, after } = make(systemIn(newest, id))
      const systems = newest.systems.map((one) => (one.id === id ? next : one))
      return {
        configuration: { ...newest, systems },
        told: { action, object: id, before, after },
      }
    }, act)
    await reload()
    return { revision, changed }
  }

  return {
    async check(id, signal, actor) {
      // What cannot be spoken to is said before anything is tried.
      targets.target(id)
      const { connector, options } = systemIn(deps.revision()?.configuration, id)
      const schema = law.manifests.find((one) => one.id === connector)?.options ?? {}
      const addresses = addressesOf(schema, options)
      const [way, asked] = await Promise.all([
        walkTo(addresses, new Date()),
        targets.check(id, signal),
      ])
      const steps = together(way, asked)
      const { certificates } = way
      const isPlain = !addresses.some(({ secure }) => secure)
      return systemStore.keepCheck(
        id,
        {
          ...{ ok: steps.every(({ ok }) => ok), steps },
          ...((isPlain || certificates.length > 0) && { certificates }),
        },
        actor,
      )
    },
    setRate: (id, ratePerSecond, act) =>
      change(id, act, 'system.rate', (system) => {
        const next: System = { ...system, ratePerSecond: ratePerSecond ?? undefined }
        refuse(faultsIn(next, law, '/ratePerSecond', '/ratePerSecond'))
        const before = { ratePerSecond: system.ratePerSecond ?? null }
        return { next, before, after: { ratePerSecond } }
      }),
    changeWindows: (id, windows, act) =>
      change(id, act, 'system.windows', (system) => {
        const maintenance = nextWindows(system, windows, law)
        const next: System = { ...system, maintenance }
        return { next, before: system.maintenance, after: maintenance }
      }),
  }
}

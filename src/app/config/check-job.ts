/** What a schema alone cannot say about a sync job: its systems, message types and schedule. */
import { Cron } from 'croner'
import { type Manifest, operationFor } from '../../connector/manifest.ts'
import type { PullJob, PushJob } from '../../domain/configuration.ts'
import type { Fault } from '../../domain/errors.ts'
import { nearest } from '../nearest.ts'
import { didYouMean, pointerTo } from './config-fault.ts'
import type { ConfigLaw } from './law.ts'

/** What a job may refer to. A system whose file is faulty exists all the same. */
export interface KnownSystems {
  readonly ids: readonly string[]
  /** Undefined when the system's file or connector is faulty: then that is the fault to mend. */
  manifest(system: string): Manifest | undefined
}

export interface JobFindings {
  readonly faults: readonly Fault[]
  readonly warnings: readonly Fault[]
}

/** A job as far as its fields have their right shape. */
type Part = Partial<PushJob> | Partial<PullJob>

export function checkJob(job: Part, systems: KnownSystems, law: ConfigLaw): JobFindings {
  if (job.kind === 'push') return checkPush(job, systems, law)
  return job.kind === 'pull' ? checkPull(job, systems) : { faults: [], warnings: [] }
}

function checkPush(job: Partial<PushJob>, systems: KnownSystems, law: ConfigLaw): JobFindings {
  const { to, types = [], policy } = job
  const manifest = to === undefined ? undefined : systems.manifest(to)
  const faults = [
    ...systemFault('/to', to, systems),
    ...types.flatMap((type, index) => typeFaults(type, index, manifest, law)),
  ]
  const snapshots = types.filter((type) => manifest && operationFor(manifest, type)?.snapshot)
  const pointless = manifest && policy === 'supersede' && snapshots.length === 0
  const warning = {
    pointer: '/policy',
    rule: 'supersede',
    vi: 'supersede không có tác dụng: không loại bản tin nào ở đây mang đủ trạng thái; sẽ như block.',
    en: 'supersede has no effect: no type here carries the whole state; it will act as block.',
  }
  return { faults, warnings: pointless ? [warning] : [] }
}

function typeFaults(
  type: string,
  index: number,
  manifest: Manifest | undefined,
  law: ConfigLaw,
): Fault[] {
  const pointer = pointerTo('types', index)
  if (!law.messageTypes.includes(type)) {
    const meant = didYouMean(nearest(type, law.messageTypes))
    const vi = `Danh mục không có loại bản tin này${meant.vi}`
    return [{ pointer, rule: 'type', vi, en: `There is no such message type${meant.en}` }]
  }
  if (!manifest || operationFor(manifest, type)) return []
  const taken = manifest.operations.flatMap(({ types }) => types).join(', ')
  return [
    {
      pointer,
      rule: 'operation',
      vi: `Connector ${manifest.id} không nhận loại bản tin này (nhận: ${taken}).`,
      en: `The connector ${manifest.id} does not take this type (it takes: ${taken}).`,
    },
  ]
}

function checkPull(job: Partial<PullJob>, systems: KnownSystems): JobFindings {
  const { from, operation, schedule } = job
  const manifest = from === undefined ? undefined : systems.manifest(from)
  return {
    faults: [
      ...systemFault('/from', from, systems),
      ...(manifest && operation !== undefined ? pullFault(operation, manifest) : []),
      ...(schedule === undefined ? [] : cronFault(schedule)),
    ],
    warnings: [],
  }
}

function systemFault(pointer: string, id: string | undefined, systems: KnownSystems): Fault[] {
  if (id === undefined || systems.ids.includes(id)) return []
  const meant = didYouMean(nearest(id, systems.ids))
  const list = systems.ids.join(', ')
  const vi = `Không có hệ thống này trong systems/ (hiện có: ${list})${meant.vi}`
  const en = `There is no such system in systems/ (there are: ${list})${meant.en}`
  return [{ pointer, rule: 'system', vi, en }]
}

function pullFault(operation: string, manifest: Manifest): Fault[] {
  const names = (manifest.pulls ?? []).map(({ name }) => name)
  if (names.includes(operation)) return []
  const list = names.join(', ') || '–'
  const meant = didYouMean(nearest(operation, names))
  return [
    {
      pointer: '/operation',
      rule: 'operation',
      vi: `Connector ${manifest.id} không có thao tác lấy về này (có: ${list})${meant.vi}`,
      en: `The connector ${manifest.id} has no such pull (it has: ${list})${meant.en}`,
    },
  ]
}

function cronFault(schedule: string): Fault[] {
  const words = {
    pointer: '/schedule',
    rule: 'cron',
    vi: 'Không phải lịch cron 5 trường có lần chạy tới (phút giờ ngày tháng thứ), ví dụ "*/10 * * * *".',
    en: 'Not a cron schedule of 5 fields with a run to come (minute hour day month weekday), for example "*/10 * * * *".',
  }
  // croner would also take a date or a nickname; a schedule is five fields and nothing else.
  if (schedule.trim().split(/\s+/).length !== 5) return [words]
  try {
    const cron = new Cron(schedule, { timezone: 'Asia/Ho_Chi_Minh', mode: '5-part', paused: true })
    return cron.nextRun() ? [] : [words]
  } catch {
    return [words]
  }
}

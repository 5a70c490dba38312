/** The configuration as it is administered over the API: its revisions, and the settings of one object of it. */
import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../../adapters/postgres/database.ts'
import {
  createRevisionQueries,
  type RevisionPair,
} from '../../adapters/postgres/queries/revisions.ts'
import type { Configuration, Revision, SyncJob } from '../../domain/configuration.ts'
import { HubError, type Words } from '../../domain/errors.ts'
import type {
  ConfigurationDesk,
  JobView,
  ObjectPlace,
  RevisionStore,
  RevisionView,
  ValueChange,
} from '../../engine/ports/configuration.ts'
import {
  type ConfigObject,
  elsewhere,
  judgeDraft,
  judgeWhole,
  objectOf,
  withObject,
  yamlOf,
} from '../config/draft.ts'
import { nothing, objectChanges } from '../config/object-changes.ts'
import { formOf } from '../config/settings-form.ts'
import type { Hub } from '../hub.ts'
import { createCodeTableDesk } from './code-tables.ts'
import type { Law } from './law.ts'
import { runsAfter } from './schedule.ts'

interface Dependencies {
  readonly database: Database
  readonly law: Law
  readonly revisions: RevisionStore
  readonly revision: () => Revision | undefined
  readonly reload: () => Promise<void>
}

export const createConfigDesks = (
  parts: Dependencies,
): Pick<Hub, 'codeTables' | 'configuration'> => ({
  codeTables: createCodeTableDesk(parts),
  configuration: createConfigurationDesk(parts),
})

const noRevision = (id: number): HubError =>
  new HubError('not-found', {
    detail: { vi: `Không có bản cấu hình ${id}.`, en: `There is no revision ${id}.` },
  })

const noObject = ({ kind, id }: ObjectPlace): HubError =>
  new HubError('not-found', {
    detail:
      kind === 'jobs'
        ? { vi: `Cấu hình không có công việc ${id}.`, en: `There is no job ${id}.` }
        : { vi: `Cấu hình không có hệ thống ${id}.`, en: `There is no system ${id}.` },
  })

const conflict = (detail: Words): HubError => new HubError('state-conflict', { detail })

const changedMeanwhile = (base: number): HubError =>
  conflict(
    base === 0
      ? {
          vi: 'Mã này đã có trong cấu hình: có người vừa thêm. Chọn mã khác, hoặc mở mục ấy để sửa.',
          en: 'This id is there already: somebody has just added it. Choose another, or open that one.',
        }
      : {
          vi: `Mục này đã được người khác đổi sau bản ${base}. Chưa lưu gì. Tải lại để xem bản mới, rồi sửa tiếp.`,
          en: `Somebody else has changed this since revision ${base}. Nothing was saved. Reload, then go on.`,
        },
  )

const restoredMeanwhile = (base: number): HubError =>
  conflict({
    vi: `Bản ${base} không còn là bản đang dùng: có người vừa đổi cấu hình. Tải lại rồi xem lại trước khi quay về.`,
    en: `Revision ${base} is not in force any more: somebody has changed it. Reload and look again.`,
  })

function viewOf({ content, previous, ...row }: RevisionPair, newest: number): RevisionView {
  const objects = objectChanges(previous?.content ?? nothing, content)
  const count = (change: string): number => objects.filter((one) => one.change === change).length
  return {
    ...{ ...row, inForce: row.id === newest },
    counts: { added: count('added'), removed: count('removed'), changed: count('changed') },
  }
}

const jobOf = (job: SyncJob): JobView => ({
  ...{ id: job.id, kind: job.kind, title: job.title, enabled: job.enabled },
  system: job.kind === 'push' ? job.to : job.from,
  types: job.kind === 'push' ? job.types : [],
})

function nextRunsOf(object: ConfigObject | undefined): string[] {
  if (!object || !('kind' in object) || object.kind !== 'pull' || !object.enabled) return []
  return runsAfter(object.schedule, new Date())
}

function changesOf(
  before: Configuration,
  place: ObjectPlace,
  object: ConfigObject | undefined,
): readonly ValueChange[] {
  if (!object) return []
  const after = withObject(before, place, object)
  return objectChanges(before, after).flatMap(({ changes }) => changes)
}

function createConfigurationDesk(parts: Dependencies): ConfigurationDesk {
  const { law, revisions, reload } = parts
  const queries = createRevisionQueries(parts.database)
  const newestOf = async (): Promise<Revision> => {
    const found = await revisions.current()
    if (!found) throw new HubError('not-found')
    return found
  }
  const pairOf = async (id: number): Promise<RevisionPair> => {
    const pair = await queries.pair(id)
    if (!pair) throw noRevision(id)
    return pair
  }
  const contentOf = async (id: number): Promise<Configuration> => {
    const found = await revisions.get(id)
    if (!found) throw noRevision(id)
    return found.configuration
  }

  return {
    async page(filter) {
      const newest = (await queries.newest()) ?? 0
      const found = await queries.page(filter)
      const items = found.slice(0, filter.limit).map((pair) => viewOf(pair, newest))
      const last = items.at(-1)
      return { items, next: found.length > items.length && last ? String(last.id) : null }
    },
    async difference(id, against) {
      const pair = await pairOf(id)
      const other =
        against === undefined ? pair.previous : { id: against, content: await contentOf(against) }
      return {
        ...viewOf(pair, (await queries.newest()) ?? 0),
        against: other?.id ?? null,
        objects: objectChanges(other?.content ?? nothing, pair.content),
      }
    },
    async restore(id, base, act) {
      const content = await contentOf(id)
      const seen = base === undefined ? undefined : await contentOf(base)
      const reading = judgeWhole(content, law)
      if (!reading.ok)
        throw new HubError('request-invalid', { faults: reading.faults.map(elsewhere) })
      const made = await revisions.change((newest) => {
        if (base !== undefined && !isDeepStrictEqual(newest, seen)) throw restoredMeanwhile(base)
        return {
          configuration: content,
          told: {
            ...{ action: 'revision.restored', object: String(id) },
            ...{ before: null, after: { restored: id } },
          },
        }
      }, act)
      await reload()
      return { revision: made.id, changed: made.changed }
    },
    jobs: () =>
      (parts.revision()?.configuration.jobs ?? [])
        .map(jobOf)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    async settings(place) {
      const { id, configuration } = await newestOf()
      const object = objectOf(configuration, place)
      if (!object) throw noObject(place)
      return {
        ...{ id: place.id, revision: id, value: { ...object } },
        ...{ yaml: yamlOf(configuration, place), nextRuns: nextRunsOf(object) },
        ...formOf(configuration, place, object, law),
      }
    },
    async check(place, draft) {
      const { id, configuration } = await newestOf()
      const { faults, warnings, value, object } = judgeDraft(configuration, place, draft, law)
      return {
        ...{ id: place.id, revision: id, isNew: !objectOf(configuration, place) },
        ...{ faults, warnings, value },
        ...{ changes: changesOf(configuration, place, object), nextRuns: nextRunsOf(object) },
        ...formOf(configuration, place, value, law),
      }
    },
    async save(place, draft, base, act) {
      const seen = base === 0 ? undefined : objectOf(await contentOf(base), place)
      const { id, changed } = await revisions.change((newest) => {
        if (!newest) throw new HubError('not-found')
        const before = objectOf(newest, place)
        if (!isDeepStrictEqual(before, seen)) throw changedMeanwhile(base)
        const { faults, object } = judgeDraft(newest, place, draft, law)
        if (!object || faults.length > 0) throw new HubError('request-invalid', { faults })
        return {
          configuration: withObject(newest, place, object),
          told: {
            ...{ action: place.kind === 'jobs' ? 'job.changed' : 'system.changed' },
            ...{ object: place.id, before: before ?? null, after: object },
          },
        }
      }, act)
      await reload()
      return { revision: id, changed }
    },
  }
}

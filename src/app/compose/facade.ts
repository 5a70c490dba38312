/** The hub as its doors see it, over the parts that open-hub.ts has put together. */
import type { Database } from '../../adapters/postgres/database.ts'
import { createPlanStore } from '../../adapters/postgres/plans.ts'
import { createAuditQueries } from '../../adapters/postgres/queries/audit.ts'
import { createCorrectionQueries } from '../../adapters/postgres/queries/corrections.ts'
import { createPlanQueries } from '../../adapters/postgres/queries/plans.ts'
import { createQueries } from '../../adapters/postgres/queries/queries.ts'
import { verifyStore } from '../../adapters/postgres/verify.ts'
import type { MetricsRegistry } from '../../adapters/system/metrics.ts'
import type { Revision } from '../../domain/configuration.ts'
import { HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { type Accept, toSubmission } from '../../engine/accept/accept.ts'
import { fileAddress } from '../../engine/files/connector-files.ts'
import type { Files } from '../../engine/files/files.ts'
import type { Lookup } from '../../engine/lookups/lookup.ts'
import { createPlanDesk } from '../../engine/plans/plan-desk.ts'
import type { RevisionStore } from '../../engine/ports/configuration.ts'
import type { InterveneStore } from '../../engine/ports/interventions.ts'
import type { GateStore } from '../../engine/ports/lanes.ts'
import type { ProblemStore } from '../../engine/ports/problems.ts'
import type { PullStore } from '../../engine/ports/pulls.ts'
import type { RestoreStore } from '../../engine/ports/upkeep.ts'
import type { Wakeups } from '../../engine/ports/wakeups.ts'
import type { Catalogue } from '../../engine/pulls/catalogue.ts'
import type { Hub } from '../hub.ts'
import type { ProcessSettings } from '../settings.ts'
import { type AboutParts, createAbout } from './about.ts'
import { createAuditDesk } from './audit.ts'
import { createConfigDesks } from './config-desks.ts'
import { createCorrections } from './corrections.ts'
import { createDryRunDesk } from './dry-run.ts'
import type { Law } from './law.ts'
import { createLiveDesk } from './live.ts'
import { pullsOf } from './pulls.ts'
import { nextRuns } from './schedule.ts'
import type { OpenStore } from './store.ts'
import { createSystems } from './systems.ts'
import type { Targets } from './targets.ts'

export interface Parts extends AboutParts {
  readonly settings: ProcessSettings
  readonly log: Logger
  readonly database: Database
  readonly keys: OpenStore['keys']
  readonly metrics: MetricsRegistry
  readonly law: Law
  readonly targets: Targets
  readonly revisions: RevisionStore
  readonly gates: GateStore
  readonly wakeups: Wakeups
  readonly clients: Hub['clients']
  readonly people: Hub['people']
  readonly servedClient: Hub['served']
  readonly pullStore: PullStore
  readonly interveneStore: InterveneStore
  readonly restoreStore: RestoreStore
  readonly problemStore: ProblemStore
  readonly accept: Accept
  readonly files: Files
  readonly lookup: Lookup
  readonly catalogue: Catalogue
  readonly catalogues: Hub['catalogues']
  readonly revision: () => Revision | undefined
  readonly reload: () => Promise<void>
  readonly start: () => Promise<void>
  readonly close: () => Promise<void>
}

function filesOf(
  { files, settings, revision, log }: Parts,
  isClosing: () => boolean,
): Hub['files'] {
  const found = <T>(file: T | undefined): T => {
    if (file === undefined) throw new HubError('not-found')
    return file
  }
  return {
    async keep(upload, client) {
      if (isClosing()) throw stopping()
      const kept = await files.keep(upload, client)
      const { id, size, mediaType } = kept.file
      log.info('file.kept', { file: id, size, mediaType, client, duplicate: kept.duplicate })
      return kept
    },
    find: async (id, reader) => found(await files.find(id, reader)),
    open: async (id, reader) => found(await files.open(id, reader)),
    async link(id, reader, by, until) {
      const token = found(await files.link(id, reader, by, until))
      const publicUrl = settings.publicUrl ?? revision()?.configuration.hub.publicUrl ?? ''
      return fileAddress(publicUrl, token)
    },
    openLink: (token) => files.openLink(token),
    prune: (unusedDays, signal) => files.prune(unusedDays, signal),
  }
}

const stopping = (): HubError => new HubError('hub-stopping', { retryAfterSeconds: 5 })

export function createFacade(parts: Parts): Hub {
  const { accept, database, keys, law, log, targets, wakeups } = parts
  let closing: Promise<void> | undefined

  const acceptNow: Hub['accept'] = (submissions, client) =>
    closing ? Promise.reject(stopping()) : accept.accept(submissions, client)

  const dryRuns = createDryRunDesk(parts)

  return {
    log,
    accept: acceptNow,
    acceptMessages: (messages, client) => acceptNow(messages.map(toSubmission), client),
    queries: {
      ...createQueries(
        database,
        keys,
        () => parts.revision()?.configuration,
        targets.problem,
        (plan) => nextRuns(parts.revision()?.configuration, plan),
        targets.words,
      ),
      ...createPlanQueries(database),
      ...createCorrectionQueries(database, keys),
      ...createAuditQueries(database),
    },
    plans: createPlanDesk(createPlanStore(database)),
    async intervene(place, intervention, act) {
      const { system } = await parts.interveneStore.intervene(place, intervention, act)
      const delivery = `${place.lane}.${place.number}`
      log.info('delivery.intervened', { delivery, intervention, actor: act.actor })
      wakeups.wake(system)
    },
    systems: createSystems(parts),
    lookups: {
      ask: (request, client, signal) =>
        closing ? Promise.reject(stopping()) : parts.lookup.ask(request, client, signal),
      citizenHash: (number) => Buffer.from(parts.lookup.citizenHash(number)).toString('hex'),
    },
    files: filesOf(parts, () => closing !== undefined),
    catalogues: parts.catalogues,
    ...createConfigDesks(parts),
    live: createLiveDesk(parts),
    problems: { change: parts.problemStore.change },
    clients: parts.clients,
    people: parts.people,
    revisions: {
      ...parts.revisions,
      async apply(configuration, act) {
        const result = await parts.revisions.apply(configuration, act)
        await parts.reload()
        return result
      },
      running: parts.revision,
    },
    schemas: {
      messageTypes: () =>
        law.registry.messageTypes().map(({ title, ...type }) => ({ ...type, title: title.vi })),
      schema: (id) => law.registry.schema(id),
      maskPersonal: (type, data) => law.registry.maskPersonal(type, data),
    },
    keys: {
      async rotate(act) {
        const result = await keys.rotate(act)
        log.info('key.rotated', { keyId: result.keyId, actor: act.actor })
        return result
      },
    },
    async restored(lostUntil, act) {
      const result = await parts.restoreStore.restored(lostUntil, act)
      if (result.kind === 'running')
        throw new HubError('state-conflict', {
          detail: {
            vi: `Còn tiến trình nối tới cơ sở dữ liệu này (${result.processes.join(', ')}). Dừng hết mọi tiến trình của liên thông, kể cả dịch vụ tự khởi động lại chúng, rồi làm lại.`,
            en: `Processes are connected to this database (${result.processes.join(', ')}). Stop every hub process, and what starts them again, and repeat.`,
          },
        })
      if (result.kind === 'impossible') {
        const newest = result.newest?.toISOString() ?? '–'
        throw new HubError('state-conflict', {
          detail: {
            vi: `--lost-until phải sau bản tin mới nhất còn giữ (${newest}) và không ở tương lai (bây giờ ${result.now.toISOString()}).`,
            en: `--lost-until must be after the newest message that is left (${newest}) and not in the future (now ${result.now.toISOString()}).`,
          },
        })
      }
      log.warn('store.restored', { doubted: result.doubted, actor: act.actor })
      return result
    },
    pulls: pullsOf(parts),
    dryRuns,
    corrections: createCorrections(parts, dryRuns),
    audit: createAuditDesk(database),
    about: createAbout(parts),
    verify: () => verifyStore(database),
    metrics: () => parts.metrics.page(),
    served(request) {
      parts.metrics.served(request)
      parts.servedClient(request)
    },
    async ready() {
      const store = await database.run('ready', 'select 1', []).then(
        () => true,
        () => false,
      )
      const checks = { store, configuration: parts.revision() !== undefined, accepting: !closing }
      return { ready: Object.values(checks).every(Boolean), checks }
    },
    start: parts.start,
    close() {
      closing ??= accept.idle().then(parts.close)
      return closing
    },
  }
}

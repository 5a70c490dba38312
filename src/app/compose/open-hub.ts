/**
 * Puts the hub together: the only place, with its neighbours in this folder, that names adapters.
 *
 *   api      accepts; wakes others
 *   worker   sends; pulls; keeps house
 *   all      both, waking itself without a detour
 *   console  neither: one command of the CLI
 */
import { hostname } from 'node:os'
import { createWakeups } from '../../adapters/bullmq/wakeups.ts'
import { createEvaluator } from '../../adapters/expressions/evaluator.ts'
import { createAcceptStore } from '../../adapters/postgres/accept.ts'
import { createCatalogueStore } from '../../adapters/postgres/catalogues.ts'
import { createClaim } from '../../adapters/postgres/claim.ts'
import { createInterveneStore } from '../../adapters/postgres/intervene.ts'
import { createKeepLate } from '../../adapters/postgres/keep-late.ts'
import { createLookupStore } from '../../adapters/postgres/lookups.ts'
import { createPlanRunStore } from '../../adapters/postgres/plans.ts'
import { createProblemStore } from '../../adapters/postgres/problems.ts'
import { createPruneStore } from '../../adapters/postgres/prune.ts'
import { createPullStore } from '../../adapters/postgres/pull.ts'
import { createLatest } from '../../adapters/postgres/queries/queries.ts'
import { createRenew } from '../../adapters/postgres/renew.ts'
import { createRestoreStore } from '../../adapters/postgres/restored.ts'
import { createRevisionStore } from '../../adapters/postgres/revisions.ts'
import { createAuditStore } from '../../adapters/postgres/seal.ts'
import { createSettle } from '../../adapters/postgres/settle.ts'
import { createGateStore, createSweepStore } from '../../adapters/postgres/sweep.ts'
import { systemClock } from '../../adapters/system/clock.ts'
import { digest } from '../../adapters/system/digest.ts'
import { uuidv7 } from '../../adapters/system/ids.ts'
import type { Revision } from '../../domain/configuration.ts'
import type { Logger } from '../../domain/log-events.ts'
import { createAccept } from '../../engine/accept/accept.ts'
import { createConnectorFiles } from '../../engine/files/connector-files.ts'
import type { Target } from '../../engine/lanes/lane-run.ts'
import { createSuccesses } from '../../engine/lanes/successes.ts'
import { createLookup } from '../../engine/lookups/lookup.ts'
import type { Wakeups } from '../../engine/ports/wakeups.ts'
import { createCatalogue } from '../../engine/pulls/catalogue.ts'
import type { Hub } from '../hub.ts'
import type { ProcessSettings } from '../settings.ts'
import { createCatalogueDesk } from './catalogues.ts'
import { openClients } from './clients.ts'
import { createFacade, type Parts } from './facade.ts'
import { openFiles } from './files.ts'
import { openLaw } from './law.ts'
import { openMetrics } from './metrics.ts'
import { createOpened, type Opened } from './opened.ts'
import { createPeople } from './people.ts'
import { sharedSessions } from './sessions.ts'
import { type OpenStore, openStore, whenAway } from './store.ts'
import { createTargets } from './targets.ts'
import { type RunningUpkeep, startUpkeepOf } from './upkeep.ts'
import { hubVersion } from './version.ts'
import { createWorker } from './worker.ts'

export type HubRole = ProcessSettings['role'] | 'console'

const wakeupSpacingMs = 100

export interface HubOptions {
  readonly settings: ProcessSettings
  readonly role: HubRole
  readonly log: Logger
  /** A variable of the environment that a configuration file names as `env:NAME`. */
  readonly secret: (name: string) => string | undefined
}

/**
 * Opens everything, in order; what was opened is closed again when a later step fails. Nothing is sent
 * or pulled before `start()`.
 */
export async function openHub(options: HubOptions): Promise<Hub> {
  const store = await openStore(options.settings, options.log, options.role)
  const opened = createOpened()
  opened.add(store.close)
  try {
    return await compose(options, store, opened)
  } catch (error) {
    await opened.close().catch((fault: unknown) => options.log.error('process.fault', {}, fault))
    throw whenAway(store.url, error)
  }
}

async function compose(
  { settings, role, log, secret }: HubOptions,
  { url, database, keys }: OpenStore,
  opened: Opened,
): Promise<Hub> {
  const clock = systemClock
  const processId = `${hostname()}-${process.pid}-${uuidv7().slice(-6)}`
  const sends = role === 'worker' || role === 'all'
  const law = await openLaw(settings.extensionsDir, settings.expressions)
  const { metrics, saveTraffic } = openMetrics(role, database)
  opened.add(metrics.close)
  const { keyring } = keys
  const revisions = createRevisionStore(database)
  const gates = createGateStore(database)
  const { files, sweepUploads } = openFiles(settings, { database, keys, clock, log })
  const evaluator = settings.expressions === 'on' ? createEvaluator({ log }) : undefined
  if (evaluator) opened.add(evaluator.close)
  const targets = createTargets({
    ...{ law, settings, keyring, clock, log, secret },
    evaluate: evaluator?.evaluate,
    files: (owner) => createConnectorFiles(files, clock, owner),
    sharedSession: sharedSessions({ database, keyring, log, processId }),
  })
  opened.add(targets.close)
  let revision: Revision | undefined
  let built: ReadonlyMap<string, Target> = new Map()
  let upkeep: RunningUpkeep | undefined
  let workersAlive = 0

  const problemStore = createProblemStore(database)
  const successes = createSuccesses()
  const claim = createClaim(database, processId)
  const worker = createWorker({
    cipher: keyring,
    digest,
    clock,
    log,
    metrics,
    random: Math.random,
    process: { id: processId, role },
    store: {
      ...createSweepStore(database),
      ...gates,
      ...{ renew: createRenew(database), keepLate: createKeepLate(database, keyring) },
      settle: createSettle(database, keyring, successes.tell),
      async claim(request) {
        const lanes = await claim(request)
        const ids = lanes.flatMap((lane) => lane.deliveries.map((delivery) => delivery.keyId))
        return keys.withKeys(ids, () => lanes)
      },
    },
    onBeat(beat) {
      workersAlive = beat.workers.length
      if (beat.revision !== revision?.id) void reload()
    },
  })

  const { redisUrl } = settings
  const line =
    role === 'console'
      ? undefined
      : await createWakeups({
          backend: redisUrl ? { kind: 'redis', url: redisUrl } : { kind: 'postgres', url },
          ...{ clock, log, spacingMs: wakeupSpacingMs },
          ...(sends && { onWake: (system: string) => worker.wake(system) }),
        })
  if (line) opened.add(line.close)
  /** This process first; the queue only where others may help or must be told. */
  const wakeups: Wakeups = {
    wake(system) {
      if (sends) worker.wake(system)
      if (!sends || workersAlive > 1) line?.wake(system)
    },
  }

  let reloading: Promise<void> | undefined
  const reloadOnce = async (): Promise<void> => {
    const current = await revisions.current()
    if (!current || current.id === revision?.id) return
    built = await targets.build(current.configuration)
    revision = current
    // Before that, the configuration of the last run may yet be replaced.
    if (sends && upkeep) await worker.serve(built)
    log.info('revision.applied', { revision: current.id })
    targets.closeUnused(
      (target) =>
        worker.uses(target) || lookup.uses(target) || (upkeep?.uses(target.connector) ?? false),
    )
  }
  const reload = (): Promise<void> => {
    reloading ??= reloadOnce()
      .catch((error: unknown) => log.error('revision.invalid', {}, error))
      .finally(() => {
        reloading = undefined
      })
    return reloading
  }

  const restoreStore = createRestoreStore(database)
  const accept = createAccept({
    store: createAcceptStore(database),
    schemas: law.registry,
    cipher: keyring,
    digest,
    newId: uuidv7,
    revision: () => revision,
    isSnapshot: targets.isSnapshot,
    lostUntil: await restoreStore.lostUntil(),
    wakeups,
    metrics,
    log,
  })
  const lookup = createLookup({
    store: createLookupStore(database),
    clock,
    log,
    newId: uuidv7,
    hmac: (purpose, text) => keyring.hmac(purpose, text),
    target: targets.target,
    validate: law.validateAgainst,
  })
  const pullStore = createPullStore(database)
  const catalogueStore = createCatalogueStore(database)
  const catalogue = createCatalogue({
    ...{ store: catalogueStore, digest, clock, log },
    sourceOf: (name) => `/${revision?.configuration.hub.province.toLowerCase()}/catalogues/${name}`,
  })
  const clients = openClients({ database, keyring, clock, log, settings })
  opened.add(clients.close)

  const people = createPeople({
    ...{ database, keyring, clock, log, settings },
    configuration: () => revision?.configuration,
  })

  await reload()

  const parts: Parts = {
    settings,
    log,
    database,
    keys,
    metrics,
    law,
    targets,
    revisions,
    gates,
    wakeups,
    ...{ clients: clients.desk, people, servedClient: clients.served },
    pullStore,
    interveneStore: createInterveneStore(database),
    ...{ restoreStore, problemStore, storeUrl: url },
    accept,
    ...{ lookup, catalogue, files },
    catalogues: createCatalogueDesk({
      ...{ store: catalogueStore, catalogue, accept, schemas: law.registry },
    }),
    revision: () => revision,
    ...{ reload, secret, role },
    async start() {
      await sweepUploads().catch((error: unknown) => log.error('prune.failed', {}, error))
      if (sends) {
        opened.add(() => worker.stop(settings.stopTimeoutMs))
        await worker.serve(built)
        await worker.start()
      }
      await problemStore.joined(hubVersion())
      upkeep = startUpkeepOf({
        ...{ sends, log, clock, processId, reload, accept, catalogue, wakeups },
        ...{ pullStore, files, sweepUploads, problemStore, successes, saveTraffic },
        planStore: createPlanRunStore(database),
        ...{ revision: () => revision, refreshKeys: keys.refresh },
        pruneStore: createPruneStore(database),
        auditStore: createAuditStore(database),
        connector: (system) => targets.connector(system),
        isOpen: worker.isOpen,
        isPrompt: (job) => targets.isPrompt(job.from, job.operation),
        latest: createLatest(database, keys),
      })
      opened.add(upkeep.stop)
    },
    close: opened.close,
  }
  return createFacade(parts)
}

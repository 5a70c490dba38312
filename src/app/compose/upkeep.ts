/** What comes round by itself in a running process. */
import type { Connector, PullRequest } from '../../connector/contract.ts'
import type { PullJob, Revision } from '../../domain/configuration.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { Accept } from '../../engine/accept/accept.ts'
import type { Files } from '../../engine/files/files.ts'
import type { Successes } from '../../engine/lanes/successes.ts'
import { createPlanRunner, type PlanRunner } from '../../engine/plans/plan-runner.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { PlanRunStore } from '../../engine/ports/plans.ts'
import type { ProblemStore } from '../../engine/ports/problems.ts'
import type { PullStore } from '../../engine/ports/pulls.ts'
import type { AuditStore, PruneStore } from '../../engine/ports/upkeep.ts'
import type { Wakeups } from '../../engine/ports/wakeups.ts'
import type { Catalogue } from '../../engine/pulls/catalogue.ts'
import { createPull, type Pull } from '../../engine/pulls/pull.ts'
import { type Chore, startUpkeep, type Upkeep } from '../../engine/upkeep.ts'
import { nextRun } from './schedule.ts'
import { keyRefreshMs } from './store.ts'

interface UpkeepDependencies {
  /** Whether this process sends and pulls. */
  readonly sends: boolean
  readonly log: Logger
  readonly clock: Clock
  readonly processId: string
  readonly revision: () => Revision | undefined
  readonly reload: () => Promise<void>
  readonly refreshKeys: () => Promise<void>
  readonly accept: Accept
  readonly catalogue: Catalogue
  readonly pullStore: PullStore
  readonly pruneStore: PruneStore
  readonly problemStore: ProblemStore
  readonly successes: Successes
  /** Counts of attempts that are not in the store yet. */
  readonly saveTraffic: () => Promise<void>
  readonly auditStore: AuditStore
  readonly files: Pick<Files, 'prune'>
  readonly planStore: PlanRunStore
  readonly wakeups: Wakeups
  /** Uploads to this machine that were killed half-way. */
  readonly sweepUploads: () => Promise<void>
  readonly connector: (system: string) => Connector | undefined
  readonly isOpen: (system: string) => boolean
  readonly isPrompt: (job: PullJob) => boolean
  readonly latest: PullRequest['latest']
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const pruneLimit = 1_000

const pullOf = (deps: UpkeepDependencies): Pull =>
  createPull({
    ...deps,
    store: deps.pullStore,
    process: deps.processId,
    nextRun,
    jobs: () =>
      deps.revision()?.configuration.jobs.filter((job): job is PullJob => job.kind === 'pull') ??
      [],
  })

async function sweepProblems({
  problemStore,
  successes,
  clock,
  log,
}: UpkeepDependencies): Promise<void> {
  const taken = successes.take()
  try {
    if (taken.length > 0) {
      const nowMs = clock.monotonicMs()
      const rows = taken.map(({ atMs, ...row }) => ({ ...row, agoMs: Math.max(0, nowMs - atMs) }))
      await problemStore.succeeded(rows)
    }
  } catch (error) {
    for (const { system, operation, atMs } of taken) successes.tell(system, operation, atMs)
    throw error
  }
  const resolved = await problemStore.sweep()
  if (resolved > 0) log.info('problem.resolved', { problems: resolved })
}

function choresOfWorker(deps: UpkeepDependencies, pull: Pull, plans: PlanRunner): Chore[] {
  return [
    {
      name: 'seal',
      everyMs: second,
      failed: 'audit.failed',
      async run() {
        const { rows, head } = await deps.auditStore.seal()
        // The head in the log is an anchor outside the database.
        if (rows > 0) deps.log.info('audit.sealed', { rows, head })
      },
    },
    {
      name: 'problems',
      everyMs: 5 * second,
      failed: 'sweep.failed',
      run: () => sweepProblems(deps),
    },
    {
      name: 'traffic',
      everyMs: 5 * second,
      failed: 'sweep.failed',
      run: () => deps.saveTraffic(),
    },
    { name: 'pull', everyMs: second, failed: 'pull.failed', run: (signal) => pull.runDue(signal) },
    {
      name: 'plans',
      everyMs: second / 2,
      failed: 'plan.failed',
      run: (signal) => plans.runDue(signal),
    },
    {
      name: 'prune',
      everyMs: minute,
      failed: 'prune.failed',
      async run(signal) {
        const retention = deps.revision()?.configuration.hub.retention
        if (!retention) return
        for (let more = true; more && !signal.aborted; ) {
          const bodies = await deps.pruneStore.pruneBodies(retention.bodiesDays, pruneLimit)
          const evidence = await deps.pruneStore.pruneEvidence(retention.evidenceDays, pruneLimit)
          const items = await deps.pruneStore.prunePlans(retention.bodiesDays, pruneLimit)
          if (bodies + evidence + items > 0)
            deps.log.info('prune.finished', { bodies, evidence, items })
          more = bodies > 0 || evidence === pruneLimit || items === pruneLimit
        }
        await deps.pruneStore.pruneCorrections(retention.bodiesDays)
        const files = await deps.files.prune(retention.filesDays, signal)
        if (files > 0) deps.log.info('prune.finished', { files })
      },
    },
  ]
}

export interface RunningUpkeep extends Upkeep {
  /** Whether a pull under way speaks through this connector. */
  uses(connector: Connector): boolean
}

export function startUpkeepOf(deps: UpkeepDependencies): RunningUpkeep {
  const common: Chore[] = [
    { name: 'revision', everyMs: second, failed: 'revision.invalid', run: () => deps.reload() },
    { name: 'uploads', everyMs: hour, failed: 'prune.failed', run: () => deps.sweepUploads() },
    { name: 'keys', everyMs: keyRefreshMs, failed: 'sweep.failed', run: () => deps.refreshKeys() },
  ]
  if (!deps.sends) return { ...startUpkeep(common, deps.log), uses: () => false }
  const pull = pullOf(deps)
  const plans = createPlanRunner({
    ...deps,
    store: deps.planStore,
    process: deps.processId,
    systems: () => deps.revision()?.configuration.systems ?? [],
  })
  const upkeep = startUpkeep([...common, ...choresOfWorker(deps, pull, plans)], deps.log)
  return {
    uses: pull.uses,
    async stop() {
      await upkeep.stop()
      await Promise.all([pull.idle(), plans.idle()])
      // What was counted last; where the store is away it is only a figure that is lost.
      await deps.saveTraffic().catch(() => undefined)
    },
  }
}

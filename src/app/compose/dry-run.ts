/** Dry runs as the doors ask for them: which job, under which configurations, over what, and on record. */
import type { Database } from '../../adapters/postgres/database.ts'
import { createDryRunStore } from '../../adapters/postgres/dry-runs.ts'
import { createLatest } from '../../adapters/postgres/queries/queries.ts'
import { systemClock } from '../../adapters/system/clock.ts'
import { digest } from '../../adapters/system/digest.ts'
import type {
  Configuration,
  PullJob,
  PushJob,
  Revision,
  System,
} from '../../domain/configuration.ts'
import { HubError, type Words } from '../../domain/errors.ts'
import { type DryPullReport, dryPull } from '../../engine/dry-run/dry-pull.ts'
import { type DryPushReport, type DrySide, dryPush } from '../../engine/dry-run/dry-push.ts'
import { samplesOf } from '../../engine/dry-run/samples.ts'
import type { PullStore } from '../../engine/ports/pulls.ts'
import type { Catalogue } from '../../engine/pulls/catalogue.ts'
import type { FollowStore } from '../../engine/pulls/open-follows.ts'
import { stableText } from '../../engine/stable-text.ts'
import { readCandidate } from '../config/candidate.ts'
import type { DryRunRequest, Hub } from '../hub.ts'
import type { Law } from './law.ts'
import type { OpenStore } from './store.ts'
import type { Targets } from './targets.ts'

const defaultLast = 100

const invalid = (pointer: string, words: Words): HubError =>
  new HubError('request-invalid', { faults: [{ pointer, rule: 'kind', ...words }] })

const noSamples: Words = {
  vi: 'Việc lấy về đọc từ nguồn, không chạy thử trên bản tin mẫu.',
  en: 'A pull job reads from its source; it takes no samples.',
}
const noStart: Words = {
  vi: 'Chỉ dùng cho việc lấy về.',
  en: 'Goes with a pull job only.',
}
const otherKind: Words = {
  vi: 'Cấu hình thử đổi chiều của luồng này; hãy đặt mã khác.',
  en: 'The candidate turns this job round; give it another id.',
}
const busy: Words = {
  vi: 'Tiến trình này đang chạy thử một luồng khác.',
  en: 'This process has another dry run under way.',
}
const otherQuestion: Words = {
  vi: 'Chạy thử việc lấy về hỏi nguồn đúng như bản đang dùng: trong tham số của hệ thống, cấu hình thử chỉ được đổi phần message của pulls (cách biến dòng thành bản tin) và bảng mã.',
  en: 'A dry run of a pull asks the source as the revision in force does: of the options of the system a candidate may change nothing but how pulls make messages (message), and the code tables.',
}
/** A run that does not stop when it is told to is given up. */
const graceMs = 5_000

const longAfter = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const giveUp = (): void => reject(new HubError('answer-timeout', { detail: doesNotStop }))
    signal.addEventListener('abort', () => setTimeout(giveUp, graceMs).unref(), { once: true })
  })

/** For the audit trail: which candidate it was; it holds references to secrets and no secret. */
const digestOf = (candidate: Configuration): string =>
  Buffer.from(digest.sha256(new TextEncoder().encode(stableText(candidate)))).toString('hex')

const doesNotStop: Words = {
  vi: 'Lần chạy thử không dừng khi hết thời gian nên bị bỏ.',
  en: 'The dry run did not stop when its time was over, and was given up.',
}
const tookTooLong: Words = {
  vi: 'Nguồn không trả hết một trang trong thời gian cho phép.',
  en: 'The source did not give a whole page in the time allowed.',
}

interface DeskDependencies {
  readonly database: Database
  readonly keys: OpenStore['keys']
  readonly law: Law
  readonly targets: Pick<Targets, 'makers'>
  readonly pullStore: FollowStore & Pick<PullStore, 'timesOf'>
  readonly catalogue: Catalogue
  readonly revision: () => Revision | undefined
}

export function createDryRunDesk(parts: DeskDependencies): Hub['dryRuns'] {
  const { database, keys, law, targets } = parts
  const store = createDryRunStore(database, keys)
  const latest = createLatest(database, keys)
  let isRunning = false

  const sideOf = (
    configuration: Configuration | undefined,
    job: PushJob | undefined,
    now: Date,
  ): DrySide | undefined => {
    if (!configuration || !job) return undefined
    const system = systemOf(configuration, job.to)
    return { job, system, target: targets.makers.closed(system, configuration, now) }
  }

  const push = async (
    jobs: Jobs<PushJob>,
    request: DryRunRequest,
    now: Date,
    signal: AbortSignal,
  ): Promise<DryPushReport> => {
    const { candidate, samples = [], messages = [], mostBytes } = request
    const opened: DrySide[] = []
    const open = (
      configuration: Configuration | undefined,
      job: PushJob | undefined,
    ): DrySide | undefined => {
      const side = sideOf(configuration, job, now)
      if (side) opened.push(side)
      return side
    }
    try {
      const last = request.last ?? (samples.length + messages.length > 0 ? 0 : defaultLast)
      const sides = [jobs.current, jobs.candidate].filter((job) => job !== undefined)
      const sampleLaw = { validate: law.validate, schemas: law.registry, digest }
      const asked = {
        current: open(parts.revision()?.configuration, jobs.current),
        candidate: open(candidate, jobs.candidate),
        ...{ samples: samplesOf(samples, sides, sampleLaw), messages, last, mostBytes },
      }
      return await dryPush({ store, digest }, asked, signal)
    } finally {
      for (const { target } of opened) await target.connector.close()
    }
  }

  const pull = async (
    jobs: Jobs<PullJob>,
    request: DryRunRequest,
    signal: AbortSignal,
  ): Promise<DryPullReport> => {
    const inForce = parts.revision()?.configuration
    const configuration = request.candidate ?? inForce
    const job = jobs.candidate ?? jobs.current
    if (!configuration || !job) throw new HubError('not-found')
    const system = systemOf(configuration, job.from)
    if (request.candidate) mustAskTheSame(inForce, system)
    await mustNotBePaused(system.id)
    const { target, http } = targets.makers.reading(system, configuration)
    try {
      return await dryPull(
        {
          ...{ store, latest, catalogue: parts.catalogue, schemas: law.registry, digest },
          ...{ follows: parts.pullStore, timesOf: parts.pullStore.timesOf },
        },
        {
          ...{ job, target, fromStart: request.fromStart ?? false },
          ...{ last: request.last ?? defaultLast, mostBytes: request.mostBytes },
        },
        signal,
      )
    } catch (error) {
      if (!signal.aborted) throw error
      throw new HubError('answer-timeout', { detail: tookTooLong, cause: error })
    } finally {
      await target.connector.close()
      http.close()
    }
  }

  const mustNotBePaused = async (system: string): Promise<void> => {
    const reason = await store.pausedFor(system)
    if (reason === undefined) return
    const detail = {
      vi: `Hệ thống đang tạm dừng: ${reason}`,
      en: `The system is paused: ${reason}`,
    }
    throw new HubError('state-conflict', { detail })
  }

  return {
    candidate: (given) => readCandidate(parts.revision()?.configuration, given, law),
    async run(request, act, signal) {
      const jobs = jobsOf(parts.revision()?.configuration, request)
      if (isRunning) throw new HubError('rate-limited', { detail: busy, retryAfterSeconds: 5 })
      isRunning = true
      try {
        const now = systemClock.now()
        const { samples, messages, last, fromStart, candidate } = request
        await store.begun(
          request.job,
          {
            revision: parts.revision()?.id ?? null,
            ...{ samples: samples?.length ?? 0, last: last ?? null },
            ...(messages && { messages }),
            ...{ fromStart: fromStart ?? false, candidate: candidate ? digestOf(candidate) : null },
          },
          act,
        )
        const report = await Promise.race([
          jobs.kind === 'push' ? push(jobs, request, now, signal) : pull(jobs, request, signal),
          longAfter(signal),
        ])
        return {
          ...{ job: request.job, revision: parts.revision()?.id ?? null },
          ...{ hasCandidate: candidate !== undefined, at: now.toISOString() },
          ...report,
        }
      } finally {
        isRunning = false
      }
    },
  }
}

/**
 * A pull really reads. What it asks, whom and as whom (address, account, certificates, SELECT, request) is what an
 * operator has put in force, to the letter; otherwise a dry run would be a way to make the hub call anybody.
 */
function mustAskTheSame(inForce: Configuration | undefined, system: System): void {
  const before = inForce?.systems.find(({ id }) => id === system.id)
  if (!before || questionOf(before) !== questionOf(system))
    throw new HubError('dry-run-impossible', { detail: otherQuestion })
}

/** All of a system but how it makes messages of what it has read. */
function questionOf({ connector, options, tls, timeoutMs }: System): string {
  const { pulls } = options
  const asked = Array.isArray(pulls)
    ? pulls.map((pull: Readonly<Record<string, unknown>>) => ({ ...pull, message: undefined }))
    : pulls
  return stableText({ connector, options: { ...options, pulls: asked }, tls, timeoutMs })
}

interface Jobs<Job> {
  readonly current: Job | undefined
  readonly candidate: Job | undefined
}

/** The job under both configurations, and that the request goes with its kind. */
function jobsOf(
  inForce: Configuration | undefined,
  { job, samples, messages, fromStart, candidate: given }: DryRunRequest,
): ({ kind: 'push' } & Jobs<PushJob>) | ({ kind: 'pull' } & Jobs<PullJob>) {
  const current = inForce?.jobs.find(({ id }) => id === job)
  const candidate = given?.jobs.find(({ id }) => id === job)
  const one = candidate ?? current
  // Where a candidate is given and has no such job, there is nothing to try.
  if (!one || (given && !candidate)) throw new HubError('not-found', { detail: noJob(job) })
  if (current && current.kind !== one.kind) throw invalid('/configuration', otherKind)
  if (one.kind === 'pull') {
    if (samples) throw invalid('/samples', noSamples)
    if (messages) throw invalid('/messages', noSamples)
    return { kind: 'pull', current: pullOf(current), candidate: pullOf(candidate) }
  }
  if (fromStart) throw invalid('/fromStart', noStart)
  return { kind: 'push', current: pushOf(current), candidate: pushOf(candidate) }
}

type AnyJob = PushJob | PullJob | undefined
const pushOf = (job: AnyJob): PushJob | undefined => (job?.kind === 'push' ? job : undefined)
const pullOf = (job: AnyJob): PullJob | undefined => (job?.kind === 'pull' ? job : undefined)

const noJob = (job: string): Words => ({
  vi: `Không có luồng "${job}" (hub jobs list).`,
  en: `There is no job "${job}" (hub jobs list).`,
})

function systemOf({ systems }: Configuration, id: string): System {
  const system = systems.find((one) => one.id === id)
  if (system) return system
  throw new HubError('system-misconfigured')
}

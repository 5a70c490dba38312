/**
 * Scheduled pulls: when a job is due one process takes it, reads page after page and accepts each
 * page in the same commit as the cursor behind it. Killed anywhere, the next run goes on from the
 * last committed page; what the overlap brings again is a duplicate by its natural key.
 */
import type { Connector } from '../connector/contract.ts'
import type { PullJob } from '../domain/configuration.ts'
import { type ErrorCode, HubError } from '../domain/errors.ts'
import type { Logger } from '../domain/log-events.ts'
import type { Accept } from './accept.ts'
import type { Catalogue } from './catalogue.ts'
import { classify } from './classify.ts'
import type { Client, DuePull, PullStore } from './ports.ts'

export interface PullDependencies {
  readonly store: PullStore
  readonly accept: Accept
  readonly catalogue: Catalogue
  readonly log: Logger
  readonly process: string
  readonly nextRun: (schedule: string, after: Date) => Date
  readonly jobs: () => readonly PullJob[]
  readonly connector: (system: string) => Connector | undefined
  /** False while the system is paused or in maintenance: then its jobs wait. */
  readonly isOpen: (system: string) => boolean
  /** Of one run; default 10,000. */
  readonly mostPages?: number
}

export interface Pull {
  /** Starts what is due, up to eight side by side, and returns how many began. */
  runDue(signal: AbortSignal): Promise<number>
  /** Resolves when nothing that was started runs any more. */
  idle(): Promise<void>
}

const leaseMs = 60_000
const mostAtOnce = 8
/** A source that says "more" so often is going round in circles. */
const mostPages = 10_000

interface Tally {
  messages: number
  duplicates: number
  code: ErrorCode | undefined
}

export function createPull(deps: PullDependencies): Pull {
  /** A pull speaks for its source system; the catalogue of types is still the law. */
  const clientOf = (job: PullJob): Client => ({
    id: `pull:${job.id}`,
    scopes: [],
    sources: ['*'],
    types: ['*'],
  })

  const readAll = async (job: PullJob, due: DuePull, tally: Tally, signal: AbortSignal) => {
    const connector = deps.connector(job.from)
    if (!connector?.pull) throw new HubError('system-misconfigured')
    const seen = new Set<string>()
    let cursor = due.cursor
    for (let page = 0; page < (deps.mostPages ?? mostPages); page++) {
      const request = {
        operation: job.operation,
        cursor,
        overlapSeconds: page === 0 ? job.overlapSeconds : 0,
        startedFrom: due.cursor,
        held: deps.catalogue.held,
      }
      const result = await connector.pull(request, signal)
      const next = {
        job: job.id,
        system: job.from,
        operation: job.operation,
        fence: due.fence,
        leaseMs,
        cursor: result.cursor,
      }
      const plan = result.catalogue && (await deps.catalogue.plan(result.catalogue, job.id))
      const messages = plan ? [...result.messages, ...plan.messages] : result.messages
      const answers = await deps.accept.acceptPage(messages, clientOf(job), next, plan?.write)
      if (plan) deps.catalogue.tell(plan)
      if (plan?.shrunk) tally.code ??= 'catalogue-shrunk'
      if (plan && plan.doubled > 0) tally.code ??= 'catalogue-doubled'
      for (const answer of answers) {
        if (!answer.ok) {
          deps.log.warn('pull.failed', { job: job.id, code: answer.code })
          tally.code ??= answer.code
        } else if (answer.receipt.duplicate) tally.duplicates++
        else tally.messages++
      }
      if (!result.more || signal.aborted) return
      if (result.cursor === undefined || seen.has(result.cursor))
        throw new HubError('answer-invalid', {
          detail: {
            vi: 'Nguồn trả lại con trỏ đã dùng: vòng lặp trang.',
            en: 'The source returned a cursor it had returned before: a loop of pages.',
          },
        })
      seen.add(result.cursor)
      cursor = result.cursor
    }
    throw new HubError('answer-invalid', {
      detail: {
        vi: 'Nguồn còn trang tiếp sau số trang nhiều nhất của một lần lấy; lần sau lấy tiếp từ trang cuối.',
        en: 'The source has more pages than one run may read; the next run goes on from the last of them.',
      },
    })
  }

  const runOne = async (job: PullJob, due: DuePull, signal: AbortSignal): Promise<void> => {
    const tally: Tally = { messages: 0, duplicates: 0, code: undefined }
    try {
      await readAll(job, due, tally, signal)
      deps.log.info('pull.finished', {
        job: job.id,
        messages: tally.messages,
        duplicates: tally.duplicates,
      })
    } catch (error) {
      tally.code = classify(error).code
      deps.log.warn('pull.failed', { job: job.id, code: tally.code })
      if (tally.code === 'bug') deps.log.error('pull.failed', { job: job.id }, error)
    }
    const nextRunAt = deps.nextRun(job.schedule, await deps.store.now())
    await deps.store.finishPull({ job: job.id, fence: due.fence, nextRunAt, ...tally })
  }

  const running = new Map<string, Promise<void>>()

  return {
    async runDue(signal) {
      const jobs = deps.jobs().filter((job) => job.enabled)
      if (jobs.length === 0) return 0
      const now = await deps.store.now()
      await deps.store.plan(
        jobs.map((job) => ({ id: job.id, nextRunAt: deps.nextRun(job.schedule, now) })),
      )
      let began = 0
      while (!signal.aborted && running.size < mostAtOnce) {
        const free = jobs.filter((job) => !running.has(job.id) && deps.isOpen(job.from))
        const ids = free.map((job) => job.id)
        const due = await deps.store.claimPull(ids, deps.process, leaseMs)
        const job = free.find((one) => one.id === due?.job)
        if (!due || !job) break
        const run = runOne(job, due, signal)
          .catch((error: unknown) => deps.log.error('pull.failed', { job: job.id }, error))
          .finally(() => running.delete(job.id))
        running.set(job.id, run)
        began++
      }
      return began
    },
    async idle() {
      await Promise.all(running.values())
    },
  }
}

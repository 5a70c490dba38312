/**
 * Scheduled pulls: when a job is due one process takes it, reads page after page and accepts each
 * page in the same commit as the cursor behind it. Killed anywhere, the next run goes on from the
 * last committed page; what the overlap brings again is a duplicate by its natural key.
 *
 * A job never runs twice at once: a planned time that comes while it still runs is passed over, since that
 * run reads on until there is nothing more. Times at which it could not begin: see `CatchUp`. A run that was
 * broken off (its process was lost or stopped, its job or system paused) has not ended: it goes on, from its
 * cursor, as soon as it may.
 */
import type { Connector } from '../../connector/contract.ts'
import type { PullJob } from '../../domain/configuration.ts'
import { type ErrorCode, HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { type Message, showable } from '../../domain/message.ts'
import type { Accept } from '../accept/accept.ts'
import { classify } from '../lanes/classify.ts'
import type { Client } from '../ports/accept.ts'
import type { DuePull, PullStore } from '../ports/pulls.ts'
import type { Catalogue } from './catalogue.ts'
import { openFollows } from './open-follows.ts'

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
  /** Whether it runs as soon as there is something new to follow. */
  readonly isPrompt: (job: PullJob) => boolean
  /** The newest accepted message of this subject among these types. */
  readonly latest: (subject: string, types: readonly string[]) => Promise<Message | undefined>
  /** Of one run; default 10,000. */
  readonly mostPages?: number
  /** How often a run looks whether it may go on; default 3,000. */
  readonly renewEveryMs?: number
}

export interface Pull {
  /** Whether a run under way speaks through this connector. */
  uses(connector: Connector): boolean
  /** Starts what is due, up to eight side by side, and returns how many began. */
  runDue(signal: AbortSignal): Promise<number>
  /** Resolves when nothing that was started runs any more. */
  idle(): Promise<void>
}

const leaseMs = 15_000
const renewEveryMs = leaseMs / 5
/** A run that begins so much after its time is not late yet. */
const lateMs = 60_000
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

  /** By job. */
  const speaking = new Map<string, Connector>()

  const readAll = async (job: PullJob, due: DuePull, tally: Tally, signal: AbortSignal) => {
    const connector = deps.connector(job.from)
    if (!connector?.pull) throw new HubError('system-misconfigured')
    speaking.set(job.id, connector)
    const seen = new Set<string>()
    const follows = openFollows(deps.store, job.from)
    let { cursor, refused } = due
    for (let page = 0; page < (deps.mostPages ?? mostPages); page++) {
      const request = {
        operation: job.operation,
        cursor,
        overlapSeconds: page === 0 ? job.overlapSeconds : 0,
        startedFrom: due.cursor,
        refused,
        followed: follows.followed,
        due: follows.due,
        latest: deps.latest,
        timesOf: deps.store.timesOf,
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
        follows: follows.moved(result),
        refused: (result.unread ?? []).map((one) => ({
          ...one,
          subject: showable(one.subject),
        })),
      }
      tally.code ??= result.unread?.[0]?.code
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
      refused = messages.flatMap(({ eventId }, index) => (answers[index]?.ok ? [] : [eventId]))
    }
    throw new HubError('answer-invalid', {
      detail: {
        vi: 'Nguồn còn trang tiếp sau số trang nhiều nhất của một lần lấy; lần sau lấy tiếp từ trang cuối.',
        en: 'The source has more pages than one run may read; the next run goes on from the last of them.',
      },
    })
  }

  const runOne = async (job: PullJob, due: DuePull, stopping: AbortSignal): Promise<void> => {
    const tally: Tally = { messages: 0, duplicates: 0, code: undefined }
    const hold = holdOn(due, () => deps.isOpen(job.from))
    const signal = AbortSignal.any([stopping, hold.lost])
    try {
      await readAll(job, due, tally, signal)
      if (!signal.aborted)
        deps.log.info('pull.finished', {
          job: job.id,
          messages: tally.messages,
          duplicates: tally.duplicates,
        })
    } catch (error) {
      // What is thrown by a source that was told to stop says nothing about it.
      if (!signal.aborted) {
        tally.code = classify(error).code
        deps.log.warn('pull.failed', { job: job.id, code: tally.code })
        if (tally.code === 'bug') deps.log.error('pull.failed', { job: job.id }, error)
      }
    } finally {
      speaking.delete(job.id)
      await hold.end()
    }
    if (signal.aborted) return deps.store.releasePull(due)
    const nextRunAt = deps.nextRun(job.schedule, await deps.store.now())
    await deps.store.finishPull({ job: job.id, fence: due.fence, nextRunAt, ...tally })
  }

  /** Keeps a run this process's own while it lasts, however slow its pages are. */
  const holdOn = (due: DuePull, mayGoOn: () => boolean) => {
    const lost = new AbortController()
    let renewal: Promise<void> | undefined
    const renew = async (): Promise<void> => {
      // When the store is away the commit of the next page will say so, and loudly.
      const kept = await deps.store.renewPull(due, leaseMs).catch(() => true)
      if (!kept) lost.abort()
      renewal = undefined
    }
    const timer = setInterval(() => {
      if (mayGoOn()) renewal ??= renew()
      else lost.abort()
    }, deps.renewEveryMs ?? renewEveryMs)
    return {
      lost: lost.signal,
      /** A renewal that came after the end would hold what is over. */
      async end() {
        clearInterval(timer)
        await renewal
      },
    }
  }

  const plan = async (jobs: readonly PullJob[]): Promise<void> => {
    const now = await deps.store.now()
    const planned = jobs.map(({ id, schedule, catchUp }) => {
      return { id, nextRunAt: deps.nextRun(schedule, now), catchUp }
    })
    await deps.store.plan(planned)
    const missable = planned.filter(({ catchUp }) => catchUp === 'skip')
    if (missable.length === 0) return
    for (const { job, plannedAt } of await deps.store.passOver(missable, lateMs))
      deps.log.warn('pull.skipped', { job, plannedAt: plannedAt.toISOString() })
  }

  const running = new Map<string, Promise<void>>()

  return {
    uses: (connector) => [...speaking.values()].includes(connector),
    async runDue(signal) {
      const jobs = deps.jobs().filter((job) => job.enabled)
      if (jobs.length === 0) return 0
      await plan(jobs)
      let began = 0
      while (!signal.aborted && running.size < mostAtOnce) {
        const free = jobs.filter((job) => !running.has(job.id) && deps.isOpen(job.from))
        const wanted = free.map((job) => ({
          job: job.id,
          prompt: deps.isPrompt(job) ? job.from : null,
        }))
        const due = await deps.store.claimPull(wanted, deps.process, leaseMs)
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

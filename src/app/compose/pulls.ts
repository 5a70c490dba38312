/** Pull jobs, as people run, pause and send them back. */
import type { PullJob, PushJob, Revision } from '../../domain/configuration.ts'
import { HubError, type Words } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { PullStore } from '../../engine/ports/pulls.ts'
import type { Hub } from '../hub.ts'
import { nextRun } from './schedule.ts'
import type { Targets } from './targets.ts'

interface PullParts {
  readonly pullStore: PullStore
  readonly revision: () => Revision | undefined
  readonly log: Logger
  readonly targets: Targets
}

/** Pushing stops at the system: what is sent there comes from several jobs and waits in one line. */
const onlyPulls = ({ id, to }: PushJob): HubError =>
  new HubError('not-found', {
    detail: {
      vi: `"${id}" là luồng gửi (push), không tạm dừng riêng được. Muốn ngừng gửi thì tạm dừng hệ thống ${to}: hub systems pause ${to}.`,
      en: `"${id}" pushes and cannot be paused by itself. To stop sending pause its system: hub systems pause ${to}.`,
    },
  })

const switchedOff = {
  vi: 'Việc lấy về đang tắt trong cấu hình (enabled: false).',
  en: 'The pull is switched off in the configuration (enabled: false).',
}

const notBackTo = (words: Words): HubError =>
  new HubError('request-invalid', { faults: [{ pointer: '/to', rule: 'moment', ...words }] })
const toCome: Words = {
  vi: 'Chỉ lùi về một thời điểm đã qua.',
  en: 'A pull can only be sent back to a moment that has passed.',
}
const onlyStart: Words = {
  vi: 'Nguồn này không lùi về một thời điểm được, chỉ đọc lại từ đầu (start).',
  en: 'This source knows no moments to go back to; it can only be read again from the start (start).',
}

export function pullsOf({ pullStore, revision, log, targets }: PullParts): Hub['pulls'] {
  const jobNamed = (id: string): PullJob => {
    const job = revision()?.configuration.jobs.find((one) => one.id === id)
    if (job?.kind === 'push') throw onlyPulls(job)
    if (!job) throw new HubError('not-found')
    return job
  }
  /** A job can be run or paused before any worker has planned it. */
  const plan = async ({ id, schedule }: PullJob): Promise<void> =>
    pullStore.plan([{ id, nextRunAt: nextRun(schedule, await pullStore.now()) }])
  return {
    async runNow(id, act) {
      const job = jobNamed(id)
      if (!job.enabled) throw new HubError('state-conflict', { detail: switchedOff })
      await plan(job)
      if (!(await pullStore.runNow(id, act))) throw new HubError('state-conflict')
    },
    async pause(id, act, resumeAt) {
      await plan(jobNamed(id))
      if (!(await pullStore.pause(id, act, resumeAt))) throw new HubError('state-conflict')
      log.info('pull.paused', { job: id, actor: act.actor })
    },
    async resume(id, act) {
      jobNamed(id)
      if (!(await pullStore.resume(id, act))) throw new HubError('state-conflict')
      log.info('pull.resumed', { job: id, actor: act.actor })
    },
    async rewind(id, to, act) {
      const job = jobNamed(id)
      const { from, operation } = job
      const now = await pullStore.now()
      let back: (cursor: string | undefined) => string | undefined = () => undefined
      if (to !== 'start') {
        if (to > now) throw notBackTo(toCome)
        const { connector } = targets.target(from)
        if (!connector.rewind) throw notBackTo(onlyStart)
        const { rewind } = connector
        back = (cursor) => rewind(operation, cursor, to)
      }
      await plan(job)
      const told = to === 'start' ? to : to.toISOString()
      if (!(await pullStore.rewind(id, back, { ...act, to: told }))) throw new HubError('not-found')
      log.info('pull.rewound', { job: id, actor: act.actor })
    },
  }
}

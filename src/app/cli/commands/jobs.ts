import type { SyncJob } from '../../../domain/configuration.ts'
import { errorTable, HubError } from '../../../domain/errors.ts'
import type { PullView } from '../../../engine/ports/pulls.ts'
import type { Hub } from '../../hub.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { firstOf, timeOption } from '../options.ts'
import {
  type PauseOptions,
  pausedWords,
  pauseLines,
  pauseState,
  resumeAtOption,
} from '../pausing.ts'
import { catchUpWords, policyWords, shortType } from '../words.ts'

interface JobEntry {
  readonly job: SyncJob
  readonly pull: PullView | null
}

async function jobEntries(hub: Hub): Promise<JobEntry[]> {
  const revision = await hub.revisions.current()
  const pulls = await hub.queries.pulls()
  const jobs = revision?.configuration.jobs ?? []
  return jobs.map((job) => ({ job, pull: pulls.find((pull) => pull.job === job.id) ?? null }))
}

async function jobEntry(hub: Hub, id: string): Promise<JobEntry> {
  const entry = (await jobEntries(hub)).find(({ job }) => job.id === id)
  if (entry) return entry
  const detail = {
    vi: `Không có luồng "${id}" (hub jobs list).`,
    en: `There is no job "${id}" (hub jobs list).`,
  }
  throw new HubError('not-found', { detail })
}

const wayOf = (job: SyncJob): string => (job.kind === 'push' ? `→ ${job.to}` : `← ${job.from}`)

const runOf = (cli: Cli, { job, pull }: JobEntry): string => {
  if (!job.enabled) return cli.style.dim(cli.t('tắt', 'off'))
  if (job.kind === 'push') return cli.t('khi có bản tin', 'at every message')
  if (!pull) return job.schedule
  if (pull.running) return cli.t('đang chạy', 'running')
  if (pull.paused) return pauseState(cli, pull.paused)
  return `${cli.t('lần tới', 'next')} ${cli.time(pull.nextRunAt)}`
}

const lastOf = (cli: Cli, pull: PullView | null): string => {
  if (!pull?.lastRunAt) return '–'
  const result = pull.lastCode
    ? cli.style.bad(cli.say(errorTable[pull.lastCode].title))
    : cli.t(`${pull.lastMessages} bản tin`, `${pull.lastMessages} messages`)
  return `${cli.time(pull.lastRunAt)}: ${result}`
}

export const list: Handler = async (cli) => {
  const entries = await cli.withHub(jobEntries)
  cli.answer({ items: entries.map(({ job, pull }) => ({ ...job, lastRun: pull })) }, () =>
    entries.length === 0
      ? cli.t('Chưa có luồng nào (hub config apply).', 'There is no job yet (hub config apply).')
      : cli.table(
          [
            { title: cli.t('Mã', 'Id') },
            { title: cli.t('Tên', 'Title'), flex: true },
            { title: cli.t('Chiều', 'Way') },
            { title: cli.t('Chạy', 'Runs'), flex: true },
            { title: cli.t('Lần trước', 'Last run'), flex: true },
          ],
          entries.map((entry) => [
            entry.job.id,
            cli.say(entry.job.title),
            wayOf(entry.job),
            runOf(cli, entry),
            lastOf(cli, entry.pull),
          ]),
        ),
  )
  return exitCodes.ok
}

export const show: Handler = async (cli, args) => {
  const id = firstOf(args)
  const entry = await cli.withHub((hub) => jobEntry(hub, id))
  const { job, pull } = entry
  cli.answer({ ...job, lastRun: pull }, () =>
    cli.pairs([
      [cli.t('Luồng', 'Job'), `${cli.style.bold(job.id)}  ${cli.say(job.title)}`],
      [cli.t('Chiều', 'Way'), wayOf(job)],
      ...(job.kind === 'push'
        ? ([
            [cli.t('Loại bản tin', 'Types'), job.types.map(shortType).join('\n')],
            [cli.t('Nguồn', 'Sources'), job.sources.join('\n') || cli.t('mọi nguồn', 'all')],
            [cli.t('Khi bị dừng', 'When stopped'), cli.say(policyWords[job.policy])],
          ] as const)
        : ([
            [cli.t('Thao tác', 'Operation'), job.operation],
            [cli.t('Lịch', 'Schedule'), job.schedule],
            [cli.t('Lùi lại', 'Overlap'), cli.duration(job.overlapSeconds)],
            [cli.t('Lỡ giờ', 'Missed times'), cli.say(catchUpWords[job.catchUp])],
            [
              cli.t('Chồng giờ', 'Still running'),
              cli.t(
                'bỏ qua giờ tới; lần đang chạy đọc tới hết',
                'the next time is passed over; the run reads to the end',
              ),
            ],
            [cli.t('Lần trước', 'Last run'), lastOf(cli, pull)],
            [cli.t('Đã bỏ qua', 'Passed over'), pull?.skippedAt ? cli.time(pull.skippedAt) : null],
            ...pauseLines(cli, pull?.paused ?? null),
            [
              cli.t('Sắp tới', 'Next runs'),
              pull?.nextRuns.map((run) => cli.time(run)).join('\n') || null,
            ],
          ] as const)),
      [cli.t('Chạy', 'Runs'), runOf(cli, entry)],
    ]),
  )
  return exitCodes.ok
}

/** Throws unless the job pulls; what is pushed is stopped at its system. */
async function pullEntry(hub: Hub, id: string): Promise<JobEntry> {
  const entry = await jobEntry(hub, id)
  const { job } = entry
  if (job.kind === 'pull') return entry
  throw new UsageError(
    `Chỉ làm được với luồng lấy về (pull). Muốn ngừng gửi: hub systems pause ${job.to}.`,
    `Only a pull job can be run, paused, resumed and sent back. To stop sending: hub systems pause ${job.to}.`,
  )
}

const conflict = (vi: string, en: string): HubError =>
  new HubError('state-conflict', { detail: { vi, en } })

export const runNow: Handler = async (cli, args) => {
  const id = firstOf(args)
  const isRunning = await cli.withHub(async (hub) => {
    const { pull } = await pullEntry(hub, id)
    if (pull?.paused)
      throw conflict(
        `Luồng ${id} đang tạm dừng (hub jobs resume ${id}).`,
        `The job ${id} is paused (hub jobs resume ${id}).`,
      )
    await hub.pulls.runNow(id, { actor: cli.actor, reason: '' })
    return pull?.running ?? false
  })
  cli.answer({ job: id, started: true }, () =>
    isRunning
      ? cli.t(
          `${id} đang chạy; đã xếp chạy thêm một lần ngay sau lần này (hub jobs show ${id}).`,
          `${id} is running; it will run once more behind that run (hub jobs show ${id}).`,
        )
      : cli.t(
          `Đã xếp ${id} chạy ngay; xem kết quả bằng hub jobs show ${id}.`,
          `${id} will run now; see hub jobs show ${id}.`,
        ),
  )
  return exitCodes.ok
}

export const pause: Handler<PauseOptions> = async (cli, args, options) => {
  const id = firstOf(args)
  const act = cli.act(options.reason)
  const resumeAt = resumeAtOption(cli, options)
  await cli.withHub(async (hub) => {
    await pullEntry(hub, id)
    await hub.pulls.pause(id, act, resumeAt)
  })
  cli.answer({ job: id, paused: true, resumeAt: resumeAt?.toISOString() ?? null }, () =>
    pausedWords(cli, 'jobs', id, resumeAt),
  )
  return exitCodes.ok
}

export const resume: Handler<{ readonly reason?: string }> = async (cli, args, options) => {
  const id = firstOf(args)
  const act = cli.act(options.reason)
  await cli.withHub(async (hub) => {
    await pullEntry(hub, id)
    await hub.pulls.resume(id, act)
  })
  cli.answer({ job: id, paused: false }, () =>
    cli.t(`Đã cho ${id} chạy tiếp.`, `${id} runs again.`),
  )
  return exitCodes.ok
}

export const rewind: Handler<{ readonly to?: string; readonly reason?: string }> = async (
  cli,
  args,
  options,
) => {
  const id = firstOf(args)
  const act = cli.act(options.reason)
  const to = options.to === 'start' ? 'start' : new Date(timeOption('--to', options.to ?? '') ?? 0)
  const told = to === 'start' ? to : to.toISOString()
  await cli.withHub(async (hub) => {
    await pullEntry(hub, id)
    await hub.pulls.rewind(id, to, act)
  })
  const from = to === 'start' ? cli.t('đầu', 'the start') : cli.time(told)
  cli.answer({ job: id, to: told }, () =>
    cli.t(
      `Lần chạy tới của ${id} đọc lại từ ${from}; bản tin đã nhận không bị gửi lại. Chạy ngay: hub jobs run ${id}.`,
      `The next run of ${id} reads again from ${from}; what has been accepted is not sent again. To run now: hub jobs run ${id}.`,
    ),
  )
  return exitCodes.ok
}

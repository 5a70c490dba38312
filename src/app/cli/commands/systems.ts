import type { System } from '../../../domain/configuration.ts'
import { HubError } from '../../../domain/errors.ts'
import type { ProblemView } from '../../../engine/ports/problems.ts'
import type { SystemView } from '../../../engine/ports/systems.ts'
import type { Hub } from '../../hub.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'
import { firstOf } from '../options.ts'
import {
  type PauseOptions,
  pausedWords,
  pauseLines,
  pauseState,
  resumeAtOption,
} from '../pausing.ts'
import { wrap } from '../style.ts'
import { healthLines } from '../system-lines.ts'
import { countWords } from '../words.ts'

export const list: Handler = async (cli) => {
  const systems = await cli.withHub((hub) => hub.queries.systems())
  cli.answer({ items: systems }, () =>
    systems.length === 0
      ? cli.t(
          'Chưa có hệ thống nào (hub config apply).',
          'There is no system yet (hub config apply).',
        )
      : `${cli.table(
          [
            { title: cli.t('Mã', 'Id') },
            { title: cli.t('Tên', 'Title'), flex: true },
            { title: cli.t('Trạng thái', 'State'), flex: true },
            { title: cli.t('Chờ', 'Waiting'), align: 'right' },
            { title: cli.t('Hỏng', 'Failed'), align: 'right' },
            { title: cli.t('Chậm nhất', 'Oldest due') },
          ],
          systems.map((system) => [
            system.id,
            cli.say(system.title),
            stateOf(cli, system),
            countWords(system.waiting, cli.language),
            countWords(system.failed, cli.language),
            dueOf(cli, system),
          ]),
        )}${problemNotes(cli, systems)}`,
  )
  return exitCodes.ok
}

/** What is wrong is too long for a column. */
function problemNotes(cli: Cli, systems: readonly SystemView[]): string {
  const { terminal } = cli
  const notes = systems.flatMap(({ id, problem }) =>
    problem
      ? [wrap(`${id}: ${cli.say(problem)}`, terminal.tty ? terminal.columns : 10_000, '')]
      : [],
  )
  return notes.length > 0 ? `\n\n${notes.join('\n')}\n${seenFromHere(cli)}` : ''
}

const dueOf = (cli: Cli, { oldestDueSeconds }: SystemView): string =>
  oldestDueSeconds === null ? '–' : cli.duration(oldestDueSeconds)

/** The one thing an operator has to know: what, if anything, stands in the way. */
function stateOf(cli: Cli, system: SystemView): string {
  const { style } = cli
  if (system.paused) return pauseState(cli, system.paused)
  if (system.circuit === 'open') {
    const since = cli.time(system.circuitSince)
    return style.warn(cli.t(`Ngắt mạch từ ${since}`, `circuit open since ${since}`))
  }
  if (system.maintenance) {
    const until = cli.time(system.maintenance.until)
    return cli.t(`Bảo trì tới ${until}`, `maintenance until ${until}`)
  }
  if (system.problem) return style.bad(cli.t('Chưa dùng được', 'not usable'))
  return style.good(cli.t('Thông', 'open'))
}

const systemNotFound = (id: string): HubError =>
  new HubError('not-found', {
    detail: {
      vi: `Không có hệ thống "${id}" (hub systems list).`,
      en: `There is no system "${id}" (hub systems list).`,
    },
  })

export async function systemView(hub: Hub, id: string): Promise<SystemView> {
  const view = (await hub.queries.systems()).find((system) => system.id === id)
  if (!view) throw systemNotFound(id)
  return view
}

export const show: Handler = async (cli, args) => {
  const id = firstOf(args)
  const { view, system, problems } = await cli.withHub(async (hub) => {
    const found = await systemView(hub, id)
    const revision = await hub.revisions.current()
    const { items } = await hub.queries.problems({ system: id, limit: 50 })
    return {
      view: found,
      system: revision?.configuration.systems.find((one) => one.id === id),
      problems: items,
    }
  })
  cli.answer({ ...view, configuration: system ?? null, problems }, () =>
    [
      cli.pairs([
        [cli.t('Hệ thống', 'System'), `${cli.style.bold(view.id)}  ${cli.say(view.title)}`],
        ['Connector', view.connector],
        [cli.t('Trạng thái', 'State'), stateOf(cli, view)],
        ...pauseLines(cli, view.paused),
        [cli.t('Vì', 'Because'), view.problem && `${cli.say(view.problem)} ${seenFromHere(cli)}`],
        [cli.t('Đang chờ', 'Waiting'), countWords(view.waiting, cli.language)],
        [cli.t('Hỏng', 'Failed'), countWords(view.failed, cli.language)],
        [cli.t('Chậm nhất', 'Oldest due'), dueOf(cli, view)],
        ...(system ? limitLines(cli, system) : []),
        ...healthLines(cli, view),
      ]),
      problemTable(cli, problems),
    ]
      .filter(Boolean)
      .join('\n\n'),
  )
  return exitCodes.ok
}

/** Secrets come from the environment of a process: the one that sends may have what this one lacks. */
const seenFromHere = (cli: Cli): string =>
  cli.t('(nhìn từ phiên lệnh này)', '(as this command sees it)')

function limitLines(cli: Cli, system: System): [string, string][] {
  const rate = system.ratePerSecond
  const limits = [
    cli.t(`${system.concurrency} lời gọi cùng lúc`, `${system.concurrency} calls at once`),
    ...(rate === undefined ? [] : [cli.t(`${rate}/giây`, `${rate}/s`)]),
    cli.t(`chờ tối đa ${system.timeoutMs / 1000} giây`, `time-out ${system.timeoutMs / 1000} s`),
  ]
  return [[cli.t('Giới hạn', 'Limits'), limits.join(', ')]]
}

function problemTable(cli: Cli, problems: readonly ProblemView[]): string {
  if (problems.length === 0) return ''
  return cli.table(
    [
      { title: cli.t('Vướng mắc', 'Problem'), flex: true },
      { title: cli.t('Mã lỗi', 'Code') },
      { title: cli.t('Thao tác', 'Operation') },
      { title: cli.t('Còn', 'Open'), align: 'right' },
      { title: cli.t('Mới nhất', 'Last seen') },
    ],
    problems.map((problem) => [
      [cli.say(problem.cause), problem.title].filter(Boolean).join(': '),
      problem.code,
      problem.operation,
      countWords(problem.open, cli.language),
      cli.time(problem.lastSeen),
    ]),
  )
}

export const pause: Handler<PauseOptions> = async (cli, args, options) => {
  const id = firstOf(args)
  const act = cli.act(options.reason)
  const resumeAt = resumeAtOption(cli, options)
  await cli.withHub(async (hub) => {
    await systemView(hub, id)
    await hub.systems.pause(id, act, resumeAt)
  })
  cli.answer({ system: id, paused: true, resumeAt: resumeAt?.toISOString() ?? null }, () =>
    pausedWords(cli, 'systems', id, resumeAt),
  )
  return exitCodes.ok
}

export const resume: Handler<{ readonly reason?: string }> = async (cli, args, options) => {
  const id = firstOf(args)
  const act = cli.act(options.reason)
  await cli.withHub(async (hub) => {
    await systemView(hub, id)
    await hub.systems.resume(id, act)
  })
  cli.answer({ system: id, paused: false }, () =>
    cli.t(`Đã cho ${id} chạy tiếp.`, `${id} sends again.`),
  )
  return exitCodes.ok
}

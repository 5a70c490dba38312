import { deliveryId, parseDeliveryId } from '../../../domain/delivery.ts'
import { type ErrorCode, errorTable, HubError } from '../../../domain/errors.ts'
import { problemSides } from '../../../domain/problem.ts'
import {
  type ProblemAction,
  type ProblemChange,
  type ProblemDetail,
  type ProblemFilter,
  type ProblemView,
  problemSorts,
  problemStates,
} from '../../../engine/ports/problems.ts'
import { problemExport } from '../../export/problems.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { type ExportOptions, formatOf, writeExport } from '../exporting.ts'
import { firstOf, oneOfOption, timeOption, wholeNumberOption } from '../options.ts'
import { countWords } from '../words.ts'

export interface ListOptions extends Omit<ProblemFilter, 'limit'> {
  readonly limit?: string
}

const idOf = (args: readonly string[]): number => {
  const text = firstOf(args)
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(
    `"${text}" không phải mã vướng mắc (hub problems list).`,
    `"${text}" is no id of a problem (hub problems list).`,
  )
}

const statusWords = (cli: Cli, { status, mutedUntil }: ProblemView): string =>
  ({
    open: cli.style.bad(cli.t('Mở', 'open')),
    acknowledged: cli.t('Đã nhận biết', 'acknowledged'),
    muted: cli.t(`Im lặng tới ${cli.time(mutedUntil)}`, `muted until ${cli.time(mutedUntil)}`),
    resolved: cli.style.good(cli.t('Đã giải quyết', 'resolved')),
  })[status]

function checkFilter(options: Omit<ProblemFilter, 'limit'>): void {
  oneOfOption('--status', options.status, problemStates)
  oneOfOption('--side', options.side, problemSides)
  oneOfOption('--sort', options.sort, problemSorts)
  oneOfOption('--code', options.code, Object.keys(errorTable) as ErrorCode[])
}

export const exportRows: Handler<Omit<ProblemFilter, 'limit'> & ExportOptions> = async (
  cli,
  _,
  options,
) => {
  const chosen = formatOf(options)
  checkFilter(options)
  const { format: __, out, ...filter } = options
  return cli.withHub((hub) => writeExport(cli, problemExport(hub, filter, chosen, cli.actor), out))
}

export const list: Handler<ListOptions> = async (cli, _, options) => {
  const limit = wholeNumberOption('--limit', options.limit, { min: 1, max: 200, otherwise: 50 })
  checkFilter(options)
  const filter: ProblemFilter = { ...options, limit }
  const page = await cli.withHub((hub) => hub.queries.problems(filter))
  cli.answer(page, () =>
    page.items.length === 0
      ? cli.t('Không có vướng mắc nào.', 'There is no problem.')
      : `${cli.table(
          [
            { title: cli.t('Mã', 'Id'), align: 'right' },
            { title: cli.t('Hệ thống', 'System') },
            { title: cli.t('Nguyên nhân', 'Cause'), flex: true },
            { title: cli.t('Mã lỗi', 'Code') },
            { title: cli.t('Tình trạng', 'Status') },
            { title: cli.t('Còn', 'Open'), align: 'right' },
            { title: cli.t('Hồ sơ', 'Dossiers'), align: 'right' },
            { title: cli.t('Mới nhất', 'Last seen') },
          ],
          page.items.map((one) => [
            String(one.id),
            one.system,
            [cli.say(one.cause), one.title].filter(Boolean).join(': '),
            one.code,
            statusWords(cli, one),
            countWords(one.open, cli.language),
            countWords(one.dossiers, cli.language),
            cli.time(one.lastSeen),
          ]),
        )}${page.next ? `\n\n--cursor ${page.next}` : ''}`,
  )
  return exitCodes.ok
}

function detailText(cli: Cli, problem: ProblemDetail): string {
  const lines = (title: string, rows: readonly string[]): string =>
    rows.length === 0 ? '' : [cli.style.bold(title), ...rows.map((row) => `  ${row}`)].join('\n')
  return [
    cli.pairs([
      [cli.t('Vướng mắc', 'Problem'), `${problem.id}  ${problem.title}`],
      [cli.t('Hệ thống', 'System'), `${problem.system} / ${problem.operation}`],
      [cli.t('Mã lỗi', 'Code'), `${problem.code} (${problem.side})`],
      [cli.t('Nguyên nhân', 'Cause'), cli.say(problem.cause)],
      [cli.t('Làm gì tiếp', 'Next'), cli.say(problem.next)],
      [cli.t('Tình trạng', 'Status'), statusWords(cli, problem)],
      [cli.t('Phụ trách', 'Owner'), problem.owner ?? '–'],
      [
        cli.t('Còn / hồ sơ / tổng', 'Open / dossiers / ever'),
        [problem.open, problem.dossiers, problem.total]
          .map((count) => countWords(count, cli.language))
          .join(' / '),
      ],
      [cli.t('Đầu tiên', 'First seen'), cli.time(problem.firstSeen)],
      [cli.t('Mới nhất', 'Last seen'), cli.time(problem.lastSeen)],
      [cli.t('Để xem', 'Sample'), problem.sample ?? '–'],
    ]),
    lines(
      cli.t('Điều đã thay đổi trước đó', 'What changed before'),
      problem.changes.map(({ at, kind, what, reason }) =>
        [cli.time(at), kind, what, reason].filter(Boolean).join('  '),
      ),
    ),
    lines(
      cli.t('Ghi chú', 'Notes'),
      problem.notes.map(({ at, author, text }) => `${cli.time(at)}  ${author}  ${text}`),
    ),
    lines(
      cli.t('Đã giải quyết, giống vậy', 'Similar, resolved'),
      problem.similar.map(({ id, system, operation, resolvedAt, notes }) =>
        [id, `${system}/${operation}`, cli.time(resolvedAt), notes[0]?.text]
          .filter(Boolean)
          .join('  '),
      ),
    ),
  ]
    .filter(Boolean)
    .join('\n\n')
}

export const show: Handler = async (cli, args) => {
  const id = idOf(args)
  const problem = await cli.withHub((hub) => hub.queries.problem(id))
  if (!problem) throw new HubError('not-found')
  const place = problem.sample === null ? undefined : parseDeliveryId(problem.sample)
  const shown = { ...problem, sample: place ? deliveryId(place) : null }
  cli.answer(shown, () => detailText(cli, shown))
  return exitCodes.ok
}

export interface ActionOptions {
  readonly reason?: string
  readonly to?: string
  readonly until?: string
}

function changeOf(cli: Cli, action: ProblemAction, options: ActionOptions): ProblemChange {
  switch (action) {
    case 'assign':
      return { action, owner: options.to ?? null }
    case 'note':
      return { action, text: cli.act(options.reason).reason }
    case 'mute':
      return { action, until: new Date(timeOption('--until', options.until) ?? Number.NaN) }
    default:
      return { action }
  }
}

export const change =
  (action: ProblemAction): Handler<ActionOptions> =>
  async (cli, args, options) => {
    const id = idOf(args)
    const act = cli.act(options.reason)
    const wanted = changeOf(cli, action, options)
    await cli.withHub((hub) => hub.problems.change(id, wanted, act))
    cli.answer({ problem: id, action }, () => cli.t(`Đã ghi: ${action} ${id}.`, `${action} ${id}.`))
    return exitCodes.ok
  }

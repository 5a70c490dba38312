import { parseDeliveryId } from '../../../domain/delivery.ts'
import { errorTable, HubError, type Words } from '../../../domain/errors.ts'
import type { AttemptView, DeliveryView } from '../../../engine/ports/deliveries.ts'
import { deliveryExport } from '../../export/deliveries.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { criteriaOf, type FilterOptions } from '../delivery-filter.ts'
import { deliveryTable, stateText } from '../delivery-table.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { type ExportOptions, formatOf, writeExport } from '../exporting.ts'
import { firstOf, wholeNumberOption } from '../options.ts'
import { outcomeWords } from '../words.ts'

interface ListOptions extends FilterOptions {
  readonly limit?: string
  readonly cursor?: string
}

export const list: Handler<ListOptions> = async (cli, _args, options) => {
  const limit = wholeNumberOption('--limit', options.limit, { min: 1, max: 500, otherwise: 50 })
  const filter = {
    ...criteriaOf(options),
    limit,
    ...(options.cursor && { cursor: options.cursor }),
  }
  const page = await cli.withHub((hub) => hub.queries.deliveries(filter))
  cli.answer(page, () => {
    if (page.items.length === 0) return cli.t('Không có lượt gửi nào khớp.', 'No delivery matches.')
    const more = page.next
      ? `\n\n${cli.t('Trang sau: thêm', 'Next page: add')} --cursor ${page.next}`
      : ''
    return deliveryTable(cli, page.items) + more
  })
  return exitCodes.ok
}

interface DeliveryExportOptions extends FilterOptions, ExportOptions {
  readonly problem?: string
}

export const exportRows: Handler<DeliveryExportOptions> = async (cli, _args, options) => {
  const format = formatOf(options)
  const { problem } = options
  const filter = {
    ...criteriaOf(options),
    ...(problem !== undefined && {
      problem: wholeNumberOption('--problem', problem, { min: 1, max: 2 ** 31 - 1, otherwise: 1 }),
    }),
  }
  return cli.withHub((hub) =>
    writeExport(cli, deliveryExport(hub, filter, format, cli.actor), options.out),
  )
}

export const show: Handler<{ readonly evidence?: boolean }> = async (cli, args, options) => {
  const id = firstOf(args)
  const place = parseDeliveryId(id)
  if (!place) throw wrongId(id)
  const view = await cli.withHub((hub) => hub.queries.delivery(place))
  if (!view)
    throw new HubError('not-found', {
      detail: { vi: `Không có lượt gửi ${id}.`, en: `There is no delivery ${id}.` },
    })
  const shown = options.evidence ? view : masked(view)
  cli.answer(shown, () => describe(cli, shown))
  return exitCodes.ok
}

export const wrongId = (id: string): UsageError =>
  new UsageError(
    `"${id}" không phải mã lượt gửi; mã có dạng 1842.3.`,
    `"${id}" is not the id of a delivery; ids look like 1842.3.`,
  )

/** The system's own words may quote the dossier; they are shown to those who ask for them. */
const masked = (view: DeliveryView): DeliveryView => ({
  ...view,
  attempts: view.attempts.map((attempt) => ({
    ...attempt,
    evidence: attempt.evidence?.remoteMessage
      ? { ...attempt.evidence, remoteMessage: '•••' }
      : attempt.evidence,
  })),
})

function describe(cli: Cli, view: DeliveryView): string {
  const next = view.code ? errorTable[view.code].next : null
  return [
    cli.pairs([
      [cli.t('Lượt gửi', 'Delivery'), cli.style.bold(view.id)],
      [cli.t('Hồ sơ', 'Dossier'), view.subject],
      [cli.t('Bản tin', 'Message'), `${view.message}  ${view.type}`],
      [cli.t('Tới', 'To'), `${view.system}  (${cli.t('luồng', 'job')} ${view.job})`],
      [cli.t('Trạng thái', 'State'), stateText(cli, view)],
      [cli.t('Lý do', 'Why'), view.code && cli.say(errorTable[view.code].title)],
      [cli.t('Đang chờ', 'Waits for'), cli.say(view.waitsFor.words)],
      [cli.t('Cần làm', 'Next'), next && cli.say(next)],
      [cli.t('Nhận lúc', 'Accepted'), cli.time(view.acceptedAt)],
      [cli.t('Gửi lúc', 'Sent'), view.sentAt && cli.time(view.sentAt)],
      [cli.t('Xong lúc', 'Finished'), view.finishedAt && cli.time(view.finishedAt)],
    ]),
    attemptTable(cli, view.attempts),
    ...faultLists(cli, view.attempts),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function attemptTable(cli: Cli, attempts: readonly AttemptView[]): string {
  if (attempts.length === 0) return cli.t('Chưa có lần thử nào.', 'No attempt yet.')
  return cli.table(
    [
      { title: cli.t('Lần', 'Try'), align: 'right' },
      { title: cli.t('Lúc', 'At') },
      { title: 'ms', align: 'right' },
      { title: cli.t('Việc', 'Kind') },
      { title: cli.t('Kết quả', 'Outcome') },
      { title: cli.t('Chi tiết', 'Detail'), flex: true },
    ],
    attempts.map((attempt) => [
      String(attempt.number),
      cli.time(attempt.startedAt),
      String(attempt.durationMs),
      attempt.kind === 'send' ? cli.t('gửi', 'send') : cli.t('hỏi lại', 'confirm'),
      outcomeText(cli, attempt.outcome),
      detailOf(cli, attempt),
    ]),
  )
}

const outcomeText = (cli: Cli, outcome: string): string => {
  const words: Readonly<Record<string, Words>> = outcomeWords
  const known = Object.hasOwn(words, outcome) ? words[outcome] : undefined
  return known ? cli.say(known) : outcome
}

function detailOf(cli: Cli, { code, detail, evidence }: AttemptView): string {
  const remote = [
    evidence?.httpStatus && `HTTP ${evidence.httpStatus}`,
    evidence?.remoteCode && `${cli.t('mã', 'code')} ${evidence.remoteCode}`,
    evidence?.remoteMessage && `"${evidence.remoteMessage}"`,
  ].filter(Boolean)
  const own = detail ? cli.say(detail) : code ? cli.say(errorTable[code].title) : ''
  return [own, remote.join(', ')].filter(Boolean).join(' · ')
}

/** The faults of the last attempt that has any: what to correct. */
function faultLists(cli: Cli, attempts: readonly AttemptView[]): string[] {
  const last = attempts.findLast(({ faults }) => faults.length > 0)
  if (!last) return []
  const lines = last.faults.map((fault) => `  • ${fault.pointer || '/'}: ${cli.say(fault)}`)
  return [[cli.t('Các trường sai:', 'Faults:'), ...lines].join('\n')]
}

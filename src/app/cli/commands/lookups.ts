import type { LookupFilter, LookupView } from '../../../engine/ports/lookups.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { timeOption, wholeNumberOption } from '../options.ts'

interface ListOptions extends Omit<LookupFilter, 'limit'> {
  readonly limit?: string
}

const hash = /^[0-9a-f]{64}$/

export const list: Handler<ListOptions> = async (cli, _args, options) => {
  const { citizen, cursor, limit, from, to, ...words } = options
  if (citizen !== undefined && !hash.test(citizen))
    throw new UsageError(
      '--citizen là mã băm 64 chữ số thập lục phân, lấy từ hub lookups citizen; không phải số định danh.',
      '--citizen is a hash of 64 hexadecimal digits, as hub lookups citizen gives it; not the number itself.',
    )
  const since = timeOption('--from', from)
  const before = timeOption('--to', to)
  const page = await cli.withHub((hub) =>
    hub.queries.lookups({
      ...words,
      ...(citizen !== undefined && { citizen }),
      ...(cursor !== undefined && { cursor }),
      ...(since && { from: since }),
      ...(before && { to: before }),
      limit: wholeNumberOption('--limit', limit, { min: 1, max: 500, otherwise: 50 }),
    }),
  )
  cli.answer(page, () => {
    if (page.items.length === 0)
      return cli.t('Không có lượt tra cứu nào khớp.', 'No lookup matches.')
    const more = page.next
      ? `\n\n${cli.t('Trang sau: thêm', 'Next page: add')} --cursor ${page.next}`
      : ''
    return lookupTable(cli, page.items) + more
  })
  return exitCodes.ok
}

function lookupTable(cli: Cli, items: readonly LookupView[]): string {
  return cli.table(
    [
      { title: cli.t('Lúc', 'At') },
      { title: cli.t('Cán bộ', 'Official') },
      { title: cli.t('Đơn vị', 'Unit') },
      { title: cli.t('Hồ sơ', 'Dossier') },
      { title: cli.t('Đã hỏi', 'Asked') },
      { title: cli.t('Kết quả', 'Outcome') },
      { title: cli.t('Mục đích', 'Purpose'), flex: true },
    ],
    items.map((one) => [
      cli.time(one.at),
      one.official,
      one.unit,
      one.dossier,
      `${one.system}/${one.operation}`,
      outcomeText(cli, one),
      one.purpose,
    ]),
  )
}

function outcomeText(cli: Cli, { outcome, code }: LookupView): string {
  if (outcome === 'found') return cli.style.good(cli.t('có', 'found'))
  if (outcome === 'missing') return cli.t('không có', 'none')
  if (outcome === 'failed') return cli.style.bad(`${cli.t('không thành', 'failed')} ${code ?? ''}`)
  return cli.t('chưa rõ', 'not known')
}

export const citizen: Handler = async (cli) => {
  const number = (await cli.terminal.input(cli.t('Số định danh: ', 'Number: '))).trim()
  if (number === '')
    throw new UsageError(
      'Đưa số định danh vào đầu vào chuẩn, không ghi trên dòng lệnh: dòng lệnh để lại dấu vết.',
      'Give the number on standard input, not on the command line: that leaves traces.',
    )
  const found = await cli.withHub(async (hub) => hub.lookups.citizenHash(number))
  cli.answer({ citizen: found }, () => found)
  return exitCodes.ok
}

export const usage: Handler<{ readonly month: string }> = async (cli, _args, { month }) => {
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month))
    throw new UsageError(
      `--month "${month}" không phải một tháng, ví dụ 2026-11.`,
      `--month "${month}" is no month, e.g. 2026-11.`,
    )
  const items = await cli.withHub((hub) => hub.queries.lookupUsage(month))
  cli.answer({ month, items }, () => {
    if (items.length === 0)
      return cli.t(`Tháng ${month} không có lượt tra cứu nào.`, `No lookup in ${month}.`)
    return cli.table(
      [
        { title: cli.t('Đơn vị', 'Unit') },
        { title: cli.t('Hệ thống', 'System') },
        { title: cli.t('Nghiệp vụ', 'Operation') },
        { title: cli.t('Đã hỏi', 'Asked'), align: 'right' },
        { title: cli.t('Có', 'Found'), align: 'right' },
        { title: cli.t('Dữ liệu dùng lại', 'Data reused'), align: 'right' },
        { title: cli.t('Không có', 'None'), align: 'right' },
        { title: cli.t('Không thành', 'Failed'), align: 'right' },
      ],
      items.map((one) => [
        ...[one.unit, one.system, one.operation],
        ...[one.asked, one.found, one.reused, one.missing, one.failed].map(String),
      ]),
    )
  })
  return exitCodes.ok
}

import type { CodeEntryView } from '../../../engine/ports/codes.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'
import { wholeNumberOption } from '../options.ts'

export const list: Handler = async (cli) => {
  const items = await cli.withHub(async (hub) => hub.codeTables.list())
  cli.answer({ items }, () =>
    items.length === 0
      ? cli.t('Cấu hình chưa có bảng mã nào.', 'The configuration has no code table yet.')
      : cli.table(
          [
            { title: cli.t('Bảng mã', 'Code table') },
            { title: cli.t('Số dòng', 'Entries'), align: 'right' },
            { title: cli.t('Hệ thống dùng', 'Used by'), flex: true },
          ],
          items.map((one) => [one.name, String(one.entries), one.systems.join(', ') || '–']),
        ),
  )
  return exitCodes.ok
}

interface ShowOptions {
  readonly search?: string
  readonly limit?: string
  readonly cursor?: string
}

export const show: Handler<ShowOptions> = async (cli, [table = ''], options) => {
  const { search, cursor } = options
  const limit = wholeNumberOption('--limit', options.limit, { min: 1, max: 500, otherwise: 50 })
  const filter = { limit, ...(search && { search }), ...(cursor && { cursor }) }
  const page = await cli.withHub(async (hub) => hub.codeTables.page(table, filter))
  cli.answer(page, () => {
    if (page.items.length === 0) return cli.t('Không có dòng nào khớp.', 'No entry matches.')
    const more = page.next
      ? `\n\n${cli.t('Trang sau: thêm', 'Next page: add')} --cursor ${page.next}`
      : ''
    return entryTable(cli, page.items) + more
  })
  return exitCodes.ok
}

const entryTable = (cli: Cli, items: readonly CodeEntryView[]): string =>
  cli.table(
    [
      { title: cli.t('Mã chuẩn', 'Canonical') },
      { title: cli.t('Mã tại hệ thống', 'Remote'), flex: true },
      { title: cli.t('Có hiệu lực', 'Valid') },
    ],
    items.map((one) => [
      ...[one.canonical, one.remote],
      `${one.validFrom ?? '…'} – ${one.validTo ?? '…'}`,
    ]),
  )

interface SetOptions {
  readonly from?: string
  readonly to?: string
  readonly seen?: string
  readonly reason?: string
}

export const set: Handler<SetOptions> = async (cli, args, options) => {
  const [table = '', canonical = '', remote = ''] = args
  const act = cli.act(options.reason)
  const entry = { canonical, remote, validFrom: options.from ?? '', validTo: options.to ?? '' }
  const seen = options.seen === undefined ? undefined : { remote: options.seen }
  const change = await cli.withHub((hub) => hub.codeTables.set(table, entry, act, seen))
  cli.answer(change, () => {
    if (!change.changed)
      return cli.t('Dòng này đã có sẵn như vậy.', 'The entry is there already, as it is.')
    const was = change.before ? ` (${cli.t('trước đó', 'before')}: ${change.before.remote})` : ''
    return `${cli.style.good('✓')} ${table}: ${canonical} → ${remote}${was}. ${cli.t(
      `Đã thành bản cấu hình ${change.revision}; gửi lại những gì bị dừng: hub plans create redrive --code code-untranslated.`,
      `It is revision ${change.revision}; send again what is dead: hub plans create redrive --code code-untranslated.`,
    )}`
  })
  return exitCodes.ok
}

import { HubError } from '../../../domain/errors.ts'
import type { AuditEntryView } from '../../../engine/ports/audit.ts'
import { auditExport } from '../../export/audit.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'
import { type ExportOptions, formatOf, writeExport } from '../exporting.ts'
import { firstOf, timeOption, wholeNumberOption } from '../options.ts'

interface FilterOptions {
  readonly actor?: string
  readonly action?: string
  readonly object?: string
  readonly refused?: boolean
  readonly from?: string
  readonly to?: string
}

function filterOf({ actor, action, object, refused, from, to }: FilterOptions) {
  const since = timeOption('--from', from)
  const before = timeOption('--to', to)
  return {
    ...(actor !== undefined && { actor }),
    ...(action !== undefined && { action }),
    ...(object !== undefined && { object }),
    ...(refused && { outcome: 'refused' as const }),
    ...(since && { from: since }),
    ...(before && { to: before }),
  }
}

interface ListOptions extends FilterOptions {
  readonly limit?: string
  readonly cursor?: string
}

export const list: Handler<ListOptions> = async (cli, _args, options) => {
  const page = await cli.withHub((hub) =>
    hub.queries.audit({
      ...filterOf(options),
      ...(options.cursor !== undefined && { cursor: options.cursor }),
      limit: wholeNumberOption('--limit', options.limit, { min: 1, max: 500, otherwise: 20 }),
    }),
  )
  cli.answer(page, () => {
    if (page.items.length === 0) return cli.t('Không có dòng nào khớp.', 'No row matches.')
    const more = page.next
      ? `\n\n${cli.t('Trang sau: thêm', 'Next page: add')} --cursor ${page.next}`
      : ''
    return auditTable(cli, page.items) + more
  })
  return exitCodes.ok
}

const auditTable = (cli: Cli, items: readonly AuditEntryView[]): string =>
  cli.table(
    [
      { title: cli.t('Số', 'No.'), align: 'right' },
      { title: cli.t('Lúc', 'At') },
      { title: cli.t('Ai', 'Who') },
      { title: cli.t('Việc', 'What') },
      { title: cli.t('Về', 'About'), flex: true },
      { title: cli.t('Lý do', 'Why'), flex: true },
    ],
    items.map((row) => [
      row.id,
      cli.time(row.at),
      row.actor,
      row.outcome === 'refused' ? cli.style.warn(row.action) : row.action,
      row.object,
      row.reason,
    ]),
  )

const text = (value: unknown): string | null =>
  value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)

export const show: Handler = async (cli, args) => {
  const id = firstOf(args)
  const entry = await cli.withHub(async (hub) =>
    /^[1-9]\d{0,17}$/.test(id) ? hub.queries.auditEntry(id) : undefined,
  )
  if (!entry)
    throw new HubError('not-found', {
      detail: { vi: `Không có dòng ${id}.`, en: `There is no row ${id}.` },
    })
  const { seal } = entry
  cli.answer(entry, () =>
    cli.pairs([
      [cli.t('Số', 'No.'), entry.id],
      [cli.t('Lúc', 'At'), entry.at],
      [cli.t('Ai', 'Who'), entry.actor],
      [cli.t('Việc', 'What'), entry.action],
      [cli.t('Về', 'About'), entry.object],
      [cli.t('Lý do', 'Why'), entry.reason || null],
      [cli.t('Trước', 'Before'), text(entry.before)],
      [cli.t('Sau', 'After'), text(entry.after)],
      [cli.t('Ghi kèm', 'Besides'), Object.keys(entry.more).length > 0 ? text(entry.more) : null],
      [
        cli.t('Mắt xích', 'Link'),
        seal
          ? `${seal.link} (${seal.from}..${seal.to}), ${seal.hash}`
          : cli.t('chưa niêm', 'not sealed yet'),
      ],
    ]),
  )
  return exitCodes.ok
}

export const exportRows: Handler<FilterOptions & ExportOptions> = async (cli, _args, options) => {
  const format = formatOf(options)
  const filter = filterOf(options)
  return cli.withHub((hub) =>
    writeExport(cli, auditExport(hub, filter, format, cli.actor), options.out),
  )
}

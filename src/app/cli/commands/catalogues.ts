import { readFile } from 'node:fs/promises'
import type { CatalogueEntryView, CatalogueFilter } from '../../../engine/ports/catalogues.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { timeOption, wholeNumberOption } from '../options.ts'

export const list: Handler = async (cli) => {
  const items = await cli.withHub((hub) => hub.queries.catalogues())
  cli.answer({ items }, () => {
    if (items.length === 0) return cli.t('Chưa có danh mục nào.', 'There is no catalogue yet.')
    return cli.table(
      [
        { title: cli.t('Danh mục', 'Catalogue') },
        { title: cli.t('Nguồn', 'Source'), flex: true },
        { title: cli.t('Số mục', 'Items'), align: 'right' },
        { title: cli.t('Không còn', 'Vanished'), align: 'right' },
        { title: cli.t('Vướng mắc', 'Problems'), align: 'right' },
        { title: cli.t('Đồng bộ trọn vẹn', 'Synchronised') },
        { title: cli.t('Đổi lần cuối', 'Changed') },
      ],
      items.map((one) => [
        ...[one.name, one.source ?? '–'],
        ...[one.items, one.vanished, one.problems].map(String),
        ...[cli.time(one.synchronisedAt), cli.time(one.changedAt)],
      ]),
    )
  })
  return exitCodes.ok
}

interface ShowOptions {
  readonly at?: string
  readonly changedSince?: string
  readonly limit?: string
  readonly cursor?: string
}

function filterOf({ at, changedSince, limit, cursor }: ShowOptions): CatalogueFilter {
  if (at !== undefined && (!/^\d{4}-\d\d-\d\d$/.test(at) || Number.isNaN(Date.parse(at))))
    throw new UsageError(
      `--at "${at}" không phải một ngày, ví dụ 2025-06-30.`,
      `--at "${at}" is no day, e.g. 2025-06-30.`,
    )
  const since = timeOption('--changed-since', changedSince)
  return {
    ...(at !== undefined && { at }),
    ...(since && { changedSince: since }),
    ...(cursor !== undefined && { cursor }),
    limit: wholeNumberOption('--limit', limit, { min: 1, max: 500, otherwise: 50 }),
  }
}

export const show: Handler<ShowOptions> = async (cli, [name = '', code], options) => {
  if (code !== undefined) return showCode(cli, name, code)
  const filter = filterOf(options)
  const page = await cli.withHub((hub) => hub.queries.catalogue(name, filter))
  cli.answer(page, () => {
    if (page.items.length === 0) return cli.t('Không có mục nào khớp.', 'No item matches.')
    const more = page.next
      ? `\n\n${cli.t('Trang sau: thêm', 'Next page: add')} --cursor ${page.next}`
      : ''
    return entryTable(cli, page.items) + more
  })
  return exitCodes.ok
}

async function showCode(cli: Cli, name: string, code: string) {
  const versions = await cli.withHub((hub) => hub.queries.catalogueCode(name, code))
  cli.answer({ code, versions }, () =>
    versions.length === 0
      ? cli.t('Danh mục chưa từng có mã này.', 'The catalogue never had this code.')
      : `${entryTable(cli, versions)}\n\n${JSON.stringify(versions[0]?.content, null, 2)}`,
  )
  return versions.length === 0 ? exitCodes.refused : exitCodes.ok
}

function entryTable(cli: Cli, items: readonly CatalogueEntryView[]): string {
  return cli.table(
    [
      { title: cli.t('Mã', 'Code') },
      { title: cli.t('Phiên bản', 'Version'), align: 'right' },
      { title: cli.t('Đổi gì', 'Change') },
      { title: cli.t('Có hiệu lực', 'Valid') },
      { title: cli.t('Biết từ', 'Known since') },
      { title: cli.t('Tên', 'Name'), flex: true },
    ],
    items.map((one) => [
      ...[one.code, String(one.version), changeText(cli, one)],
      `${one.validFrom ?? '…'} – ${one.validTo ?? '…'}`,
      ...[cli.time(one.since), nameIn(one.content)],
    ]),
  )
}

const nameIn = (content: unknown): string => {
  const { name } = (content ?? {}) as { readonly name?: unknown }
  return typeof name === 'string' ? name : ''
}

function changeText(cli: Cli, { change }: CatalogueEntryView): string {
  if (change === 'vanished') return cli.style.bad(cli.t('không còn', 'vanished'))
  if (change === 'reissued') return cli.style.bad(cli.t('cấp lại', 're-issued'))
  return change === 'added' ? cli.t('thêm', 'added') : cli.t('đổi', 'changed')
}

export const problems: Handler = async (cli, [name = '']) => {
  const items = await cli.withHub((hub) => hub.queries.catalogueProblems(name))
  cli.answer({ items }, () => {
    if (items.length === 0) return cli.t('Không có vướng mắc nào.', 'There is no problem.')
    return cli.table(
      [
        { title: cli.t('Mã', 'Code') },
        { title: cli.t('Vướng mắc', 'Problem') },
        { title: cli.t('Từ lúc', 'Since') },
        { title: cli.t('Mã mới', 'Successors') },
        { title: cli.t('Bảng mã còn dùng', 'Code tables'), flex: true },
        { title: cli.t('Công việc còn dùng', 'Jobs') },
      ],
      items.map((one) => [
        one.code,
        one.kind === 'vanished' ? cli.t('không còn', 'vanished') : cli.t('cấp lại', 're-issued'),
        cli.time(one.since),
        ...[one.successors, one.codeTables, one.jobs].map((list) => list.join(', ') || '–'),
      ]),
    )
  })
  return exitCodes.ok
}

interface Reasoned {
  readonly reason?: string
}

export const closeProblem: Handler<Reasoned> = async (cli, [name = '', code = ''], options) => {
  const act = cli.act(options.reason)
  await cli.withHub((hub) => hub.catalogues.closeProblem(name, code, act))
  cli.answer({ catalogue: name, code }, () =>
    cli.t(`Đã đóng vướng mắc của mã ${code}.`, `The problem of the code ${code} is closed.`),
  )
  return exitCodes.ok
}

export const allowShrink: Handler<Reasoned> = async (cli, [name = ''], options) => {
  const act = cli.act(options.reason)
  await cli.withHub((hub) => hub.catalogues.allowShrink(name, act))
  cli.answer({ catalogue: name }, () =>
    cli.t(
      `Lần đồng bộ trọn vẹn tới của ${name} được bỏ đi nhiều mã.`,
      `The next complete synchronisation of ${name} may lose many codes.`,
    ),
  )
  return exitCodes.ok
}

interface LoadOptions extends Reasoned {
  readonly shrink?: boolean
}

export const load: Handler<LoadOptions> = async (cli, [name = '', path = ''], options) => {
  const act = cli.act(options.reason)
  if (!/\.(?:csv|json)$/i.test(path))
    throw new UsageError(
      `Tệp "${path}" phải có đuôi .csv hoặc .json.`,
      `The file "${path}" must end in .csv or .json.`,
    )
  const bytes = await readFile(path).catch(() => {
    throw new UsageError(`Không đọc được tệp ${path}.`, `The file ${path} cannot be read.`)
  })
  const shrink = options.shrink ?? false
  const counts = await cli.withHub((hub) =>
    hub.catalogues.load(name, { name: path, bytes }, { shrink }, act),
  )
  cli.answer({ catalogue: name, ...counts }, () =>
    cli.t(
      `${name}: ${counts.entries} mục; thêm ${counts.added}, đổi ${counts.changed}, cấp lại ${counts.reissued}, không còn ${counts.vanished}.`,
      `${name}: ${counts.entries} items; ${counts.added} added, ${counts.changed} changed, ${counts.reissued} re-issued, ${counts.vanished} vanished.`,
    ),
  )
  return exitCodes.ok
}

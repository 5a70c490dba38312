import { readFile } from 'node:fs/promises'
import type { Words } from '../../../domain/errors.ts'
import type { DryPullReport } from '../../../engine/dry-run/dry-pull.ts'
import type { DryPushReport } from '../../../engine/dry-run/dry-push.ts'
import type { DryItem, DryVerdict } from '../../../engine/dry-run/report.ts'
import type { DryRunReport } from '../../hub.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { type ExitCode, exitCodes, UsageError } from '../exit.ts'
import { firstOf, wholeNumberOption } from '../options.ts'
import { shortType } from '../words.ts'
import { soundFiles } from './config.ts'

interface DryRunOptions {
  readonly last?: string
  readonly sample?: readonly string[]
  readonly config?: string
  readonly fromStart?: boolean
}

const mostLast = 10_000
const mostSamples = 100
const mostBytes = 64 * 1024 * 1024
/** What a person reads; `--json` gives the rest. */
const mostRows = 50
const mostBodies = 3

export const dryRun: Handler<DryRunOptions> = async (cli, args, options) => {
  const job = firstOf(args)
  const last = wholeNumberOption('--last', options.last, { min: 1, max: mostLast, otherwise: 0 })
  const samples = await readSamples(options.sample ?? [])
  const candidate = options.config === undefined ? undefined : await soundFiles(cli, options.config)
  if (options.config !== undefined && !candidate) return exitCodes.fault
  const report = await cli.withHub((hub) =>
    hub.dryRuns.run(
      {
        ...{ job, mostBytes },
        ...(last > 0 && { last }),
        ...(samples.length > 0 && { samples }),
        ...(options.fromStart && { fromStart: true }),
        ...(candidate && { candidate }),
      },
      { actor: cli.actor, reason: '' },
      new AbortController().signal,
    ),
  )
  cli.answer(report, () => {
    const parts = report.kind === 'push' ? pushParts(cli, report) : pullParts(cli, report)
    return [heading(cli, report), ...parts].filter(Boolean).join('\n\n')
  })
  return exitOf(report)
}

async function readSamples(paths: readonly string[]): Promise<unknown[]> {
  const read = await Promise.all(paths.map(readSample))
  const samples = read.flat()
  if (samples.length <= mostSamples) return samples
  throw new UsageError(
    `Tối đa ${mostSamples} bản tin mẫu; các tệp có ${samples.length}.`,
    `At most ${mostSamples} samples; the files hold ${samples.length}.`,
  )
}

/** One CloudEvent, or a list of them. */
async function readSample(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`Không đọc được tệp ${path}.`, `The file ${path} cannot be read.`)
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`Tệp ${path} không phải JSON.`, `The file ${path} is not JSON.`)
  }
}

/** A script branches on it: something that would have left no longer does, or does not at all. */
function exitOf(report: DryRunReport): ExitCode {
  const bad =
    report.kind === 'pull'
      ? report.verdicts.refused + report.verdicts.conflict + report.unread.length
      : (report.summary.verdicts['newly-failing'] ?? 0) + (report.summary.verdicts.fails ?? 0)
  return bad > 0 ? exitCodes.fault : exitCodes.ok
}

function heading(cli: Cli, { job, revision, hasCandidate }: DryRunReport): string {
  const against = hasCandidate
    ? cli.t(
        `cấu hình thử so với bản ${revision ?? '–'}`,
        `candidate against revision ${revision ?? '–'}`,
      )
    : cli.t(`theo bản ${revision ?? '–'}`, `by revision ${revision ?? '–'}`)
  return `${cli.style.bold(job)}: ${cli.t('chạy thử', 'dry run')}, ${against}. ${cli.t('Không gửi, không lưu gì.', 'Nothing was sent or kept.')}`
}

const verdictWords: Readonly<Record<DryVerdict, Words>> = {
  leaves: { vi: 'Sẽ gửi', en: 'Would be sent' },
  nothing: { vi: 'Không có gì phải gửi', en: 'Nothing to send' },
  fails: { vi: 'Bị chặn vì lỗi', en: 'Fails' },
  same: { vi: 'Giữ nguyên', en: 'Same' },
  changed: { vi: 'Thay đổi', en: 'Changed' },
  'newly-failing': { vi: 'Mới hỏng', en: 'Newly failing' },
  'newly-passing': { vi: 'Mới qua được', en: 'Newly passing' },
  'still-failing': { vi: 'Vẫn hỏng', en: 'Still failing' },
  unreadable: { vi: 'Không còn nội dung', en: 'No content left' },
}

const pulledWords = {
  new: { vi: 'Mới', en: 'New' },
  duplicate: { vi: 'Đã có', en: 'Duplicate' },
  conflict: { vi: 'Trùng mã, khác nội dung', en: 'Conflict' },
  refused: { vi: 'Bị từ chối', en: 'Refused' },
} as const satisfies Record<string, Words>

function pushParts(cli: Cli, { summary, items, itemsLeft, complete }: DryPushReport): string[] {
  const counts = Object.entries(summary.verdicts).map(
    ([verdict, count]) => [cli.say(verdictWords[verdict as DryVerdict]), String(count)] as const,
  )
  const times = { title: cli.t('Bản tin', 'Messages'), align: 'right' } as const
  const told = items.filter(({ verdict }) => verdict !== 'same')
  return [
    cli.pairs([
      [cli.t('Bản tin', 'Messages'), String(summary.messages)],
      ...counts,
      [cli.t('Đã xoá theo hạn lưu', 'Purged'), summary.purged > 0 ? String(summary.purged) : null],
    ]),
    section(
      cli,
      cli.t('Trường thay đổi', 'Changed fields'),
      [
        { title: cli.t('Ở đâu', 'Where') },
        { title: cli.t('Vị trí', 'Pointer'), flex: true },
        times,
      ],
      summary.changes.map((one) => [one.in, one.pointer || '/', String(one.messages)]),
    ),
    section(
      cli,
      cli.t('Lỗi', 'Faults'),
      [
        { title: cli.t('Mã lỗi', 'Code') },
        { title: cli.t('Quy tắc', 'Rule') },
        { title: cli.t('Vị trí', 'Pointer'), flex: true },
        times,
      ],
      summary.faults.map((one) => [one.code, one.rule, one.pointer, String(one.messages)]),
    ),
    section(
      cli,
      cli.t('Mã chưa chuyển đổi được', 'Codes without translation'),
      [{ title: cli.t('Bảng mã', 'Table') }, { title: cli.t('Mã', 'Code'), flex: true }, times],
      summary.untranslated.map((one) => [one.table, one.code, String(one.messages)]),
    ),
    section(
      cli,
      cli.t('Từng bản tin', 'Messages'),
      [
        { title: cli.t('Chủ đề', 'Subject') },
        { title: cli.t('Loại', 'Type'), flex: true },
        { title: cli.t('Kết quả', 'Verdict') },
        { title: cli.t('Chi tiết', 'Detail'), flex: true },
      ],
      told
        .slice(0, mostRows)
        .map((item) => [
          ...[item.subject, shortType(item.type)],
          ...[cli.say(verdictWords[item.verdict]), detailOf(cli, item)],
        ]),
    ),
    ...(told.length <= mostBodies ? told.map((item) => bodyOf(cli, item)) : []),
    itemsLeft + Math.max(0, told.length - mostRows) > 0
      ? cli.t('Còn bản tin không hiện ở đây: thêm --json.', 'More messages than shown: add --json.')
      : '',
    complete ? '' : cli.style.bad(cli.t('Chưa xem hết.', 'Not all was looked at.')),
  ]
}

/** Why it fails, or what is another; as much as fits a line. */
function detailOf(cli: Cli, { candidate, current, changes }: DryItem): string {
  const now = candidate ?? current
  if (now?.kind === 'fails') {
    const places = now.faults.map((fault) => `${fault.pointer} ${cli.say(fault)}`)
    return [now.code ?? '', ...places].join('; ')
  }
  if (changes.length > 0)
    return changes
      .map(({ pointer, before, after }) => `${pointer || '/'}: ${short(before)} → ${short(after)}`)
      .join('; ')
  return now?.request ? `${now.request.method} ${now.request.url}` : ''
}

const short = (value: unknown): string => {
  const text = value === undefined ? '∅' : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function bodyOf(cli: Cli, { subject, candidate, current }: DryItem): string {
  const body = (candidate ?? current)?.body ?? null
  if (body === null) return ''
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2)
  return `${cli.t('Nội dung', 'Content')} ${cli.style.bold(subject)}:\n${text}`
}

function pullParts(cli: Cli, report: DryPullReport): string[] {
  const { verdicts, items, unread, catalogue, more, from } = report
  return [
    cli.pairs([
      [
        cli.t('Bắt đầu từ', 'From'),
        from === 'start' ? cli.t('đầu', 'the start') : cli.t('con trỏ', 'the cursor'),
      ],
      [cli.t('Bản tin của trang', 'Messages of the page'), String(report.messages)],
      ...Object.entries(pulledWords).map(
        ([verdict, words]) =>
          [cli.say(words), String(verdicts[verdict as keyof typeof verdicts])] as const,
      ),
      [cli.t('Không đọc được', 'Unread'), String(unread.length)],
      [cli.t('Danh mục', 'Catalogue'), catalogue && `${catalogue.name}: ${catalogue.entries}`],
      [cli.t('Nguồn còn trang nữa', 'More pages'), more ? cli.t('có', 'yes') : cli.t('hết', 'no')],
    ]),
    section(
      cli,
      cli.t('Từng bản tin', 'Messages'),
      [
        { title: cli.t('Chủ đề', 'Subject') },
        { title: cli.t('Loại', 'Type'), flex: true },
        { title: cli.t('Kết quả', 'Verdict') },
        { title: cli.t('Chi tiết', 'Detail'), flex: true },
      ],
      items
        .slice(0, mostRows)
        .map((item) => [
          ...[item.subject, shortType(item.type), cli.say(pulledWords[item.verdict])],
          [item.code ?? '', ...item.faults.map((one) => `${one.pointer} ${cli.say(one)}`)]
            .filter(Boolean)
            .join('; '),
        ]),
    ),
    section(
      cli,
      cli.t('Không đọc được', 'Unread'),
      [
        { title: cli.t('Chủ đề', 'Subject') },
        { title: cli.t('Mã lỗi', 'Code') },
        { title: cli.t('Vị trí', 'Pointers'), flex: true },
      ],
      unread.map((one) => [one.subject, one.code, one.pointers.join(', ')]),
    ),
  ]
}

type Columns = Parameters<Cli['table']>[0]

const section = (
  cli: Cli,
  title: string,
  columns: Columns,
  rows: readonly (readonly string[])[],
): string => (rows.length === 0 ? '' : `${cli.style.bold(title)}\n${cli.table(columns, rows)}`)

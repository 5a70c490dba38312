/** Corrections: new messages in the place of what could not be delivered. */
import { readFile } from 'node:fs/promises'
import {
  type CorrectionState,
  type CorrectionStep,
  correctionStates,
} from '../../../domain/correction.ts'
import { type Fault, HubError, type Words } from '../../../domain/errors.ts'
import { planLimits } from '../../../domain/plan.ts'
import { everything } from '../../../domain/unit.ts'
import type { CorrectionView } from '../../../engine/ports/corrections.ts'
import type { CorrectionDryRun, Hub } from '../../hub.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { criteriaOf, type FilterOptions } from '../delivery-filter.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { oneOfOption, timeOption, wholeNumberOption } from '../options.ts'

interface Reasoned {
  readonly reason?: string
}

const stateWords = {
  draft: { vi: 'nháp', en: 'draft' },
  asked: { vi: 'chờ duyệt', en: 'asked' },
  approved: { vi: 'đã duyệt', en: 'approved' },
  refused: { vi: 'bị từ chối', en: 'refused' },
  sent: { vi: 'đã gửi', en: 'sent' },
  withdrawn: { vi: 'đã rút', en: 'withdrawn' },
} as const satisfies Record<CorrectionState, Words>

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new UsageError(`Không đọc được ${path}: ${why}`, `Cannot read ${path}: ${why}`)
  }
}

const faultTable = (cli: Cli, faults: readonly Fault[]): string =>
  cli.table(
    [{ title: cli.t('Trường', 'Pointer') }, { title: cli.t('Lỗi', 'Fault'), flex: true }],
    faults.map((fault) => [fault.pointer || '/', cli.say(fault)]),
  )

const runTable = (cli: Cli, runs: readonly CorrectionDryRun[]): string =>
  cli.table(
    [
      { title: cli.t('Hệ thống', 'System') },
      { title: cli.t('Luồng', 'Job') },
      { title: cli.t('Kết quả', 'Result'), flex: true },
    ],
    runs.map(({ system, job, report }) => [
      system,
      job,
      report.kind === 'push'
        ? Object.entries(report.summary.verdicts)
            .map(([verdict, count]) => `${verdict}: ${count}`)
            .join(', ')
        : '',
    ]),
  )

interface CheckOptions {
  readonly data?: string
  readonly dryRun?: boolean
}

export const check: Handler<CheckOptions> = async (cli, [message = ''], options) => {
  const request = { message, data: await readJson(options.data ?? '') }
  const act = { actor: cli.actor, reason: '' }
  const { signal } = new AbortController()
  const found = await cli.withHub(async ({ corrections }) => {
    const findings = await corrections.check(request, everything)
    const tries = options.dryRun === true && findings.faults.length === 0
    const dryRuns = tries ? await corrections.tryOne(request, everything, act, signal) : null
    return { ...findings, dryRuns }
  })
  cli.answer(found, () =>
    [
      found.faults.length > 0 ? faultTable(cli, found.faults) : cli.t('Hợp lệ.', 'It fits.'),
      cli.t('Thay đổi: ', 'Changes: ') + found.changes.map(({ pointer }) => pointer).join(', '),
      found.dryRuns ? runTable(cli, found.dryRuns) : '',
    ]
      .filter(Boolean)
      .join('\n\n'),
  )
  return found.faults.length > 0 ? exitCodes.fault : exitCodes.ok
}

interface CreateOptions extends FilterOptions, Reasoned {
  readonly problem?: string
  readonly data?: string
  readonly steps?: string
}

async function requestOf(message: string | undefined, options: CreateOptions) {
  if (message !== undefined && options.data !== undefined)
    return { message, data: await readJson(options.data) }
  if (message !== undefined || options.steps === undefined)
    throw new UsageError(
      'Nêu <message> và --data, hoặc bộ lọc và --steps.',
      'Give <message> and --data, or a filter and --steps.',
    )
  const steps = await readJson(options.steps)
  if (!Array.isArray(steps) || steps.length === 0)
    throw new UsageError('--steps: phải là danh sách.', '--steps: must be a list.')
  const problem = wholeNumberOption('--problem', options.problem, {
    ...{ min: 1, max: 999_999_999, otherwise: 0 },
  })
  const filter = { ...criteriaOf(options), ...(problem > 0 && { problem }) }
  return { filter, steps: steps as CorrectionStep[] }
}

const described = (cli: Cli, one: CorrectionView): string =>
  cli.pairs([
    [cli.t('Bản sửa', 'Correction'), cli.style.bold(String(one.id))],
    [cli.t('Trạng thái', 'State'), cli.say(stateWords[one.state])],
    [cli.t('Hồ sơ', 'Subject'), one.kind === 'one' ? one.subject : null],
    [
      cli.t('Bản tin', 'Messages'),
      cli.t(
        `${one.counts.messages}, để nguyên vì có lỗi ${one.counts.faulty}, đã thế chỗ ${one.counts.replaced}/${one.counts.deliveries} lượt gửi`,
        `${one.counts.messages}, ${one.counts.faulty} left as they are, ${one.counts.replaced}/${one.counts.deliveries} deliveries replaced`,
      ),
    ],
    [cli.t('Thay đổi', 'Changes'), one.pointers.join(', ')],
    [cli.t('Người lập', 'By'), `${one.author}, ${cli.time(one.createdAt)}`],
    [cli.t('Lý do', 'Reason'), one.reason],
    [cli.t('Duyệt', 'Decided'), one.decidedBy && `${one.decidedBy}: ${one.decidedWhy ?? ''}`],
    [cli.t('Kế hoạch', 'Plan'), one.plan === null ? null : `hub plans show ${one.plan}`],
    [cli.t('Tiếp theo', 'Next'), nextOf(one)],
  ])

function nextOf({ id, state, needsApproval }: CorrectionView): string | null {
  if (state === 'draft' && needsApproval) return `hub corrections ask ${id} --reason "…"`
  if (state === 'asked') return `hub corrections approve ${id} --reason "…"`
  return state === 'draft' || state === 'approved'
    ? `hub corrections send ${id} --reason "…"`
    : null
}

async function find(hub: Hub, id: number): Promise<CorrectionView> {
  const found = await hub.queries.correction(id)
  if (found) return found
  throw new HubError('not-found', {
    detail: { vi: `Không có bản sửa ${id}.`, en: `There is no correction ${id}.` },
  })
}

export const create: Handler<CreateOptions> = async (cli, [message], options) => {
  const act = cli.act(options.reason)
  const request = await requestOf(message, options)
  const made = await cli.withHub(async (hub) => {
    const correction = await hub.corrections.prepare(request, everything)
    return find(hub, await hub.corrections.create(correction, act))
  })
  cli.answer(made, () => described(cli, made))
  return exitCodes.ok
}

interface ListOptions {
  readonly state?: string
  readonly limit?: string
  readonly cursor?: string
}

export const list: Handler<ListOptions> = async (cli, _args, options) => {
  const state = oneOfOption('--state', options.state, correctionStates)
  const page = await cli.withHub((hub) =>
    hub.queries.corrections({
      ...(state && { state }),
      ...(options.cursor && { cursor: options.cursor }),
      limit: wholeNumberOption('--limit', options.limit, { min: 1, max: 200, otherwise: 20 }),
    }),
  )
  cli.answer(page, () => {
    if (page.items.length === 0) return cli.t('Chưa có bản sửa nào.', 'There is no correction.')
    const table = cli.table(
      [
        { title: cli.t('Số', 'Id'), align: 'right' },
        { title: cli.t('Trạng thái', 'State') },
        { title: cli.t('Bản tin', 'Messages'), align: 'right' },
        { title: cli.t('Hồ sơ', 'Subject') },
        { title: cli.t('Người lập', 'By') },
        { title: cli.t('Lý do', 'Reason'), flex: true },
      ],
      page.items.map((one) => [
        ...[String(one.id), cli.say(stateWords[one.state]), String(one.counts.messages)],
        ...[one.kind === 'one' ? (one.subject ?? '') : '', one.author, one.reason],
      ]),
    )
    const more = cli.t('Trang sau: thêm', 'Next page: add')
    return page.next ? `${table}\n\n${more} --cursor ${page.next}` : table
  })
  return exitCodes.ok
}

function idOf([text = '']: readonly string[]): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(`"${text}" không phải số bản sửa.`, `"${text}" is not a correction's id.`)
}

interface ShowOptions {
  readonly faulty?: boolean
  readonly cursor?: string
}

export const show: Handler<ShowOptions> = async (cli, args, { faulty, cursor }) => {
  const shown = await cli.withHub(async (hub) => {
    const correction = await find(hub, idOf(args))
    const page = { limit: 50, ...(faulty && { faulty }), ...(cursor && { cursor }) }
    return { correction, items: await hub.queries.correctionItems(correction.id, page) }
  })
  cli.answer(shown, () => {
    const rows = cli.table(
      [
        { title: cli.t('Hồ sơ', 'Subject') },
        { title: cli.t('Bản gốc', 'Original') },
        { title: cli.t('Lượt gửi', 'Deliveries') },
        { title: cli.t('Thay đổi hoặc lỗi', 'Changes or faults'), flex: true },
      ],
      shown.items.items.map((item) => [
        item.subject,
        item.message,
        item.deliveries.map(({ id }) => id).join(' '),
        item.faults.length > 0
          ? item.faults.map((fault) => `${fault.pointer}: ${cli.say(fault)}`).join('; ')
          : item.pointers.join(', '),
      ]),
    )
    const more = shown.items.next ? `--cursor ${shown.items.next}` : ''
    return [described(cli, shown.correction), rows, more].filter(Boolean).join('\n\n')
  })
  return exitCodes.ok
}

export const dryRun: Handler = async (cli, args) => {
  const act = { actor: cli.actor, reason: '' }
  const { signal } = new AbortController()
  const items = await cli.withHub((hub) => hub.corrections.tryDraft(idOf(args), act, signal))
  cli.answer({ items }, () => runTable(cli, items))
  return exitCodes.ok
}

const change =
  (verb: 'ask' | 'approve' | 'refuse' | 'withdraw'): Handler<Reasoned> =>
  async (cli, args, options) => {
    const act = cli.act(options.reason)
    const after = await cli.withHub(async (hub) => {
      await hub.corrections[verb](idOf(args), act)
      return find(hub, idOf(args))
    })
    cli.answer(after, () => described(cli, after))
    return exitCodes.ok
  }
export const ask = change('ask')
export const approve = change('approve')
export const refuse = change('refuse')
export const withdraw = change('withdraw')

interface SendOptions extends Reasoned {
  readonly rate?: string
  readonly at?: string
  readonly paused?: boolean
}

export const send: Handler<SendOptions> = async (cli, args, options) => {
  const act = cli.act(options.reason)
  const id = idOf(args)
  const most = { min: 1, max: planLimits.perMinute, otherwise: 0 }
  const ratePerMinute = wholeNumberOption('--rate', options.rate, most)
  const startAt = timeOption('--at', options.at)
  const how = {
    ...(ratePerMinute > 0 && { ratePerMinute }),
    ...(startAt && { startAt }),
    ...(options.paused && { paused: true }),
  }
  const after = await cli.withHub(async (hub) => {
    await hub.corrections.send(id, how, everything, act)
    return find(hub, id)
  })
  cli.answer(after, () => described(cli, after))
  return exitCodes.ok
}

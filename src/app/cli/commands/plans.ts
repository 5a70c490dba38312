/** Bulk plans: one action on many deliveries, carried out by the processes that send. */
import { type Intervention, interventions } from '../../../domain/delivery.ts'
import { HubError } from '../../../domain/errors.ts'
import { planLimits, planStates } from '../../../domain/plan.ts'
import type { Act } from '../../../engine/ports/interventions.ts'
import type { Hub } from '../../hub.ts'
import { planResultRows } from '../../plan-result.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { criteriaOf, type FilterOptions } from '../delivery-filter.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { writeNewFile } from '../new-file.ts'
import { oneOfOption, timeOption, wholeNumberOption } from '../options.ts'
import { describePlan, planTable } from '../plan-text.ts'
import { preparedPlan } from '../prepared-plan.ts'

interface Reasoned {
  readonly reason?: string
}

interface CreateOptions extends FilterOptions, Reasoned {
  readonly problem?: string
  readonly failedOf?: string
  readonly rate?: string
  readonly at?: string
  readonly start?: boolean
}

const most = { min: 1, max: planLimits.perMinute, otherwise: 0 }
const rateOf = (text: string | undefined): number => wholeNumberOption('--rate', text, most)

export const create: Handler<CreateOptions> = async (cli, [name, ...ids], options) => {
  const act = cli.act(options.reason)
  const names = Object.keys(interventions) as Intervention[]
  const action = oneOfOption('<action>', name, names) ?? 'redrive'
  const ratePerMinute = rateOf(options.rate)
  const startAt = timeOption('--at', options.at)
  const problem = wholeNumberOption('--problem', options.problem, {
    ...{ min: 1, max: 999_999_999, otherwise: 0 },
  })
  const failedOf = wholeNumberOption('--failed-of', options.failedOf, {
    ...{ min: 1, max: 999_999_999, otherwise: 0 },
  })
  const request = {
    action,
    filter: {
      ...criteriaOf(options),
      ...(ids.length > 0 && { ids }),
      ...(problem > 0 && { problem }),
      ...(failedOf > 0 && { plan: failedOf }),
    },
    paused: !options.start,
    ...(ratePerMinute > 0 && { ratePerMinute }),
    ...(startAt && { startAt }),
  }
  const plan = await cli.withHub(async (hub) =>
    preparedPlan(hub, await hub.plans.create(request, act)),
  )
  cli.answer(plan, () => describePlan(cli, plan))
  return exitCodes.ok
}

interface ListOptions {
  readonly state?: string
  readonly limit?: string
  readonly cursor?: string
}

export const list: Handler<ListOptions> = async (cli, _args, options) => {
  const state = oneOfOption('--state', options.state, planStates)
  const page = await cli.withHub((hub) =>
    hub.queries.plans({
      ...(state && { state }),
      ...(options.cursor && { cursor: options.cursor }),
      limit: wholeNumberOption('--limit', options.limit, { min: 1, max: 500, otherwise: 20 }),
    }),
  )
  cli.answer(page, () => {
    if (page.items.length === 0) return cli.t('Chưa có kế hoạch nào.', 'There is no plan.')
    const more = page.next
      ? `\n\n${cli.t('Trang sau: thêm', 'Next page: add')} --cursor ${page.next}`
      : ''
    return planTable(cli, page.items) + more
  })
  return exitCodes.ok
}

function idOf([text = '']: readonly string[]): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(`"${text}" không phải số kế hoạch.`, `"${text}" is not the id of a plan.`)
}

async function findPlan(hub: Hub, id: number) {
  const plan = await hub.queries.plan(id)
  if (plan) return plan
  throw new HubError('not-found', {
    detail: { vi: `Không có kế hoạch ${id}.`, en: `There is no plan ${id}.` },
  })
}

const tell = async (cli: Cli, id: number, act?: (hub: Hub) => Promise<void>) => {
  const plan = await cli.withHub(async (hub) => {
    await act?.(hub)
    return findPlan(hub, id)
  })
  cli.answer(plan, () => describePlan(cli, plan))
  return exitCodes.ok
}

export const show: Handler = (cli, args) => tell(cli, idOf(args))

export const start: Handler<Reasoned & { readonly at?: string }> = async (cli, args, options) => {
  const act = cli.act(options.reason)
  const at = timeOption('--at', options.at)
  return tell(cli, idOf(args), (hub) => hub.plans.start(idOf(args), at, act))
}

const change =
  (verb: 'pause' | 'resume' | 'cancel'): Handler<Reasoned> =>
  async (cli, args, options) => {
    const act: Act = cli.act(options.reason)
    return tell(cli, idOf(args), (hub) => hub.plans[verb](idOf(args), act))
  }
export const pause = change('pause')
export const resume = change('resume')
export const cancel = change('cancel')

export const rate: Handler<Reasoned> = async (cli, [id = '', perMinute], options) => {
  const act = cli.act(options.reason)
  const ratePerMinute = rateOf(perMinute)
  return tell(cli, idOf([id]), (hub) => hub.plans.setRate(idOf([id]), ratePerMinute, act))
}

/** A file that could not be written whole is not left lying there as if it were. */
export const result: Handler<{ readonly to?: string }> = async (cli, args, { to }) => {
  const id = idOf(args)
  await cli.withHub(async (hub) => {
    const rows = planResultRows(hub.queries, await findPlan(hub, id))
    if (to === undefined) {
      for await (const piece of rows) cli.terminal.out(piece.replace(/\r\n$/, ''))
      return
    }
    await writeNewFile(to, rows)
    cli.answer({ plan: id, to }, () => cli.t(`Đã ghi ${to}.`, `Written: ${to}.`))
  })
  return exitCodes.ok
}

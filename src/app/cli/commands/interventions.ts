/** What a person does to deliveries: named ones at once, all that match a filter by a plan. */
import {
  type DeliveryPlace,
  deliveryId,
  type Intervention,
  interventions,
  parseDeliveryId,
} from '../../../domain/delivery.ts'
import { type ErrorCode, errorTable, HubError } from '../../../domain/errors.ts'
import { onlyStateFor } from '../../../domain/plan.ts'
import type { Act } from '../../../engine/ports/interventions.ts'
import type { PlanDetail } from '../../../engine/ports/plans.ts'
import type { Hub } from '../../hub.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { type Criteria, criteriaOf, type FilterOptions } from '../delivery-filter.ts'
import { type ExitCode, exitCodes, UsageError } from '../exit.ts'
import { describePlan, summaryTable } from '../plan-text.ts'
import { preparedPlan } from '../prepared-plan.ts'
import { countWords, interventionWords } from '../words.ts'
import { wrongId } from './deliveries.ts'

export interface InterveneOptions extends FilterOptions {
  readonly yes?: boolean
  readonly reason?: string
}

const progressEvery = 500

export const intervene =
  (intervention: Intervention): Handler<InterveneOptions> =>
  async (cli, args, options) => {
    const act = cli.act(options.reason)
    const criteria = criteriaOf(options)
    const filtered = Object.keys(criteria).length > 0
    if (args.length > 0 === filtered)
      throw new UsageError(
        'Nêu hoặc mã các lượt gửi, hoặc bộ lọc (--system, --code, --subject…).',
        'Name either ids of deliveries or a filter (--system, --code, --subject…).',
      )
    if (filtered) return planOut(cli, intervention, criteria, options, act)
    const places = args.map(placeOf)
    return cli.withHub((hub) => carryOut(cli, hub, { intervention, places, act }))
  }

function placeOf(id: string): DeliveryPlace {
  const place = parseDeliveryId(id)
  if (!place) throw wrongId(id)
  return place
}

/** Many at once are a plan: what matches now is frozen, shown, and started when a person is sure. */
function planOut(
  cli: Cli,
  action: Intervention,
  filter: Criteria,
  { yes }: InterveneOptions,
  act: Act,
): Promise<ExitCode> {
  if (filter.state === undefined && !onlyStateFor(action)) throw stateNeeded(action)
  return cli.withHub(async (hub) => {
    const id = await hub.plans.create({ action, filter, paused: !yes }, act)
    const plan = await preparedPlan(hub, id)
    if (plan.state !== 'ready') {
      cli.answer(plan, () => describePlan(cli, plan))
      return exitCodes.ok
    }
    const answer = await confirm(cli, plan)
    if (answer !== 'yes') {
      if (answer === 'no') await hub.plans.cancel(id, act)
      return exitCodes.usage
    }
    await hub.plans.start(id, undefined, act)
    const started = (await hub.queries.plan(id)) ?? plan
    cli.answer(started, () => describePlan(cli, started))
    return exitCodes.ok
  })
}

/** Where an action starts from several states, the filter must say which is meant. */
function stateNeeded(action: Intervention): UsageError {
  const from = interventions[action].from.join(', ')
  return new UsageError(
    `Thêm --state: thao tác này chỉ dùng cho ${from}.`,
    `Add --state: this can only be done to ${from}.`,
  )
}

/** Shows how many of what, then asks; without a person to ask, the plan waits for one. */
async function confirm(cli: Cli, plan: PlanDetail): Promise<'yes' | 'no' | 'nobody'> {
  const what = cli.say(interventionWords[plan.action])
  const count = countWords(plan.counts.total, cli.language)
  if (plan.summary) cli.terminal.err(summaryTable(cli, plan.summary))
  const question = cli.t(
    `Sẽ ${what} ${count} lượt gửi. Gõ "co" để làm: `,
    `About to ${what} ${count} deliveries. Type "yes" to go on: `,
  )
  const answer = await cli.terminal.ask(question)
  if (answer !== undefined && /^(c[oó]|yes|y)$/iu.test(answer.trim().normalize('NFC'))) return 'yes'
  cli.terminal.err(
    answer === undefined
      ? cli.t(
          `Khớp ${count} lượt gửi, chưa làm gì. Bắt đầu: hub plans start ${plan.id} --reason "…"; lần sau thêm --yes để làm luôn.`,
          `${count} deliveries match, nothing was done. Start it: hub plans start ${plan.id} --reason "…"; or add --yes next time.`,
        )
      : cli.t('Chưa làm gì.', 'Nothing was done.'),
  )
  return answer === undefined ? 'nobody' : 'no'
}

interface Order {
  readonly intervention: Intervention
  readonly places: readonly DeliveryPlace[]
  readonly act: Act
}

/** One after the other, as they are named. A refusal is noted and the rest goes on; all else stops. */
async function carryOut(cli: Cli, hub: Hub, order: Order): Promise<ExitCode> {
  const done: string[] = []
  const refused: { id: string; code: ErrorCode }[] = []
  for (const [index, place] of order.places.entries()) {
    if (cli.terminal.tty && index > 0 && index % progressEvery === 0)
      cli.terminal.err(`${index}/${order.places.length}`)
    try {
      await hub.intervene(place, order.intervention, order.act)
      done.push(deliveryId(place))
    } catch (error) {
      if (!isRefusal(error)) throw error
      if (order.places.length === 1) throw error
      refused.push({ id: deliveryId(place), code: error.code })
    }
  }
  cli.answer({ intervention: order.intervention, done, refused }, () =>
    report(cli, order, done, refused),
  )
  return refused.length > 0 ? exitCodes.refused : exitCodes.ok
}

const refusals: readonly ErrorCode[] = ['not-found', 'state-conflict', 'order-would-break']
const isRefusal = (error: unknown): error is HubError =>
  error instanceof HubError && refusals.includes(error.code)

function report(
  cli: Cli,
  order: Order,
  done: readonly string[],
  refused: readonly { id: string; code: ErrorCode }[],
): string {
  const what = cli.say(interventionWords[order.intervention])
  const count = countWords(done.length, cli.language)
  const lines = [
    cli.t(
      `${cli.style.good('✓')} Đã ${what} ${count} lượt gửi.`,
      `${cli.style.good('✓')} ${what}: ${count} deliveries.`,
    ),
  ]
  if (refused.length === 0) return lines.join('\n')
  const many = countWords(refused.length, cli.language)
  lines.push(cli.style.bad(cli.t(`✗ ${many} lượt bị từ chối:`, `✗ ${many} were refused:`)))
  lines.push(
    ...refused
      .slice(0, 20)
      .map(({ id, code }) => `  ${id}  ${cli.say(errorTable[code].title)} (${code})`),
  )
  if (refused.length > 20)
    lines.push(cli.t('  … (xem đủ bằng --json)', '  … (all of them with --json)'))
  return lines.join('\n')
}

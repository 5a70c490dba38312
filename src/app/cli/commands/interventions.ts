/** What a person does to deliveries: named ones, or all that match a filter. */
import {
  type DeliveryPlace,
  deliveryId,
  type Intervention,
  interventions,
  parseDeliveryId,
} from '../../../domain/delivery.ts'
import { type ErrorCode, errorTable, HubError } from '../../../domain/errors.ts'
import type { Act, DeliverySummary } from '../../../engine/ports.ts'
import type { Hub } from '../../hub.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { type Criteria, criteriaOf, type FilterOptions } from '../delivery-filter.ts'
import { type ExitCode, exitCodes, UsageError } from '../exit.ts'
import { countWords, interventionWords, stateWords } from '../words.ts'
import { wrongId } from './deliveries.ts'

export interface InterveneOptions extends FilterOptions {
  readonly yes?: boolean
  readonly reason?: string
}

const pageSize = 500
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
    if (!filtered) {
      const places = args.map(placeOf)
      return cli.withHub((hub) => carryOut(cli, hub, { intervention, places, act }))
    }
    const complete = withState(intervention, criteria)
    return cli.withHub(async (hub) => {
      const found = await collect(hub, complete)
      const sure = found.length === 0 || options.yes || (await confirm(cli, intervention, found))
      if (!sure) return exitCodes.usage
      const places = found.map(({ id }) => placeOf(id)).sort(inLaneOrder)
      return carryOut(cli, hub, { intervention, places, act })
    })
  }

function placeOf(id: string): DeliveryPlace {
  const place = parseDeliveryId(id)
  if (!place) throw wrongId(id)
  return place
}

/** Where an intervention starts from one state only, the filter need not say it. */
function withState(intervention: Intervention, criteria: Criteria): Criteria {
  const from: readonly string[] = interventions[intervention].from
  const [only] = interventions[intervention].from
  if (criteria.state === undefined && from.length === 1) return { ...criteria, state: only }
  if (criteria.state !== undefined && from.includes(criteria.state)) return criteria
  throw new UsageError(
    `Thêm --state: thao tác này chỉ dùng cho ${from.join(', ')}.`,
    `Add --state: this can only be done to ${from.join(', ')}.`,
  )
}

/** All that match now; what comes later is not touched. */
async function collect(hub: Hub, criteria: Criteria): Promise<DeliverySummary[]> {
  const found: DeliverySummary[] = []
  let cursor: string | null = null
  do {
    const page = await hub.queries.deliveries({
      ...criteria,
      limit: pageSize,
      ...(cursor && { cursor }),
    })
    found.push(...page.items)
    cursor = page.next
  } while (cursor)
  return found
}

const inLaneOrder = (a: DeliveryPlace, b: DeliveryPlace): number => {
  const [left, right] = [BigInt(a.lane), BigInt(b.lane)]
  return left === right ? a.number - b.number : left < right ? -1 : 1
}

/** Shows how many of what, then asks; without a person to ask, `--yes` is needed. */
async function confirm(
  cli: Cli,
  intervention: Intervention,
  found: readonly DeliverySummary[],
): Promise<boolean> {
  const counts = new Map<string, number>()
  for (const { system, state, code } of found) {
    const kind = [system, cli.say(stateWords[state]), code ?? ''].join('\t')
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const what = cli.say(interventionWords[intervention])
  const count = countWords(found.length, cli.language)
  cli.terminal.err(
    cli.table(
      [
        { title: cli.t('Hệ thống', 'System') },
        { title: cli.t('Trạng thái', 'State') },
        { title: cli.t('Mã lỗi', 'Code') },
        { title: cli.t('Số lượt', 'Count'), align: 'right' },
      ],
      [...counts].map(([kind, many]) => [...kind.split('\t'), countWords(many, cli.language)]),
    ),
  )
  const question = cli.t(
    `Sẽ ${what} ${count} lượt gửi. Gõ "co" để làm: `,
    `About to ${what} ${count} deliveries. Type "yes" to go on: `,
  )
  const answer = await cli.terminal.ask(question)
  if (answer !== undefined && /^(c[oó]|yes|y)$/iu.test(answer.trim().normalize('NFC'))) return true
  cli.terminal.err(
    answer === undefined
      ? cli.t(
          `Khớp ${count} lượt gửi. Chưa làm gì; thêm --yes để làm.`,
          `${count} deliveries match. Nothing was done; add --yes to do it.`,
        )
      : cli.t('Chưa làm gì.', 'Nothing was done.'),
  )
  return false
}

interface Order {
  readonly intervention: Intervention
  readonly places: readonly DeliveryPlace[]
  readonly act: Act
}

/** One after the other, in lane order. A refusal is noted and the rest goes on; all else stops. */
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

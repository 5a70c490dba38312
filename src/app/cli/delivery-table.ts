import type { DeliverySummary } from '../../engine/ports/deliveries.ts'
import type { Cli } from './cli.ts'
import { shortType, stateWords } from './words.ts'

const good = new Set<DeliverySummary['state']>(['delivered', 'superseded', 'discarded'])
const bad = new Set<DeliverySummary['state']>(['dead', 'unknown', 'held'])

export function stateText(
  cli: Cli,
  { state, code }: Pick<DeliverySummary, 'state' | 'code'>,
): string {
  const words = cli.say(stateWords[state]) + (code && !good.has(state) ? `: ${code}` : '')
  if (bad.has(state)) return cli.style.bad(words)
  return good.has(state) ? cli.style.good(words) : words
}

export function deliveryTable(cli: Cli, items: readonly DeliverySummary[]): string {
  return cli.table(
    [
      { title: cli.t('Mã', 'Id') },
      { title: cli.t('Hồ sơ', 'Dossier') },
      { title: cli.t('Loại', 'Type'), flex: true },
      { title: cli.t('Hệ thống', 'System') },
      { title: cli.t('Trạng thái', 'State'), flex: true },
      { title: cli.t('Lần', 'Tries'), align: 'right' },
      { title: cli.t('Nhận lúc', 'Accepted') },
    ],
    items.map((item) => [
      item.id,
      item.subject,
      shortType(item.type),
      item.system,
      stateText(cli, item),
      String(item.tries),
      cli.time(item.acceptedAt),
    ]),
  )
}

/** What the demo says while it runs, and its summary. Vietnamese first. */
import type { Hub } from '../hub.ts'
import type { Comparison } from './check.ts'

export interface Tally {
  accepted: number
  duplicates: number
  refused: number
}

export interface Counters {
  readonly delivered: number
  readonly retried: number
  readonly unknown: number
  readonly permanent: number
}

const outcomesOf = (page: string, outcome: string): number =>
  page
    .split('\n')
    .filter(
      (line) => line.startsWith('hub_attempts_total') && line.includes(`outcome="${outcome}"`),
    )
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)

/** Attempts of this process by outcome, from its own metrics. */
export async function readCounters(hub: Hub): Promise<Counters> {
  const { body } = await hub.metrics()
  return {
    delivered: outcomesOf(body, 'delivered'),
    retried: outcomesOf(body, 'retry'),
    unknown: outcomesOf(body, 'unknown'),
    permanent: outcomesOf(body, 'permanent'),
  }
}

const clock = (): string =>
  new Date().toLocaleTimeString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour12: false })

export const say = (text: string): void => void process.stdout.write(`${text}\n`)

export const tell = (text: string): void => say(`${clock()}  ${text}`)

export function tellProgress(tally: Tally, counters: Counters, dead: number): void {
  tell(
    [
      `nhận ${tally.accepted}`,
      `đã đồng bộ ${counters.delivered}`,
      `gửi lại ${counters.retried}`,
      `hỏi lại hệ thống đích ${counters.unknown}`,
      `từ chối ${tally.refused}`,
      `chờ người xử lý ${dead}`,
    ].join(' · '),
  )
}

export function sayAddresses(address: string, key: string): void {
  say('')
  say('Liên thông đang chạy. Mở trong trình duyệt / Open in a browser:')
  say(`  ${address}/docs          tài liệu API / API documentation`)
  say(`  ${address}/openapi.json  OpenAPI 3.1`)
  say(`  ${address}/readyz        tình trạng / health`)
  say('Hoặc hỏi bằng khoá dùng thử (một ngày) / Or ask with this trial key (one day):')
  say(`  curl -H 'Authorization: Bearer ${key}' '${address}/api/v1/deliveries?state=dead'`)
  say('')
}

export interface Result {
  readonly dossiers: number
  readonly tally: Tally
  readonly delivered: number
  readonly dead: number
  readonly seconds: number
  readonly comparison: Comparison
  readonly unfinished: number
  /** Handed in at the portal, and those of them that did not reach the TTHC system. */
  readonly portalBorn: number
  readonly portalBornMissing: number
}

export const isSound = ({ comparison, unfinished, portalBornMissing }: Result): boolean =>
  portalBornMissing +
    unfinished +
    comparison.lost +
    comparison.doubled +
    comparison.outOfOrder +
    comparison.differing ===
  0

export function saySummary(result: Result): void {
  const { tally, comparison } = result
  const rate = Math.round(result.delivered / result.seconds)
  const rows: [string, string][] = [
    ['hồ sơ / dossiers', String(result.dossiers)],
    ['đã nhận / accepted', String(tally.accepted)],
    ['đã đồng bộ / delivered', String(result.delivered)],
    ['gửi trùng / duplicates', String(tally.duplicates)],
    ['từ chối ở cửa / refused', String(tally.refused)],
    ['dừng, quản trị đã bỏ / dead', String(result.dead)],
    ['chưa xong / unfinished', String(result.unfinished)],
    ['sai thứ tự / out of order', String(comparison.outOfOrder)],
    ['mất / lost', String(comparison.lost)],
    ['bị nhân đôi / doubled', String(comparison.doubled)],
    ['trường đã so / fields compared', String(comparison.fields)],
    ['trường khác nhau / differing', String(comparison.differing)],
    [
      'hồ sơ từ Cổng tới một cửa / back',
      `${result.portalBorn - result.portalBornMissing}/${result.portalBorn}`,
    ],
    ['bản tin mỗi giây / messages/s', String(rate)],
  ]
  say('')
  for (const [label, value] of rows) say(`  ${label.padEnd(34)}${value.padStart(8)}`)
  for (const example of comparison.examples) say(`  ! ${example}`)
  say('')
  say(
    isSound(result)
      ? 'Đạt: không mất, không nhân đôi, không sai thứ tự. / Sound: nothing lost, doubled or out of order.'
      : 'KHÔNG ĐẠT. / NOT SOUND.',
  )
}

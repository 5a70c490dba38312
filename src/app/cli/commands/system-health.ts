/** How a system does, how fast and when it is spoken to: what is shown, tested and changed. */
import { readFileSync } from 'node:fs'
import type { CheckStep } from '../../../connector/contract.ts'
import type { Words } from '../../../domain/errors.ts'
import type { MaintenanceWindow } from '../../../domain/maintenance.ts'
import type { SystemChange } from '../../../engine/ports/system-desk.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { firstOf } from '../options.ts'
import { systemView } from './systems.ts'

const checkTimeoutMs = 60_000

const stepWords: Readonly<Record<CheckStep['name'], Words>> = {
  dns: { vi: 'Phân giải tên', en: 'Name' },
  tcp: { vi: 'Kết nối', en: 'Connection' },
  tls: { vi: 'Chứng thư', en: 'Certificate' },
  credentials: { vi: 'Tài khoản', en: 'Credentials' },
  call: { vi: 'Gọi thử', en: 'Trial call' },
}

export const check: Handler = async (cli, args) => {
  const id = firstOf(args)
  const result = await cli.withHub(async (hub) => {
    await systemView(hub, id)
    return hub.systems.check(id, AbortSignal.timeout(checkTimeoutMs), cli.actor)
  })
  cli.answer({ system: id, ...result }, () =>
    cli.table(
      [
        { title: '' },
        { title: cli.t('Bước', 'Step') },
        { title: 'ms', align: 'right' },
        { title: cli.t('Thấy gì', 'Found'), flex: true },
      ],
      result.steps.map(({ name, ok, tried, durationMs, detail }) => [
        ok ? cli.style.good('✓') : tried ? cli.style.bad('✗') : '–',
        cli.say(stepWords[name]),
        tried ? String(Math.round(durationMs)) : '–',
        cli.say(detail),
      ]),
    ),
  )
  return result.ok ? exitCodes.ok : exitCodes.fault
}

const changedWords = (cli: Cli, id: string, { revision, changed }: SystemChange): string =>
  changed
    ? cli.t(
        `Đã đổi ${id}: bản cấu hình ${revision}. Nhớ sửa cả tệp systems/${id}.yaml.`,
        `${id} is changed: revision ${revision}. Change the file systems/${id}.yaml too.`,
      )
    : cli.t(`${id} vốn đã như vậy.`, `${id} is so already.`)

interface RateOptions {
  readonly reason?: string
}

export const rate: Handler<RateOptions> = async (cli, [id = '', given = ''], options) => {
  const act = cli.act(options.reason)
  const wanted = given === 'none' ? null : Number(given)
  if (wanted !== null && !(wanted > 0))
    throw new UsageError(
      'Tốc độ là số lời gọi mỗi giây, ví dụ 5 hoặc 0.5; none là không giới hạn.',
      'The rate is requests a second, such as 5 or 0.5; none is no limit.',
    )
  const result = await cli.withHub((hub) => hub.systems.setRate(id, wanted, act))
  cli.answer({ system: id, ratePerSecond: wanted, ...result }, () => changedWords(cli, id, result))
  return exitCodes.ok
}

interface WindowOptions {
  readonly add?: string
  readonly remove?: string
  readonly reason?: string
}

/** JSON, as the configuration file has it; `@path` is a file. */
function readWindow(text: string | undefined): MaintenanceWindow | undefined {
  if (text === undefined) return undefined
  try {
    const json = text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text
    return JSON.parse(json) as MaintenanceWindow
  } catch {
    throw new UsageError(
      'Thời gian bảo trì phải là JSON, ví dụ {"kind":"once","from":"2026-12-05T22:00:00+07:00","to":"2026-12-06T04:00:00+07:00","reason":"Nâng cấp"}.',
      'A window is JSON, such as {"kind":"once","from":"2026-12-05T22:00:00+07:00","to":"2026-12-06T04:00:00+07:00","reason":"Upgrade"}.',
    )
  }
}

export const windows: Handler<WindowOptions> = async (cli, args, options) => {
  const id = firstOf(args)
  const add = readWindow(options.add)
  const remove = readWindow(options.remove)
  if (!add && !remove) {
    const view = await cli.withHub((hub) => systemView(hub, id))
    cli.answer({ system: id, items: view.windows }, () =>
      view.windows.length === 0
        ? cli.t('Không có thời gian bảo trì nào sắp tới.', 'No maintenance window is to come.')
        : cli.table(
            [
              { title: '' },
              { title: cli.t('Từ', 'From') },
              { title: cli.t('Đến', 'Until') },
              { title: cli.t('Lý do', 'Reason'), flex: true },
            ],
            view.windows.map(({ window, inForce, from, until }) => [
              inForce ? cli.t('đang', 'now') : '',
              cli.time(from),
              cli.time(until),
              window.reason,
            ]),
          ),
    )
    return exitCodes.ok
  }
  const act = cli.act(options.reason)
  const change = { ...(add && { add }), ...(remove && { remove }) }
  const result = await cli.withHub((hub) => hub.systems.changeWindows(id, change, act))
  cli.answer({ system: id, ...result }, () => changedWords(cli, id, result))
  return exitCodes.ok
}

/** Revisions, and the settings of one job or system, in the database. */
import { readFile } from 'node:fs/promises'
import type { ObjectPlace, ValueChange } from '../../../engine/ports/configuration.ts'
import type { Cli } from '../cli.ts'
import { changeLines } from '../config-report.ts'
import type { Handler } from '../define.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { wholeNumberOption } from '../options.ts'

const largest = 2 ** 30

const numberOf = (name: string, given: string): number =>
  wholeNumberOption(name, given, { min: 1, max: largest, otherwise: 1 })

export const show: Handler<{ readonly against?: string }> = async (cli, [id = ''], options) => {
  const against = options.against === undefined ? undefined : numberOf('--against', options.against)
  const found = await cli.withHub((hub) =>
    hub.configuration.difference(numberOf('<revision>', id), against),
  )
  cli.answer(found, () => {
    const head = `${cli.t('Bản', 'Revision')} ${found.id} · ${cli.time(found.at)} · ${found.author}\n${found.reason}`
    const left = found.objects.reduce((sum, one) => sum + one.left, 0)
    const lines = found.objects.map(({ object, changes }) => linesOf(cli, object, changes))
    const against = cli.t(`So với bản ${found.against}:`, `Against revision ${found.against}:`)
    return [
      head,
      ...(found.against === null ? [] : [against]),
      lines.length > 0 ? lines.join('\n') : cli.t('Không khác gì.', 'Nothing differs.'),
      ...(left > 0 ? [cli.t(`… và ${left} chỗ nữa`, `… and ${left} more`)] : []),
    ].join('\n\n')
  })
  return exitCodes.ok
}

const linesOf = (cli: Cli, object: string, changes: readonly ValueChange[]): string =>
  changeLines(
    cli,
    changes.map(({ pointer, before, after }) => ({ path: `/${object}${pointer}`, before, after })),
  )

interface RestoreOptions {
  readonly reason?: string
}

export const restore: Handler<RestoreOptions> = async (cli, [id = ''], options) => {
  const act = cli.act(options.reason)
  const number = numberOf('<revision>', id)
  const made = await cli.withHub((hub) => hub.configuration.restore(number, undefined, act))
  cli.answer(made, () =>
    made.changed
      ? `${cli.style.good('✓')} ${cli.t(
          `Nội dung của bản ${number} nay là bản ${made.revision}. Các tiến trình đang chạy tự nhận trong vài giây.`,
          `The content of revision ${number} is revision ${made.revision} now. Running processes take it up within seconds.`,
        )}`
      : cli.t(`Không khác bản đang dùng.`, `It is what runs already.`),
  )
  return exitCodes.ok
}

function placeOf(object: string): ObjectPlace {
  const [kind, id, more] = object.split('/')
  if ((kind === 'jobs' || kind === 'systems') && id && more === undefined) return { kind, id }
  throw new UsageError(
    `"${object}": ghi jobs/<mã> hoặc systems/<mã>.`,
    `"${object}": write jobs/<id> or systems/<id>.`,
  )
}

export const get: Handler = async (cli, [object = '']) => {
  const place = placeOf(object)
  const { id, revision, value, yaml } = await cli.withHub((hub) =>
    hub.configuration.settings(place),
  )
  cli.answer({ id, revision, value, yaml }, () => yaml.trimEnd())
  return exitCodes.ok
}

interface SetOptions {
  readonly file: string
  readonly base?: string
  readonly check?: boolean
  readonly reason?: string
}

export const set: Handler<SetOptions> = async (cli, [object = ''], options) => {
  const place = placeOf(object)
  const yaml = await readFile(options.file, 'utf8')
  const act = options.check ? undefined : cli.act(options.reason)
  return cli.withHub(async (hub) => {
    const { configuration } = hub
    const found = await configuration.check(place, { yaml })
    if (found.faults.length > 0 || !act) {
      const { faults, warnings, changes } = found
      cli.answer({ ok: faults.length === 0, faults, warnings, changes }, () =>
        faults.length > 0
          ? faults.map((fault) => faultLine(cli, options.file, fault)).join('\n')
          : linesOf(cli, object, changes) || cli.t('Không khác gì.', 'Nothing differs.'),
      )
      return faults.length > 0 ? exitCodes.fault : exitCodes.ok
    }
    const seen = found.isNew ? 0 : found.revision
    const base = options.base === undefined ? seen : numberOf('--base', options.base)
    const made = await configuration.save(place, { yaml }, base, act)
    cli.answer(made, () =>
      made.changed
        ? `${linesOf(cli, object, found.changes)}\n\n${cli.style.good('✓')} ${cli.t(`Đã thành bản ${made.revision}.`, `It is revision ${made.revision} now.`)}`
        : cli.t('Không có gì thay đổi.', 'Nothing has changed.'),
    )
    return exitCodes.ok
  })
}

const faultLine = (
  cli: Cli,
  file: string,
  fault: { line: number | null; pointer: string; vi: string; en: string },
): string => {
  const place = fault.line === null ? file : `${file}:${fault.line}`
  return `${cli.style.bad('✗')} ${place}  ${cli.style.dim(fault.pointer)}\n    ${cli.say(fault)}`
}

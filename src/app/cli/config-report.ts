/** Configuration faults and differences as a person reads them. */
import type { ConfigFault } from '../config/config-fault.ts'
import type { ConfigChange } from '../config/diff.ts'
import type { Cli } from './cli.ts'
import { wrap } from './style.ts'

/**
 * One block a fault: where (an editor can jump there), which field, what is wrong and what is
 * expected. All of them, file by file.
 */
export function faultBlocks(
  cli: Cli,
  folder: string,
  faults: readonly ConfigFault[],
  mark: 'fault' | 'warning',
): string {
  const { style, terminal } = cli
  const sign = mark === 'fault' ? style.bad('✗') : style.warn('!')
  return faults
    .map((fault) => {
      const place = fault.line > 0 ? `:${fault.line}:${fault.column}` : ''
      const path = fault.file === '.' ? folder : `${folder}/${fault.file}`
      const pointer = fault.pointer && `  ${style.dim(fault.pointer)}`
      const words = wrap(cli.say(fault), terminal.tty ? terminal.columns : 10_000, '    ')
      return `${sign} ${style.bold(path + place)}${pointer}\n${words}`
    })
    .join('\n')
}

export function faultCount(
  cli: Cli,
  faults: readonly ConfigFault[],
  warnings: readonly ConfigFault[],
): string {
  const files = new Set(faults.map(({ file }) => file)).size
  const also =
    warnings.length > 0
      ? cli.t(`, ${warnings.length} cảnh báo`, `, ${warnings.length} warnings`)
      : ''
  return cli.t(
    `${faults.length} lỗi trong ${files} tệp${also}.`,
    `${faults.length} faults in ${files} files${also}.`,
  )
}

const short = (value: unknown, width: number): string => {
  const text = JSON.stringify(value) ?? ''
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

/** `~` changed, `+` added, `-` removed; one line each. */
export function changeLines(cli: Cli, changes: readonly ConfigChange[]): string {
  const { style, terminal } = cli
  return changes
    .map(({ path, before, after }) => {
      const width = terminal.tty ? Math.max(20, terminal.columns - path.length - 4) : 10_000
      if (before === undefined)
        return `${style.good('+')} ${path}  ${style.dim(short(after, width))}`
      if (after === undefined)
        return `${style.bad('-')} ${path}  ${style.dim(short(before, width))}`
      const half = terminal.tty ? Math.max(10, Math.floor(width / 2) - 2) : width
      return `${style.warn('~')} ${path}  ${short(before, half)} → ${short(after, half)}`
    })
    .join('\n')
}

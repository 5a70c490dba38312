/** Lists as files, or on standard output. */
import type { Command } from 'commander'
import { type ExportFormat, exportFormats, type Outgoing } from '../export/file.ts'
import type { Cli } from './cli.ts'
import type { Define } from './define.ts'
import { type ExitCode, exitCodes, UsageError } from './exit.ts'
import { writeNewFile } from './new-file.ts'
import { oneOfOption } from './options.ts'

export interface ExportOptions {
  readonly format?: string
  readonly out?: string
}

export const withExport = (command: Command, t: Define['t']): Command =>
  command
    .option('--format <format>', t('csv (mặc định), xlsx hoặc json', 'csv (default), xlsx or json'))
    .option(
      '--out <file>',
      t('ghi ra tệp mới; xlsx luôn cần', 'write it to a new file; xlsx always needs one'),
    )

export function formatOf({ format, out }: ExportOptions): ExportFormat {
  const chosen = oneOfOption('--format', format, exportFormats) ?? 'csv'
  if (chosen === 'xlsx' && out === undefined)
    throw new UsageError('xlsx cần --out <tệp>.', 'xlsx needs --out <file>.')
  return chosen
}

export async function writeExport(cli: Cli, outgoing: Outgoing, out?: string): Promise<ExitCode> {
  const { body, tally } = outgoing
  if (out === undefined) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    for await (const piece of body)
      cli.terminal.out(decoder.decode(piece, { stream: true }).replace(/\r?\n$/, ''))
    return exitCodes.ok
  }
  await writeNewFile(out, body)
  cli.answer({ out, rows: tally.rows, truncated: tally.isCut }, () => {
    const rows = String(tally.rows)
    const more = cli.t(' Còn nữa: hãy lọc hẹp hơn.', ' There are more: narrow the filter.')
    return (
      cli.t(`Đã ghi ${out}: ${rows} dòng.`, `Written: ${out}, ${rows} rows.`) +
      (tally.isCut ? more : '')
    )
  })
  return exitCodes.ok
}

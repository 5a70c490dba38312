import Table from 'cli-table3'
import type { Terminal } from './terminal.ts'

export interface Column {
  readonly title: string
  readonly align?: 'right'
  /** May be wrapped when the table is too wide. Ids never are: people copy them. */
  readonly flex?: boolean
}

const gap = 2
const narrowest = 12
const blank = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
} as const

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
const colours = /\u001B\[\d+m/g
const widthOf = (text: string): number =>
  Math.max(
    ...text.split('\n').map((line) => [...line.replace(colours, '').normalize('NFC')].length),
  )

/**
 * A table without frames. For a person it is wrapped to the width of the terminal, with a line
 * under its head; otherwise every row is one line, whatever its width.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  terminal: Pick<Terminal, 'tty' | 'columns'>,
): string {
  const natural = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[index] ?? ''))),
  )
  const widths = terminal.tty ? shrink(columns, natural, terminal.columns) : natural
  const table = new Table({
    chars: blank,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [], compact: true },
    colWidths: widths.map((width) => width + gap),
    colAligns: columns.map((column) => column.align ?? 'left'),
    wordWrap: terminal.tty,
    wrapOnWordBoundary: true,
  })
  const rule = terminal.tty ? [widths.map((width) => '─'.repeat(width))] : []
  table.push(
    columns.map(({ title }) => title),
    ...rule,
    ...rows.map((row) => [...row]),
  )
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** Takes width from the widest flexible column until the table fits or nothing more can be taken. */
function shrink(columns: readonly Column[], natural: readonly number[], limit: number): number[] {
  const widths = [...natural]
  const total = () => widths.reduce((sum, width) => sum + width + gap, -gap)
  while (total() > limit) {
    let widest = -1
    columns.forEach((column, index) => {
      if (column.flex && (widths[index] ?? 0) > (widths[widest] ?? narrowest)) widest = index
    })
    if (widest < 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

/** Label and value, one pair a line; pairs without a value are left out. */
export function renderPairs(
  pairs: readonly (readonly [label: string, value: string | null])[],
): string {
  const shown = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null)
  const width = Math.max(0, ...shown.map(([label]) => widthOf(label)))
  const pad = ' '.repeat(width + gap)
  return shown
    .map(([label, value]) => {
      const space = ' '.repeat(width - widthOf(label) + gap)
      return label + space + value.split('\n').join(`\n${pad}`)
    })
    .join('\n')
}

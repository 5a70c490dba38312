import { styleText } from 'node:util'
import type { Terminal } from './terminal.ts'

export interface Style {
  bold(text: string): string
  dim(text: string): string
  good(text: string): string
  bad(text: string): string
  warn(text: string): string
}

const plain = (text: string): string => text
const noStyle: Style = { bold: plain, dim: plain, good: plain, bad: plain, warn: plain }

type Format = Parameters<typeof styleText>[0]
const paint = (format: Format) => (text: string) =>
  styleText(format, text, { validateStream: false })

const colors: Style = {
  bold: paint('bold'),
  dim: paint('dim'),
  good: paint('green'),
  bad: paint('red'),
  warn: paint('yellow'),
}

export const styleOf = (terminal: Pick<Terminal, 'color'>): Style =>
  terminal.color ? colors : noStyle

/** Breaks text into lines of at most `width`, at spaces; a longer word stays whole. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line !== '' && indent.length + line.length + 1 + word.length > width) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines.map((line) => indent + line).join('\n')
}

/**
 * The slow look at a JSON text that is not clean: a full reader that knows where it stands, so that
 * what is wrong can be named by pointer, or by line and column where the syntax itself is broken.
 */
import type { ErrorCode, Fault } from '../../domain/errors.ts'
import { BrokenSyntax, type Cursor, createCursor } from './cursor.ts'
import { isExactNumber } from './exact-number.ts'

export interface Finding {
  readonly code: ErrorCode
  readonly fault: Fault
}

interface Reading {
  readonly cursor: Cursor
  readonly maxDepth: number
  /** Names and indexes from the root to here. */
  readonly path: string[]
  readonly findings: Finding[]
}

const most = 100
const longestPointer = 1000
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const word = /true|false|null/y
const loneSurrogate = /\p{Surrogate}/gu

/** Thrown when nothing more is to be read. */
class Enough extends Error {}

/** Everything the hub refuses in this text, in reading order, at most 100. Empty when it is clean. */
export function inspect(text: string, maxDepth: number): Finding[] {
  const reading: Reading = { cursor: createCursor(text), maxDepth, path: [], findings: [] }
  try {
    readValue(reading)
    reading.cursor.finish()
  } catch (error) {
    if (error instanceof BrokenSyntax) reading.findings.push(syntaxFinding(reading, error))
    else if (!(error instanceof Enough)) throw error
  }
  return reading.findings
}

function readValue(reading: Reading): void {
  const { cursor } = reading
  const sign = cursor.next()
  if (sign === '{') readObject(reading)
  else if (sign === '[') readArray(reading)
  else if (sign === '"') checkText(reading, cursor.string())
  else if (sign === '-' || (sign >= '0' && sign <= '9')) {
    if (!isExactNumber(cursor.match(number))) report(reading, ...inexact)
  } else cursor.match(word)
}

function readObject(reading: Reading): void {
  const names = new Set<string>()
  readEntries(reading, '}', () => {
    const { cursor, path } = reading
    if (cursor.next() !== '"') cursor.take('"')
    const name = cursor.string()
    path.push(name)
    checkText(reading, name)
    if (name === '__proto__') report(reading, ...reserved)
    if (names.has(name)) report(reading, ...repeated)
    names.add(name)
    cursor.take(':')
    readValue(reading)
    path.pop()
  })
}

function readArray(reading: Reading): void {
  let index = 0
  readEntries(reading, ']', () => {
    reading.path.push(String(index))
    index += 1
    readValue(reading)
    reading.path.pop()
  })
}

function readEntries(reading: Reading, close: string, readEntry: () => void): void {
  const { cursor, maxDepth, path } = reading
  if (path.length >= maxDepth) {
    const vi = `Lồng quá ${maxDepth} tầng`
    report(reading, 'json-too-deep', 'depth', vi, `Nested deeper than ${maxDepth}`)
    throw new Enough()
  }
  cursor.take(cursor.next())
  if (cursor.next() !== close) {
    readEntry()
    while (cursor.next() === ',') {
      cursor.take(',')
      readEntry()
    }
  }
  cursor.take(close)
}

function checkText(reading: Reading, value: string): void {
  if (value.includes('\u0000')) report(reading, ...nul)
  if (value.search(loneSurrogate) >= 0) report(reading, ...surrogate)
}

type Row = readonly [code: ErrorCode, rule: string, vi: string, en: string]

const repeated: Row = [
  'json-duplicate-key',
  'duplicate-key',
  'Khoá bị lặp lại',
  'The key is repeated',
]
const reserved: Row = [
  'body-not-json',
  'reserved-key',
  'Không được dùng tên này',
  'This name is not allowed',
]
const nul: Row = ['body-not-json', 'nul', 'Không được chứa ký tự NUL', 'Must not contain NUL']
const surrogate: Row = [
  'body-not-json',
  'surrogate',
  'Chứa nửa cặp ký tự thay thế (surrogate) đứng một mình',
  'Contains a lone surrogate',
]
const inexact: Row = [
  'json-number-inexact',
  'exact-number',
  'Số này sẽ bị làm tròn; hãy gửi dưới dạng chuỗi',
  'The number would be rounded; send it as a string',
]

function report({ findings, path }: Reading, ...[code, rule, vi, en]: Row): void {
  findings.push({ code, fault: { pointer: pointerOf(path), rule, vi, en } })
  if (findings.length >= most) throw new Enough()
}

function syntaxFinding({ path }: Reading, { line, column }: BrokenSyntax): Finding {
  const vi = `Sai cú pháp JSON tại dòng ${line}, cột ${column}`
  const en = `JSON syntax error at line ${line}, column ${column}`
  return { code: 'body-not-json', fault: { pointer: pointerOf(path), rule: 'syntax', vi, en } }
}

/** A name may be of any length: the pointer then ends at the deepest place that fits. */
function pointerOf(path: readonly string[]): string {
  let pointer = ''
  for (const name of path) {
    const next = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (next.length > longestPointer) break
    pointer = next
  }
  return pointer.replace(loneSurrogate, '\ufffd')
}

/**
 * Mappings that an operator writes: a closed table, one row per field, made into a function once.
 *
 *   { to: /MaHoSo,     from: /subject }
 *   { to: /TrangThai,  from: /data/status, codes: ho-tich-status }
 *   { to: /NgayNop,    from: /data/submittedAt, date: yyyyMMddHHmmss, required: false }
 *   { to: /Nguon,      constant: H99 }
 *   { to: /GiayTo,     each: /data/components, rows: [{ to: /Ten, from: /name }] }
 *   { to: /TongPhi,    expression: $sum(data.fees.amount) }
 *
 * The same row reads in both directions: `toRemote` turns canonical codes and RFC 3339 dates into the other
 * system's, `toCanonical` the other way. Every fault is told, not the first only, each by the pointer of
 * what was to be read (an expression's by where it was to be written); no value is ever repeated in it.
 *
 * An expression (JSONata) is asked of another process (`ConnectorContext.evaluate`). A table without one is a
 * plain function: it asks nobody and waits for nothing.
 */
import type { ErrorCode, Fault, Words } from '../../domain/errors.ts'
import type { CodeTables, ConnectorContext, Evaluated } from '../contract.ts'
import { ConnectorError, permanent } from '../errors.ts'
import { type Conversion, type Convert, converter, type MappingDirection } from './convert.ts'
import { pointerParts, valueAt } from './pointer.ts'

/** One row; mapping.schema.json is its law. */
export interface MappingRow extends Conversion {
  readonly to: string
  readonly from?: string
  readonly constant?: string | number | boolean
  readonly each?: string
  readonly rows?: readonly MappingRow[]
  /** JSONata, over what the pointers read. */
  readonly expression?: string
  /** Default true. */
  readonly required?: boolean
}

type Tree = Record<string, unknown>

/** Of one run. */
interface Run {
  readonly at: Date
  readonly faults: Fault[]
  /** Of the first fault that has one of its own. */
  code: ErrorCode | undefined
  /** What the expressions of the table have to be asked, in the order of its rows. */
  readonly questions: Question[]
  /** Their answers; undefined in the run that gathers the questions. */
  readonly answers: Iterator<Evaluated> | undefined
}

interface Question {
  readonly expression: string
  readonly input: unknown
}

/** `place` is the pointer of what the rows read: the whole, or an item of a list. */
type Step = (input: unknown, place: string, output: Tree, run: Run) => void

/**
 * Makes the record. Throws `mapping-failed` or `code-untranslated` with every fault, and what `evaluate`
 * throws. The signal ends the wait for an expression.
 */
export type Mapping = (
  input: unknown,
  at: Date,
  signal?: AbortSignal,
) => Promise<Readonly<Record<string, unknown>>>

type MappingContext = Pick<ConnectorContext, 'codes' | 'evaluate'>

/**
 * Throws `system-misconfigured` where two rows write to the same place, and where a row has an expression and
 * this hub evaluates none.
 */
export function createMapping(
  rows: readonly MappingRow[],
  direction: MappingDirection,
  { codes, evaluate }: MappingContext,
): Mapping {
  const steps = stepsOf(rows, direction, codes)
  if (!evaluate && asksAnything(rows)) throw switchedOff()
  const runOver = (input: unknown, at: Date, answers?: readonly Evaluated[]) => {
    const run: Run = { at, faults: [], code: undefined, questions: [], answers: answers?.values() }
    const output: Tree = {}
    for (const step of steps) step(input, '', output, run)
    return { run, output }
  }
  return async (input, at, signal) => {
    let made = runOver(input, at)
    const { questions } = made.run
    if (evaluate && questions.length > 0) {
      const answers: Evaluated[] = []
      // One after the other: whoever maps much waits its turn, and the queue stays short.
      for (const { expression, input: asked } of questions)
        answers.push(await evaluate(expression, asked, signal))
      made = runOver(input, at, answers)
    }
    const { faults, code } = made.run
    if (faults.length > 0) throw permanent(code ?? 'mapping-failed', { faults })
    return made.output
  }
}

const asksAnything = (rows: readonly MappingRow[]): boolean =>
  rows.some((row) => row.expression !== undefined || asksAnything(row.rows ?? []))

function stepsOf(
  rows: readonly MappingRow[],
  direction: MappingDirection,
  codes: CodeTables,
): readonly Step[] {
  const taken = rows.map(({ to }) => `${to}/`)
  for (const [index, place] of taken.entries())
    if (taken.some((other, at) => at !== index && other.startsWith(place))) throw twice(place)
  return rows.map((row) => {
    const write = writer(pointerParts(row.to))
    if (row.constant !== undefined) return (_, __, output) => write(output, row.constant)
    if (row.rows) return eachStep(row, stepsOf(row.rows, direction, codes), write)
    const convert = converter(row, direction, codes)
    return row.expression === undefined
      ? copyStep(row, convert, write)
      : askStep(row, row.expression, convert, write)
  })
}

type Write = (output: Tree, value: unknown) => void

const writer = (parts: readonly string[]): Write => {
  const branches = parts.slice(0, -1)
  const leaf = parts.at(-1) ?? ''
  return (output, value) => {
    let at = output
    for (const branch of branches) {
      if (!Object.hasOwn(at, branch)) set(at, branch, {})
      at = at[branch] as Tree
    }
    set(at, leaf, value)
  }
}

/** A member of its own, whatever its name: `__proto__` too. */
const set = (record: Tree, name: string, value: unknown): void =>
  void Object.defineProperty(record, name, {
    ...{ value, enumerable: true, writable: true, configurable: true },
  })

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

function copyStep(row: MappingRow, convert: Convert, write: Write): Step {
  const { from = '' } = row
  const parts = pointerParts(from)
  const take = taking(row, convert, write)
  return (input, place, output, run) => take(valueAt(input, parts), place + from, output, run)
}

/** The table is gone over twice: to gather what is asked, and again when it has been answered. */
function askStep(row: MappingRow, expression: string, convert: Convert, write: Write): Step {
  const take = taking(row, convert, write)
  return (input, place, output, run) => {
    if (!run.answers) {
      run.questions.push({ expression, input })
      return
    }
    const answer: Evaluated = run.answers.next().value
    const pointer = place + row.to
    if (answer.ok) take(answer.value, pointer, output, run)
    else run.faults.push({ pointer, rule: 'expression', ...answer.why })
  }
}

/** Writes what was read, converted; says what is wrong with it. */
const taking =
  (row: MappingRow, convert: Convert, write: Write) =>
  (value: unknown, pointer: string, output: Tree, run: Run): void => {
    if (isAbsent(value)) {
      if (row.required !== false) run.faults.push({ pointer, rule: 'required', ...missing })
      return
    }
    try {
      write(output, convert(value, pointer, run.at))
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      run.code ??= error.code
      run.faults.push(...error.faults)
    }
  }

function eachStep(row: MappingRow, steps: readonly Step[], write: Write): Step {
  const { each = '' } = row
  const parts = pointerParts(each)
  return (input, place, output, run) => {
    const list = valueAt(input, parts)
    const at = place + each
    if (isAbsent(list)) {
      if (row.required !== false) run.faults.push({ pointer: at, rule: 'required', ...missing })
      return
    }
    if (typeof list !== 'object' || list === null) {
      run.faults.push({ pointer: at, rule: 'type', ...notAList })
      return
    }
    // XML does not tell a list of one from what is no list.
    const items = [list].flat().map((item: unknown, index) => {
      const inner: Tree = {}
      for (const step of steps) step(item, `${at}/${index}`, inner, run)
      return inner
    })
    write(output, items)
  }
}

const missing: Words = { vi: 'bắt buộc phải có', en: 'is required' }
const notAList: Words = { vi: 'không phải danh sách', en: 'is not a list' }

const twice = (place: string): ConnectorError =>
  permanent('system-misconfigured', {
    detail: {
      vi: `Bảng ánh xạ ghi hai lần vào ${place.slice(0, -1)}.`,
      en: `The mapping writes twice to ${place.slice(0, -1)}.`,
    },
  })

const switchedOff = (): ConnectorError =>
  permanent('system-misconfigured', {
    detail: {
      vi: 'Bảng ánh xạ có biểu thức (expression) nhưng tiến trình này không tính biểu thức: đặt HUB_EXPRESSIONS=on.',
      en: 'The mapping has an expression, and this process evaluates none: set HUB_EXPRESSIONS=on.',
    },
  })

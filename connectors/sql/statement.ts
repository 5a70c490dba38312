/**
 * The statements that are asked, as text and values. Pure. Values are bound, never written into the text; names
 * are quoted; what an operator wrote stands in brackets as a table of its own, so that it can be no more than
 * a SELECT, and of its columns only those are read that the configuration names.
 */
import { type ConnectorError, permanent, type Words } from '../../src/connector/index.ts'
import type { Kind } from './cells.ts'
import type { DialectName, Source } from './options.ts'

export type Value = string | number | boolean | null

export interface Statement {
  readonly text: string
  readonly values: readonly Value[]
}

/** How a dialect writes what the others write otherwise. */
export interface Syntax {
  quote(name: string): string
  /** The n-th value, from 1. `kind` is that of the column it is compared with, where it is. */
  place(n: number, kind?: Kind): string
  /** A time as it is bound to be compared with a column of this kind. */
  time(rfc3339: string, kind: Kind): string
  /** What comes before the columns and after everything, for the first `rows`. */
  first(rows: number): { readonly head: string; readonly tail: string }
}

/** The clock alone: of that time zone which the session, or the column, is in. */
const withoutOffset = (time: string): string => time.replace(/(Z|[+-]\d\d:\d\d)$/, '')

const doubled = (text: string, mark: string): string => text.replaceAll(mark, mark + mark)

export const syntaxes: Readonly<Record<DialectName, Syntax>> = {
  postgresql: {
    quote: (name) => `"${doubled(name, '"')}"`,
    place: (n) => `$${n}`,
    // Where a column has no time zone PostgreSQL passes over the offset.
    time: (rfc3339) => rfc3339,
    first: (rows) => ({ head: '', tail: ` limit ${rows}` }),
  },
  mysql: {
    quote: (name) => `\`${doubled(name, '`')}\``,
    // A text beside a number is compared as two doubles otherwise: not exact.
    place: (_, kind) =>
      kind === 'number'
        ? 'cast(? as decimal(65, 20))'
        : isClock(kind)
          ? 'cast(? as datetime(6))'
          : '?',
    time: withoutOffset,
    first: (rows) => ({ head: '', tail: ` limit ${rows}` }),
  },
  'sql-server': {
    quote: (name) => `[${doubled(name, ']')}]`,
    place: (n, kind) =>
      kind === 'zoned'
        ? `cast(@p${n} as datetimeoffset(7))`
        : isClock(kind)
          ? `cast(@p${n} as datetime2(7))`
          : // Beside a value in Unicode it would be compared as Unicode is, and sorted as it is not.
            kind === 'narrow'
            ? `cast(@p${n} as varchar(8000))`
            : `@p${n}`,
    time: (rfc3339, kind) => (kind === 'zoned' ? rfc3339 : withoutOffset(rfc3339)),
    first: (rows) => ({ head: `top (${rows}) `, tail: '' }),
  },
}

const isClock = (kind: Kind | undefined): boolean =>
  kind === 'zoned' || kind === 'time' || kind === 'day'

/** Where rows come from, ready to stand behind `from`. Throws `system-misconfigured`. */
export function sourceOf(dialect: DialectName, { table, select }: Source): string {
  if (table !== undefined) return table.split('.').map(syntaxes[dialect].quote).join('.')
  const { text, names } = readSelect(dialect, select ?? '')
  if (names.length > 0) throw misfit(noParameters)
  return `(\n${text}\n)`
}

interface Selected {
  readonly from: string
  readonly columns: readonly string[]
}

const listed = ({ quote }: Syntax, columns: readonly string[]): string =>
  columns.map((name) => `q.${quote(name)}`).join(', ')

/** No rows: what columns there are, and of what kinds. */
export const describe = (syntax: Syntax, { from, columns }: Selected): Statement => ({
  text: `select ${listed(syntax, columns)} from ${from} as q where 1 = 0`,
  values: [],
})

/** At most one row, where rows would never be reached because they stand nowhere in the order. */
export function astray(syntax: Syntax, { from, columns }: Selected): Statement {
  const { head, tail } = syntax.first(1)
  const nulls = columns.map((name) => `q.${syntax.quote(name)} is null`).join(' or ')
  return { text: `select ${head}1 from ${from} as q where ${nulls}${tail}`, values: [] }
}

export interface Ordered {
  readonly name: string
  readonly kind: Kind
}

/** Conditions over the columns of the order; each binds a value. */
function comparing(syntax: Syntax, by: readonly Ordered[], place: readonly string[]) {
  const values: Value[] = []
  const compare = (index: number, sign: string): string => {
    const { name = '', kind = 'other' } = by[index] ?? {}
    const value = place[index] ?? ''
    values.push(isClock(kind) ? syntax.time(value, kind) : value)
    return `q.${syntax.quote(name)} ${sign} ${syntax.place(values.length, kind)}`
  }
  return { values, compare }
}

/**
 * Rows behind a place in the order of `by`, the watermark first and what tells rows of one watermark apart
 * after it. `after` holds as many values: rows behind that row; or the first only: rows from that watermark on.
 */
export function page(
  syntax: Syntax,
  { from, columns }: Selected,
  by: readonly Ordered[],
  after: readonly string[],
  rows: number,
): Statement {
  const { values, compare } = comparing(syntax, by, after)
  const behind = (index: number): string =>
    index === after.length - 1
      ? compare(index, '>')
      : `${compare(index, '>')} or ${compare(index, '=')} and (${behind(index + 1)})`
  // By the first part alone an index can be used.
  const reached = compare(0, '>=')
  const where = after.length > 1 ? `${reached} and (${behind(0)})` : reached
  const order = by.map(({ name }) => `q.${syntax.quote(name)}`).join(', ')
  const { head, tail } = syntax.first(rows)
  const text = `select ${head}${listed(syntax, columns)} from ${from} as q where ${where} order by ${order}${tail}`
  return { text, values }
}

/** At most two rows: of those, however the database compares, that stand at this very place. */
export function samePlace(
  syntax: Syntax,
  { from }: Selected,
  by: readonly Ordered[],
  at: readonly string[],
): Statement {
  const { values, compare } = comparing(syntax, by, at)
  const { head, tail } = syntax.first(2)
  const where = by.map((_, index) => compare(index, '=')).join(' and ')
  return { text: `select ${head}1 from ${from} as q where ${where}${tail}`, values }
}

/** A SELECT with named parameters, made once. */
export interface Question {
  readonly names: readonly string[]
  ask(values: Readonly<Record<string, unknown>>): Statement
}

/** At most two rows: one is the answer, two are one too many. Throws `system-misconfigured`. */
export function question(
  dialect: DialectName,
  select: string,
  columns: readonly string[],
): Question {
  const syntax = syntaxes[dialect]
  const { text, names } = readSelect(dialect, select)
  const { head, tail } = syntax.first(2)
  const whole = `select ${head}${listed(syntax, columns)} from (\n${text}\n) as q${tail}`
  return {
    names,
    ask: (values) => ({ text: whole, values: names.map((name) => scalar(name, values[name])) }),
  }
}

function scalar(name: string, value: unknown): Value {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  throw permanent('payload-invalid', {
    faults: [{ pointer: `/parameters/${name}`, rule: 'type', ...notScalar }],
  })
}

const string = (backslash: boolean): string =>
  backslash ? "'(?:[^'\\\\]|''|\\\\.)*'" : "'(?:[^']|'')*'"

/** What is passed over, what names a parameter, what must not be there. */
const tokens: Readonly<Record<DialectName, RegExp>> = {
  postgresql: tokenizer(
    [`[eE]${string(true)}`, string(false), '"(?:[^"]|"")*"', '::'],
    [';', '--', '/\\*', '\\$', '\\\\', "'", '"'],
  ),
  mysql: tokenizer(
    [string(true), '"(?:[^"\\\\]|""|\\\\.)*"', '`(?:[^`]|``)*`'],
    [';', '--', '/\\*', '#', '\\?', '@', '\\\\', "'", '"', '`'],
  ),
  'sql-server': tokenizer(
    [string(false), '"(?:[^"]|"")*"', '\\[(?:[^\\]]|\\]\\])*\\]', '::'],
    [';', '--', '/\\*', '@', "'", '"', '\\['],
  ),
}

function tokenizer(passed: readonly string[], refused: readonly string[]): RegExp {
  return new RegExp(
    `(?<passed>${passed.join('|')})|:(?<name>[A-Za-z_]\\w*)|(?<refused>${refused.join('|')})`,
    'gs',
  )
}

/**
 * The operator's text: one SELECT, without comments, with `:name` for what is bound. The place of each is
 * counted, so a name that stands twice is bound twice.
 */
function readSelect(
  dialect: DialectName,
  given: string,
): { readonly text: string; readonly names: readonly string[] } {
  const select = given.trim().replace(/;\s*$/, '')
  // SQL Server has no WITH in brackets.
  const opening = dialect === 'sql-server' ? /^select\s/i : /^(select|with)\s/i
  if (!opening.test(select)) throw misfit(noSelect)
  const names: string[] = []
  const text = select.replace(tokens[dialect], (token: string, ...rest: unknown[]) => {
    const { passed, name, refused } = rest.at(-1) as Record<string, string | undefined>
    if (passed !== undefined) return passed
    if (refused !== undefined) throw misfit(notTaken(refused))
    names.push(name ?? '')
    return name === undefined ? token : syntaxes[dialect].place(names.length)
  })
  return { text, names }
}

export const misfit = (detail: Words): ConnectorError =>
  permanent('system-misconfigured', { detail })

const noSelect: Words = {
  vi: 'Câu truy vấn phải là một câu lệnh duy nhất, bắt đầu bằng SELECT (hoặc WITH, trừ SQL Server).',
  en: 'The query must be one statement that begins with SELECT (or WITH, but not for SQL Server).',
}
const noParameters: Words = {
  vi: 'Câu SELECT của lần lấy về không có tham số.',
  en: 'The SELECT of a pull has no parameters.',
}
const notTaken = (mark: string): Words => ({
  vi: `Câu SELECT không được có ${mark} ngoài chuỗi (một câu lệnh, không chú thích, tham số viết :ten).`,
  en: `The SELECT must not have ${mark} outside of a text (one statement, no comments, parameters as :name).`,
})
const notScalar: Words = {
  vi: 'phải là văn bản, số hoặc đúng/sai',
  en: 'must be a text, a number or true/false',
}

import type { CodeTables } from '../../connector/contract.ts'
import { type ConnectorError, permanent } from '../../connector/errors.ts'
import type { CodeRow } from '../../domain/configuration.ts'

type Side = 'canonical' | 'remote'
type Index = ReadonlyMap<string, readonly CodeRow[]>

/**
 * The code tables of a revision, indexed both ways. A code without a row on that day is a fault that
 * names table and code, and so is one with two answers: which of them is meant would be a guess.
 * Codes are no personal data.
 */
export function createCodeTables(tables: Readonly<Record<string, readonly CodeRow[]>>): CodeTables {
  const dayOf = rememberDay()
  const indexes = new Map(
    Object.entries(tables).map(([name, rows]) => [
      name,
      { canonical: indexBy(rows, 'canonical'), remote: indexBy(rows, 'remote') },
    ]),
  )
  const translate = (
    { table, code, from, to }: { table: string; code: string; from: Side; to: Side },
    at: Date,
    pointer: string,
  ): string => {
    const day = dayOf(at)
    const answers = new Set<string>()
    for (const row of indexes.get(table)?.[from].get(code) ?? [])
      if (holds(row, day)) answers.add(row[to])
    const [answer] = answers
    if (answer !== undefined && answers.size === 1) return answer
    throw answers.size === 0
      ? untranslated(table, code, day, pointer)
      : ambiguous(table, code, day, pointer)
  }
  return {
    toRemote: (table, code, at, pointer) =>
      translate({ table, code, from: 'canonical', to: 'remote' }, at, pointer),
    toCanonical: (table, code, at, pointer) =>
      translate({ table, code, from: 'remote', to: 'canonical' }, at, pointer),
  }
}

const untranslated = (table: string, code: string, day: string, pointer: string): ConnectorError =>
  permanent('code-untranslated', {
    detail: {
      vi: `Bảng mã ${table} không có mã "${code}" còn hiệu lực ngày ${day}.`,
      en: `The code table ${table} has no row for "${code}" that is valid on ${day}.`,
    },
    faults: [
      {
        pointer,
        rule: 'code-table',
        vi: `mã chưa có trong bảng ${table}`,
        en: `the code is not in the table ${table}`,
      },
    ],
  })

const ambiguous = (table: string, code: string, day: string, pointer: string): ConnectorError =>
  permanent('code-untranslated', {
    detail: {
      vi: `Bảng mã ${table} có nhiều dòng khác nhau cho mã "${code}" ngày ${day}.`,
      en: `The code table ${table} has different rows for "${code}" on ${day}.`,
    },
    faults: [
      {
        pointer,
        rule: 'code-table',
        vi: `mã có nhiều cách chuyển đổi trong bảng ${table}`,
        en: `the table ${table} translates the code in more than one way`,
      },
    ],
  })

const vietnamDay = (at: Date): string =>
  new Date(at.getTime() + 7 * 60 * 60 * 1000).toISOString().slice(0, 10)

const holds = (row: CodeRow, day: string): boolean =>
  (row.validFrom === '' || row.validFrom <= day) && (row.validTo === '' || day <= row.validTo)

function indexBy(rows: readonly CodeRow[], side: Side): Index {
  const index = new Map<string, CodeRow[]>()
  for (const row of rows) {
    const known = index.get(row[side])
    if (known) known.push(row)
    else index.set(row[side], [row])
  }
  return index
}

/** A message asks for a dozen codes of one moment: the day of the last moment is remembered. */
function rememberDay(): (at: Date) => string {
  let moment = Number.NaN
  let day = ''
  return (at) => {
    if (at.getTime() !== moment) {
      moment = at.getTime()
      day = vietnamDay(at)
    }
    return day
  }
}

/** Code tables of the configuration in force; a change of an entry is a revision, judged as a file would be. */
import type { CodeRow, Configuration, Revision } from '../../domain/configuration.ts'
import { type Fault, HubError } from '../../domain/errors.ts'
import type {
  CodeEntryView,
  CodeSeen,
  CodeTableFilter,
  CodeTables,
  CodeTableView,
} from '../../engine/ports/codes.ts'
import type { RevisionStore } from '../../engine/ports/configuration.ts'
import { isCodeRows, parseCodeTable } from '../config/code-table.ts'
import { codeTableText } from '../config/to-files.ts'

interface Dependencies {
  readonly revisions: Pick<RevisionStore, 'change'>
  readonly revision: () => Revision | undefined
  readonly reload: () => Promise<void>
}

const viewOf = ({ canonical, remote, validFrom, validTo }: CodeRow): CodeEntryView => ({
  ...{ canonical, remote },
  ...{ validFrom: validFrom || null, validTo: validTo || null },
})

/** A table belongs to the connector with whose id its name begins. */
const tableOf = (name: string, { codes, systems }: Configuration): CodeTableView => ({
  ...{ name, entries: codes[name]?.length ?? 0 },
  systems: systems.filter(({ connector }) => name.startsWith(`${connector}-`)).map(({ id }) => id),
})

const keyOf = ({ canonical, validFrom }: CodeRow): string => `${canonical}\n${validFrom}`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const cursorOf = (row: CodeRow): string => Buffer.from(keyOf(row)).toString('base64url')

const foreignCursor: Fault = {
  ...{ pointer: '/cursor', rule: 'format' },
  ...{ vi: 'con trỏ trang không hợp lệ', en: 'is not a cursor of this list' },
}

function readCursor(cursor: string | undefined): string {
  if (cursor === undefined) return ''
  const key = Buffer.from(cursor, 'base64url').toString()
  if (key.includes('\n')) return key
  throw new HubError('request-invalid', { faults: [foreignCursor] })
}

function rowsOf({ codes }: Configuration, table: string): readonly CodeRow[] {
  const rows = Object.hasOwn(codes, table) ? codes[table] : undefined
  if (rows) return rows
  throw new HubError('not-found', {
    detail: { vi: `Không có bảng mã ${table}.`, en: `There is no code table ${table}.` },
  })
}

/** What is wrong with the entry in its place; by its own members. */
function faultsOf(table: string, rows: readonly CodeRow[], place: number): Fault[] {
  const parsed = parseCodeTable(`codes/${table}.csv`, new TextEncoder().encode(codeTableText(rows)))
  if (isCodeRows(parsed)) return []
  const names: Readonly<Record<string, string>> = { valid_from: 'validFrom', valid_to: 'validTo' }
  return parsed.map(({ pointer, rule, vi, en }) => {
    const [, index, column = ''] = pointer.split('/')
    if (rule !== 'overlap' && Number(index) === place)
      return { pointer: `/${names[column] ?? column}`, rule, vi, en }
    return overlapOf(rows, place, { pointer: '/validFrom', rule, vi, en })
  })
}

/** Says which other period the code has, where that is what is wrong. */
function overlapOf(rows: readonly CodeRow[], place: number, otherwise: Fault): Fault {
  const entry = rows[place]
  const other = rows.find((row, at) => at !== place && row.canonical === entry?.canonical)
  if (otherwise.rule !== 'overlap' || !other) return otherwise
  const period = `${other.validFrom || '…'} – ${other.validTo || '…'}`
  return {
    ...otherwise,
    vi: `Mã này đã có dòng "${other.remote}" hiệu lực ${period}, trùng thời gian. Đặt ngày hết hiệu lực cho dòng ấy trước.`,
    en: `The code has the entry "${other.remote}" for ${period}, which overlaps. Let that one end first.`,
  }
}

function put(rows: readonly CodeRow[], entry: CodeRow) {
  const found = rows.findIndex((row) => keyOf(row) === keyOf(entry))
  if (found < 0) return { rows: [...rows, entry], place: rows.length, before: undefined }
  return { rows: rows.with(found, entry), place: found, before: rows[found] }
}

/** What somebody else has changed meanwhile is not overwritten unseen; what is there as it is wanted is no conflict. */
function mustBeAsSeen(there: CodeRow | undefined, entry: CodeRow, seen?: CodeSeen | null): void {
  if (seen === undefined) return
  const isAsWanted = there?.remote === entry.remote && there.validTo === entry.validTo
  const { remote, validTo = there?.validTo || null } = seen ?? {}
  const isAsSeen = there?.remote === remote && (!there || (there.validTo || null) === validTo)
  if (isAsWanted || isAsSeen) return
  throw new HubError('state-conflict', {
    detail: there
      ? {
          vi: `Người khác vừa đổi dòng này thành "${there.remote}", hiệu lực tới ${there.validTo || '…'}. Chưa lưu gì. Mở lại dòng ấy rồi xem lại trước khi đổi.`,
          en: `Somebody else has made this entry "${there.remote}" until ${there.validTo || '…'}. Nothing was saved. Open it again and look.`,
        }
      : {
          vi: 'Dòng này vừa bị bỏ khỏi bảng mã. Chưa lưu gì. Tải lại rồi xem lại.',
          en: 'This entry is not in the table any more. Nothing was saved. Reload and look again.',
        },
  })
}

export function createCodeTableDesk({ revisions, revision, reload }: Dependencies): CodeTables {
  const inForce = (): Revision => {
    const found = revision()
    if (!found) throw new HubError('not-found')
    return found
  }
  return {
    list() {
      const { configuration } = inForce()
      return Object.keys(configuration.codes)
        .sort(compare)
        .map((name) => tableOf(name, configuration))
    },
    page(table, { search = '', cursor, limit }: CodeTableFilter) {
      const { id, configuration } = inForce()
      const after = readCursor(cursor)
      const wanted = search.toLocaleLowerCase('vi')
      const rows = rowsOf(configuration, table)
        .filter((row) => keyOf(row) > after)
        .filter(({ canonical, remote }) =>
          [canonical, remote].some((code) => code.toLocaleLowerCase('vi').includes(wanted)),
        )
        .sort((a, b) => compare(keyOf(a), keyOf(b)))
      const items = rows.slice(0, limit)
      const last = items.at(-1)
      return {
        ...tableOf(table, configuration),
        ...{ revision: id, items: items.map(viewOf) },
        next: rows.length > items.length && last ? cursorOf(last) : null,
      }
    },
    async set(table, entry, act, seen) {
      let before: CodeRow | undefined
      const { id, changed } = await revisions.change((newest) => {
        if (!newest) throw new HubError('not-found')
        const next = put(rowsOf(newest, table), entry)
        before = next.before
        mustBeAsSeen(before, entry, seen)
        const faults = faultsOf(table, next.rows, next.place)
        if (faults.length > 0) throw new HubError('request-invalid', { faults })
        return {
          configuration: { ...newest, codes: { ...newest.codes, [table]: next.rows } },
          told: {
            ...{ action: 'code-table.changed', object: table },
            ...{ before: before ? viewOf(before) : null, after: viewOf(entry) },
          },
        }
      }, act)
      await reload()
      return { revision: id, changed, entry: viewOf(entry), before: before ? viewOf(before) : null }
    },
  }
}

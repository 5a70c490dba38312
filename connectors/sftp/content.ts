/** What a file holds that we write: one message, as JSON, as a row of CSV or as XML. Pure but for the mapping. */
import {
  type ConnectorContext,
  createMapping,
  elementsOf,
  type OutgoingDelivery,
  permanent,
  xml,
  xmlDocument,
} from '../../src/connector/index.ts'
import type { Content, PushOptions } from './options.ts'

type Tree = Readonly<Record<string, unknown>>

/** The same delivery gives the same bytes, whenever it is asked. */
export type MakeContent = (delivery: OutgoingDelivery) => Promise<Uint8Array>

/** What names and contents may be filled from: the event, and the key of the delivery. */
export const fillingOf = ({ idempotencyKey, message }: OutgoingDelivery): Tree => ({
  key: idempotencyKey,
  ...message,
})

export function contentMaker(context: ConnectorContext, { content }: PushOptions): MakeContent {
  const { rows } = content
  const map = rows && createMapping(rows, 'toRemote', context)
  const columns = rows?.map(({ to }) => to.slice(1).replaceAll('~1', '/').replaceAll('~0', '~'))
  return async (delivery) => {
    const at = new Date(delivery.message.time)
    const made = map ? await map(fillingOf(delivery), at) : (delivery.message.data as Tree)
    const record = context.outgoing<Tree>('sftp/record/v1', made)
    return new TextEncoder().encode(textOf(content, record, columns ?? []))
  }
}

function textOf(content: Content, record: Tree, columns: readonly string[]): string {
  if (content.kind === 'json') return `${JSON.stringify(record, null, 2)}\n`
  if (content.kind === 'xml')
    return `${xmlDocument(xml(content.root, content.attributes ?? {}, elementsOf(record)))}\n`
  const { delimiter = ',', header = true } = content
  const cell = (value: unknown): string => csvCell(value, delimiter)
  const row = columns.map((name) => cell(record[name])).join(delimiter)
  return `${header ? `${columns.map(cell).join(delimiter)}\r\n` : ''}${row}\r\n`
}

/**
 * RFC 4180. A text that a spreadsheet would take for a formula is refused: it can neither be left as it is, nor be
 * changed.
 */
function csvCell(value: unknown, delimiter: string): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') throw notFlat()
  const text = String(value)
  // A number with its sign (a telephone's, say) is none.
  if (/^[=@\t\r]|^[+-](?![\d .()-]*$)/.test(text)) throw formula()
  return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text
}

const notFlat = () =>
  permanent('mapping-failed', {
    detail: {
      vi: 'Một ô CSV không chứa được danh sách hay bản ghi.',
      en: 'A cell of CSV can hold neither a list nor a record.',
    },
  })
const formula = () =>
  permanent('mapping-failed', {
    detail: {
      vi: 'Có văn bản bắt đầu bằng =, +, -, @: phần mềm bảng tính sẽ hiểu là công thức. Dùng JSON hoặc XML.',
      en: 'A text begins with =, +, - or @, which spreadsheets take for a formula. Use JSON or XML.',
    },
  })

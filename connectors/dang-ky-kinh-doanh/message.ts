/** One row of a list → one message. Pure. */
import { createHash } from 'node:crypto'
import { type IncomingMessage, toVietnamTime, withoutAbsent } from '../../src/connector/index.ts'
import { dateOrTextOf, type Row, textOf } from './reading.ts'

/**
 * The event id is made of the content: what is read twice is a duplicate, and what has changed is a new
 * message. What a row lacks, or writes in a form that is not known, is for acceptance to refuse by name: one
 * bad row does not hold up its page. `now` is the time of such a row alone.
 */
export function messageOf(source: string, row: Row, now: Date): IncomingMessage {
  const data = withoutAbsent({
    receiptNumber: textOf(row, 'IN_JOURNAL_NO'),
    documentType: textOf(row, 'DOCUMENT_TYPE'),
    enterpriseCode: textOf(row, 'ENTERPRISE_GDT_CODE'),
    internalCode: textOf(row, 'ENTERPRISE_CODE'),
    enterpriseName: textOf(row, 'NAME'),
    registrarCode: textOf(row, 'SITE_ID'),
    status: textOf(row, 'PROCESS_STATUS'),
    statusChangedAt: dateOrTextOf(row, 'PROCESSED_DATE'),
    receivedOn: dateOrTextOf(row, 'RECEIPT_DATE'),
    dueOn: dateOrTextOf(row, 'PLAN_DATE'),
  })
  const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32)
  const subject = String(data.receiptNumber ?? 'khong-co-so-bien-nhan')
  return {
    source,
    eventId: `${subject}.${hash}`,
    type: 'vn.tthc.business-registration.changed.v1',
    subject,
    time: momentOf(String(data.statusChangedAt ?? data.receivedOn ?? '')) ?? toVietnamTime(now),
    data,
  }
}

/** A day is its beginning in Vietnam. */
function momentOf(date: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(date)) return `${date}T00:00:00+07:00`
  return /^\d{4}-\d{2}-\d{2}T.*\+07:00$/.test(date) ? date : undefined
}

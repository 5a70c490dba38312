/**
 * Questions that citizens asked on the portal → canonical messages. The portal has no "since" and
 * gives no date, so every run reads the list and the cursor is what it held: a digest per question.
 * A question is told when it is new, and told again when its content has changed.
 */
import {
  field,
  type IncomingMessage,
  type PullPage,
  type PullRequest,
  type QuestionAsked,
  type RemoteRecord,
  toVietnamTime,
} from '../../src/connector/index.ts'
import type { PortalClient } from './client.ts'
import { digest } from './memo.ts'

export interface QuestionTools {
  readonly client: PortalClient
  readonly clock: { now(): Date }
  /** Who speaks, in CloudEvents' sense. */
  readonly source: string
}

export async function pullQuestions(
  tools: QuestionTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const known = new Set(request.cursor?.split(' '))
  const records = (await tools.client.questions(signal)).filter(isOpen)
  const questions = records.map((record) => {
    const question = questionOf(record)
    return { question, digest: digest(JSON.stringify(question)) }
  })
  // The portal does not say when a question was asked; the hub says the day on which it saw it.
  const time = `${toVietnamTime(tools.clock.now()).slice(0, 10)}T00:00:00+07:00`
  const messages = questions
    .filter((one) => !known.has(one.digest))
    .map(
      (one): IncomingMessage => ({
        source: tools.source,
        eventId: `hoidap.${one.question.id}.${one.digest}`,
        type: 'vn.tthc.question.asked.v1',
        subject: one.question.id,
        time,
        data: one.question,
      }),
    )
  return { messages, cursor: questions.map((one) => one.digest).join(' '), more: false }
}

/** State 0 is to be skipped (public client code, 2021). */
const isOpen = (record: RemoteRecord): boolean => String(field(record, 'TRANGTHAI') ?? '') !== '0'

/** What is missing stays missing: the schema of the message decides. */
function questionOf(record: RemoteRecord): QuestionAsked {
  const text = (name: string): string | undefined => {
    const value = field(record, name)
    const words = value === undefined || value === null ? '' : String(value).trim()
    return words === '' ? undefined : words
  }
  const asker = {
    name: text('HOVATEN'),
    address: text('DIACHI'),
    email: text('THUDIENTU'),
    phone: text('SODIENTHOAI'),
  }
  const question = {
    id: text('HOIDAPID'),
    agency: { code: text('MADONVI'), name: text('TENDONVI') },
    domainCode: text('MALINHVUC'),
    procedureCode: text('MATTHCDP'),
    content: text('NOIDUNG'),
    asker: asker.name === undefined ? undefined : asker,
  }
  // Without the fields that are undefined.
  return JSON.parse(JSON.stringify(question)) as QuestionAsked
}

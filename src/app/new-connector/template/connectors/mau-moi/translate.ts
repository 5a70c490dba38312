/** Canonical message ↔ the system's shape. Pure: no I/O, no clock, no guess. */
import {
  type IncomingMessage,
  type Message,
  type QuestionAsked,
  sameText,
} from '../../../../../connector/index.ts'

/** What the system calls a question. */
export interface Question {
  readonly code: string
  readonly unit: string
  readonly content: string
  readonly asker?: string
}

/** What the system calls an answer; `changedAt` moves on whenever it is corrected. RFC 3339. */
export interface Answer {
  readonly code: string
  readonly unit: string
  readonly unitName: string
  readonly official: string
  readonly position: string
  readonly content: string
  readonly answeredAt: string
  readonly changedAt: string
}

export function toQuestion({ data }: Pick<Message, 'data'>): Question {
  const { id, agency, content, asker } = data as QuestionAsked
  return { code: id, unit: agency.code, content, ...(asker && { asker: asker.name }) }
}

export const sameQuestion = (left: Question, right: Question): boolean =>
  left.unit === right.unit &&
  sameText(left.content, right.content) &&
  sameText(left.asker ?? '', right.asker ?? '')

/** The event id is made of what is told: the same answer keeps it, a corrected one has another. */
export const toMessage = (source: string, answer: Answer): IncomingMessage => ({
  source,
  eventId: `answer.${answer.code}.${answer.changedAt}`,
  type: 'vn.tthc.question.answered.v1',
  subject: answer.code,
  time: answer.changedAt,
  data: {
    id: answer.code,
    agency: { code: answer.unit, name: answer.unitName },
    answeredBy: answer.official,
    position: answer.position,
    answeredAt: answer.answeredAt,
    content: answer.content,
  },
})

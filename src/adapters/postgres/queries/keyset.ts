/** What lists that are read page by page, newest first, have in common. */
import { HubError } from '../../../domain/errors.ts'

export const badCursor = (): HubError =>
  new HubError('request-invalid', {
    faults: [
      {
        pointer: '/cursor',
        rule: 'format',
        vi: 'con trỏ trang không hợp lệ',
        en: 'is not a cursor of this list',
      },
    ],
  })

/** Where a list of deliveries goes on: a message goes to several lanes. */
export interface Place {
  readonly message_id: string
  readonly lane: string
}

const placeShape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,18})$/

export const cursorAt = ({ message_id, lane }: Place): string =>
  Buffer.from(`${message_id}/${lane}`).toString('base64url')

/** @throws request-invalid for what is no cursor of {@link cursorAt}. */
export function placeAt(cursor: string): [message: string, lane: string] {
  const match = placeShape.exec(Buffer.from(cursor, 'base64url').toString())
  if (!match?.[1] || !match[2]) throw badCursor()
  return [match[1], match[2]]
}

/** Ids are UUIDv7: their first 48 bits are the time at which they were made. */
export function lowestUuidAt(time: string): string {
  const hex = Math.max(0, Date.parse(time)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`
}

interface Conditions {
  readonly values: unknown[]
  readonly conditions: string[]
  /** `text` is given the place of the value in the statement. */
  add(value: unknown, text: (place: string) => string): void
  where(): string
}

export function createConditions(): Conditions {
  const values: unknown[] = []
  const conditions = ['true']
  return {
    values,
    conditions,
    add(value, text) {
      values.push(value)
      conditions.push(text(`$${values.length}`))
    },
    where: () => conditions.join(' and '),
  }
}

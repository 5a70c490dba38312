import type { Fault } from './errors.ts'

/**
 * A message is a CloudEvents 1.0 event that the hub has accepted. `subject` is the dossier code, or
 * another business key where there is no dossier (a question, a monthly rating): it names the lane.
 */
export interface EventAttributes {
  /** CloudEvents `source`: who speaks. With `eventId` the natural key of a message. */
  readonly source: string
  /** CloudEvents `id`. */
  readonly eventId: string
  /** For example `vn.tthc.dossier.upserted.v1`. */
  readonly type: string
  readonly subject: string
  /** RFC 3339 with offset. */
  readonly time: string
  readonly dataschema?: string
}

export interface Message extends EventAttributes {
  /** The hub's own id, UUIDv7. */
  readonly id: string
  /** Parsed; it fitted the schema of `type` when it was accepted. */
  readonly data: unknown
}

/** What a connector or a door hands in: the hub gives it an id and keeps its bytes. */
export type IncomingMessage = EventAttributes & { readonly data: unknown }

/** What the sender of a message gets back, at once and at every repeat. */
export interface Receipt {
  readonly id: string
  readonly duplicate: boolean
  readonly acceptedAt: string
  /** Hex SHA-256 of the bytes as they came. */
  readonly sha256: string
  readonly deliveries: readonly { readonly id: string; readonly system: string }[]
}

/** The longest attributes the hub takes, in characters: they are keys of its store. */
const longest = {
  source: 200,
  eventId: 200,
  type: 200,
  subject: 128,
  time: 64,
  dataschema: 500,
} as const satisfies Record<keyof EventAttributes, number>

const unkeepable = /[\p{Cc}\p{Cs}]/u

/** A text of unknown origin, fit for a row or a log line. */
export const showable = (text: string): string =>
  text.slice(0, 200).replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')

/**
 * What no store could keep as it came: empty, over-long, control characters, halves of characters.
 * The envelope's schema says the same at the API; pulls and doors have no envelope.
 */
export function attributeFaults(attributes: EventAttributes): readonly Fault[] {
  return Object.entries(longest).flatMap(([name, limit]) => {
    const value = attributes[name as keyof EventAttributes]
    const pointer = `/${name === 'eventId' ? 'id' : name}`
    if (value === undefined) return []
    if (value === '' || (value.length > limit && [...value].length > limit))
      return [
        {
          pointer,
          rule: 'length',
          vi: `phải có từ 1 đến ${limit} ký tự`,
          en: `must have 1 to ${limit} characters`,
        },
      ]
    if (unkeepable.test(value))
      return [
        {
          pointer,
          rule: 'characters',
          vi: 'có ký tự điều khiển hoặc ký tự Unicode không hợp lệ',
          en: 'holds a control character or one that is no Unicode character',
        },
      ]
    return []
  })
}

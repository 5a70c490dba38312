import type { Fault } from '../../../domain/errors.ts'
import type { EventAttributes } from '../../../domain/message.ts'
import type { Submission } from '../../../engine/accept/accept.ts'
import type { Check } from '../tools.ts'

/** Schema of the CloudEvents envelope, as the registry knows it. */
export const eventSchemaId = 'https://lien-thong.example/schemas/cloudevents/event/v1'

export type ReadEvent =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly name: EventName }

/** What can be told of an event that is not fit to be read. */
export interface EventName {
  readonly source: string | null
  readonly id: string | null
}

interface CheckedEvent {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly dataschema?: string
  readonly data: unknown
}

/** What the CloudEvents type system keeps out of a String: controls, lone surrogates, noncharacters. */
const forbidden = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const notAnObject: Fault = {
  pointer: '',
  rule: 'type',
  vi: 'Sự kiện phải là một đối tượng JSON.',
  en: 'An event is a JSON object.',
}
const base64: Fault = {
  pointer: '/data_base64',
  rule: 'data_base64',
  vi: 'Không nhận data_base64; dữ liệu là JSON trong data.',
  en: 'data_base64 is not taken; send JSON in data.',
}
const controls = (name: string): Fault => ({
  pointer: `/${name}`,
  rule: 'characters',
  vi: 'Có ký tự điều khiển hoặc ký tự Unicode không hợp lệ.',
  en: 'It holds a control character or one that is no Unicode character.',
})

function characterFaults(event: Readonly<Record<string, unknown>>): Fault[] {
  const faults: Fault[] = []
  for (const name in event) {
    if (name === 'data') continue
    const value = event[name]
    if (typeof value === 'string' && forbidden.test(value)) faults.push(controls(name))
  }
  return faults
}

const shown = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 200 && !forbidden.test(value) ? value : null

/** Source and id as far as they can be shown, so that the sender knows which item is meant. */
export const nameOf = (event: unknown): EventName =>
  isObject(event)
    ? { source: shown(event.source), id: shown(event.id) }
    : { source: null, id: null }

function attributesOf(event: CheckedEvent): EventAttributes {
  const { id, source, type, subject, time, dataschema } = event
  const attributes = { source, eventId: id, type, subject, time }
  return dataschema === undefined ? attributes : { ...attributes, dataschema }
}

export interface EventCheck {
  /** Every fault of the envelope; the data has its own schema, which the hub checks. */
  faultsOf(event: unknown): readonly Fault[]
  /** Turns an event and the bytes to keep into a submission, or says what is wrong with it. */
  read(event: unknown, bytes: Uint8Array, mode: Submission['mode']): ReadEvent
}

export function createEventCheck(check: Check): EventCheck {
  const faultsOf = (event: unknown): readonly Fault[] => {
    if (!isObject(event)) return [notAnObject]
    if (Object.hasOwn(event, 'data_base64')) return [base64]
    const faults = check(event)
    const characters = characterFaults(event)
    if (characters.length === 0) return faults
    const known = new Set(faults.map((fault) => fault.pointer))
    return [...faults, ...characters.filter((fault) => !known.has(fault.pointer))]
  }
  return {
    faultsOf,
    read(event, bytes, mode) {
      const faults = faultsOf(event)
      if (faults.length > 0) return { ok: false, faults, name: nameOf(event) }
      const checked = event as CheckedEvent
      return {
        ok: true,
        submission: { attributes: attributesOf(checked), data: checked.data, bytes, mode },
      }
    },
  }
}

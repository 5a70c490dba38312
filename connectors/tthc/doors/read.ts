/** Reading a door's request: JSON, schema, translation; and the failures that have their own words. */
import { ConnectorError, type DoorRequest, type Fault } from '../../../src/connector/index.ts'
import { withoutNulls } from '../translate/reading.ts'
import type { DoorTools } from './take.ts'

export type Understood<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string; readonly faults: readonly Fault[] }

const unreadable: Readonly<Record<string, string>> = {
  'body-not-json': 'Nội dung không phải JSON hợp lệ',
  'json-duplicate-key': 'JSON có khoá lặp lại',
  'json-too-deep': 'JSON lồng quá nhiều tầng',
  'json-number-inexact': 'Số trong JSON sẽ bị làm tròn; gửi dưới dạng chuỗi',
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** The body without its nulls. */
export function readBody(request: DoorRequest): Understood<unknown> {
  try {
    return { ok: true, value: withoutNulls(request.json()) }
  } catch (error) {
    const why = unreadable[codeOf(error)]
    if (why === undefined) throw error
    return { ok: false, why, faults: [] }
  }
}

/** A fault that `act` throws becomes an answer; a bug goes up. */
export function understand<T>(act: () => T): Understood<T> {
  try {
    return { ok: true, value: act() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { ok: false, why: 'Dữ liệu không hợp lệ', faults: error.faults }
  }
}

/** `value` if it fits the schema, else every fault. */
export const fits = <T>(tools: DoorTools, schema: string, value: unknown): Understood<T> =>
  understand(() => tools.context.answer<T>(schema, value))

/** How long the caller should wait when the hub can take nothing now; undefined for other errors. */
export function awaySeconds(error: unknown): number | undefined {
  if (!['store-unavailable', 'hub-stopping'].includes(codeOf(error))) return undefined
  const { retryAfterSeconds } = error as { retryAfterSeconds?: number }
  return retryAfterSeconds ?? 5
}

/** Places and rules, never values: a value may be personal data. */
export const inWords = (faults: readonly Fault[]): string =>
  faults.map((fault) => (fault.pointer ? `${fault.pointer}: ${fault.vi}` : fault.vi)).join('; ')

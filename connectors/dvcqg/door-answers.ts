/** How the doors read what the portal sends, and answer in its own words. */
import {
  type ConnectorContext,
  ConnectorError,
  type DoorRequest,
  type DoorResponse,
  type Fault,
} from '../../src/connector/index.ts'

export type Understood<T> =
  | { readonly body: T }
  | { readonly faults: readonly Fault[]; readonly words: string }

export function read<T>(
  context: ConnectorContext,
  schema: string,
  request: DoorRequest,
): Understood<T> {
  let body: unknown
  try {
    body = request.json()
  } catch {
    return { faults: [], words: 'Nội dung không phải JSON hợp lệ.' }
  }
  return understood(() => context.answer<T>(schema, body))
}

/** A fault of what the portal sent is answered in its words; anything else goes up. */
export function understood<T>(act: () => T): Understood<T> {
  try {
    return { body: act() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { faults: error.faults, words: refusal('Dữ liệu không hợp lệ', error.faults) }
  }
}

/** Places and rules, never values. */
export const refusal = (why: string, faults: readonly Fault[]): string =>
  [why, ...faults.slice(0, 20).map((fault) => `${fault.pointer}: ${fault.vi}`)].join('; ')

export const say = (
  context: ConnectorContext,
  error_code: number | string,
  message: string,
): DoorResponse => json(context.outgoing('dvcqg/door-receipt/v1', { error_code, message }))

export const json = (body: object): DoorResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
})

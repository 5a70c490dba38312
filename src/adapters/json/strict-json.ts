/**
 * JSON as the hub takes it: UTF-8 without BOM, nothing behind it, no key twice, no number that would
 * be rounded, nothing nested too deep, no NUL and no lone surrogate. What `JSON.parse` would repair
 * in silence is refused by name.
 *
 * The happy path is one pass over the bytes and `JSON.parse`. A repeated key shows as a difference
 * between the members written and the members parsed.
 */
import { type ErrorCode, type Fault, HubError } from '../../domain/errors.ts'
import { inspect } from './inspect.ts'
import { type Range, survey } from './survey.ts'

export interface StrictJson {
  readonly value: unknown
}

/** An element of a batch: its place in the bytes, and its value or why it is refused. */
export type StrictItem =
  | (Range & { readonly value: unknown; readonly error?: never })
  | (Range & { readonly error: HubError })

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Throws `HubError` `body-not-json`, `json-duplicate-key`, `json-too-deep` or `json-number-inexact`
 * with a fault for each place. `__proto__` as a key is refused; any other key is an own property.
 */
export function readStrictJson(bytes: Uint8Array, limits: { readonly depth: number }): StrictJson {
  const text = decode(bytes)
  const { tooDeep, clean, members } = survey(bytes, limits.depth, false)
  if (tooDeep || !clean) throw refusal(text, limits.depth)
  const value = parse(text, limits.depth)
  if (membersIn(value) !== members) throw refusal(text, limits.depth)
  return { value }
}

/**
 * The elements of a top-level array with their exact byte ranges, each judged by itself, so that a
 * repeated key in one harms no other; pointers count from the element. Throws like `readStrictJson`
 * when the whole is not JSON, too deep or not an array, and `batch-too-large` when it has more than
 * `items` elements.
 */
export function readStrictBatch(
  bytes: Uint8Array,
  limits: { readonly depth: number; readonly items: number },
): StrictItem[] {
  const text = decode(bytes)
  const depth = limits.depth + 1
  const { tooDeep, clean, members, items = [] } = survey(bytes, depth, true)
  if (tooDeep) throw refusal(text, depth)
  const values = parse(text, depth)
  if (!Array.isArray(values))
    throw refused('body-not-json', 'array', 'Phải là danh sách', 'Must be an array')
  if (values.length > limits.items) throw new HubError('batch-too-large')
  if (clean && membersIn(values) === members)
    return items.map(({ start, end }, index) => ({ start, end, value: values[index] }))
  return items.map((range) => readItem(bytes, range, limits))
}

function readItem(
  bytes: Uint8Array,
  { start, end }: Range,
  limits: { readonly depth: number },
): StrictItem {
  try {
    return { start, end, ...readStrictJson(bytes.subarray(start, end), limits) }
  } catch (error) {
    if (error instanceof HubError) return { start, end, error }
    throw error
  }
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    throw refused('body-not-json', 'bom', 'Không được có BOM ở đầu', 'Must not begin with a BOM')
  try {
    return decoder.decode(bytes)
  } catch {
    throw refused('body-not-json', 'utf-8', 'Không phải UTF-8 hợp lệ', 'Is not valid UTF-8')
  }
}

function parse(text: string, depth: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's own message quotes the text, so it is not kept as a cause.
    throw refusal(text, depth)
  }
}

/** Members of all objects in the value; NaN when one of them is called `__proto__`. */
function membersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += membersIn(item)
    return count
  }
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name]
    count += name === '__proto__' ? Number.NaN : 1
    if (typeof member === 'object') count += membersIn(member)
  }
  return count
}

/** Names every fault of the same kind as the first one found. */
function refusal(text: string, depth: number): HubError {
  const findings = inspect(text, depth)
  const code = findings[0]?.code
  if (!code) throw new Error('strict-json: the fast look and the slow look disagree')
  const faults = findings.filter((finding) => finding.code === code).map(({ fault }) => fault)
  return new HubError(code, { faults })
}

function refused(code: ErrorCode, rule: string, vi: string, en: string): HubError {
  const fault: Fault = { pointer: '', rule, vi, en }
  return new HubError(code, { faults: [fault] })
}

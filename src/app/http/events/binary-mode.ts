/**
 * Binary mode of the CloudEvents HTTP binding 1.0.2: attributes in `ce-*` headers, data as the body.
 * The bytes that are kept are the data alone, so an extension attribute would be lost: it is refused
 * and can be sent in structured mode. Trace context is transport, not content, and is let pass.
 */
import type { Fault } from '../../../domain/errors.ts'

const attributeNames: ReadonlySet<string> = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'dataschema',
])
const transportNames: ReadonlySet<string> = new Set(['traceparent', 'tracestate'])

export interface BinaryAttributes {
  readonly attributes: Readonly<Record<string, string>>
  readonly faults: readonly Fault[]
}

const fault = (name: string, rule: string, vi: string, en: string): Fault => ({
  pointer: `/${name}`,
  rule,
  vi,
  en,
})
const repeated = (name: string): Fault =>
  fault(
    name,
    'repeated-header',
    `Tiêu đề ce-${name} lặp lại.`,
    `The header ce-${name} is repeated.`,
  )
const undecodable = (name: string): Fault =>
  fault(
    name,
    'percent-encoding',
    `Tiêu đề ce-${name} phải là ASCII, ký tự khác mã hoá phần trăm theo UTF-8.`,
    `The header ce-${name} must be ASCII, other characters percent-encoded as UTF-8.`,
  )
const extension = (name: string): Fault =>
  fault(
    name,
    'extension',
    'Thuộc tính mở rộng chỉ được gửi ở chế độ structured, nếu không sẽ bị mất.',
    'Send extension attributes in structured mode; here they would be lost.',
  )
const contentType = fault(
  'datacontenttype',
  'datacontenttype',
  'Dùng tiêu đề Content-Type, không dùng ce-datacontenttype.',
  'Use the header Content-Type, not ce-datacontenttype.',
)

const unquote = (value: string): string =>
  value.length >= 2 && value.startsWith('"') && value.endsWith('"')
    ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1')
    : value

/** One round of percent-decoding, strictly: ASCII outside, valid UTF-8 inside. */
function decodeHeader(value: string): string | undefined {
  if (/[^\x20-\x7e]/.test(value)) return undefined
  try {
    return decodeURIComponent(unquote(value))
  } catch {
    return undefined
  }
}

/** Reads the attributes from `rawHeaders`: there a repeated header has not been joined yet. */
export function attributesFromHeaders(rawHeaders: readonly string[]): BinaryAttributes {
  const attributes: Record<string, string> = {}
  const faults: Fault[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const header = (rawHeaders[index] ?? '').toLowerCase()
    if (!header.startsWith('ce-')) continue
    const name = header.slice(3)
    if (transportNames.has(name)) continue
    const value = decodeHeader(rawHeaders[index + 1] ?? '')
    if (name === 'datacontenttype') faults.push(contentType)
    else if (!attributeNames.has(name)) faults.push(extension(name.slice(0, 40)))
    else if (Object.hasOwn(attributes, name)) faults.push(repeated(name))
    else if (value === undefined) faults.push(undecodable(name))
    else attributes[name] = value
  }
  return { attributes, faults }
}

import { type Fault, HubError } from '../../domain/errors.ts'
import type { JsonSchema } from './schemas/shape.ts'
import type { Check } from './tools.ts'

/** Parameters of a route by name: what each means and what it may be. */
export type Parameters = Readonly<Record<string, JsonSchema>>

/** Values the schema has spoken for. */
export type QueryValues = Readonly<Record<string, string | number>>

const fault = (name: string, rule: string, vi: string, en: string): Fault => ({
  pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 80)}`,
  rule,
  vi,
  en,
})

const unknownName = (name: string): Fault =>
  fault(
    name,
    'unknown-parameter',
    'Tham số không có trong tài liệu.',
    'There is no such parameter.',
  )
const repeated = (name: string): Fault =>
  fault(name, 'repeated-parameter', 'Tham số lặp lại.', 'The parameter is repeated.')

const refuse = (faults: readonly Fault[]): never => {
  throw new HubError('request-invalid', { faults })
}

/** A query holds text only; a parameter that is a number by its schema is read as one. */
function readValue(text: string, schema: JsonSchema): string | number {
  return schema.type === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text
}

export type ReadQuery = (url: string) => QueryValues

const nothing: QueryValues = {}

/** Reads a query strictly: an unknown, repeated or ill-formed parameter is refused, never skipped. */
export function createQueryReader(
  parameters: Parameters,
  compile: (schema: object) => Check,
): ReadQuery {
  const check = compile({ type: 'object', additionalProperties: false, properties: parameters })
  return (url) => {
    const mark = url.indexOf('?')
    if (mark < 0) return nothing
    const values: Record<string, string | number> = {}
    const faults: Fault[] = []
    for (const [name, text] of new URLSearchParams(url.slice(mark + 1))) {
      const schema = Object.hasOwn(parameters, name) ? parameters[name] : undefined
      if (!schema) faults.push(unknownName(name))
      else if (Object.hasOwn(values, name)) faults.push(repeated(name))
      else values[name] = readValue(text, schema)
    }
    if (faults.length > 0) refuse(faults)
    const broken = check(values)
    if (broken.length > 0) refuse(broken)
    return values
  }
}

/** A path parameter that cannot name anything names nothing: `not-found`, whatever is wrong with it. */
export function createPathCheck(
  parameters: Parameters,
  compile: (schema: object) => Check,
): (values: Readonly<Record<string, string>>) => void {
  const check = compile({ type: 'object', properties: parameters })
  return (values) => {
    if (check(values).length > 0) throw new HubError('not-found')
  }
}

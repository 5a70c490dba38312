import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSchemaRegistry } from '../../../src/adapters/ajv/schema-registry.ts'
import credentials from '../../../src/connector/credentials/credentials.schema.json' with {
  type: 'json',
}

const registry = createSchemaRegistry([])
const faultsOf = (schema: object, value: unknown): string[] =>
  registry.validateAgainst(schema, value).map(({ pointer, rule }) => `${pointer} ${rule}`)

const object = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
})
const citizen = object({ kind: { const: 'citizen' }, id: { type: 'string', pattern: '^\\d{12}$' } })
const business = object({
  kind: { const: 'business' },
  tax: { type: 'string' },
  seat: { type: 'string' },
})

describe('explain', () => {
  it('speaks of the branch that was meant, by its fixed member', () => {
    const schema = { oneOf: [citizen, business] }
    expect(faultsOf(schema, { kind: 'citizen', id: '12', extra: 1 })).toEqual([
      '/extra additionalProperties',
      '/id pattern',
    ])
    expect(faultsOf(schema, { kind: 'business', tax: 5 })).toEqual(['/seat required', '/tax type'])
  })

  it('does the same for branches by reference, also inside one another', () => {
    const schema = {
      $defs: {
        citizen,
        business,
        any: { oneOf: [{ $ref: '#/$defs/citizen' }, { $ref: '#/$defs/business' }] },
      },
      ...object({ who: { anyOf: [{ $ref: '#/$defs/any' }, { type: 'null' }] } }),
    }
    expect(faultsOf(schema, { who: { kind: 'citizen', id: 'x' } })).toEqual(['/who/id pattern'])
    expect(faultsOf(schema, { who: { kind: 'alien' } })).toEqual(['/who/kind enum'])
    expect(faultsOf(schema, { who: 5 })).toEqual(['/who anyOf'])
  })

  it('names the fixed member when no branch knows its value, and when it is missing', () => {
    const [fault] = registry.validateAgainst({ oneOf: [citizen, business] }, { kind: 'alien' })
    expect(fault).toMatchObject({ pointer: '/kind', rule: 'enum' })
    expect(fault?.en).toBe('Must be one of: "citizen", "business"')
    expect(faultsOf({ oneOf: [citizen, business] }, {})).toEqual(['/kind required'])
  })

  it('does not call a member unknown because its branch fails for another reason', () => {
    const account = (value: object) => faultsOf(credentials, value)
    const token = { style: 'oauth2', tokenUrl: 'https://so.example/token', clientId: 'h99' }
    expect(account({ ...token, tokenUrl: 'so', clientSecret: 'x' })).toEqual(['/tokenUrl format'])
    expect(account({ ...token, clientSecrt: 'x' })).toEqual([
      '/clientSecret required',
      '/clientSecrt unevaluatedProperties',
    ])
    expect(account({ style: 'none', clientId: 'x' })).toEqual(['/clientId unevaluatedProperties'])
  })

  it('leaves one fault where nothing tells which branch was meant', () => {
    const schema = {
      type: 'object',
      properties: { a: {}, b: {} },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    }
    expect(faultsOf(schema, {})).toEqual([' oneOf'])
    expect(faultsOf(schema, { a: 1, b: 1 })).toEqual([' oneOf'])
    expect(
      faultsOf(
        {
          anyOf: [
            { type: 'string', format: 'uuid' },
            { type: 'string', format: 'email' },
          ],
        },
        'x',
      ),
    ).toEqual([' anyOf'])
  })

  it('speaks of the only branch for this type of value', () => {
    const schema = { anyOf: [{ type: 'null' }, { type: 'array', items: { type: 'integer' } }] }
    expect(faultsOf(schema, [1, 'x', 2, null])).toEqual(['/1 type', '/3 type'])
  })

  it('keeps what stands beside a failed choice', () => {
    const schema = {
      ...object({
        a: { type: 'string' },
        b: { oneOf: [citizen, business] },
        c: { type: 'string' },
      }),
      allOf: [{ type: 'object', required: ['z'] }],
    }
    expect(
      faultsOf(
        { ...schema, additionalProperties: true },
        { a: 1, b: { kind: 'citizen' }, c: 2 },
      ).sort(),
    ).toEqual(['/a type', '/b/id required', '/c type', '/z required'])
  })

  it('says what a condition asks for, and nothing of the condition', () => {
    const schema = {
      ...object({ status: { type: 'string' }, at: { type: 'string' } }, ['status']),
      if: { properties: { status: { const: 'done' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ['at'] },
    }
    expect(faultsOf(schema, { status: 'done' })).toEqual(['/at required'])
    expect(faultsOf(schema, { status: 'open' })).toEqual([])
  })

  it('says the same thing at the same place once, in its narrower form', () => {
    const schema = {
      $defs: { status: { enum: ['a', 'b', 'c'] } },
      type: 'object',
      properties: { status: { $ref: '#/$defs/status', enum: ['a'] } },
    }
    const faults = registry.validateAgainst(schema, { status: 'x' })
    expect(faults.map(({ en }) => en)).toEqual(['Must be one of: "a"'])
    const moment = { type: 'string', format: 'date-time', pattern: '^20' }
    expect(faultsOf(moment, 'x')).toEqual([' format'])
    expect(faultsOf(moment, '1999-01-01T00:00:00Z')).toEqual([' pattern'])
  })

  it('names at most 100 faults, then says how many follow', () => {
    const faults = registry.validateAgainst(
      { type: 'array', items: { type: 'integer' } },
      Array.from({ length: 130 }, () => 'x'),
    )
    expect(faults).toHaveLength(101)
    expect(faults[99]).toMatchObject({ pointer: '/99', rule: 'type' })
    expect(faults[100]).toMatchObject({
      pointer: '',
      rule: 'more',
      vi: 'Còn 30 lỗi khác',
      en: '30 more faults',
    })
  })

  it('names the first fault of a flood, quickly', () => {
    const schema = { type: 'array', items: object({ a: {}, b: {}, c: {}, d: {} }) }
    const started = performance.now()
    const faults = faultsOf(
      schema,
      Array.from({ length: 1_000_000 }, () => ({})),
    )
    expect(faults).toEqual(['/0/a required', ' more'])
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('keeps pointers to a bounded length', () => {
    const name = 'k'.repeat(5000)
    expect(faultsOf({ type: 'object', additionalProperties: false }, { [name]: 1 })).toEqual([
      ' additionalProperties',
    ])
    const deep = {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: { type: 'null' } },
    }
    expect(faultsOf(deep, { a: { [name]: 1 } })).toEqual(['/a type'])
  })

  it('never quotes a value', () => {
    const secret = fc.stringMatching(/^BIMAT[A-Za-z0-9]{3,20}$/)
    const schema = {
      ...object({
        a: { type: 'integer' },
        b: { enum: ['x'] },
        c: { type: 'string', maxLength: 3, pattern: '^x$' },
      }),
      minProperties: 9,
      propertyNames: { maxLength: 1 },
    }
    fc.assert(
      fc.property(secret, (value) => {
        const faults = registry.validateAgainst(schema, {
          a: value,
          b: value,
          c: value,
          d: [value],
        })
        return faults.length === 6 && !JSON.stringify(faults).includes(value)
      }),
      { numRuns: 200 },
    )
  })
})

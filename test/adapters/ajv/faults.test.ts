import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { formatNames, keywordWords, wordsFor } from '../../../src/adapters/ajv/faults.ts'
import { addFormats } from '../../../src/adapters/ajv/formats.ts'
import { createSchemaRegistry } from '../../../src/adapters/ajv/schema-registry.ts'
import { schemaFiles, walk } from '../../support/schema-files.ts'

/** Keywords that never speak themselves: others speak for them, or they only say where to look. */
const silent = [
  '$comment',
  '$dynamicAnchor',
  '$dynamicRef',
  '$recursiveAnchor',
  '$recursiveRef',
  '$ref',
  'id',
  'properties',
  'patternProperties',
  'prefixItems',
  'allOf',
  'then',
  'else',
  'dependentSchemas',
  'minContains',
  'maxContains',
  'nullable',
  'if',
]

interface Case {
  readonly rule: string
  readonly schema: object
  readonly value: unknown
  readonly pointer: string
}

const marker = 'BI-MAT-079099'
const text = { type: 'string' }
const list = { type: 'array' }
const thing = { type: 'object' }
const number = { type: 'number' }

const cases: readonly Case[] = [
  { rule: 'type', schema: { type: 'integer' }, value: marker, pointer: '' },
  { rule: 'type', schema: { type: ['string', 'null'] }, value: 5, pointer: '' },
  { rule: 'enum', schema: { enum: ['a', 'b'] }, value: marker, pointer: '' },
  { rule: 'const', schema: { const: { a: 1 } }, value: marker, pointer: '' },
  { rule: 'minLength', schema: { ...text, minLength: 50 }, value: marker, pointer: '' },
  { rule: 'minLength', schema: { ...text, minLength: 1 }, value: '', pointer: '' },
  { rule: 'maxLength', schema: { ...text, maxLength: 3 }, value: marker, pointer: '' },
  { rule: 'pattern', schema: { ...text, pattern: '^\\d+$' }, value: marker, pointer: '' },
  {
    rule: 'pattern',
    schema: { ...text, pattern: `^(?:${'a|'.repeat(60)}b)$` },
    value: marker,
    pointer: '',
  },
  { rule: 'format', schema: { ...text, format: 'date-time' }, value: marker, pointer: '' },
  { rule: 'minimum', schema: { ...number, minimum: 5 }, value: 4, pointer: '' },
  { rule: 'maximum', schema: { ...number, maximum: 5 }, value: 6, pointer: '' },
  { rule: 'exclusiveMinimum', schema: { ...number, exclusiveMinimum: 5 }, value: 5, pointer: '' },
  { rule: 'exclusiveMaximum', schema: { ...number, exclusiveMaximum: 5 }, value: 5, pointer: '' },
  { rule: 'multipleOf', schema: { ...number, multipleOf: 7 }, value: 8, pointer: '' },
  { rule: 'minItems', schema: { ...list, minItems: 2 }, value: [marker], pointer: '' },
  { rule: 'maxItems', schema: { ...list, maxItems: 1 }, value: [marker, marker], pointer: '' },
  {
    rule: 'uniqueItems',
    schema: { ...list, uniqueItems: true },
    value: [marker, 1, marker],
    pointer: '',
  },
  {
    rule: 'contains',
    schema: { ...list, contains: { type: 'integer' } },
    value: [marker, null],
    pointer: '',
  },
  {
    rule: 'contains',
    schema: { ...list, contains: { type: 'integer' }, minContains: 1, maxContains: 1 },
    value: [1, 2],
    pointer: '',
  },
  {
    rule: 'items',
    schema: { ...list, prefixItems: [true], minItems: 1, items: false },
    value: [1, marker],
    pointer: '/1',
  },
  {
    rule: 'unevaluatedItems',
    schema: { ...list, unevaluatedItems: false },
    value: [marker],
    pointer: '/0',
  },
  {
    rule: 'required',
    schema: { ...thing, required: ['a/b'], properties: { 'a/b': true } },
    value: {},
    pointer: '/a~1b',
  },
  {
    rule: 'dependentRequired',
    schema: { ...thing, dependentRequired: { a: ['b'] } },
    value: { a: marker },
    pointer: '/b',
  },
  {
    rule: 'dependencies',
    schema: { ...thing, dependencies: { a: ['b'] } },
    value: { a: marker },
    pointer: '/b',
  },
  {
    rule: 'additionalProperties',
    schema: { ...thing, additionalProperties: false },
    value: { 'x~y': marker },
    pointer: '/x~0y',
  },
  {
    rule: 'unevaluatedProperties',
    schema: {
      ...thing,
      unevaluatedProperties: false,
      allOf: [{ ...thing, properties: { a: true } }],
    },
    value: { b: marker },
    pointer: '/b',
  },
  {
    rule: 'propertyNames',
    schema: { ...thing, propertyNames: { pattern: '^[a-z]$', maxLength: 1 } },
    value: { BB: marker },
    pointer: '/BB',
  },
  { rule: 'minProperties', schema: { ...thing, minProperties: 1 }, value: {}, pointer: '' },
  {
    rule: 'maxProperties',
    schema: { ...thing, maxProperties: 1 },
    value: { a: marker, b: 1 },
    pointer: '',
  },
  {
    rule: 'false schema',
    schema: { ...thing, properties: { a: false } },
    value: { a: marker },
    pointer: '/a',
  },
  { rule: 'not', schema: { not: { type: 'string' } }, value: marker, pointer: '' },
  {
    rule: 'anyOf',
    schema: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    value: marker,
    pointer: '',
  },
  {
    rule: 'oneOf',
    schema: { oneOf: [{ type: 'integer' }, { type: 'null' }] },
    value: marker,
    pointer: '',
  },
  {
    rule: 'oneOf',
    schema: { oneOf: [{ ...number, minimum: 1 }, { type: 'integer' }] },
    value: 3,
    pointer: '',
  },
]

describe('faults', () => {
  it('has a row for every keyword of JSON Schema 2020-12 that ajv reports', () => {
    const ajv = new Ajv2020()
    const known = [...Object.keys(ajv.RULES.all), 'false schema']
    const spoken = known.filter((keyword) => !silent.includes(keyword))
    expect(Object.keys(keywordWords).sort()).toEqual(spoken.sort())
    expect(silent.filter((keyword) => !known.includes(keyword))).toEqual([])
  })

  it.each(cases)(
    'says what is wrong with $rule, once, at $pointer',
    ({ rule, schema, value, pointer }) => {
      const faults = createSchemaRegistry([]).validateAgainst(schema, value)
      expect(faults.map((fault) => [fault.pointer, fault.rule])).toEqual([[pointer, rule]])
      const [fault] = faults
      expect(fault?.vi).toMatch(/[à-ỹđ]/i)
      expect(fault?.en).toMatch(/^[A-Z][^à-ỹ]+[^.]$/)
      expect(`${fault?.vi}${fault?.en}`).not.toMatch(/undefined|object Object|NaN|BI-MAT/)
    },
  )

  it('tries every row of the table', () => {
    expect([...new Set(cases.map(({ rule }) => rule))].sort()).toEqual(
      Object.keys(keywordWords).sort(),
    )
  })

  it('has a row for every format, and none for a format that does not exist', () => {
    const ajv = new Ajv2020()
    addFormats(ajv)
    expect(Object.keys(formatNames).sort()).toEqual(Object.keys(ajv.formats).sort())
    for (const { vi, en } of Object.values(formatNames))
      expect([vi.length > 3, en.length > 3]).toEqual([true, true])
  })

  it('knows every format and every keyword in use', () => {
    const formats = new Set<string>()
    for (const { schema } of schemaFiles())
      walk(schema, (node, place) => {
        if (typeof node.format === 'string' && !place.endsWith('/properties'))
          formats.add(node.format)
      })
    expect(formats.size).toBeGreaterThan(2)
    for (const format of formats) expect(formatNames).toHaveProperty([format])
  })

  it('cuts long lists and long values of the schema', () => {
    const { vi, en } = wordsFor('enum', {
      allowedValues: Array.from({ length: 30 }, (_, index) => `m${index}`),
    })
    expect(vi).toMatch(/"m19" và 10 giá trị khác$/)
    expect(en).toMatch(/"m19" and 10 more$/)
    expect(wordsFor('const', { allowedValue: 'x'.repeat(500) }).en.length).toBeLessThan(150)
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import {
  createSchemaRegistry,
  type SchemaRegistry,
} from '../../src/adapters/ajv/schema-registry.ts'
import { examplesOf, schemaFiles, schemaFolder } from '../support/schema-files.ts'

interface Expected {
  readonly pointer: string
  readonly rule: string
}

const files = schemaFiles()
const valid = files.flatMap((file) => examplesOf(file, 'valid'))
const invalid = files.flatMap((file) => examplesOf(file, 'invalid'))
const inWords = ({ pointer, rule }: Expected): string => `${pointer || '(whole)'} ${rule}`

let registry: SchemaRegistry

beforeAll(() => {
  registry = createSchemaRegistry([schemaFolder])
})

describe('examples', () => {
  it('has a valid and an invalid one for every schema, and two invalid ones for every message', () => {
    const poor = files.filter((file) => {
      const least = file.schema['x-message-type'] ? 2 : 1
      return examplesOf(file, 'valid').length < 1 || examplesOf(file, 'invalid').length < least
    })
    expect(poor.map(({ suffix }) => suffix)).toEqual([])
  })

  it.each(valid)('takes $file', ({ schema, content }) => {
    expect(registry.validate(schema, content)).toEqual([])
  })

  it.each(invalid)('refuses $file for exactly the expected reasons', ({ schema, content }) => {
    const { expect: expected, data } = content as { expect: Expected[]; data: unknown }
    const faults = registry.validate(schema, data)
    expect(faults.map(inWords).sort()).toEqual(expected.map(inWords).sort())
    expect(faults.length).toBeGreaterThan(0)
  })

  it('gives every valid message a subject that fits the envelope', () => {
    const types = new Map(registry.messageTypes().map(({ type, schemaId }) => [schemaId, type]))
    const messages = files.filter(({ schema }) => types.has(String(schema.$id)))
    expect(messages.length).toBe(types.size)
    for (const file of messages)
      for (const { content, file: path } of examplesOf(file, 'valid')) {
        const subject = registry.subjectOf(types.get(String(file.schema.$id)) ?? '', content)
        expect(subject, path).toMatch(/^[A-Za-z0-9][A-Za-z0-9./_-]{0,127}$/)
      }
  })

  it('tells of the unit of every message, but of those that concern none', () => {
    const types = new Map(registry.messageTypes().map(({ type, schemaId }) => [schemaId, type]))
    const messages = files.filter(({ schema }) => types.has(String(schema.$id)))
    const silent = messages.filter(({ schema }) => schema['x-unit'] === undefined)
    // Payments and parcels know their own number only; catalogues, mail and registers are of no unit.
    expect(silent.map(({ suffix }) => suffix).sort()).toEqual([
      'catalogue/item-changed/v1',
      'document/edoc-received/v1',
      'document/status-received/v1',
      'hub/mail-requested/v1',
      'tthc/business-registration-changed/v1',
      'tthc/driving-licence-requested/v1',
      'tthc/payment-disputed/v1',
      'tthc/payment-link-issued/v1',
      'tthc/payment-settled/v1',
      'tthc/postal-status-changed/v1',
    ])
    for (const file of messages.filter(({ schema }) => schema['x-unit'] !== undefined)) {
      const units = examplesOf(file, 'valid').map(({ content }) =>
        registry.unitOf(types.get(String(file.schema.$id)) ?? '', content),
      )
      // Of one that may leave the agency out, some example does not.
      expect(units.filter((unit) => unit !== undefined).length, file.suffix).toBeGreaterThan(0)
      for (const unit of units) expect(unit ?? 'H99.14').toMatch(/^[A-Z]\d{2}(?:\.\d{1,3})*$/)
    }
  })

  it('keeps to invented persons: every identity number in the canonical examples is all zeros but its end', () => {
    const numbers = [...valid, ...invalid]
      .filter(({ schema }) => schema.startsWith('tthc/'))
      .flatMap(({ content }) => [...JSON.stringify(content).matchAll(/"number":"(\d{9,12})"/g)])
      .map((match) => match[1])
    expect(numbers.length).toBeGreaterThan(10)
    expect(numbers.filter((number) => !/^0{8,}\d{0,3}$/.test(number ?? ''))).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { maskPersonal } from '../../../src/adapters/ajv/mask-personal.ts'
import { createSchemaRegistry } from '../../../src/adapters/ajv/schema-registry.ts'

const shipped = join(import.meta.dirname, '../../../schemas')
const base = 'https://lien-thong.example/schemas/test'
const person = {
  $id: `${base}/person/v1`,
  $defs: {
    name: { type: 'string', 'x-pii': true },
    address: {
      type: 'object',
      properties: { ward: { type: 'string' }, street: { type: 'string', 'x-pii': true } },
    },
  },
}
const dossier = {
  $id: `${base}/dossier/v1`,
  type: 'object',
  properties: {
    code: { type: 'string' },
    late: { type: ['boolean', 'null'] },
    applicant: { $ref: '../person/v1#/$defs/name' },
    home: { $ref: '../person/v1#/$defs/address' },
    witnesses: { type: 'array', items: { $ref: '../person/v1#/$defs/name' } },
    card: { type: 'object', 'x-pii': true, properties: { number: { type: 'string' } } },
  },
  patternProperties: { '^note-': { type: 'string' } },
  if: { required: ['late'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { reason: { 'x-pii': true } } },
  else: { properties: { reason: { type: 'string' } } },
}
const schemas = new Map<string, object>([person, dossier].map((schema) => [schema.$id, schema]))
const mask = (data: unknown, id: string | undefined = dossier.$id) =>
  maskPersonal(schemas, id, data)

describe('maskPersonal', () => {
  it('hides what is marked, through references, lists and branches, and names where', () => {
    expect(
      mask({
        ...{ code: 'H99.1', late: null, 'note-1': 'x', reason: 'ốm' },
        applicant: 'Nguyễn Văn Thử',
        home: { ward: 'P1', street: '1 Lê Lợi' },
        witnesses: ['A', 'B'],
        card: { number: '099099000001' },
      }),
    ).toEqual({
      data: {
        ...{ code: 'H99.1', late: null, 'note-1': 'x', reason: '***' },
        applicant: '***',
        home: { ward: 'P1', street: '***' },
        witnesses: ['***', '***'],
        card: '***',
      },
      masked: ['/reason', '/applicant', '/home/street', '/witnesses/0', '/witnesses/1', '/card'],
    })
  })

  it('hides what the schema does not know', () => {
    expect(mask({ code: 'H99.1', 'số/điện~thoại': '0900', deep: { a: 1 } })).toEqual({
      data: { code: 'H99.1', 'số/điện~thoại': '***', deep: '***' },
      masked: ['/số~1điện~0thoại', '/deep'],
    })
  })

  it('shows nothing without a schema', () => {
    expect(maskPersonal(schemas, undefined, { code: 'H99.1' })).toEqual({
      data: '***',
      masked: [''],
    })
    expect(mask({ code: 'H99.1' }, `${base}/none/v1`)).toEqual({ data: '***', masked: [''] })
  })

  it('hides the person and shows the procedure in a message of a dossier', () => {
    const registry = createSchemaRegistry([shipped])
    const { data, masked } = registry.maskPersonal('vn.tthc.dossier.upserted.v1', {
      dossier: JSON.parse(
        readFileSync(
          join(shipped, 'tthc/dossier/examples/valid/citizen-online-processing.json'),
          'utf8',
        ),
      ),
    })
    const { dossier } = data as {
      dossier: { code: string; procedure: { code: string }; applicant: { name: string } }
    }
    expect(dossier.applicant.name).toBe('***')
    expect(dossier.code).toMatch(/H99/)
    expect(dossier.procedure.code).toMatch(/^9\./)
    expect(masked).toContain('/dossier/applicant/name')
  })
})

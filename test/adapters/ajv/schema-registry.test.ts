import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSchemaRegistry } from '../../../src/adapters/ajv/schema-registry.ts'

const prefix = 'https://lien-thong.example/schemas/'
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schemas-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(name: string, schema: object): void {
  writeFileSync(join(folder, `${name}.schema.json`), JSON.stringify(schema))
}

const note = {
  $id: `${prefix}demo/note/v1`,
  title: 'Ghi chú / Note',
  'x-message-type': 'vn.demo.note.v1',
  'x-subject': ['/book/code', '/page'],
  type: 'object',
  additionalProperties: false,
  required: ['book'],
  properties: {
    book: {
      type: 'object',
      additionalProperties: false,
      properties: { code: { type: 'string', 'x-pii': true } },
    },
    page: { type: 'string', default: '1' },
    count: { type: 'integer' },
  },
}

describe('schema-registry', () => {
  it('makes the catalogue of message types from the schemas', () => {
    write('note', note)
    write('other', { $id: `${prefix}demo/other/v2`, title: 'Khác', type: 'object' })
    const registry = createSchemaRegistry([folder])
    expect(registry.ids()).toEqual([`${prefix}demo/note/v1`, `${prefix}demo/other/v2`])
    expect(registry.messageTypes()).toEqual([
      {
        type: 'vn.demo.note.v1',
        schemaId: `${prefix}demo/note/v1`,
        title: { vi: 'Ghi chú', en: 'Note' },
      },
    ])
    expect(registry.schema('demo/note/v1')).toEqual(note)
    expect(registry.schema(`${prefix}demo/note/v1`)).toEqual(note)
    expect(registry.schema('demo/note/v2')).toBeUndefined()
  })

  it('tells an unknown type from a faulty message', () => {
    write('note', note)
    const registry = createSchemaRegistry([folder])
    expect(registry.validateMessage('vn.demo.letter.v1', {})).toBeUndefined()
    expect(registry.validateMessage('vn.demo.note.v1', { book: {} })).toEqual([])
    expect(registry.validateMessage('vn.demo.note.v1', {})).toMatchObject([
      { pointer: '/book', rule: 'required' },
    ])
    expect(registry.validateMessage('toString', {})).toBeUndefined()
  })

  it('validates by suffix and by full id, and throws for a schema that is not there', () => {
    write('note', note)
    const registry = createSchemaRegistry([folder])
    for (const id of ['demo/note/v1', `${prefix}demo/note/v1`])
      expect(registry.validate(id, [])).toMatchObject([{ rule: 'type' }])
    expect(() => registry.validate('demo/note/v9', {})).toThrow('no schema demo/note/v9')
  })

  it('says which subject a message must have', () => {
    write('note', note)
    const registry = createSchemaRegistry([folder])
    expect(registry.subjectOf('vn.demo.note.v1', { book: { code: 'A' }, page: '7' })).toBe('A/7')
    expect(registry.subjectOf('vn.demo.note.v1', { book: { code: 'A' } })).toBeUndefined()
    expect(registry.subjectOf('vn.demo.note.v1', { book: { code: 'A' }, page: 7 })).toBeUndefined()
    expect(registry.subjectOf('vn.demo.note.v1', null)).toBeUndefined()
    expect(registry.subjectOf('vn.demo.letter.v1', {})).toBeUndefined()
  })

  it('says which unit a message concerns, by the first place that tells one', () => {
    write('note', { ...note, 'x-unit': ['/agency', '/page'] })
    const registry = createSchemaRegistry([folder])
    const unitOf = (data: unknown) => registry.unitOf('vn.demo.note.v1', data)
    expect(unitOf({ agency: 'H99.14', page: 'H99.15-260101-0001' })).toBe('H99.14')
    expect(unitOf({ agency: '000.02.14.H99' })).toBe('H99.14.02')
    expect(unitOf({ agency: '99001', page: 'H99.15-260101-0001' })).toBe('H99.15')
    expect(unitOf({ agency: 7 })).toBeUndefined()
    expect(unitOf(null)).toBeUndefined()
    expect(registry.unitOf('vn.demo.letter.v1', {})).toBeUndefined()
  })

  it('changes nothing: no coercion, no default, nothing removed', () => {
    write('note', note)
    const registry = createSchemaRegistry([folder])
    const value = { book: { code: 'A' }, count: '5', extra: true }
    const before = structuredClone(value)
    expect(
      registry
        .validate('demo/note/v1', value)
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(['additionalProperties', 'type'])
    expect(value).toEqual(before)
    const frozen = Object.freeze({ book: Object.freeze({ code: 'A' }) })
    expect(registry.validate('demo/note/v1', frozen)).toEqual([])
  })

  it('gives the same answer again and again, whatever came before', () => {
    write('note', note)
    const registry = createSchemaRegistry([folder])
    const first = registry.validate('demo/note/v1', { count: 1.5 })
    expect(registry.validate('demo/note/v1', { book: {} })).toEqual([])
    expect(registry.validate('demo/note/v1', { count: 1.5 })).toEqual(first)
  })

  it('follows references between files, and refuses those that lead out', () => {
    write('note', note)
    write('page', {
      $id: `${prefix}demo/page/v1`,
      title: 'Trang',
      $ref: '../note/v1#/properties/book',
    })
    write('lost', {
      $id: `${prefix}demo/lost/v1`,
      title: 'Lạc',
      $ref: 'https://json.schemastore.example/any',
    })
    const registry = createSchemaRegistry([folder])
    expect(registry.validate('demo/page/v1', { code: 5 })).toMatchObject([
      { pointer: '/code', rule: 'type' },
    ])
    expect(() => registry.validate('demo/lost/v1', {})).toThrow("can't resolve reference")
    expect(() => registry.compileAll()).toThrow("can't resolve reference")
  })

  it.each([
    ['a keyword that does not exist', { requierd: ['a'] }, 'unknown keyword'],
    ['a format that does not exist', { type: 'string', format: 'datetime' }, 'unknown format'],
    ['a keyword for another type', { type: 'object', minLength: 3 }, 'strictTypes'],
    ['$data', { type: 'object', properties: { a: { const: { $data: '1/b' } } } }, undefined],
  ])('is strict about %s', (_, schema, message) => {
    write('odd', { $id: `${prefix}demo/odd/v1`, title: 'Lạ', ...schema })
    const registry = createSchemaRegistry([folder])
    if (message) expect(() => registry.compileAll()).toThrow(message)
    else expect(registry.validate('demo/odd/v1', { a: 1, b: 1 })).toMatchObject([{ rule: 'const' }])
  })

  it('refuses two schemas with one name, one message type twice, and an $id of another form', () => {
    write('a', note)
    write('b', note)
    expect(() => createSchemaRegistry([folder])).toThrow('two schemas have the $id')
    write('b', { ...note, $id: `${prefix}demo/note/v2` })
    expect(() => createSchemaRegistry([folder])).toThrow('the same x-message-type')
    write('b', { $id: 'https://elsewhere.example/note' })
    expect(() => createSchemaRegistry([folder])).toThrow('$id must be')
  })

  it('judges by a schema that is registered nowhere, and throws when that is wrong', () => {
    const registry = createSchemaRegistry([])
    const schema = {
      type: 'object',
      additionalProperties: false,
      properties: { url: { type: 'string', format: 'uri', writeOnly: true } },
    }
    expect(registry.validateAgainst(schema, { url: 'https://a.example' })).toEqual([])
    expect(registry.validateAgainst(schema, { url: 'a' })).toMatchObject([
      { pointer: '/url', rule: 'format' },
    ])
    expect(() => registry.validateAgainst({ type: 'objekt' }, {})).toThrow('schema is invalid')
  })

  it('takes an own member called __proto__ for what it is', () => {
    write('note', note)
    const registry = createSchemaRegistry([folder])
    const value = JSON.parse('{"book":{},"__proto__":{"count":1},"constructor":1}')
    expect(
      registry
        .validate('demo/note/v1', value)
        .map(({ pointer }) => pointer)
        .sort(),
    ).toEqual(['/__proto__', '/constructor'])
  })
})

import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, openApiDocument, openApiText } from '../../../src/app/http/openapi.ts'
import { operations } from '../../../src/app/http/operations.ts'
import { apiSchemas } from '../../../src/app/http/schemas/index.ts'
import { scopes } from '../../../src/app/http/scopes.ts'
import { errorTable } from '../../../src/domain/errors.ts'
import { type Api, readText, startApi } from '../../support/http-api.ts'

const eventSchema = JSON.parse(readText('schemas/cloudevents/event/v1.schema.json')) as object
const document = openApiDocument(operations, eventSchema)
const text = openApiText(document)

/** Every `$ref` in the document. */
const references = [...text.matchAll(/"\$ref": "([^"]+)"/g)].map(([, reference]) => reference ?? '')

let api: Api

function freshness() {
  it('is the document that is committed', () => {
    const hint = 'node --import ts-blank-space/register scripts/generate-openapi.ts'
    expect(readText('docs/openapi.json') === text, `stale; run: ${hint}`).toBe(true)
  })

  it('is the document that is served', async () => {
    const answer = await api.ask('GET', '/openapi.json')
    expect(answer.text === text).toBe(true)
  })

  it('holds exactly the operations that are registered', () => {
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    expect(documented.sort()).toEqual(
      operations.map(({ method, path }) => `${method} ${path}`).sort(),
    )
  })

  it('names every operation once', () => {
    const ids = operations.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
}

function soundness() {
  it('refers only to what is there, and has nothing that nobody refers to', () => {
    const components = document.components as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >
    const known = ['schemas', 'headers'].flatMap((kind) =>
      Object.keys(components[kind] ?? {}).map((name) => `#/components/${kind}/${name}`),
    )
    expect([...new Set(references)].sort()).toEqual(known.sort())
  })

  it('has schemas that are JSON Schema 2020-12, every one', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    for (const [name, schema] of Object.entries(document.components.schemas))
      expect(ajv.validateSchema(schema), name).toBe(true)
  })

  it('declares every path parameter of a path, and no other', () => {
    for (const { path, pathParameters, id } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(Object.keys(pathParameters), id).toEqual(inPath)
    }
  })

  it('says in both languages what every operation does', () => {
    for (const { summary, description, answers, id } of operations)
      for (const words of [
        summary,
        ...(description ? [description] : []),
        ...Object.values(answers).map((one) => one.words),
      ])
        expect(words.vi.length > 0 && words.en.length > 0, id).toBe(true)
  })

  it('gives every member of every schema a Vietnamese title with diacritics or a code', () => {
    for (const [name, schema] of Object.entries(apiSchemas))
      expect(schema.title, name).toMatch(/\p{L}/u)
  })

  it('asks for scopes that exist', () => {
    for (const { access, id } of operations)
      expect(
        ['public', 'any-key', 'local', 'session', 'half-session', ...Object.keys(scopes)],
        id,
      ).toContain(access)
  })

  it('declares codes whose status it declares, and never as a success', () => {
    for (const operation of operations)
      for (const code of codesOf(operation))
        expect(errorTable[code].status, `${operation.id} ${code}`).toBeGreaterThanOrEqual(400)
  })
}

describe('openapi', () => {
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.close())

  freshness()
  soundness()
})

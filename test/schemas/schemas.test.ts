import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { createSchemaRegistry } from '../../src/adapters/ajv/schema-registry.ts'
import { type Json, root, schemaFiles, schemaFolder, walk } from '../support/schema-files.ts'

const files = schemaFiles()
const vietnamese = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const byId = new Map(files.map(({ schema }) => [String(schema.$id), schema]))

/** The schema a `$ref` of ours leads to. */
function follow(reference: string, base: string): Json | undefined {
  const target = new URL(reference, base)
  const path = target.hash.split('/').slice(1)
  target.hash = ''
  let node: unknown = byId.get(target.href)
  for (const key of path) node = isObject(node) ? node[key] : undefined
  return isObject(node) ? node : undefined
}

/** A text of a schema or, where it has none, of what it refers to. */
function textOf(schema: Json, key: 'title' | 'description', base: string): string {
  if (typeof schema[key] === 'string') return schema[key]
  const target = typeof schema.$ref === 'string' ? follow(schema.$ref, base) : undefined
  return target ? textOf(target, key, base) : ''
}

/** Every property of every object in every schema, but not those of conditions. */
function properties(owners: (owner: string) => boolean) {
  const found: { place: string; base: string; property: Json }[] = []
  for (const { suffix, schema } of files.filter((file) => owners(file.owner)))
    walk(schema, (node, place) => {
      if (!isObject(node.properties) || isCondition(place, node)) return
      for (const [name, property] of Object.entries(node.properties))
        if (isObject(property))
          found.push({
            place: `${suffix}${place}/${name}`,
            base: String(schema.$id),
            property,
          })
    })
  return found
}

/** Conditions and refinements narrow an object that is described elsewhere. */
const isCondition = (place: string, node: Json): boolean =>
  /\/(?:if|then|else|not|allOf\/\d+|anyOf\/\d+|oneOf\/\d+)(?:\/|$)/.test(place) || '$ref' in node

/** The object is described by the schemas it is put together from. */
const isComposed = (node: Json): boolean => JSON.stringify(node.allOf ?? '').includes('"$ref"')

describe('schemas', () => {
  it('have the $id of their place and a Vietnamese title', () => {
    for (const { suffix, schema } of files) {
      expect(schema.$id).toBe(`https://lien-thong.example/schemas/${suffix}`)
      expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
      expect(schema.title, suffix).toMatch(vietnamese)
    }
  })

  it('fit the law of JSON Schema 2020-12', () => {
    const ajv = new Ajv2020({ strict: false })
    for (const { suffix, schema } of files) {
      ajv.validateSchema(schema as object)
      expect(ajv.errors ?? [], suffix).toEqual([])
    }
  })

  it('all compile in strict mode, for the quick look and for the thorough one', () => {
    const registry = createSchemaRegistry([schemaFolder, join(root, 'src/connector')])
    registry.compileAll()
    // The manifest and what manifests share: credentials, the adapter's address, mapi, mapping, verdicts.
    expect(registry.ids().length).toBe(files.length + 6)
  })

  it('title and describe every canonical property in Vietnamese', () => {
    const canonical = properties((owner) => owner === 'tthc' || owner === 'cloudevents')
    expect(canonical.length).toBeGreaterThan(100)
    const bare = canonical.filter(
      ({ property, base }) =>
        !vietnamese.test(textOf(property, 'title', base)) ||
        !vietnamese.test(textOf(property, 'description', base)),
    )
    expect(bare.map(({ place }) => place)).toEqual([])
  })

  it('say in words what every other property is', () => {
    const bare = properties(() => true).filter(
      ({ property, base }) =>
        textOf(property, 'title', base) + textOf(property, 'description', base) === '',
    )
    expect(bare.map(({ place }) => place)).toEqual([])
  })

  it('say for every object whether it may have other members', () => {
    const silent: string[] = []
    for (const { suffix, schema } of files)
      walk(schema, (node, place) => {
        const describes = node.type === 'object' && isObject(node.properties)
        const says = 'additionalProperties' in node || 'unevaluatedProperties' in node
        if (describes && !says && !isCondition(place, node) && !isComposed(node))
          silent.push(`${suffix}${place}`)
      })
    expect(silent).toEqual([])
  })

  it('let no canonical object have other members', () => {
    const open: string[] = []
    for (const { suffix, schema } of files.filter(({ owner }) => owner === 'tthc'))
      walk(schema, (node, place) => {
        if ('additionalProperties' in node && node.additionalProperties !== false)
          open.push(`${suffix}${place}`)
      })
    expect(open).toEqual([])
  })

  it('require only members that are defined', () => {
    const unknown: string[] = []
    for (const { suffix, schema } of files)
      walk(schema, (node, place) => {
        if (!Array.isArray(node.required) || place.endsWith('/if')) return
        const names = definedAt(schema, place)
        for (const name of node.required)
          if (!names.has(String(name))) unknown.push(`${suffix}${place}: ${name}`)
      })
    expect(unknown).toEqual([])
  })

  it('mark as personal what could name a person in a canonical message', () => {
    const personal =
      /^(?:name|phone|email|fax|officer|answeredBy|requestedBy|receivedBy|issuedBy|portalAccount|comments|content|summary|note|reason|url)$/
    const ofNobody =
      /\/(?:procedure|domain|agency|unit|fee|field|status|handlingUnit)(?:\/properties)?\/name$|\/(?:groups|indicators)\/items\/name$|^tthc\/dossier-rated.*\/content$/
    const unmarked = properties((owner) => owner === 'tthc').filter(
      ({ place, property, base }) =>
        personal.test(place.slice(place.lastIndexOf('/') + 1)) &&
        !ofNobody.test(place) &&
        !isPersonal(property, base),
    )
    expect(unmarked.map(({ place }) => place)).toEqual([])
  })

  it('declare the message types, and nothing else does', () => {
    const registry = createSchemaRegistry([schemaFolder])
    const types = registry.messageTypes()
    expect(types.length).toBeGreaterThanOrEqual(10)
    for (const { type, schemaId, title } of types) {
      expect(type).toMatch(/^vn\.[a-z-]+(?:\.[a-z-]+)*\.v\d+$/)
      expect(schemaId).toContain(type.split('.').slice(2, 4).join('-'))
      expect(title.vi).toMatch(vietnamese)
      expect(title.en).not.toMatch(vietnamese)
    }
  })

  it('have patterns that a hostile text cannot slow down', () => {
    const patterns = new Set<string>()
    for (const { schema } of files)
      walk(schema, (node) => {
        if (typeof node.pattern === 'string') patterns.add(node.pattern)
      })
    const hostile = ['a', ' ', '1', '-', '.', 'ă', '\t', '+', 'H99.', '0.1', 'a-', '(', '='].map(
      (unit) => unit.repeat(Math.ceil(20_000 / unit.length)),
    )
    const texts = hostile.flatMap((text) => [text, `${text}\u0001`, ` ${text}!`])
    const slow: string[] = []
    for (const pattern of patterns) {
      const rule = new RegExp(pattern, 'u')
      const started = performance.now()
      for (const text of texts) rule.test(text)
      if (performance.now() - started > 500) slow.push(pattern)
    }
    expect(slow).toEqual([])
  })
})

const isPersonal = (property: Json, base: string): boolean => {
  if (property['x-pii'] === true) return true
  if (isObject(property.items)) return isPersonal(property.items, base)
  if (isObject(property.properties)) return true
  const target = typeof property.$ref === 'string' ? follow(property.$ref, base) : undefined
  return target !== undefined && isPersonal(target, base)
}

/** Names defined by the objects around a place: a `then` may require what its parent defines. */
function definedAt(schema: Json, place: string): Set<string> {
  const names = new Set<string>()
  const add = (node: unknown, base: string): void => {
    if (!isObject(node)) return
    if (isObject(node.properties)) for (const name of Object.keys(node.properties)) names.add(name)
    if (typeof node.$ref === 'string') add(follow(node.$ref, base), base)
    if (Array.isArray(node.allOf)) for (const part of node.allOf) add(part, base)
  }
  const path = place.split('/').slice(1)
  let node: unknown = schema
  add(node, String(schema.$id))
  for (const key of path) {
    node = Array.isArray(node) ? node[Number(key)] : isObject(node) ? node[key] : undefined
    if (key === 'properties' || key === '$defs') names.clear()
    add(node, String(schema.$id))
  }
  return names
}

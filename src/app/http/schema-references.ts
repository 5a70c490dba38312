import type { Hub } from '../hub.ts'

/** Every schema that this one leads to, itself not included, by `$id`. */
export function referencedSchemas(
  schemas: Hub['schemas'],
  schemaId: string,
): Readonly<Record<string, object>> {
  const found = new Map<string, object>()
  const visit = (node: unknown, base: string): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string') follow(value, base)
      else visit(value, base)
    }
  }
  const follow = (reference: string, base: string): void => {
    if (reference.startsWith('#')) return
    const id = new URL(reference, base).href.split('#')[0] ?? ''
    const schema = schemas.schema(id)
    if (!schema || id === schemaId || found.has(id)) return
    found.set(id, schema)
    visit(schema, id)
  }
  visit(schemas.schema(schemaId), schemaId)
  return Object.fromEntries(found)
}

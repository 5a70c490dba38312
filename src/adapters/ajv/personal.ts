/** Whether a schema, or anything it refers to, marks a value as personal data. */
export type Tree = Readonly<Record<string, unknown>>

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function at(tree: unknown, fragment: string): unknown {
  let node = tree
  for (const part of fragment.split('/').slice(1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    node = typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined
  }
  return node
}

/** What is defined and referred to by nobody is not looked at. */
export function marksPersonalData(
  schemas: ReadonlyMap<string, object>,
  id: string,
  seen: Set<string> = new Set(),
): boolean {
  const [base = '', fragment = ''] = id.split('#')
  if (seen.has(id)) return false
  seen.add(id)
  const todo: unknown[] = [at(schemas.get(base), fragment)]
  while (todo.length > 0) {
    const node = todo.pop()
    if (Array.isArray(node)) todo.push(...node)
    if (!isTree(node)) continue
    if (node['x-pii'] === true) return true
    const { $ref } = node
    if (typeof $ref === 'string' && marksPersonalData(schemas, new URL($ref, base).href, seen))
      return true
    for (const [name, inner] of Object.entries(node)) if (name !== '$defs') todo.push(inner)
  }
  return false
}

/** Which schema objects can speak while a given schema is being evaluated, `$ref` followed. */
export type Reach = (schema: object) => ReadonlySet<object>

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** `documents` by `$id`; a document without one has the key ''. */
export function createReach(documents: ReadonlyMap<string, object>): Reach {
  const targets = new WeakMap<object, object>()
  const known = new WeakMap<object, Set<object>>()

  const link = (node: Node, base: string): void => {
    if (typeof node.$ref === 'string') {
      const target = resolve(node.$ref, base, documents)
      if (target) targets.set(node, target)
    }
    for (const value of Object.values(node)) if (isNode(value)) link(value, base)
  }
  for (const [id, document] of documents) link(document as Node, id)

  return (schema) => {
    const before = known.get(schema)
    if (before) return before
    const reached = new Set<object>()
    const todo: object[] = [schema]
    for (let node = todo.pop(); node; node = todo.pop()) {
      if (reached.has(node)) continue
      reached.add(node)
      const target = targets.get(node)
      if (target) todo.push(target)
      for (const value of Object.values(node)) if (isNode(value)) todo.push(value)
    }
    known.set(schema, reached)
    return reached
  }
}

function resolve(
  reference: string,
  base: string,
  documents: ReadonlyMap<string, object>,
): object | undefined {
  const hash = reference.indexOf('#')
  const path = hash < 0 ? reference : reference.slice(0, hash)
  const id = path === '' ? base : URL.canParse(path, base) ? new URL(path, base).href : path
  let node: unknown = documents.get(id)
  if (hash < 0) return isNode(node) ? node : undefined
  for (const part of reference
    .slice(hash + 1)
    .split('/')
    .slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    node = isNode(node) && Object.hasOwn(node, key) ? node[key] : undefined
  }
  return isNode(node) ? node : undefined
}

/** What differs between two JSON values, by JSON Pointer (RFC 6901). */
export interface Difference {
  readonly pointer: string
  /** Absent: it was not there. */
  readonly before?: unknown
  /** Absent: it is not there any more. */
  readonly after?: unknown
}

type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (tree: Tree, name: string): unknown =>
  Object.hasOwn(tree, name) ? tree[name] : undefined

const inside = (pointer: string, name: string): string =>
  `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** Names of the members on the way; none for the whole value. */
export const pointerParts = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Lists are compared place by place. */
export function differencesBetween(before: unknown, after: unknown, at = ''): Difference[] {
  if (Object.is(before, after)) return []
  if (isTree(before) && isTree(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap((name) =>
      differencesBetween(own(before, name), own(after, name), inside(at, name)),
    )
  }
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
      differencesBetween(before[index], after[index], inside(at, String(index))),
    ).flat()
  return [
    {
      pointer: at,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ]
}

export const isSame = (one: unknown, other: unknown): boolean =>
  differencesBetween(one, other).length === 0

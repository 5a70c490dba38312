/**
 * What differs between two outputs of one message, field by field. A body that is a text of JSON or XML, or
 * holds one, is compared by what is in it; a text that differs and can be read as neither, or differs in
 * nothing that the reader tells apart, is one field.
 */
import { readXml, recordOf } from '../../connector/xml/index.ts'
import type { DryOutput } from './dry-run.ts'

export interface FieldChange {
  readonly in: 'body' | 'request'
  /** JSON Pointer. */
  readonly pointer: string
  /** Absent: it was not there. */
  readonly before?: unknown
  /** Absent: it is not there any more. */
  readonly after?: unknown
}

type Place = Pick<FieldChange, 'in' | 'pointer'>
type Tree = Readonly<Record<string, unknown>>

export function changesBetween(before: DryOutput, after: DryOutput): FieldChange[] {
  return [
    ...differences(before.request ?? undefined, after.request ?? undefined, {
      in: 'request',
      pointer: '',
    }),
    ...differences(before.body ?? undefined, after.body ?? undefined, { in: 'body', pointer: '' }),
  ]
}

function differences(before: unknown, after: unknown, place: Place): FieldChange[] {
  if (Object.is(before, after)) return []
  if (typeof before === 'string' && typeof after === 'string') {
    const [was, is] = [parsed(before), parsed(after)]
    const inner = was === undefined || is === undefined ? [] : differences(was, is, place)
    return inner.length > 0 ? inner : [{ ...place, before, after }]
  }
  if (isTree(before) && isTree(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap((name) =>
      differences(own(before, name), own(after, name), inside(place, name)),
    )
  }
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
      differences(before[index], after[index], inside(place, String(index))),
    ).flat()
  return [
    {
      ...place,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ]
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (tree: Tree, name: string): unknown =>
  Object.hasOwn(tree, name) ? tree[name] : undefined

const inside = (place: Place, name: string): Place => ({
  in: place.in,
  pointer: `${place.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
})

/** What a text holds; undefined where it is nothing but a text. */
function parsed(text: string): unknown {
  const first = text.trimStart()[0]
  try {
    if ((first === '{' || first === '[') && !isDeep(text)) return JSON.parse(text)
    if (first === '<') return recordOf(readXml(new TextEncoder().encode(text)))
  } catch {
    // Not what it looked like; then it is compared as it is.
  }
  return undefined
}

/** As deep as the strict reader takes it; brackets in its texts are counted too, which does no harm. */
const deepest = 64

function isDeep(text: string): boolean {
  let depth = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    if (depth > deepest) return true
  }
  return false
}

/** JSON Pointer (RFC 6901), for reading what is there and writing what is not. */

/** `/a/b~1c` → `['a', 'b/c']`; the empty pointer is the whole. */
export const pointerParts = (pointer: string): readonly string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

export const pointerOf = (parts: readonly (string | number)[]): string =>
  parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** What stands there, or undefined. Own members only: no `constructor`, no `length`. */
export function valueAt(value: unknown, parts: readonly string[]): unknown {
  let at = value
  for (const part of parts) {
    if (typeof at !== 'object' || at === null) return undefined
    if (Array.isArray(at) && !/^(0|[1-9]\d*)$/.test(part)) return undefined
    if (!Object.hasOwn(at, part)) return undefined
    at = (at as Readonly<Record<string, unknown>>)[part]
  }
  return at
}

export const readPointer = (value: unknown, pointer: string): unknown =>
  valueAt(value, pointerParts(pointer))

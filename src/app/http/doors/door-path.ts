import type { Door } from '../../../connector/door.ts'

/** Parameters of a path that fits the door's, undefined when it does not. */
export type MatchPath = (path: string) => Readonly<Record<string, string>> | undefined

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/**
 * Matches like Express does by default: letters of either case, one slash at the end allowed,
 * `:name` for one segment. Existing software writes door paths in many ways.
 */
export function compilePath(path: string): MatchPath {
  const names: string[] = []
  const source = path
    .split('/')
    .map((segment) => {
      if (!segment.startsWith(':')) return escaped(segment)
      names.push(segment.slice(1))
      return '([^/]+)'
    })
    .join('/')
  const pattern = new RegExp(`^${source}/?$`, 'i')
  return (candidate) => {
    const match = pattern.exec(candidate)
    if (!match) return undefined
    const values = names.map((name, index) => [name, decoded(match[index + 1] ?? '')] as const)
    return values.every((pair): pair is [string, string] => pair[1] !== undefined)
      ? Object.fromEntries(values)
      : undefined
  }
}

const compiled = new WeakMap<Door, MatchPath>()

/** The same for a door; compiled once per door, however often the revision is asked for. */
export function matchDoor(door: Door, path: string): Readonly<Record<string, string>> | undefined {
  const match = compiled.get(door) ?? compilePath(door.path)
  compiled.set(door, match)
  return match(path)
}

/** `/doors/tthc/search/call?x=1` → system `tthc`, path `/search/call`. */
export function splitDoorUrl(url: string): { system: string; path: string; query: string } {
  const mark = url.indexOf('?')
  const whole = mark < 0 ? url : url.slice(0, mark)
  const rest = whole.slice('/doors/'.length)
  const slash = rest.indexOf('/')
  return {
    system: slash < 0 ? rest : rest.slice(0, slash),
    path: slash < 0 ? '/' : rest.slice(slash),
    query: mark < 0 ? '' : url.slice(mark + 1),
  }
}

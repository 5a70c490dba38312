import { HubError } from '../../domain/errors.ts'
import type { LogFields } from '../../domain/log-events.ts'

/** Text of one line, over all its fields together. */
const maxTextLength = 8_192
const maxFrames = 12
const maxCauses = 4
/** The line's own keys; a field cannot take their place. */
const reserved: ReadonlySet<string> = new Set(['level', 'time', 'event', 'pid', 'error'])

/**
 * What could break a line or deceive a terminal: C0, DEL and C1 controls, line and paragraph
 * separators, and the characters that turn the direction of writing.
 */
const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/
const unsafeAll = new RegExp(`${unsafe.source}`, 'gu')

const escaped = (char: string): string =>
  `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

/** One line of visible text. A pair of surrogates is a letter and stays; a single one does not. */
export const visible = (text: string): string =>
  unsafe.test(text) ? text.replace(unsafeAll, escaped) : text

type Flat = Record<string, string | number | boolean | null>

/**
 * The fields as they may be written: flat values only (whatever else slips through the types is
 * named by its kind and not shown), control characters escaped, 8 kB of text in all.
 */
export function flatFields(fields: LogFields): Flat {
  const flat: Flat = {}
  let room = maxTextLength
  for (const [key, value] of Object.entries<unknown>(fields)) {
    if (value === undefined || reserved.has(key)) continue
    if (typeof value === 'string') {
      const cut = value.length > room ? `${value.slice(0, room)}…` : value
      room -= Math.min(value.length, room)
      flat[key] = visible(cut)
    } else if (typeof value === 'number' || typeof value === 'boolean' || value === null)
      flat[key] = value
    else flat[key] = `[${typeof value}]`
  }
  return flat
}

const textOf = (value: unknown, key: string): string | undefined => {
  const found = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return typeof found === 'string' ? found : undefined
}

/** Codes such as ECONNREFUSED, 23505 or an error code of the hub, but no text in their place. */
const shortCode = (error: unknown): string | undefined => {
  const code = textOf(error, 'code')
  return code && /^[\w-]{1,40}$/.test(code) ? code : undefined
}

const frames = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, maxFrames)
    .map((line) => visible(line.trim()))
    .join(' < ')

/**
 * An error without its message, which may hold data of a message: type, code and where it was
 * thrown, and the same of what caused it. A HubError never carries data, so its words are shown.
 */
export function errorFields(thrown: unknown): Flat {
  const kinds: string[] = []
  let where = ''
  let at = thrown
  for (let depth = 0; depth < maxCauses && at !== undefined && at !== null; depth++) {
    const name = at instanceof Error ? at.name : typeof at
    const code = shortCode(at)
    kinds.push(code ? `${name} ${code}` : name)
    where ||= frames(textOf(at, 'stack') ?? '')
    at = typeof at === 'object' ? Reflect.get(at, 'cause') : undefined
  }
  return {
    error: visible(kinds.join(' < ')).slice(0, 500),
    ...(thrown instanceof HubError && { words: visible(thrown.message).slice(0, 2_000) }),
    ...(where && { stack: where }),
  }
}

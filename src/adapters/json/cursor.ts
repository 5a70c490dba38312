/** A place in a JSON text that only moves forward. Every step throws `BrokenSyntax` where JSON ends. */
export interface Cursor {
  /** The character here, white space skipped; '' at the end. */
  next(): string
  /** Steps over this character. */
  take(sign: string): void
  /** Steps over what the sticky pattern matches, and returns it. */
  match(pattern: RegExp): string
  /** Steps over a string and returns its value. */
  string(): string
  /** Throws unless nothing is left. */
  finish(): void
}

/** Where the text stops being JSON; both count from 1, columns in characters. */
export class BrokenSyntax extends Error {
  readonly line: number
  readonly column: number

  constructor(text: string, at: number) {
    super('not JSON')
    const lineStart = text.lastIndexOf('\n', at - 1) + 1
    this.line = text.slice(0, lineStart).split('\n').length
    this.column = [...text.slice(lineStart, at)].length + 1
  }
}

const quote = 0x22
const backslash = 0x5c
const simpleEscapes = '"\\/bfnrt'
const hex = /^[0-9a-fA-F]{4}$/

export function createCursor(text: string): Cursor {
  let at = 0

  const broken = (): never => {
    throw new BrokenSyntax(text, at)
  }

  const skipSpace = (): void => {
    for (let code = text.charCodeAt(at); code <= 0x20; code = text.charCodeAt(at)) {
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      at += 1
    }
  }

  const skipEscape = (): void => {
    const sign = text[at + 1] ?? ''
    if (sign === 'u' && hex.test(text.slice(at + 2, at + 6))) at += 6
    else if (sign !== '' && simpleEscapes.includes(sign)) at += 2
    else broken()
  }

  return {
    next() {
      skipSpace()
      return text[at] ?? ''
    },

    take(sign) {
      skipSpace()
      if (text[at] !== sign) broken()
      at += 1
    },

    match(pattern) {
      pattern.lastIndex = at
      const found = pattern.exec(text)?.[0] ?? broken()
      at += found.length
      return found
    },

    string() {
      const from = at
      let escaped = false
      at += 1
      for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(at)) {
        if (code === backslash) {
          escaped = true
          skipEscape()
        } else if (code >= 0x20) at += 1
        else broken()
      }
      at += 1
      return escaped ? String(JSON.parse(text.slice(from, at))) : text.slice(from + 1, at - 1)
    },

    finish() {
      skipSpace()
      if (at < text.length) broken()
    },
  }
}

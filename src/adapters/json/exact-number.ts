/** Significant digits and the power of ten of the last of them. */
interface Decimal {
  readonly digits: string
  readonly exponent: number
}

/** No double needs more characters; a longer text is not worth reading. */
export const longestNumber = 400

const form = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/**
 * Whether a JSON number means the same after `JSON.parse`: the digits written must be those of the
 * number it becomes. `1.50` and `1e3` are kept; 2^53 + 1, twenty digits, `1e400`, `1e-400` and `-0` are not.
 */
export function isExactNumber(text: string): boolean {
  if (text.length > longestNumber) return false
  const value = Number(text)
  if (!Number.isFinite(value)) return false
  const written = decimalOf(text)
  if (written.digits === '') return !text.startsWith('-')
  const kept = decimalOf(String(value))
  return written.digits === kept.digits && written.exponent === kept.exponent
}

function decimalOf(text: string): Decimal {
  const [, whole = '', fraction = '', power = '0'] = form.exec(text) ?? []
  const all = whole + fraction
  let from = 0
  while (from < all.length && all[from] === '0') from += 1
  let to = all.length
  while (to > from && all[to - 1] === '0') to -= 1
  const exponent = Number(power) - fraction.length + (all.length - to)
  return { digits: all.slice(from, to), exponent }
}

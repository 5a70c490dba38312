/** CSV that Excel opens as it is meant: UTF-8 with BOM, CRLF, and no cell that is taken for a formula. */
export const byteOrderMark = '\uFEFF'

/** Also after blanks, which spreadsheets skip; and the full-width forms, which some take for the same. */
const formula = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n]/

export const isFormula = (text: string): boolean => formula.test(text)

function cellOf(value: string | number | null): string {
  if (typeof value === 'number') return String(value)
  const text = value ?? ''
  const safe = isFormula(text) ? `'${text}` : text
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvRow = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(cellOf).join(',')}\r\n`

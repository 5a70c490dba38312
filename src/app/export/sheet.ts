/** What a list looks like as a file, whichever the format. */

export type Cell = string | number | null

export interface Sheet<Row> {
  /** What its file is called, without date and ending. */
  readonly name: string
  /** Of the sheet in a workbook. */
  readonly title: string
  readonly head: readonly string[]
  cells(row: Row): readonly Cell[]
  /** Default: the row as it is. */
  json?(row: Row): unknown
}

/** What has gone out so far. */
export interface Tally {
  rows: number
  /** There are more, which the limit left out. */
  isCut: boolean
}

/** Stands behind the last row of a sheet that lacks some. */
export const cutWords = (rows: number): string =>
  `Chỉ gồm ${rows.toLocaleString('vi-VN')} dòng đầu, còn nữa: hãy lọc hẹp hơn. / Only the first ${rows.toLocaleString('en')} rows, there are more: narrow the filter.`

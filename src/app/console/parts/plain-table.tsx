/** A table of a few rows that are all there: for a list that grows, see paged-table.tsx. */
import { type Columns, Head, useListColours } from './list-look.tsx'

interface PlainTableProps<Row> {
  readonly rows: readonly Row[]
  readonly columns: Columns<Row>
  readonly keyOf: (row: Row) => string
  readonly label: string
  /** Width in pixels below which the table scrolls sideways. */
  readonly width: number
}

export function PlainTable<Row>({ rows, columns, keyOf, label, width }: PlainTableProps<Row>) {
  const colours = useListColours()
  return (
    <div className="list" style={{ ...colours, flex: 'none' }}>
      <table aria-label={label} style={{ minWidth: width }}>
        <Head columns={columns} />
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, place) => (
                <td key={column.key ?? place} style={{ textAlign: column.align }}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

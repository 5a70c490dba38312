/** What all lists look like: their columns, their head, their colours. */
import { theme } from 'antd'
import type { CSSProperties, ReactNode } from 'react'

export interface Column<Row> {
  readonly key?: string
  readonly title: ReactNode
  /** Pixels; what is left is shared by the columns without. */
  readonly width?: number
  readonly align?: 'left' | 'right' | 'center'
  readonly render: (row: Row) => ReactNode
}
export type Columns<Row> = readonly Column<Row>[]

const choiceWidth = 44

/** The colours of the theme for the style sheet. */
export function useListColours(): CSSProperties {
  const { token } = theme.useToken()
  return {
    '--line': token.colorBorderSecondary,
    '--head': token.colorFillAlter,
    '--paper': token.colorBgContainer,
    '--hover': token.controlItemBgHover,
    '--at': token.controlItemBgActive,
    '--ring': token.colorPrimary,
  } as CSSProperties
}

export function Head<Row>({ columns, choice }: { columns: Columns<Row>; choice?: ReactNode }) {
  return (
    <thead>
      <tr>
        {choice && <th style={{ width: choiceWidth }}>{choice}</th>}
        {columns.map(({ key, title, width, align }, at) => (
          <th key={key ?? at} scope="col" style={{ width, textAlign: align }}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  )
}

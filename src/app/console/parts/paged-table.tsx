/**
 * A long list: loads page after page as it is scrolled (keyset), draws only the rows that are seen, and is
 * worked with the keyboard: j and k move, Enter opens, x chooses, Shift-x chooses up to here.
 */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { Flex, Table, type TableProps, Typography } from 'antd'
import { type Key, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { FaultView } from './fault-view.tsx'
import { useRowKeys } from './row-keys.ts'

export interface Page<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
}

interface PagedTableProps<Row> {
  readonly pages: UseInfiniteQueryResult<InfiniteData<Page<Row>>, unknown>
  readonly columns: NonNullable<TableProps<Row>['columns']>
  readonly keyOf: (row: Row) => string
  /** Where a row leads. */
  readonly addressOf?: (row: Row) => string
  /** What an empty list shows. */
  readonly empty: ReactNode
  readonly chosen?: readonly string[]
  readonly onChoose?: (keys: readonly string[]) => void
  /** The name of the list for who cannot see it. */
  readonly label: string
  /** Width in pixels below which the list scrolls sideways. */
  readonly width?: number
}

/** Rows before the end at which the next page is asked for. */
const ahead = 20
const rowPx = 48

function useHeight() {
  const box = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(400)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(Math.max(element.clientHeight - 56, 200)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { box, height }
}

export function PagedTable<Row extends object>(props: PagedTableProps<Row>) {
  const { pages, columns, keyOf, addressOf, empty, chosen, onChoose, label, width = 900 } = props
  const { t } = useTranslation()
  const go = useNavigate()
  const { box, height } = useHeight()
  const rows = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data])
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf])
  const { at, setAt, onKeyDown } = useRowKeys({
    keys,
    chosen,
    onChoose,
    open(index) {
      const row = rows[index]
      if (row && addressOf) void go(addressOf(row))
    },
  })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  const loadMore = (seen: number): void => {
    if (hasNextPage && !isFetchingNextPage && seen > rows.length - ahead) void fetchNextPage()
  }
  if (pages.isError && rows.length === 0)
    return <FaultView error={pages.error} onRetry={() => void pages.refetch()} />
  if (pages.data && rows.length === 0) return empty
  return (
    <Flex vertical gap={8} style={{ flex: 1, minHeight: 260 }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the list below; every row is a link as well */}
      <div ref={box} style={{ flex: 1, minHeight: 0 }} onKeyDown={onKeyDown}>
        <Table<Row>
          aria-label={label}
          virtual
          size="middle"
          columns={columns}
          dataSource={rows}
          rowKey={keyOf}
          loading={pages.isPending}
          pagination={false}
          scroll={{ y: height, x: width }}
          onScroll={(event) => {
            const { scrollTop } = event.currentTarget
            loadMore(Math.ceil((scrollTop + height) / rowPx))
          }}
          {...(onChoose && {
            rowSelection: {
              selectedRowKeys: [...(chosen ?? [])],
              onChange: (selected: Key[]) => onChoose(selected.map(String)),
            },
          })}
          rowClassName={(_, index) => (index === at ? 'row-at' : '')}
          onRow={(row, index) => ({
            tabIndex: index === Math.max(at, 0) ? 0 : -1,
            'data-row': index,
            style: addressOf ? { cursor: 'pointer' } : undefined,
            onFocus: () => setAt(index ?? 0),
            onClick: (event) => {
              const inner = (event.target as HTMLElement).closest('a, button, input, label')
              if (addressOf && !inner) void go(addressOf(row))
            },
          })}
        />
      </div>
      <Typography.Text type="secondary" aria-live="polite">
        {isFetchingNextPage
          ? t('parts.loadingMore')
          : t(hasNextPage ? 'parts.soMany' : 'parts.thatIsAll', { count: rows.length })}
      </Typography.Text>
    </Flex>
  )
}

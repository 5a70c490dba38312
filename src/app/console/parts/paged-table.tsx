/**
 * A long list: loads page after page as it is scrolled (keyset), draws only the rows that are seen, and is
 * worked with the keyboard: j and k move, Enter opens, x chooses, Shift-x chooses up to here.
 * A table of its own: that of Ant Design, with all that it can do, is a fifth of what the first screen may weigh.
 */
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Checkbox, Flex, Skeleton, Typography } from 'antd'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { FaultView } from './fault-view.tsx'
import { type Columns, Head, useListColours } from './list-look.tsx'
import { useRowKeys } from './row-keys.ts'
import { useStillRows } from './still-rows.ts'

export interface Page<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
}

interface PagedTableProps<Row> {
  readonly pages: UseInfiniteQueryResult<InfiniteData<Page<Row>>, unknown>
  readonly columns: Columns<Row>
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

/** What is above and below the rows that are drawn. */
const Gap = ({ px }: { readonly px: number }) =>
  px > 0 ? (
    <tr>
      <td style={{ height: px, padding: 0, border: 0 }} />
    </tr>
  ) : null

export function PagedTable<Row extends object>(props: PagedTableProps<Row>) {
  const {
    pages,
    columns,
    keyOf,
    addressOf,
    empty,
    chosen = [],
    onChoose,
    label,
    width = 900,
  } = props
  const { t } = useTranslation()
  const go = useNavigate()
  const colours = useListColours()
  const box = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data])
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf])
  const open = (index: number) => {
    const row = rows[index]
    if (row && addressOf) void go(addressOf(row))
  }
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 10,
  })
  const { at, setAt, onKeyDown, onFirstKey } = useRowKeys({
    ...{ keys, chosen, onChoose, open },
    show: (index) => list.scrollToIndex(index),
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => box.current && onFirstKey(box.current, event)
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = pages
  const drawn = list.getVirtualItems()
  useStillRows(list, keys)
  const last = drawn.at(-1)?.index ?? 0
  const pageCount = pages.data?.pages.length ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page may bring no rows, and the next one some
  useEffect(() => {
    // What could not be had is not asked for over and over.
    if (!hasNextPage || isFetchingNextPage || isFetchNextPageError) return
    if (last > rows.length - ahead) void fetchNextPage()
  }, [
    ...[hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage],
    ...[last, rows.length, pageCount],
  ])

  if (pages.isError && rows.length === 0)
    return <FaultView error={pages.error} onRetry={() => void pages.refetch()} />
  if (pages.data && rows.length === 0 && !hasNextPage) return empty
  const toggle = (key: string) =>
    onChoose?.(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])
  const choice = onChoose && (
    <Checkbox
      aria-label={t('parts.chooseAll')}
      checked={chosen.length > 0 && chosen.length === keys.length}
      indeterminate={chosen.length > 0 && chosen.length < keys.length}
      onChange={({ target }) => onChoose(target.checked ? keys : [])}
    />
  )
  return (
    <Flex vertical gap={8} style={{ flex: 1, minHeight: 260 }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the list below; every row is a link as well */}
      <div ref={box} className="list" style={colours} onKeyDown={onKeyDown}>
        <table aria-label={label} aria-busy={pages.isPending} style={{ minWidth: width }}>
          <Head columns={columns} choice={choice} />
          <tbody>
            <Gap px={drawn[0]?.start ?? 0} />
            {drawn.map(({ index }) => {
              const row = rows[index] as Row
              const key = keys[index] as string
              return (
                <tr
                  key={key}
                  ref={list.measureElement}
                  data-index={index}
                  data-row={index}
                  className={index === at ? 'row-at' : undefined}
                  tabIndex={index === Math.max(at, 0) ? 0 : -1}
                  style={{ cursor: addressOf ? 'pointer' : undefined }}
                  onFocus={() => setAt(index)}
                  onClick={(event) => {
                    const inner = (event.target as HTMLElement).closest('a, button, input, label')
                    if (!inner) open(index)
                  }}
                >
                  {onChoose && (
                    <td>
                      <Checkbox
                        aria-label={t('parts.choose', { key })}
                        checked={chosen.includes(key)}
                        onChange={() => toggle(key)}
                      />
                    </td>
                  )}
                  {columns.map((column, place) => (
                    <td key={column.key ?? place} style={{ textAlign: column.align }}>
                      {column.render(row)}
                    </td>
                  ))}
                </tr>
              )
            })}
            <Gap px={list.getTotalSize() - (drawn.at(-1)?.end ?? 0)} />
          </tbody>
        </table>
        {(pages.isPending || rows.length === 0) && (
          <Skeleton active title={false} paragraph={{ rows: 6 }} />
        )}
      </div>
      {isFetchNextPageError && (
        <FaultView error={pages.error} onRetry={() => void fetchNextPage()} />
      )}
      <Typography.Text type="secondary" aria-live="polite">
        {isFetchingNextPage
          ? t(rows.length === 0 ? 'parts.searching' : 'parts.loadingMore')
          : t(hasNextPage ? 'parts.soMany' : 'parts.thatIsAll', { count: rows.length })}
      </Typography.Text>
    </Flex>
  )
}

/** The row before and the next row of the list that somebody has come from; `[` and `]` lead there. */
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { usePages } from '../../api/pages.ts'
import { useKey } from '../../parts/use-key.ts'
import { useDeliveryFilters } from './filters.tsx'

/** Further down nobody has come by scrolling; who has an old address is not made to wait for all of it. */
const mostPages = 10

/**
 * Where a delivery stands among others. One that has left them, because it was put right, keeps the place it
 * had: what came after it has moved up there.
 */
function usePlace(ids: readonly string[], id: string) {
  const last = useRef({ id, at: -1 })
  const at = ids.indexOf(id)
  if (last.current.id !== id || at >= 0) last.current = { id, at }
  const isGone = at < 0 && last.current.at >= 0
  const place = isGone ? last.current.at : at
  return {
    isKnown: place >= 0,
    isLast: at >= 0 && at === ids.length - 1,
    before: place > 0 ? ids[place - 1] : undefined,
    after: place < 0 ? undefined : ids[isGone ? place : place + 1],
  }
}

export function Neighbours({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const { search } = useLocation()
  const { query } = useDeliveryFilters()
  const pages = usePages('/api/v1/deliveries', { ...query, limit: 100 })
  const { data, isFetching, isFetchNextPageError, fetchNextPage } = pages
  // What could not be had is not asked for over and over.
  const hasNextPage = pages.hasNextPage && !isFetchNextPageError
  const ids = data?.pages.flatMap(({ items }) => items.map((row) => row.id)) ?? []
  const { isKnown, isLast, before, after } = usePlace(ids, id)
  const isSought = !isKnown && data !== undefined && data.pages.length < mostPages
  useEffect(() => {
    if ((isLast || isSought) && hasNextPage && !isFetching) void fetchNextPage()
  }, [isLast, isSought, hasNextPage, isFetching, fetchNextPage])
  const open = (to: string | undefined) => () => {
    if (to !== undefined) void go(`/deliveries/${to}${search}`)
  }
  useKey('[', open(before))
  useKey(']', open(after))
  const button = (label: string, sign: string, to: string | undefined) => (
    <Button aria-label={label} title={label} disabled={!to} onClick={open(to)}>
      {sign}
    </Button>
  )
  return (
    <>
      {button(t('deliveries.before'), '‹', before)}
      {button(t('deliveries.after'), '›', after)}
    </>
  )
}

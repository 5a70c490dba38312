/** The row before and the next row of the list that somebody has come from; `[` and `]` lead there. */
import { Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { usePages } from '../../api/pages.ts'
import { isTyping } from '../../parts/row-keys.ts'
import { useDeliveryFilters } from './filters.tsx'

export function Neighbours({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const { search } = useLocation()
  const { query } = useDeliveryFilters()
  const { data, hasNextPage, fetchNextPage } = usePages('/api/v1/deliveries', {
    ...query,
    limit: 100,
  })
  const ids = data?.pages.flatMap(({ items }) => items.map((row) => row.id)) ?? []
  const at = ids.indexOf(id)
  const before = at > 0 ? ids[at - 1] : undefined
  const after = at < 0 ? undefined : ids[at + 1]
  const isLast = at >= 0 && at === ids.length - 1
  const pageCount = data?.pages.length ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page may bring no rows, and the next one some
  useEffect(() => {
    if (isLast && hasNextPage) void fetchNextPage()
  }, [isLast, hasNextPage, fetchNextPage, pageCount])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const wanted = { '[': before, ']': after }[event.key]
      if (wanted && !isTyping(event.target)) void go(`/deliveries/${wanted}${search}`)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [before, after, go, search])
  const button = (label: string, sign: string, to: string | undefined) => (
    <Button
      aria-label={label}
      title={label}
      disabled={!to}
      onClick={() => void go(`/deliveries/${to}${search}`)}
    >
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

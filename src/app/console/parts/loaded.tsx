/** A question to the hub has three ends: its answer, its fault, and not yet. */
import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { FaultView } from './fault-view.tsx'

interface LoadedProps<T> {
  readonly of: UseQueryResult<T, unknown>
  readonly children: (data: T) => ReactNode
}

export function Loaded<T>({ of, children }: LoadedProps<T>) {
  if (of.data !== undefined) return children(of.data)
  if (of.isError) return <FaultView error={of.error} onRetry={() => void of.refetch()} />
  return <Skeleton active paragraph={{ rows: 6 }} />
}

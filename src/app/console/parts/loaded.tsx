/** A question to the hub has three ends: its answer, its fault, and not yet. */
import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { isApiProblem } from '../api/fault.ts'
import { FaultView } from './fault-view.tsx'

interface LoadedProps<T> {
  readonly of: UseQueryResult<T, unknown>
  readonly children: (data: T) => ReactNode
}

/** What has been taken away, or is not there any more, is not shown on. What only could not be asked is. */
const isTakenAway = (error: unknown): boolean =>
  isApiProblem(error) && (error.status === 403 || error.status === 404)

export function Loaded<T>({ of, children }: LoadedProps<T>) {
  if (of.data !== undefined && !isTakenAway(of.error)) return children(of.data)
  if (of.isError) return <FaultView error={of.error} onRetry={() => void of.refetch()} />
  return <Skeleton active paragraph={{ rows: 6 }} />
}

/** What the hub says of corrected data while it is being edited: asked a moment after the last key. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { post } from '../../api/change.ts'
import type { Schemas } from '../../api/client.ts'

export type Findings = Schemas['CorrectionFindings']

const restMs = 350

function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}

export function useCheck(message: string, data: unknown) {
  const rested = useRested(data)
  const question = useQuery({
    queryKey: ['correction-check', message, rested],
    queryFn: () =>
      post<Findings>('/api/v1/corrections/check', { body: { message, data: rested as object } }),
    enabled: typeof rested === 'object' && rested !== null,
    placeholderData: (before: Findings | undefined) => before,
    gcTime: 0,
  })
  return { ...question, isBehind: rested !== data || question.isFetching }
}

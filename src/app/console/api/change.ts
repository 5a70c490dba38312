/** Changes: throws what the hub refuses, and has what is shown asked for anew. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { http } from './client.ts'

type Sent = (path: string, init: object) => Promise<{ data?: unknown; error?: unknown }>

interface Given {
  readonly body?: object
  readonly path?: Readonly<Record<string, string>>
}

export async function post<Answer>(path: string, { body, path: place }: Given): Promise<Answer> {
  const { data, error } = await (http.POST as unknown as Sent)(path, {
    ...(body && { body }),
    ...(place && { params: { path: place } }),
  })
  if (error !== undefined) throw error
  return data as Answer
}

/** What is shown is asked for anew, for a change of one thing shows in others. */
export function useAskAnew(): () => Promise<void> {
  const questions = useQueryClient()
  return useCallback(
    () =>
      questions.invalidateQueries({
        // Who is signed in, and what he may do, is as it was.
        predicate: ({ queryKey: [, asked] }) => asked !== '/api/v1/session',
      }),
    [questions],
  )
}

/** The same as `post`; what is shown is then asked for anew. */
export function useChange() {
  const askAnew = useAskAnew()
  return useCallback(
    async <Answer>(path: string, given: Given): Promise<Answer> => {
      const answer = await post<Answer>(path, given)
      await askAnew()
      return answer
    },
    [askAnew],
  )
}

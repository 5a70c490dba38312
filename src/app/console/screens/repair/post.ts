/** Changes of the repair screens: throws what the hub refuses, and has shown lists asked for anew. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { http } from '../../api/client.ts'

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

/** The same; what is shown of plans, corrections, messages and deliveries is then out of date. */
export function useChange() {
  const questions = useQueryClient()
  return useCallback(
    async <Answer>(path: string, given: Given): Promise<Answer> => {
      const answer = await post<Answer>(path, given)
      await questions.invalidateQueries({
        predicate: ({ queryKey: [, asked] }) =>
          typeof asked === 'string' &&
          /^\/api\/v1\/(plans|corrections|messages|deliveries|dossiers|problems)/.test(asked),
      })
      return answer
    },
    [questions],
  )
}

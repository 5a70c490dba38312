/** Lists of the API that come page by page. */
import { useInfiniteQuery } from '@tanstack/react-query'
import type { paths } from '../generated/api.ts'
import { http } from './client.ts'

interface PageOf<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
}

type AnswerOf<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Answer } } } }
}
  ? Answer
  : never

type PagedPath = {
  [P in keyof paths]: AnswerOf<P> extends PageOf<unknown> ? P : never
}[keyof paths]

type RowOf<P extends PagedPath> = AnswerOf<P> extends PageOf<infer Row> ? Row : never

type ParametersOf<P extends PagedPath> = paths[P] extends { get: { parameters: infer Given } }
  ? Given
  : never
type QueryOf<P extends PagedPath> = Omit<
  NonNullable<ParametersOf<P> extends { query?: infer Query } ? Query : never>,
  'cursor'
>
type PathOf<P extends PagedPath> = ParametersOf<P> extends { path: infer Path } ? Path : undefined

type Asked = (path: string, init: object) => Promise<{ data?: PageOf<unknown>; error?: unknown }>

/** `pages.data.pages` holds what was loaded so far; its key begins as those of `api.useQuery` do. */
export function usePages<P extends PagedPath>(path: P, query: QueryOf<P>, place?: PathOf<P>) {
  const params = { query, ...(place && { path: place }) }
  return useInfiniteQuery({
    queryKey: ['get', path, { params }, 'pages'],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PageOf<RowOf<P>>) => page.next ?? undefined,
    async queryFn({ pageParam, signal }) {
      const whole = { ...params, query: { ...query, ...(pageParam && { cursor: pageParam }) } }
      const { data, error } = await (http.GET as unknown as Asked)(path, { params: whole, signal })
      if (!data) throw error
      return data as PageOf<RowOf<P>>
    },
  })
}

/**
 * The only file that talks to the portal: its public read API of 2026. Every call is a POST of JSON; success
 * is 201 or 200 with `code: "OK"`; its firewall answers HTML with 200. Source: the portal's own pages and
 * independent public clients; there is no published document.
 *
 *   list    {limit, lastId, …}        → {items[], lastId, total}
 *   pages   {currentPage, pageSize}   → {items[], pagination}     items with thousands of appliedDepartmentIds
 *   detail  {id}                      → one procedure
 */
import {
  type ConnectorContext,
  type csdlTthc,
  evidenceOf,
  expectSuccess,
  type HttpResponse,
  later,
  permanent,
} from '../../src/connector/index.ts'
import type { ProcedureOptions } from './options.ts'

export type ListItem = csdlTthc.ListAnswerItem
export type Detail = NonNullable<csdlTthc.DetailAnswer['data']>

/** Where the list goes on: behind this id, or at this page. */
export type Position = { readonly after: string } | { readonly page: number }

export interface ListPage {
  readonly items: readonly ListItem[]
  /** Undefined: this was the last page. */
  readonly next: Position | undefined
  readonly total: number | undefined
}

export interface ProcedureClient {
  readonly first: Position
  list(position: Position, signal: AbortSignal): Promise<ListPage>
  /** Throws `target-not-found` when the portal lists a procedure and does not know it. */
  detail(id: string, signal: AbortSignal): Promise<Detail>
}

/** Which agencies apply a procedure is thousands of ids a procedure, and nobody's question here. */
const leaveOut = ['appliedDepartmentIds'] as const

interface Envelope {
  readonly code: string
  readonly data?: unknown
}

export function createProcedureClient(
  context: ConnectorContext,
  options: ProcedureOptions,
): ProcedureClient {
  const base = options.baseUrl.replace(/\/+$/, '')
  const turn = createPace(options.requestsPerSecond, context.clock)

  const ask = async <T extends Envelope>(
    name: 'list' | 'pages' | 'detail',
    question: object,
    signal: AbortSignal,
  ): Promise<{ answer: T; response: HttpResponse }> => {
    const body = context.outgoing(`csdl-tthc/${name}-request/v1`, question)
    await turn(signal)
    const response = await context.http.request({
      ...{ method: 'POST', url: `${base}/${options.paths[name]}`, body, leaveOut, signal },
    })
    const said = expectSuccess(response, context.clock.now()).json()
    return { answer: context.answer<T>(`csdl-tthc/${name}-answer/v1`, said), response }
  }

  const requireData = <T extends Envelope>({
    answer,
    response,
  }: {
    answer: T
    response: HttpResponse
  }): NonNullable<T['data']> => {
    const { code, data } = answer
    if (code === 'OK' && data !== null && data !== undefined) return data
    throw permanent(code === 'OK' ? 'target-not-found' : 'target-rejected', {
      evidence: evidenceOf(response, code),
    })
  }

  const byCursor = async (after: string, signal: AbortSignal): Promise<ListPage> => {
    const { pageSize, departmentCode, level } = options
    const question = {
      ...{ limit: pageSize, lastId: after, q: '', categoryId: '' },
      departmentCode: departmentCode ?? '',
      ...(level && { level }),
    }
    const { items, lastId, total } = requireData(
      await ask<csdlTthc.ListAnswer>('list', question, signal),
    )
    // The portal repeats the last id, or gives a short page, when there is no more.
    const isLast = items.length < pageSize || !lastId || lastId === after
    return { items, next: isLast ? undefined : { after: lastId }, total: total ?? undefined }
  }

  const byPage = async (page: number, signal: AbortSignal): Promise<ListPage> => {
    const question = { q: '', currentPage: page, pageSize: options.pageSize }
    const { items, pagination } = requireData(
      await ask<csdlTthc.PagesAnswer>('pages', question, signal),
    )
    const isLast = items.length === 0 || page >= (pagination.totalPages ?? page + 1)
    return {
      items,
      next: isLast ? undefined : { page: page + 1 },
      total: pagination.total ?? undefined,
    }
  }

  return {
    first: options.listing === 'cursor' ? { after: '' } : { page: 1 },
    list: (position, signal) =>
      'page' in position ? byPage(position.page, signal) : byCursor(position.after, signal),
    async detail(id, signal) {
      return requireData(await ask<csdlTthc.DetailAnswer>('detail', { id }, signal))
    },
  }
}

/** Lets so many calls a second begin, one after the other; throws `interrupted` when told to stop. */
function createPace(
  perSecond: number,
  clock: ConnectorContext['clock'],
): (signal: AbortSignal) => Promise<void> {
  const apartMs = 1000 / perSecond
  let freeAt = 0
  return async (signal) => {
    const now = clock.now().getTime()
    // Not further ahead than one call: a clock that was put back must not stop the pull for hours.
    const at = Math.min(Math.max(freeAt, now), now + apartMs)
    freeAt = at + apartMs
    if (at > now) await pause(at - now, signal)
    if (signal.aborted) throw later('interrupted')
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })

/**
 * The way over the portal's public read API of 2026; no other file talks to it. Every call is a POST of JSON; success
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
  permanent,
} from '../../src/connector/index.ts'
import type { ListPage, ListSource } from './listing.ts'
import type { PublicOptions } from './options.ts'
import { createPace } from './pace.ts'
import { entryOf } from './translate.ts'

/** Which agencies apply a procedure is thousands of ids a procedure, and nobody's question here. */
const leaveOut = ['appliedDepartmentIds'] as const

interface Envelope {
  readonly code: string
  readonly data?: unknown
}

export function createPublicProcedures(
  context: ConnectorContext,
  options: PublicOptions,
): ListSource {
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
    catalogue: 'procedures',
    first: options.listing === 'cursor' ? { after: '' } : { page: 1 },
    list: (position, signal) =>
      'page' in position ? byPage(position.page, signal) : byCursor(position.after, signal),
    async read(item, mark, signal) {
      const { id, code } = item
      const detail = requireData(await ask<csdlTthc.DetailAnswer>('detail', { id }, signal))
      if (detail.id === id && detail.code === code) return entryOf(item, mark, detail)
      throw permanent('target-not-found')
    },
    entry: (item, mark) => entryOf(item, mark),
  }
}

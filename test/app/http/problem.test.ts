import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { operations } from '../../../src/app/http/operations.ts'
import { describeProblem } from '../../../src/app/http/problem.ts'
import { errorTable } from '../../../src/domain/errors.ts'
import { aWorld } from '../../support/fake-world.ts'
import { type Api, type AskOptions, startApi } from '../../support/http-api.ts'

let api: Api
let key: string
const get = (path: string, options: AskOptions = {}) => api.ask('GET', path, { key, ...options })

const paths = [...new Set(operations.map(({ path }) => path))]
const filled = (path: string) => path.replaceAll(/\{\w+\}/g, 'a')

function languages() {
  it.each([
    [undefined, 'vi', 'Không tìm thấy'],
    ['en', 'en', 'Not found'],
    ['en-GB,vi;q=0.5', 'en', 'Not found'],
    ['vi-VN,en;q=0.9', 'vi', 'Không tìm thấy'],
    ['fr', 'vi', 'Không tìm thấy'],
  ])('speaks for Accept-Language %s the language %s', async (accepted, language, title) => {
    const headers: Record<string, string> = accepted ? { 'accept-language': accepted } : {}
    const answer = await get('/api/v1/dossiers/H99.0', { headers })
    expect(answer.headers['content-language']).toBe(language)
    expect(answer.json.title).toBe(title)
  })

  it('says in both languages what happened, whose turn it is and what to do, for every code', () => {
    for (const code of Object.keys(errorTable) as (keyof typeof errorTable)[])
      for (const language of ['vi', 'en'] as const) {
        const problem = describeProblem({ code, detail: undefined, faults: [] }, language)
        expect(problem.type).toBe(`https://lien-thong.example/problems/${code}`)
        expect(problem.title.length * problem.next.length * problem.side.length).toBeGreaterThan(0)
      }
  })
}

function routing() {
  it.each([
    '/nowhere',
    '/api',
    '/api/v1',
    '/api/v2/messages',
    '/API/v1/systems',
    '/api/v1/systems/',
    '//x',
  ])('answers 404 to %s', async (path) => {
    const answer = await get(path)
    expect([answer.status, answer.json.code]).toEqual([404, 'not-found'])
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  })

  it.each(paths)('answers 405 with Allow to other methods on %s', async (path) => {
    const methods = operations.filter((one) => one.path === path).map((one) => one.method)
    const other = methods.includes('get') ? 'DELETE' : 'PUT'
    for (const method of [other, 'OPTIONS', 'PATCH']) {
      const answer = await api.ask(method, filled(path), { key })
      expect([answer.status, answer.json.code]).toEqual([405, 'method-not-allowed'])
      const allowed = answer.headers.allow?.split(', ') ?? []
      expect(allowed).toEqual(
        methods.flatMap((one) => (one === 'get' ? ['GET', 'HEAD'] : ['POST'])),
      )
    }
  })

  it.each(['/api/v1/messages/%', '/api/v1/dossiers/%E0%A4%A', '/api/v1/types/%ff'])(
    'answers 400 to the malformed address %s',
    async (path) => {
      const answer = await get(path)
      expect([answer.status, answer.json.code]).toEqual([400, 'request-invalid'])
    },
  )

  it.each([
    '/api/v1/messages/1',
    '/api/v1/dossiers/a%00b',
    '/api/v1/deliveries/0.1',
    '/api/v1/systems/A%2FB',
  ])('answers 404 to the id in %s that can name nothing', async (path) => {
    expect((await get(path)).json.code).toBe('not-found')
  })

  it('answers HEAD like GET without a body', async () => {
    const answer = await api.ask('HEAD', '/livez')
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(answer.headers['content-length']).toBe('13')
  })
}

function internals() {
  it('shows nothing of a bug but its trace id, and logs it once with its cause', async () => {
    const bug = new Error('select secret from table at /srv/hub/x.ts:12')
    api.hub.world.bug = bug

    const answer = await get('/api/v1/systems', { headers: { 'accept-language': 'en' } })

    expect(answer.status).toBe(500)
    expect(answer.json).toEqual({
      type: 'https://lien-thong.example/problems/bug',
      title: errorTable.bug.title.en,
      status: 500,
      code: 'bug',
      side: 'hub',
      next: errorTable.bug.next.en,
      instance: '/api/v1/systems',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    const errors = api.hub.lines.filter(({ level }) => level === 'error')
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({
      event: 'request.failed',
      fields: { operation: 'listSystems', traceId: answer.json.traceId },
      cause: bug,
    })
  })

  it('continues the trace of the caller and repeats a harmless request id', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-01`, 'x-request-id': 'req-1' }
    const answer = await get('/nowhere', { headers })
    expect(answer.json.traceId).toBe(trace)
    expect(answer.headers['x-request-id']).toBe('req-1')
  })

  it.each(['a b', 'x'.repeat(200), '<script>', 'a,b'])(
    'does not repeat the request id %s',
    async (id) => {
      const answer = await get('/livez', { headers: { 'x-request-id': id } })
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
    },
  )

  it.each(['00-zz-00-01', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`])(
    'makes a trace of its own for %s',
    async (given) => {
      const answer = await get('/nowhere', { headers: { traceparent: given } })
      expect(answer.json.traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/)
    },
  )

  it('does not let one broken client fill the log', async () => {
    for (let count = 0; count < 60; count += 1) await get('/nowhere')
    const told = api.hub.lines.filter(({ fields }) => fields.code === 'not-found')
    expect(told.length).toBeLessThan(60)
  })

  it('lists at most a thousand faults and counts the rest', () => {
    const faults = Array.from({ length: 1500 }, (_, n) => ({
      pointer: `/${n}`,
      rule: 'type',
      vi: 'a',
      en: 'b',
    }))
    const problem = describeProblem({ code: 'schema-violation', detail: undefined, faults }, 'en')
    expect(problem.errors).toHaveLength(1000)
    expect(problem.detail).toContain('1500')
  })
}

describe('problem', () => {
  beforeAll(async () => {
    api = await startApi({ world: aWorld(), limits: { refusalsLoggedPerSecond: 5 } })
    key = api.hub.key('admin')
  })
  afterAll(() => api.close())
  beforeEach(() => {
    api.hub.lines.length = 0
  })

  languages()
  routing()
  internals()
})

import { afterEach, describe, expect, it } from 'vitest'
import {
  createSimulatorServer,
  type Simulator,
  type SimulatorOptions,
  simulatorModes,
} from '../../src/connector/index.ts'

interface Item {
  readonly code: string
  readonly text: string
}

let simulator: Simulator
const sessions = new Set<string>()

async function start(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const state = new Map<string, unknown>(options.state)
  simulator = await createSimulatorServer(
    { port: 0, ...options },
    {
      modes: simulatorModes,
      maxBytes: 2000,
      state: () => state,
      forgetSessions: () => sessions.clear(),
      handle(request) {
        if (request.path === '/login') return { kind: 'session', run: () => ({ body: 'token' }) }
        if (request.path === '/bug') throw new Error('a bug')
        const code = request.query.get('code')
        if (code) return { kind: 'read', run: () => ({ body: { held: state.get(code) ?? null } }) }
        const items = request.json() as Item[]
        return {
          kind: 'write',
          items: items.map(({ code: subject, text }) => ({
            subject,
            operation: 'put',
            content: text,
          })),
          run(atMost = items.length) {
            if (sessions.size === 0) return { status: 401 }
            for (const item of items.slice(0, atMost)) state.set(item.code, item.text)
            return {
              body: { message: 'Đã nhận' },
              applied: items.map((_, index) => index < atMost),
            }
          },
          refuse: () => ({ body: { message: 'Từ chối' } }),
        }
      },
    },
  )
  sessions.add('token')
  return simulator
}

const put = (...codes: string[]): Promise<Response> =>
  fetch(`${simulator.address}/put`, {
    method: 'POST',
    body: JSON.stringify(codes.map((code) => ({ code, text: `Nội dung ${code}` }))),
    signal: AbortSignal.timeout(150),
  })
const applied = (): boolean[] => simulator.received().map((entry) => entry.applied)
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}

afterEach(() => simulator.stop())

describe('simulator-server', () => {
  it('answers, applies and records what arrived', async () => {
    await start({ state: new Map([['H99-0', 'cũ']]) })
    expect(simulator.calls()).toBe(0)
    const response = await put('H99-1')
    expect(simulator.calls()).toBe(1)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await response.json()).toEqual({ message: 'Đã nhận' })
    expect([...simulator.state()]).toEqual([
      ['H99-0', 'cũ'],
      ['H99-1', 'Nội dung H99-1'],
    ])
    expect(simulator.received()).toMatchObject([
      { subject: 'H99-1', operation: 'put', applied: true, content: 'Nội dung H99-1' },
    ])
  })

  it.each([
    ['refuse', 200, 'Từ chối', false],
    ['busy', 503, 'busy', false],
    ['rate-limit', 429, 'too many', false],
    ['html-200', 200, '<!DOCTYPE html>', false],
    ['server-error', 500, '', false],
    ['duplicate', 409, 'already', false],
    ['unknown-words', 200, 'abracadabra', true],
    ['session-expired', 401, '', false],
  ] as const)('shows %s once, then behaves', async (mode, status, words, done) => {
    await start()
    simulator.misbehave({ mode, times: 1 })
    const response = await put('H99-1')
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(words)
    expect(applied()).toEqual([done])
    expect(simulator.state().has('H99-1')).toBe(done)

    sessions.add('token')
    expect((await put('H99-1')).status).toBe(200)
    expect(simulator.state().has('H99-1')).toBe(true)
  })

  it('says when to come back while busy, and not when it limits the rate', async () => {
    await start()
    simulator.misbehave({ mode: 'busy', times: 1 })
    simulator.misbehave({ mode: 'rate-limit', times: 1 })
    expect((await put('H99-1')).headers.get('retry-after')).toBe('7')
    expect((await put('H99-1')).headers.get('retry-after')).toBeNull()
  })

  it.each([
    ['timeout-before', false],
    ['timeout-after', true],
  ] as const)('never answers with %s', async (mode, done) => {
    await start()
    simulator.misbehave({ mode, times: 1 })
    await expect(put('H99-1')).rejects.toThrow(/aborted|timeout/i)
    expect(applied()).toEqual([done])
  })

  it('applies late without answering', async () => {
    await start()
    simulator.misbehave({ mode: 'late-apply', times: 1, ms: 200 })
    await expect(put('H99-1')).rejects.toThrow(/aborted|timeout/i)
    expect(applied()).toEqual([])
    await until(() => simulator.state().has('H99-1'))
    expect(applied()).toEqual([true])
  })

  it.each([
    ['reset-before', false],
    ['half-body', true],
  ] as const)('breaks the connection with %s', async (mode, done) => {
    await start()
    simulator.misbehave({ mode, times: 1 })
    await expect(put('H99-1').then((response) => response.text())).rejects.toThrow(TypeError)
    expect(applied()).toEqual([done])
  })

  it('answers right but slowly', async () => {
    await start()
    simulator.misbehave({ mode: 'slow', times: 1, ms: 60 })
    const begun = performance.now()
    expect((await put('H99-1')).status).toBe(200)
    expect(performance.now() - begun).toBeGreaterThan(50)
  })

  it('takes half of a batch, and single items are not part of that', async () => {
    await start()
    simulator.misbehave({ mode: 'partial-batch', times: 1 })
    await put('H99-1')
    await put('H99-2', 'H99-3')
    expect(applied()).toEqual([true, true, false])
    expect(simulator.state().has('H99-3')).toBe(false)
  })
})

describe('simulator-server: which calls a mode meets', () => {
  it('hits writes unless told otherwise', async () => {
    await start()
    simulator.misbehave({ mode: 'busy', times: 1 })
    simulator.misbehave({ mode: 'html-200', times: 1, on: 'read' })
    simulator.misbehave({ mode: 'refuse', times: 1, on: 'session' })
    const read = await fetch(`${simulator.address}/get?code=H99-1`)
    expect(await read.text()).toContain('<!DOCTYPE html>')
    expect((await fetch(`${simulator.address}/login`)).status).toBe(422)
    expect((await put('H99-1')).status).toBe(503)
  })

  it('meets counted modes in order, then the endless one, until told to behave', async () => {
    await start()
    simulator.misbehave({ mode: 'server-error' })
    simulator.misbehave({ mode: 'busy', times: 1 })
    simulator.misbehave({ mode: 'rate-limit', times: 2 })
    const statuses = []
    for (let call = 0; call < 5; call++) statuses.push((await put('H99-1')).status)
    expect(statuses).toEqual([503, 429, 429, 500, 500])
    simulator.behave()
    expect((await put('H99-1')).status).toBe(200)
  })

  it('refuses a mode it cannot show', async () => {
    const limited = await createSimulatorServer(
      { port: 0 },
      {
        modes: ['slow'],
        state: () => new Map(),
        handle: () => ({ kind: 'read', run: () => ({}) }),
      },
    )
    expect(() => limited.misbehave({ mode: 'busy' })).toThrow(/no mode busy/)
    await limited.stop()
    await start()
  })
})

describe('simulator-server: the server', () => {
  it('answers what it cannot read: 400, 413, 500', async () => {
    await start()
    const post = (path: string, body: string): Promise<Response> =>
      fetch(simulator.address + path, { method: 'POST', body })
    expect((await post('/put', '{')).status).toBe(400)
    expect((await post('/put', ' '.repeat(3000))).status).toBe(413)
    const bug = await post('/bug', '')
    expect(bug.status).toBe(500)
    expect(await bug.text()).toContain('a bug')
  })

  it('keeps no log when it is to forget', async () => {
    await start({ forget: true })
    await put('H99-1')
    expect(simulator.received()).toEqual([])
    expect(simulator.state().has('H99-1')).toBe(true)
  })

  it('stops at once while a request hangs, and twice without harm', async () => {
    await start()
    simulator.misbehave({ mode: 'timeout-before' })
    const hanging = fetch(`${simulator.address}/put`, {
      method: 'POST',
      body: '[{"code":"H99-1","text":""}]',
    })
    const failed = expect(hanging).rejects.toThrow(TypeError)
    await until(() => simulator.received().length === 1)
    await simulator.stop()
    await simulator.stop()
    await failed
  })
})

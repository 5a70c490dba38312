import { describe, expect, it } from 'vitest'
import { createCodeTables } from '../../src/adapters/connectors/code-tables.ts'
import { createContext } from '../../src/adapters/connectors/context.ts'
import { createPreparation } from '../../src/adapters/http/client.ts'
import { digest } from '../../src/adapters/system/digest.ts'
import { completeJob, completeSystem } from '../../src/app/config/defaults.ts'
import {
  type Connector,
  type ConnectorContext,
  fileContent,
  later,
  mayGoOn,
  type PullPage,
  permanent,
} from '../../src/connector/index.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import type { PullJob, PushJob } from '../../src/domain/configuration.ts'
import { changesBetween } from '../../src/engine/dry-run/compare.ts'
import { dryPull, passingFiles } from '../../src/engine/dry-run/dry-pull.ts'
import { type DryPushRequest, type DrySide, dryPush } from '../../src/engine/dry-run/dry-push.ts'
import { closeWaysOut, type DryOutput, newTape, runDry } from '../../src/engine/dry-run/dry-run.ts'
import type { HistoryMessage } from '../../src/engine/ports/dry-run.ts'
import { quietLogger } from '../support/quiet-logger.ts'

const now = new Date('2026-11-23T03:00:00Z')
const words = { vi: 'Thử', en: 'Trial' }
const type = 'vn.test.v1'
const title = words
const fault = { pointer: '/ten', rule: 'required', vi: 'bắt buộc phải có', en: 'is required' }
const manifest: Manifest = {
  ...{ id: 'thu', title, summary: words, version: '1.0.0', stage: 'example', contract: 'invented' },
  options: {},
  operations: [{ name: 'gui', title, types: [type], repeat: 'harmless' }],
}
const message = (subject = 'H99-1') => ({
  ...{ id: '018f0000-0000-7000-8000-000000000001', eventId: subject, source: '/h99/a', type },
  ...{ subject, time: '2026-11-23T09:00:00+07:00', data: { ten: 'Nguyễn Văn Thử' } },
})

/** A connector on a closed context; `make` is what a connector's index.ts would do. */
function closed(make: (context: ConnectorContext) => Partial<Connector>, operations = {}) {
  const tape = newTape()
  const noWay = () => Promise.reject(new Error('there is no way out'))
  const open = createContext({
    ...{ system: 'thu', options: {}, province: 'H99', publicUrl: 'https://hub.example.test' },
    ...{ http: { request: noWay }, clock: { now: () => new Date() }, log: quietLogger },
    codes: createCodeTables({ mau: [{ canonical: 'a', remote: '1', validFrom: '', validTo: '' }] }),
    validate: (_, value) => ((value as { ten?: string }).ten === '' ? [fault] : []),
    seal: () => '',
    open: () => '',
  })
  const context = closeWaysOut(open, {
    ...{ tape, now, prepare: createPreparation(['https://noi.example']) },
    nameOf: (text) => `name-of-${text.length}`,
  })
  const connector: Connector = { check: async () => [], close: async () => {}, ...make(context) }
  const [operation] = manifest.operations
  const own = { ...manifest, operations: [{ ...operation, ...operations }] } as Manifest
  return { manifest: own, connector, tape }
}
const dry = (make: (context: ConnectorContext) => Partial<Connector>, operations = {}) =>
  runDry(closed(make, operations), message(), 'key')
const post = ({ http, outgoing }: ConnectorContext, body: object, signal: AbortSignal) =>
  http.request({
    ...{ method: 'POST', url: 'https://noi.example/nhan', signal },
    body: outgoing('thu/ban-tin/v1', body),
  })

describe('dry-run of one message', () => {
  it('shows the first request, whatever the connector makes of its end', async () => {
    const output = await dry((context) => ({
      async send(_, signal) {
        await post(context, { so: 1 }, signal).catch(() => undefined)
        await post(context, { so: 2 }, signal).catch(() => undefined)
        throw permanent('target-rejected')
      },
    }))
    expect(output).toEqual({
      ...{ kind: 'leaves', schema: 'thu/ban-tin/v1', body: { so: 1 }, code: null, detail: null },
      request: { method: 'POST', url: 'https://noi.example/nhan', headers: {} },
      ...{ faults: [], codes: [] },
    })
  })

  it('shows what was marked last where another protocol is spoken, which is told to stop', async () => {
    const output = await dry((context) => ({
      async send(_, signal) {
        context.outgoing('thu/vo/v1', { so: 1 })
        context.outgoing('thu/thu/v1', { so: 2 })
        if (!mayGoOn(signal)) throw later('interrupted')
        return { kind: 'delivered' }
      },
    }))
    expect(output).toMatchObject({ kind: 'leaves', schema: 'thu/thu/v1', body: { so: 2 } })
    const blind = await dry(() => ({ send: () => Promise.reject(later('interrupted')) }))
    expect(blind).toMatchObject({ kind: 'fails', code: 'interrupted', body: null })
    expect(blind.detail?.vi).toMatch(/chưa cho biết sẽ gửi gì/)
  })

  it('tells faults, with what does not fit, and every code without translation', async () => {
    const misfit = await dry((context) => ({
      send: async (_, signal) => void (await post(context, { ten: '' }, signal)) as never,
    }))
    expect(misfit).toMatchObject({
      ...{ kind: 'fails', code: 'payload-invalid', faults: [fault], body: { ten: '' } },
    })
    const untranslated = await dry(({ codes }) => ({
      async send() {
        expect(codes.toRemote('mau', 'a', now, '/mau')).toBe('1')
        codes.toRemote('mau', 'b', now, '/data/mau')
        return { kind: 'delivered' }
      },
    }))
    expect(untranslated).toMatchObject({
      ...{ kind: 'fails', code: 'code-untranslated' },
      codes: [{ table: 'mau', code: 'b', pointer: '/data/mau' }],
    })
    expect((await dry(() => ({ send: () => Promise.reject(new Error('x')) }))).code).toBe('bug')
    expect((await dry(() => ({}))).code).toBe('operation-missing')
    const elsewhere = await dry(({ http }) => ({
      async send(_, signal) {
        await http.request({ method: 'GET', url: 'https://noi-khac.example', signal })
        return { kind: 'delivered' }
      },
    }))
    expect(elsewhere).toMatchObject({ kind: 'fails', code: 'address-forbidden' })
  })

  it('says when there is nothing to send, and sends a batch of one', async () => {
    expect(await dry(() => ({ send: async () => ({ kind: 'delivered' }) }))).toMatchObject({
      ...{ kind: 'nothing', body: null, code: null },
    })
    const batch = { batch: { max: 10, maxWaitMs: 5 } }
    const output = await dry(
      (context) => ({
        sendBatch: async (deliveries, signal) =>
          void (await post(context, { so: deliveries.length }, signal)) as never,
      }),
      batch,
    )
    expect(output).toMatchObject({ kind: 'leaves', body: { so: 1 } })
  })

  it('logs in nowhere, opens no file, and gives the same for the same', async () => {
    const id = '7d3f1c52-0000-4000-8000-000000000001'
    const output = await dry((context) => ({
      send: (_, signal) =>
        context
          .session({ login: () => Promise.reject(new Error('a login')), lifetimeMs: 1 })
          .use(async (token) => {
            const sealed = context.seal('bí mật')
            expect(context.open(sealed)).toBe('bí mật')
            const file = await context.files.open(id)
            for await (const piece of file.content) expect(piece).toHaveLength(0)
            const link = await context.files.link(id, 1)
            const at = context.clock.now().toISOString()
            await post(context, { token, sealed, link, at, tep: fileContent(id) }, signal)
            return { kind: 'delivered' } as const
          }, signal),
    }))
    expect(output.body).toEqual({
      ...{ token: 'dry-run', sealed: 'dry-run.name-of-6', at: now.toISOString() },
      ...{ link: `https://hub.example.test/files/dry-run.${id}`, tep: `(tệp ${id})` },
    })
  })
})

const leaves = (body: unknown): DryOutput => ({
  ...{ kind: 'leaves', schema: 's', body, request: null, code: null, detail: null },
  ...{ faults: [], codes: [] },
})
const changes = (before: unknown, after: unknown) =>
  changesBetween(leaves(before), leaves(after)).map(({ in: _, ...change }) => change)

describe('dry-run comparison', () => {
  it('finds each field, in texts of JSON and XML too', () => {
    expect(
      changes({ a: [1, { 'b/~': 2 }], c: null }, { a: [1, { 'b/~': 3 }, 4], c: null }),
    ).toEqual([
      { pointer: '/a/1/b~1~0', before: 2, after: 3 },
      { pointer: '/a/2', after: 4 },
    ])
    expect(changes({ t: '{"x":[1]}' }, { t: '{"x":[2]}' })).toEqual([
      { pointer: '/t/x/0', before: 1, after: 2 },
    ])
    expect(changes('<a><b>1</b><c k="x"/></a>', '<a><b>2</b><c k="y"/></a>')).toEqual([
      { pointer: '/b', before: '1', after: '2' },
      { pointer: '/c/@k', before: 'x', after: 'y' },
    ])
    // The reader does not tell these apart, and yet they are not the same.
    expect(changes('<a><b/></a>', '<a><b></b></a>')).toHaveLength(1)
    expect(changes('{"a":1}', 'một')).toEqual([{ pointer: '', before: '{"a":1}', after: 'một' }])
    expect(changes({ a: 1 }, { a: '1' })).toEqual([{ pointer: '/a', before: 1, after: '1' }])
    const deep = (end: string) => '['.repeat(100_000) + end + ']'.repeat(100_000)
    expect(changes(deep('1'), deep('2'))).toHaveLength(1)
  })
})

const job = completeJob({
  ...{ kind: 'push', id: 'luong', title, types: [type], to: 'thu' },
}) as PushJob
const system = completeSystem({ id: 'thu', connector: 'thu', title, options: {} })
const side = (body: (data: unknown) => object, more: Partial<PushJob> = {}): DrySide => ({
  job: { ...job, ...more },
  system,
  target: closed((context) => ({
    send: async (delivery, signal) =>
      void (await post(context, body(delivery.message.data), signal)) as never,
  })),
})
const history = (count: number): HistoryMessage[] =>
  Array.from({ length: count }, (_, index) => {
    const one = message(`H99-${index}`)
    return index % 10 === 9
      ? { ...one, unreadable: 'purged' }
      : { ...one, message: one, sha256: new Uint8Array(32) }
  })
const storeOf = (messages: readonly HistoryMessage[]) => ({
  asked: [] as unknown[],
  async history(filter: unknown, before: string | undefined, limit: number) {
    this.asked.push(filter)
    const from = Number(before ?? 0)
    const to = from + Math.min(limit, 7)
    const next = to < messages.length ? String(to) : undefined
    return { messages: messages.slice(from, to), next }
  },
  async these(ids: readonly string[], filter: unknown) {
    this.asked.push(filter)
    return messages.filter((one) => 'message' in one && ids.includes(one.message.subject))
  },
})
const push = (
  store: ReturnType<typeof storeOf>,
  request: Partial<DryPushRequest>,
  signal = new AbortController().signal,
) =>
  dryPush(
    { store, digest },
    { current: undefined, candidate: undefined, samples: [], last: 0, mostBytes: 1e6, ...request },
    signal,
  )

describe('dry-run of a push job', () => {
  it('goes through the history page by page, as far as it is asked', async () => {
    const store = storeOf(history(100))
    const report = await push(store, { current: side(() => ({})), last: 25 })
    expect(report).toMatchObject({
      ...{ complete: true, itemsLeft: 0 },
      summary: { messages: 25, purged: 2, verdicts: { leaves: 23, unreadable: 2 } },
    })
    expect(report.items).toHaveLength(23)
    const short = await push(storeOf(history(5)), { current: side(() => ({})), last: 25 })
    expect(short.summary.messages).toBe(5)
  })

  it('takes messages that are named, those that it routes', async () => {
    const store = storeOf(history(5))
    const report = await push(store, { current: side(() => ({})), messages: ['H99-1', 'H99-3'] })
    expect(report.items.map(({ subject }) => subject)).toEqual(['H99-1', 'H99-3'])
    expect(store.asked).toEqual([{ types: [type], sources: [] }])
  })

  it('asks for what either configuration routes, and tells what is routed no more', async () => {
    const store = storeOf(history(2))
    const current = side(() => ({}), { sources: ['/h99/a'] })
    const candidate = side(() => ({}), { sources: ['/h99/b'], types: ['vn.khac.v1', type] })
    const report = await push(store, { current, candidate, last: 9 })
    expect(store.asked[0]).toEqual({
      ...{ types: [type, 'vn.khac.v1'], sources: ['/h99/a', '/h99/b'] },
    })
    expect(report.summary.verdicts).toEqual({ changed: 2 })
    expect(report.items[0]?.candidate?.kind).toBe('not-routed')
  })

  it('does not take what is never the same twice for a change', async () => {
    let nonce = 0
    const current = side(() => ({ Nonce: ++nonce, ten: 'a' }))
    const same = side(() => ({ Nonce: ++nonce, ten: 'a' }))
    const store = storeOf(history(3))
    expect((await push(store, { current, candidate: same, last: 3 })).summary.verdicts).toEqual({
      same: 3,
    })
    const candidate = side(() => ({ Nonce: ++nonce, ten: 'b' }))
    const { items } = await push(store, { current, candidate, last: 1 })
    expect(items[0]?.changes).toEqual([{ in: 'body', pointer: '/ten', before: 'a', after: 'b' }])
  })

  it('tells what newly fails, newly passes and still fails', async () => {
    const store = storeOf(history(1))
    const [good, bad] = [side(() => ({ ten: 'a' })), side(() => ({ ten: '' }))]
    const verdict = async (current: DrySide, candidate: DrySide) =>
      Object.keys((await push(store, { current, candidate, last: 1 })).summary.verdicts)
    expect(await verdict(good, bad)).toEqual(['newly-failing'])
    expect(await verdict(bad, good)).toEqual(['newly-passing'])
    expect(await verdict(bad, bad)).toEqual(['still-failing'])
    expect(await verdict(good, good)).toEqual(['same'])
  })

  it('counts what it has no room for, and stops when it is told to', async () => {
    const current = side(() => ({ ten: 'x'.repeat(500) }))
    const tight = await push(storeOf(history(9)), { current, last: 9, mostBytes: 2000 })
    expect(tight.summary.verdicts).toEqual({ leaves: 9 })
    expect(tight.items.length + tight.itemsLeft).toBe(9)
    expect(tight.itemsLeft).toBeGreaterThan(5)
    const stop = new AbortController()
    let seen = 0
    const stopping = side(() => {
      if (++seen === 3) stop.abort()
      return {}
    })
    const report = await push(storeOf(history(9)), { current: stopping, last: 9 }, stop.signal)
    expect([report.complete, report.summary.messages]).toEqual([false, 3])
  })
})

const pullJob = completeJob({
  ...{ kind: 'pull', id: 'lay', title, from: 'thu', operation: 'tat-ca', schedule: '0 1 * * *' },
}) as PullJob
const pull = (page: Partial<PullPage>, effect?: typeof words) => {
  const target = {
    ...{ system, manifest: { ...manifest, pulls: [{ name: 'tat-ca', title, types: [type] }] } },
    connector: {
      ...{ check: async () => [], close: async () => {} },
      pull: async () => ({ messages: [], cursor: undefined, more: false, ...page }),
    },
  }
  const pulls = [{ name: 'tat-ca', title, types: [type], ...(effect && { effect }) }]
  const known = new Map([['/h99/a\nH99-2', new Uint8Array([1])]])
  return dryPull(
    {
      store: { known: async () => known, cursor: async () => ({ cursor: 'c', refused: [] }) },
      ...{ latest: async () => undefined, timesOf: async () => new Map(), digest },
      follows: {
        ...{ followed: async () => [], now: async () => new Date() },
        dueFollows: async () => ({ rows: [], last: undefined }),
      },
      catalogue: {
        plan: () => Promise.reject(new Error('no catalogue')),
        held: async () => new Map(),
      },
      schemas: {
        validateMessage: (name) => (name === type ? [] : undefined),
        subjectOf: () => undefined,
        unitOf: () => undefined,
      },
    },
    {
      ...{ job: pullJob, fromStart: false, last: 9, mostBytes: 1e6 },
      target: { ...target, manifest: { ...target.manifest, pulls } },
    },
    new AbortController().signal,
  )
}

describe('dry-run of a pull job', () => {
  it('judges the page as it would be accepted', async () => {
    const { id: _, ...first } = message('H99-1')
    const report = await pull({
      messages: [
        first,
        first,
        { ...first, data: { ten: 'khác' } },
        { ...first, eventId: 'H99-2' },
        { ...first, type: 'vn.khong-co.v1' },
      ],
    })
    expect(report.items.map(({ verdict, code }) => [verdict, code])).toEqual([
      ['new', null],
      ['duplicate', null],
      ['conflict', 'message-conflict'],
      ['conflict', 'message-conflict'],
      ['refused', 'type-unknown'],
    ])
    expect(report).toMatchObject({ from: 'cursor', messages: 5, itemsLeft: 0, more: false })
  })

  it('refuses a pull that changes something at its source, and says what', async () => {
    const effect = { vi: 'Chuyển tệp đã đọc đi.', en: 'Files that were read are moved.' }
    await expect(pull({}, effect)).rejects.toMatchObject({
      ...{ code: 'dry-run-impossible', detail: effect },
    })
  })

  it('looks at files and keeps none', async () => {
    const none = () => Promise.reject(new Error('a file'))
    const files = passingFiles({ open: none, keep: none, link: none }, digest)
    async function* content() {
      yield new TextEncoder().encode('abc')
    }
    expect(await files.keep(content(), 'a.txt')).toMatchObject({ size: 3, name: 'a.txt' })
    await expect(files.link('x', 1)).rejects.toMatchObject({ code: 'dry-run-impossible' })
  })
})

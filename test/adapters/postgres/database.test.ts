import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../src/adapters/postgres/database.ts'
import { useDatabase } from '../../support/database.ts'
import { startProxy, type TestProxy } from '../../support/proxy.ts'

const database = useDatabase()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The database behind a proxy; a statement may take half a second. */
async function openBehindProxy(poolSize = 1) {
  const url = new URL(database().url)
  const proxy: TestProxy = await startProxy(Number(url.port))
  closing.push(() => proxy.close())
  url.port = String(proxy.port)
  const behind = openDatabase({
    url: url.href,
    poolSize,
    applicationName: 'behind',
    statementMs: 500,
    onError: () => undefined,
  })
  closing.push(() => behind.close())
  return { behind, proxy }
}

const away = { code: 'store-unavailable', retryAfterSeconds: 5 }
const one = [{ one: 1 }]

describe('a server that says nothing any more', () => {
  it.each([
    ['run', (on: ReturnType<typeof openDatabase>) => on.run('one', 'select 1 as one', [])],
    [
      'transaction',
      (on: ReturnType<typeof openDatabase>) =>
        on.transaction((run) => run('one', 'select 1 as one', [])),
    ],
  ])(
    'is away after the time a statement has, and the next connection is a new one: %s',
    async (_, ask) => {
      const { behind, proxy } = await openBehindProxy()
      expect(await ask(behind)).toEqual(one)
      expect(proxy.silence()).toBe(1)
      const from = performance.now()
      await expect(ask(behind)).rejects.toMatchObject(away)
      expect(performance.now() - from).toBeLessThan(4_000)
      expect(await ask(behind)).toEqual(one)
    },
  )

  it('is found out once, and not on every connection there is', async () => {
    const { behind, proxy } = await openBehindProxy(4)
    const nap = () => behind.run('nap', 'select pg_sleep(0.2)::text', [])
    await Promise.all([nap(), nap(), nap(), nap()])
    expect(proxy.silence()).toBe(4)
    await expect(behind.run('one', 'select 1 as one', [])).rejects.toMatchObject(away)
    const from = performance.now()
    for (let n = 0; n < 4; n++) expect(await behind.run('one', 'select 1 as one', [])).toEqual(one)
    expect(performance.now() - from).toBeLessThan(1_500)
  })

  it('keeps nobody waiting in the middle of a transaction either', async () => {
    const { behind, proxy } = await openBehindProxy()
    const broken = behind.transaction(async (run) => {
      await run('', 'create table hub.never_committed (n int)', [])
      proxy.silence()
      await run('one', 'select 1 as one', [])
    })
    await expect(broken).rejects.toMatchObject(away)
    const there = `select to_regclass('hub.never_committed') as it`
    expect(await behind.run('there', there, [])).toEqual([{ it: null }])
  })
})

describe('time', () => {
  const nap = 'select pg_sleep(1.2)::text as nap'

  it('is limited for what the hub asks by itself, and not for what needs as long as it needs', async () => {
    const { behind } = await openBehindProxy()
    await expect(behind.run('nap', nap, [])).rejects.toMatchObject(away)
    expect(await behind.transaction((run) => run('nap', nap, []), 'patient')).toHaveLength(1)
    await expect(behind.transaction((run) => run('nap', nap, []))).rejects.toMatchObject(away)
  })

  it('is longer for what people ask', async () => {
    const { behind } = await openBehindProxy()
    expect(await behind.ask(nap, [])).toHaveLength(1)
  })
})

const failing = (state: string): string =>
  `do $$ begin raise exception 'as if' using errcode = '${state}'; end $$`

it.each([
  ['53100', 'disk full'],
  ['53200', 'out of memory'],
  ['53300', 'too many connections'],
  ['57P01', 'shut down'],
  ['57P02', 'crashed'],
  ['57P03', 'starting, or recovering'],
  ['57P04', 'database dropped'],
  ['57P05', 'idle session ended'],
  ['55000', 'not in the state for it: recovering, closed for connections'],
  ['25P04', 'transaction lasted too long'],
  ['58030', 'I/O error'],
  ['08006', 'connection failure'],
  ['25006', 'read only since a fail-over'],
  ['55P03', 'lock not available'],
])('takes %s (%s) for a store that is away', async (state) => {
  await expect(database().database.run('', failing(state), [])).rejects.toMatchObject(away)
})

it('takes a database that lets nobody in for one that is away, until it does again', async () => {
  const url = new URL(database().adminUrl)
  const name = url.pathname.slice(1)
  url.pathname = '/postgres'
  const admin = new pg.Client({ connectionString: url.href })
  await admin.connect()
  closing.push(() => admin.end())
  const allow = (isAllowed: boolean) =>
    admin.query(`alter database ${name} with allow_connections ${isAllowed}`)
  await allow(false)
  closing.push(() => allow(true))
  const { behind } = await openBehindProxy()
  await expect(behind.run('one', 'select 1 as one', [])).rejects.toMatchObject(away)
  await expect(behind.transaction((run) => run('one', 'select 1', []))).rejects.toMatchObject(away)
  await allow(true)
  expect(await behind.run('one', 'select 1 as one', [])).toEqual(one)
})

it.each(['23505', '42P01', '22P02', '55006', '55P02', '25P02'])(
  'takes %s for what it is',
  async (state) => {
    await expect(database().database.run('', failing(state), [])).rejects.toMatchObject({
      code: state,
    })
  },
)

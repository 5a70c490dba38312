import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  clearUsedPlace,
  createPlace,
  createUsedPlace,
  isRunning,
  type Place,
  query,
  until,
} from './place.ts'

let place: Place

beforeEach(async () => {
  place = await createUsedPlace()
}, 120_000)
afterEach(() => place.clear())
afterAll(clearUsedPlace)

const secretsOf = (url: string): string => new URL(url).password

describe('start', { timeout: 120_000 }, () => {
  it('makes a durable server that only a password opens', async () => {
    await place.clear()
    place = createPlace()
    const server = await place.start()
    const [row] = await query<Record<string, string>>(
      server.url,
      `select current_user as me, current_database() as db, current_setting('fsync') as fsync,
              current_setting('synchronous_commit') as commit, current_setting('TimeZone') as zone,
              current_setting('jit') as jit, current_setting('data_checksums') as sums,
              current_setting('server_encoding') as encoding, current_setting('listen_addresses') as at,
              (select rolsuper::text from pg_roles where rolname = current_user) as super`,
    )

    expect(server).toMatchObject({ fresh: true, attached: false })
    expect(row).toEqual({
      me: 'hub',
      db: 'hub',
      fsync: 'on',
      commit: 'on',
      zone: 'UTC',
      jit: 'off',
      sums: 'on',
      encoding: 'UTF8',
      at: '127.0.0.1',
      super: 'false',
    })
    const wrong = server.url.replace(secretsOf(server.url), 'guessed-password')
    await expect(query(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await expect(query(server.adminUrl, 'select 1')).resolves.toHaveLength(1)
  })

  it('keeps what it makes to its owner and its secrets out of the log', async () => {
    const server = await place.start()
    await expect(query(server.url, `select 'Trần Thị Thử'::int`)).rejects.toThrow()
    const home = join(place.dataDir, 'postgres')
    const modeOf = (path: string) => statSync(join(home, path)).mode & 0o777

    expect(modeOf('')).toBe(0o700)
    expect(modeOf('access.json')).toBe(0o600)
    expect(modeOf('log/postgres.log')).toBe(0o600)
    const written = place.logged.join('') + readFileSync(join(home, 'log/postgres.log'), 'utf8')
    expect(written).toContain('ready to accept connections')
    for (const secret of [secretsOf(server.url), secretsOf(server.adminUrl), 'Trần'])
      expect(written).not.toContain(secret)
  })

  it('is reached through its socket too', async () => {
    const server = await place.start()

    await expect(query(server.socketUrl ?? '', 'select 1')).resolves.toHaveLength(1)
  })

  it('starts on a copy whose folder has lost its permissions', async () => {
    chmodSync(place.cluster, 0o755)
    await place.start()
    expect(statSync(place.cluster).mode & 0o777).toBe(0o700)
  })

  it('goes on where it stopped, on the same port', async () => {
    const first = await place.start()
    await query(first.url, 'create table kept as select 7 as value')
    expect(await first.stop()).toBe('stopped')
    expect(isRunning(first.pid)).toBe(false)

    const second = await place.start()

    expect(second).toMatchObject({ fresh: false, attached: false, url: first.url })
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }])
  })

  it('recovers every committed row after a kill -9 of the server', async () => {
    const first = await place.start()
    await query(first.url, 'create table kept (n int)')
    const client = new pg.Client({ connectionString: first.url })
    client.on('error', () => {})
    await client.connect()
    let committed = 0
    const writing = (async () => {
      for (;;) {
        await client.query('insert into kept values ($1)', [committed])
        committed += 1
      }
    })().catch(() => {})
    await until('rows are committed', () => committed > 200)
    process.kill(first.pid, 'SIGKILL')
    await writing

    const second = await place.start()

    expect(second.pid).not.toBe(first.pid)
    const [row] = await query<{ count: number }>(second.url, 'select count(*)::int from kept')
    expect(row?.count).toBeGreaterThanOrEqual(committed)
  })

  it('is started again by the hub that uses it when it dies', async () => {
    const server = await place.start({ revive: true })
    await query(server.url, 'create table kept as select 7 as value')
    const dead = server.pid
    process.kill(dead, 'SIGKILL')
    await until('another server runs', () => server.pid !== dead && isRunning(server.pid))

    expect(await query(server.url, 'select value from kept')).toEqual([{ value: 7 }])
    expect(place.logged.join('')).toContain('"expected":false')
  })

  it('restarts on the same port', async () => {
    const server = await place.start()
    const before = server.pid

    await server.restart()

    expect(server.pid).not.toBe(before)
    expect(isRunning(before)).toBe(false)
    await expect(query(server.url, 'select 1')).resolves.toHaveLength(1)
  })

  it('cuts open connections when it stops', async () => {
    const server = await place.start()
    const client = new pg.Client({ connectionString: server.url })
    const cut = new Promise<void>((resolve) => client.on('error', () => resolve()))
    await client.connect()

    expect(await server.stop()).toBe('stopped')
    await cut
    expect(readdirSync(join(place.dataDir, 'postgres', 'users'))).toEqual([])
  })
})

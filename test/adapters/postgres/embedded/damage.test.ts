import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { logFile } from '../../../../src/adapters/postgres/embedded/log-file.ts'
import { clearUsedPlace, createPlace, createUsedPlace, type Place, query } from './place.ts'

let place: Place
let home: string

const use = (given: Place): void => {
  place = given
  home = join(place.dataDir, 'postgres')
}
const useEmpty = async (): Promise<void> => {
  await place.clear()
  use(createPlace())
}

beforeEach(async () => use(await createUsedPlace()), 120_000)
afterEach(() => place.clear())
afterAll(clearUsedPlace)

async function occupy(port: number): Promise<() => Promise<void>> {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen({ host: '127.0.0.1', port }, resolve))
  return () => new Promise((resolve) => other.close(() => resolve()))
}

describe('damage', { timeout: 120_000 }, () => {
  it('clears a half-made cluster away and makes a whole one', async () => {
    await useEmpty()
    const half = join(home, 'cluster.new-0badcafe')
    mkdirSync(join(half, 'base'), { recursive: true })
    writeFileSync(join(half, 'PG_VERSION'), '18\n')

    const server = await place.start()

    expect(server.fresh).toBe(true)
    expect(existsSync(half)).toBe(false)
    await expect(query(server.url, 'select 1')).resolves.toHaveLength(1)
  })

  it('is not misled by a pid file that names another living process', async () => {
    const first = await place.start()
    const file = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8')
    await first.stop()
    writeFileSync(join(place.cluster, 'postmaster.pid'), file.replace(/^\d+/, String(process.pid)))

    const second = await place.start()

    expect(second).toMatchObject({ attached: false, fresh: false })
    await expect(query(second.url, 'select 1')).resolves.toHaveLength(1)
  })

  it('is not misled by a pid file of a process that is gone', async () => {
    const first = await place.start()
    const file = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8')
    await first.stop()
    writeFileSync(join(place.cluster, 'postmaster.pid'), file)

    await expect(place.start()).resolves.toMatchObject({ attached: false })
  })

  it('takes another port when its own is used, and keeps that one', async () => {
    const first = await place.start()
    await first.stop()
    const free = await occupy(first.port)
    const second = await place.start()
    await second.stop()
    await free()
    const third = await place.start()

    expect(second.port).not.toBe(first.port)
    expect(third.port).toBe(second.port)
  })

  it('says so when the port it was told to use is taken', async () => {
    const first = await place.start()
    await first.stop()
    const free = await occupy(first.port)

    await expect(place.start({ port: first.port })).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining(`port ${first.port} is used`),
    })
    await free()
  })

  it('tells the last lines of the log, without secrets, when the server does not come up', async () => {
    const error: unknown = await place
      .start({ settings: { shared_buffers: 'plenty' } })
      .then(undefined, (thrown: unknown) => thrown)
    const { password, adminPassword } = JSON.parse(readFileSync(join(home, 'access.json'), 'utf8'))

    expect(error).toMatchObject({ code: 'store-unavailable' })
    expect(String(error)).toContain('invalid value for parameter "shared_buffers": "plenty"')
    expect(String(error)).not.toContain(password)
    expect(String(error)).not.toContain(adminPassword)
  })

  it('sets new passwords when the file that held them is lost', async () => {
    const first = await place.start()
    await query(first.url, 'create table kept as select 7 as value')
    await first.stop()
    rmSync(join(home, 'access.json'))

    const second = await place.start()

    expect(new URL(second.url).password).not.toBe(new URL(first.url).password)
    expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }])
    await expect(query(second.adminUrl, 'select 1')).resolves.toHaveLength(1)
  })

  it('does not put an empty cluster in the place of one that vanished under it', async () => {
    const server = await place.start()
    await server.stop()
    rmSync(place.cluster, { recursive: true })

    await expect(server.restart()).rejects.toMatchObject({
      message: expect.stringContaining('vanished while the server was running'),
    })
    expect(existsSync(place.cluster)).toBe(false)
  })

  it('refuses a folder that is not its own and leaves it alone', async () => {
    await useEmpty()
    mkdirSync(place.cluster, { recursive: true })
    writeFileSync(join(place.cluster, 'letters.txt'), 'dear')

    await expect(place.start()).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('is not a whole cluster'),
    })
    expect(readdirSync(place.cluster)).toEqual(['letters.txt'])
  })

  it('refuses the cluster of another version of PostgreSQL', async () => {
    await useEmpty()
    mkdirSync(place.cluster, { recursive: true })
    writeFileSync(join(place.cluster, 'PG_VERSION'), '15\n')

    await expect(place.start()).rejects.toMatchObject({
      message: expect.stringContaining('is of PostgreSQL 15'),
    })
  })

  it('keeps the log bounded and still shows its end', () => {
    const log = logFile(home)
    const path = join(home, 'log', 'postgres.log')
    writeFileSync(path, 'x'.repeat(9 * 1024 * 1024))
    log.bound()
    expect(log.size()).toBe(0)
    expect(statSync(join(home, 'log', 'postgres.1.log')).size).toBe(9 * 1024 * 1024)

    appendFileSync(path, 'old\n')
    const since = log.size()
    appendFileSync(path, 'one secret\ntwo\n')
    log.bound()

    expect(log.tail(since, ['secret'])).toEqual(['one ***', 'two'])
    expect(log.tail(log.size(), [])).toEqual([])
  })
})

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findServer } from '../../../../src/adapters/postgres/embedded/server.ts'
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

async function empty(): Promise<void> {
  await place.clear()
  place = createPlace()
}

describe('sharing', { timeout: 120_000 }, () => {
  it('starts one server for several launchers at once', async () => {
    await empty()
    const hubs = [place.hub(), place.hub(), place.hub()]
    const own = await place.start()
    const said = await Promise.all(hubs.map((hub) => hub.next()))
    const all = [own, ...said]

    expect(new Set(all.map(({ pid }) => pid)).size).toBe(1)
    expect(new Set(all.map(({ url }) => url)).size).toBe(1)
    expect(all.filter(({ fresh }) => fresh)).toHaveLength(1)
    expect(all.filter(({ attached }) => !attached)).toHaveLength(1)
    await expect(query(own.url, 'select 1')).resolves.toHaveLength(1)
  })

  it('is stopped by the last who leaves, whoever started it', async () => {
    const first = place.hub()
    const { pid, fresh } = await first.next()
    const second = await place.start()
    expect([fresh, second.fresh, second.attached]).toEqual([false, false, true])

    expect(await first.end()).toBe('left-running')
    await expect(query(second.url, 'select 1')).resolves.toHaveLength(1)
    expect(await second.stop()).toBe('stopped')
    expect(isRunning(pid)).toBe(false)
  })

  it('counts two users of one process apart, and a second stop as none', async () => {
    const [first, second] = [await place.start(), await place.start()]

    expect(await first.stop()).toBe('left-running')
    expect(await first.stop()).toBe('left-running')
    await expect(query(second.url, 'select 1')).resolves.toHaveLength(1)
    expect(await second.stop()).toBe('stopped')
  })

  it('outlives a kill -9 of its hub; the next hub joins it and stops it', async () => {
    const killed = place.hub()
    const { pid } = await killed.next()
    await killed.kill()
    expect(isRunning(pid)).toBe(true)

    const next = await place.start()

    expect(next).toMatchObject({ pid, attached: true })
    expect(await next.stop()).toBe('stopped')
    expect(isRunning(pid)).toBe(false)
  })

  it('survives a kill -9 of the hub at every step of its first start', async () => {
    await empty()
    const home = join(place.dataDir, 'postgres')
    const made = () => readdirSync(home).filter((name) => name.startsWith('cluster.new-'))
    const moments: [name: string, reached: (before: readonly string[]) => boolean][] = [
      ['the folder is there', () => existsSync(home)],
      ['initdb begins', (before) => made().some((name) => !before.includes(name))],
      [
        'initdb is under way',
        (before) =>
          made().some(
            (name) => !before.includes(name) && existsSync(join(home, name, 'base', '1')),
          ),
      ],
      ['the cluster is whole', () => existsSync(place.cluster)],
      ['the server is starting', () => existsSync(join(place.cluster, 'postmaster.pid'))],
    ]
    for (const [name, reached] of moments) {
      const before = existsSync(home) ? made() : []
      const hub = place.hub()
      await until(name, () => reached(before))
      await hub.kill()
    }

    const server = await place.start()

    await expect(query(server.url, 'select 1')).resolves.toHaveLength(1)
    expect(await server.stop()).toBe('stopped')
    expect(findServer(place.cluster)).toBeUndefined()
  })

  it('lets a start and a stop of two hubs not overlap', async () => {
    const first = await place.start()
    const [left, second] = await Promise.all([first.stop(), place.start()])

    await expect(query(second.url, 'select 1')).resolves.toHaveLength(1)
    expect(['stopped', 'left-running']).toContain(left)
    expect(await second.stop()).toBe('stopped')
    await until('it is gone', () => !isRunning(second.pid))
  })
})

/**
 * What one process takes to copy a whole country: 6,000 procedures, each with the ids of 10,000 agencies that
 * apply it (2.3 GB), in one run. The worker is a process of its own, so that its memory is its own.
 *
 *   CATALOGUE_PROCEDURES=6000 npx vitest run test/e2e/catalogues-large.test.ts
 *
 * Without the variable 300 of them, which is enough to see whether one is kept that should have gone by.
 */
import { readFileSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { account, destination, type HeldProcedure } from '../../connectors/csdl-tthc/simulator.ts'
import {
  type CatalogueWorld,
  closeCatalogueWorld,
  openCatalogueWorld,
  read,
  records,
  run,
} from '../support/catalogue-world.ts'
import { endProcess, forkHub, hubReady } from '../support/hub-process.ts'

const count = Number(process.env.CATALOGUE_PROCEDURES ?? 300)
const agencies = 10_000
const mostMegabytes = 300
/** mapi asks no more than 20 times a second. */
const limitMs = 60_000 + count * 80

let world: CatalogueWorld
afterEach(() => closeCatalogueWorld(world))

/** The most that this process has ever held in memory. */
function peakMegabytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

/** Its list and its details, or a list that says all. */
const ways = {
  mapi: (address: string) => ({
    ...{ source: 'mapi', adapterUrl: address, dstcode: destination, ...account },
    ...{ password: 'env:HUB_SECRET_PORTAL', agencyCode: '000.00.00.H99' },
    ...{ pageSize: 200, requestsPerSecond: 20 },
  }),
  pages: (address: string) => ({
    ...{ baseUrl: `${address}/api/v1`, pageSize: 200, requestsPerSecond: 20 },
    ...{ listing: 'pages', details: 'none' },
  }),
} as const

it.each(['mapi', 'pages'] as const)(
  'copies a country in one run, with the memory of a page: %s',
  async (way) => {
    const [, sample] = records[0] as [string, HeldProcedure]
    const procedures = Array.from({ length: count }, (_, n): [string, HeldProcedure] => [
      `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`,
      { ...sample, code: `9.${String(n).padStart(6, '0')}` },
    ])
    const asked = { procedures, optionsAt: ways[way], timeoutMs: 60_000 }
    world = await openCatalogueWorld({ ...asked, role: 'api' })
    world.portal.applyEverywhere(agencies)
    const child = forkHub(['start'], { ...world.server.env, HUB_ROLE: 'worker', HUB_LOG: 'json' })
    try {
      await hubReady(child)
      const began = performance.now()
      expect(await run(world, limitMs)).toBeNull()
      const seconds = (performance.now() - began) / 1000
      const { json } = await read(world, '')
      expect(json.items).toMatchObject([{ name: 'procedures', items: count }])
      const messages = async () =>
        (
          await world.server.database.sql<{ n: number }>(
            'select count(*)::int as n from hub.message',
          )
        )[0]?.n
      expect(await messages()).toBe(count)
      // Nothing has changed: it costs no message.
      expect(await run(world, limitMs)).toBeNull()
      expect(await messages()).toBe(count)
      const peak = peakMegabytes(child.pid)
      process.stdout.write(
        `${way}: ${count} procedures in ${seconds.toFixed(1)} s, peak ${peak.toFixed(0)} MB\n`,
      )
      expect(peak).toBeLessThan(mostMegabytes)
    } finally {
      await endProcess(child)
    }
  },
  600_000,
)

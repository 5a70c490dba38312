/** What is told of changes: to whom, how often, until when, and what it costs. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLive } from '../../../src/engine/live.ts'
import { type LiveTopic, liveTopics } from '../../../src/engine/ports/live.ts'
import { addPerson, goodPassword, openBrowser } from '../../support/browser.ts'
import { type ConsoleWorld, openConsoleWorld } from '../../support/console-world.ts'
import { type LiveStream, listen } from '../../support/live-stream.ts'
import { quietLogger } from '../../support/quiet-logger.ts'
import { waitUntil } from '../../support/wait.ts'

const until = (what: string, holds: () => boolean) => waitUntil(what, async () => holds(), Boolean)
const said = ({ events }: LiveStream, topic: LiveTopic) =>
  events.some((topics) => topics.includes(topic))

describe('a hub that tells what changes', () => {
  let world: ConsoleWorld
  let key: string
  const open = (query?: string) => listen(world.hub.address, { 'x-api-key': key }, query)
  beforeAll(async () => {
    world = await openConsoleWorld()
    key = await world.hub.key('deliveries:read', 'systems:read')
  }, 60_000)
  afterAll(() => world.close())

  it('tells of a delivery that dies, and nothing but the names of lists', async () => {
    const stream = await open()
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    world.answer(400)
    await world.submit('H99.14-261122-0701')
    await world.until('dead', 1)
    const beganMs = performance.now()
    await until('problems', () => said(stream, 'problems'))
    expect(performance.now() - beganMs).toBeLessThan(6_000)
    expect(said(stream, 'deliveries') && said(stream, 'systems')).toBe(true)
    // Of a list that the key may not read nothing is said, not even that it has changed.
    expect(said(stream, 'dossiers')).toBe(false)
    expect(stream.text()).not.toContain('H99')
    stream.close()
  })

  it('asks the store once for all who listen, and not at all for nobody', async () => {
    const asked = vi.spyOn(pg.Client.prototype, 'query')
    const looks = () =>
      asked.mock.calls.filter(([query]) => (query as { name?: string }).name === 'live-marks')
    try {
      const streams = await Promise.all(Array.from({ length: 10 }, () => open()))
      const first = looks().length
      await until('four looks', () => looks().length >= first + 2)
      expect(looks().length).toBeLessThanOrEqual(4)
      for (const stream of streams) stream.close()
      await Promise.all(streams.map(({ ended }) => ended))
      await new Promise((done) => setTimeout(done, 2_500))
      const last = looks().length
      await new Promise((done) => setTimeout(done, 3_000))
      expect(looks().length).toBe(last)
    } finally {
      asked.mockRestore()
    }
  }, 20_000)

  it('lets nobody have more than twenty', async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, () => open()))
    expect(streams.map(({ status }) => status)).toEqual(Array(20).fill(200))
    const refused = await world.hub.ask('GET', '/api/v1/live', { key })
    expect([refused.status, refused.json.code]).toEqual([429, 'rate-limited'])
    expect(refused.headers.get('retry-after')).toBe('30')
    expect(refused.json.detail).toContain('20 luồng theo dõi trực tiếp')
    streams[0]?.close()
    await streams[0]?.ended
    const again = await waitUntil(
      'a place',
      () => open('?seconds=1'),
      (one) => one.status === 200,
    )
    for (const stream of [...streams, again]) stream.close()
  })

  it('says nothing while nothing happens but that it is there, and ends with session and key', async () => {
    await addPerson(world.hub, 'nghe', { roles: ['viewer'] })
    const browser = openBrowser(world.hub)
    await browser.signIn('nghe', goodPassword)
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    const lastUse = () => world.hub.database.sql('select seen_at from hub.web_session')
    const before = await lastUse()
    const { sql } = world.hub.database
    const lasting = { 'x-api-key': await world.hub.key('deliveries:read') }
    const [byPerson, byKey, quiet] = await Promise.all([
      listen(world.hub.address, { cookie }),
      open(),
      listen(world.hub.address, lasting, '?seconds=16'),
    ])
    expect([byPerson.status, byKey.status, quiet.status]).toEqual([200, 200, 200])
    expect(await lastUse()).toEqual(before)
    await sql('update hub.web_session set ends_at = now()')
    await world.hub.hub.clients.disable('client-2', { actor: 'test', reason: 'Kiểm thử' })
    await Promise.all([byPerson.ended, byKey.ended, quiet.ended])
    // The beat after fifteen seconds; those who may not listen any more were not even told that.
    expect(quiet.text()).toMatch(/^retry: 3000\n\n(?::\n\n)+$/)
    expect([byPerson.text(), byKey.text()]).toEqual(Array(2).fill('retry: 3000\n\n'))
  }, 30_000)

  it('ends at once when the hub stops, which waits for nobody who listens', async () => {
    const other = await world.hub.key('deliveries:read')
    const stream = await listen(world.hub.address, { 'x-api-key': other })
    const beganMs = performance.now()
    let stoppedMs = 0
    await world.hub.restart(async () => {
      stoppedMs = performance.now() - beganMs
    })
    await stream.ended
    expect(stoppedMs).toBeLessThan(1_000)
  })
})

describe('listeners', () => {
  const aLive = (more: object = {}) => {
    let mark = 0
    let isAway: 'no' | 'once' | 'long' = 'no'
    const live = createLive({
      ...{ log: quietLogger, everyMs: 5, ...more },
      store: {
        async marks() {
          if (isAway !== 'no') {
            if (isAway === 'once') isAway = 'no'
            throw new Error('away')
          }
          return new Map(liveTopics.map((topic) => [topic, String(topic === 'plans' ? mark : 0)]))
        },
      },
    })
    return {
      live,
      change: () => void mark++,
      away: (now: typeof isAway) => {
        isAway = now
      },
    }
  }
  const tick = () => new Promise((done) => setTimeout(done, 30))

  it('who does not take what he is told finds it as one set, however much there was', async () => {
    const { live, change } = aLive()
    const slow = await live.listen('user:lan')
    for (let times = 0; times < 20; times++) {
      change()
      await tick()
    }
    expect(await slow.next(1_000)).toEqual(['plans'])
    expect(await slow.next(20)).toEqual([])
    slow.end()
  })

  it('are told that all may have changed when the store comes back', async () => {
    const { live, away } = aLive()
    const listener = await live.listen('user:lan')
    away('once')
    expect(await listener.next(1_000)).toEqual([...liveTopics])
    listener.end()
  })

  it('are ended while the store is away: what they see would look like what is', async () => {
    const { live, away } = aLive()
    const listener = await live.listen('user:lan')
    away('long')
    expect(await listener.next(1_000)).toEqual([])
    expect(listener.isOver()).toBe(true)
    await expect(live.listen('user:lan')).rejects.toMatchObject({ code: 'store-unavailable' })
    away('no')
    await tick()
    const again = await live.listen('user:lan')
    expect(again.isOver()).toBe(false)
    again.end()
  })

  it('are so many at most, and none once it stops', async () => {
    const { live } = aLive({ most: 2 })
    const [one, two] = [await live.listen('a'), await live.listen('b')]
    await expect(live.listen('c')).rejects.toMatchObject({ code: 'rate-limited' })
    one.end()
    const three = await live.listen('c')
    const waiting = three.next(60_000)
    live.stop()
    expect(await waiting).toEqual([])
    expect([two.isOver(), three.isOver()]).toEqual([true, true])
    await expect(live.listen('d')).rejects.toMatchObject({ code: 'hub-stopping' })
  })
})

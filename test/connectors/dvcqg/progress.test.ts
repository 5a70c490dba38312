import { afterEach, describe, expect, it } from 'vitest'
import type { SimulatorMode } from '../../../src/connector/index.ts'
import {
  beginDvcqg,
  cleanUp,
  held,
  progressed,
  readJson,
  steps,
  upserted,
} from '../../support/dvcqg.ts'

afterEach(cleanUp)

describe('progress', () => {
  it('sends rows of progress in chunks and in order', async () => {
    const { portal, lane, rig } = await beginDvcqg({ progressChunk: 10 })
    await lane.send('push-dossier', upserted())

    const outcome = await lane.send('push-progress', progressed(...steps(25)))

    expect(outcome.kind).toBe('delivered')
    expect(held(portal).progress.map((row) => row.NoiDungXuLy)).toEqual(
      steps(25).map((step) => step.content),
    )
    expect(rig.http.counters().requests).toBe(1 + 1 + 3)
  })

  it('never sends a row twice that the portal took', async () => {
    const { portal, lane } = await beginDvcqg()
    await lane.send('push-dossier', upserted())
    await lane.send('push-progress', progressed(...steps(3)))

    const outcome = await lane.send('push-progress', progressed(...steps(5)))

    expect(outcome.kind).toBe('delivered')
    expect(held(portal).progress).toHaveLength(5)
  })

  it('sends nothing when every row is known', async () => {
    const { lane, rig } = await beginDvcqg()
    await lane.send('push-dossier', upserted())
    await lane.send('push-progress', progressed(...steps(3)))
    const before = rig.http.counters().requests

    const outcome = await lane.send('push-progress', progressed(...steps(3)))

    expect(outcome.kind).toBe('delivered')
    expect(rig.http.counters().requests).toBe(before)
  })

  it('refuses progress of a dossier that is not there', async () => {
    const { lane } = await beginDvcqg()

    const outcome = await lane.send('push-progress', progressed(...steps(1)))

    expect(outcome).toMatchObject({ kind: 'permanent', code: 'target-not-found' })
  })

  it.each<SimulatorMode>(['timeout-after', 'half-body', 'unknown-words', 'partial-batch'])(
    'completes progress after %s in its second chunk, without a row twice',
    async (mode) => {
      const { portal, lane } = await beginDvcqg({ progressChunk: 4 })
      await lane.send('push-dossier', upserted())
      const all = progressed(...steps(10))
      portal.misbehave({ mode: 'slow', ms: 0, times: 1 })
      portal.misbehave({ mode, times: 1 })

      const outcome = await lane.send('push-progress', all)
      const confirmed = await lane.confirm('push-progress', all)
      const resent = await lane.again('push-progress', all)

      expect(outcome.kind).toBe('unknown')
      expect(confirmed).toBe('not-applied')
      expect(resent.kind).toBe('delivered')
      expect(held(portal).progress.map((row) => row.NoiDungXuLy)).toEqual(
        steps(10).map((step) => step.content),
      )
    },
  )

  it('asks the portal before it sends rows after a delivery that was settled without it', async () => {
    const { portal, lane } = await beginDvcqg()
    await lane.send('push-dossier', upserted())
    await lane.lose('push-progress', progressed(...steps(3)))

    const outcome = await lane.send('push-progress', progressed(...steps(4)))

    expect(outcome.kind).toBe('delivered')
    expect(held(portal).progress).toHaveLength(4)
  })

  it('asks no question in a lane without gaps', async () => {
    const { portal, lane, rig } = await beginDvcqg()
    const status = readJson('schemas/tthc/dossier-portal-status/examples/valid/accepted.json')
    await lane.send('push-dossier', upserted())
    await lane.send('push-portal-status', status)
    await lane.send('push-progress', progressed(...steps(1)))
    await lane.send('push-dossier', upserted({ note: 'Sau đó' }))
    await lane.send('push-progress', progressed(...steps(1, 1)))

    expect(rig.http.counters().requests).toBe(1 + 5)
    expect(portal.received().every((entry) => entry.applied)).toBe(true)
  })

  it('keeps the newest rows when a lane has very many', async () => {
    const { lane } = await beginDvcqg({ progressChunk: 100 })
    await lane.send('push-dossier', upserted())
    for (let block = 0; block < 14; block++) {
      const day = String(block + 1).padStart(2, '0')
      const many = steps(50).map((step) => ({ ...step, at: step.at.replace('01-02', `02-${day}`) }))
      await lane.send('push-progress', progressed(...many))
    }

    const memo = lane.memo() as { rows: readonly string[] }
    expect(memo.rows).toHaveLength(600)
    expect(JSON.stringify(memo).length).toBeLessThan(8_000)
  })

  it('confirms progress by the rows that the portal lists', async () => {
    const { portal, lane } = await beginDvcqg()
    const rows = progressed(...steps(3))
    await lane.send('push-dossier', upserted())
    portal.misbehave({ mode: 'timeout-after', times: 1 })
    await lane.send('push-progress', rows)
    expect(await lane.confirm('push-progress', rows)).toBe('applied')

    portal.misbehave({ mode: 'timeout-before', times: 1 })
    const others = progressed(...steps(2, 10))
    await lane.send('push-progress', others)
    expect(await lane.confirm('push-progress', others)).toBe('not-applied')
  })

  it('cannot tell about progress when the portal lists none', async () => {
    const { portal, lane } = await beginDvcqg({ progressField: 'QuaTrinhXuLy' })
    const rows = progressed(...steps(3))
    await lane.send('push-dossier', upserted())
    portal.misbehave({ mode: 'timeout-after', times: 1 })
    await lane.send('push-progress', rows)

    expect(await lane.confirm('push-progress', rows)).toBe('cannot-tell')
  })
})

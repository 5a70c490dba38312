import nock from 'nock'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { SimulatorMode } from '../../../src/connector/index.ts'
import {
  beginDvcqg,
  cleanUp,
  createLane,
  createRig,
  held,
  progressed,
  steps,
  upserted,
} from '../../support/dvcqg.ts'

afterEach(cleanUp)
afterAll(() => nock.restore())

describe('push', () => {
  it('creates a dossier once, then updates it, with one request each', async () => {
    const { portal, lane, rig } = await beginDvcqg()

    await lane.send('push-dossier', upserted({ status: 'accepted' }))
    await lane.send('push-dossier', upserted({ status: 'processing' }))
    await lane.send('push-dossier', upserted({ status: 'processing', note: 'Đã phân công' }))

    expect(held(portal).applied).toEqual(['create 2', 'update 4', 'update 4'])
    expect(held(portal).dossier).toMatchObject({ TrangThaiHoSo: '4', GhiChu: 'Đã phân công' })
    expect(rig.http.counters().requests).toBe(4)
  })

  it.each([0, 1, 2])('updates a dossier that was there before (wording %i)', async (turn) => {
    const { portal, lane } = await beginDvcqg()
    // The portal says "already there" with another code each time; let it use up some.
    for (let before = 0; before <= turn; before++)
      await createLane(createRig(portal.address).connector).send('push-dossier', upserted())

    const outcome = await lane.send('push-dossier', upserted({ note: 'Đã khác' }))

    expect(outcome.kind).toBe('delivered')
    expect(held(portal).applied).toEqual(['create 4', 'update 4'])
    expect(held(portal).dossier).toMatchObject({ GhiChu: 'Đã khác' })
  })

  it('leaves a dossier alone that is there with the same content', async () => {
    const { portal, lane } = await beginDvcqg()
    await createLane(createRig(portal.address).connector).send('push-dossier', upserted())

    const outcome = await lane.send('push-dossier', upserted())

    expect(outcome.kind).toBe('delivered')
    expect(held(portal).applied).toEqual(['create 4'])
    await lane.send('push-dossier', upserted({ note: 'Sau đó' }))
    expect(held(portal).applied).toEqual(['create 4', 'update 4'])
  })

  it('tells a person when the portal has lost a dossier, and creates it at the redrive', async () => {
    const { portal, lane } = await beginDvcqg()
    await lane.send('push-dossier', upserted())
    await lane.send('push-progress', progressed(...steps(1)))
    ;(portal.state() as Map<string, unknown>).clear()

    const lost = await lane.send('push-dossier', upserted({ note: 'Sau đó' }))
    const redriven = await lane.again('push-dossier', upserted({ note: 'Sau đó' }))

    expect(lost).toMatchObject({ kind: 'permanent', code: 'target-not-found' })
    expect(redriven.kind).toBe('delivered')
    expect(held(portal).applied).toEqual(['create 4'])
  })

  it('takes "not there" for a refusal when the dossier itself is there', async () => {
    const adapter = 'http://adapter.h99.example:8080'
    const answers = [
      { session: 'sess-demo-0001', error_code: 0 },
      { error_code: 0, message: 'Đồng bộ hồ sơ thành công' },
      { error_code: -1, message: 'Mã lĩnh vực không tồn tại' },
      { error_code: 0, result: [{ MaHoSo: 'H99.14-240101-0001' }] },
    ]
    nock(adapter)
      .post(/./)
      .times(4)
      .reply(200, () => answers.shift())
    const lane = createLane(createRig(adapter).connector)
    await lane.send('push-dossier', upserted())

    const outcome = await lane.send('push-dossier', upserted({ note: 'Sau đó' }))

    expect(outcome).toMatchObject({ kind: 'permanent', code: 'target-rejected' })
    expect(lane.memo()).toMatchObject({ created: true })
    expect(answers).toEqual([])
  })

  it('does not believe "already there" about a dossier that a lookup does not find', async () => {
    const { portal, lane } = await beginDvcqg()
    portal.misbehave({ mode: 'duplicate', times: 1 })

    const outcome = await lane.send('push-dossier', upserted())

    expect(outcome).toMatchObject({ kind: 'unknown', code: 'answer-invalid' })
    expect(await lane.confirm('push-dossier', upserted())).toBe('not-applied')
  })

  it.each<[SimulatorMode, string]>([
    ['timeout-after', 'applied'],
    ['half-body', 'applied'],
    ['unknown-words', 'applied'],
    ['timeout-before', 'not-applied'],
    ['html-200', 'not-applied'],
    ['server-error', 'not-applied'],
  ])('finds out about a create after %s: %s', async (mode, expected) => {
    const { portal, lane } = await beginDvcqg()
    portal.misbehave({ mode, times: 1 })

    const outcome = await lane.send('push-dossier', upserted())

    expect(outcome.kind).toBe('unknown')
    expect(await lane.confirm('push-dossier', upserted())).toBe(expected)
  })

  it.each<[SimulatorMode, string]>([
    ['timeout-after', 'applied'],
    ['timeout-before', 'not-applied'],
  ])('finds out about an update after %s: %s', async (mode, expected) => {
    const { portal, lane } = await beginDvcqg()
    await lane.send('push-dossier', upserted())
    portal.misbehave({ mode, times: 1 })

    const outcome = await lane.send('push-dossier', upserted({ note: 'Sau đó' }))

    expect(outcome.kind).toBe('unknown')
    expect(await lane.confirm('push-dossier', upserted({ note: 'Sau đó' }))).toBe(expected)
  })

  it('throws when the question itself fails', async () => {
    const { portal, lane } = await beginDvcqg()
    portal.misbehave({ mode: 'timeout-after', times: 1 })
    await lane.send('push-dossier', upserted())
    portal.misbehave({ mode: 'busy', times: 1, on: 'read' })

    await expect(lane.confirm('push-dossier', upserted())).rejects.toMatchObject({
      code: 'target-busy',
    })
  })

  it('takes an unchanged record for no proof', async () => {
    const { portal, lane } = await beginDvcqg()
    await lane.send('push-dossier', upserted())
    portal.misbehave({ mode: 'timeout-after', times: 1 })
    await lane.send('push-dossier', upserted())

    expect(await lane.confirm('push-dossier', upserted())).toBe('not-applied')
  })
})

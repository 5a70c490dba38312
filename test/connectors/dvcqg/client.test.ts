import { afterEach, describe, expect, it } from 'vitest'
import type { Simulator, SimulatorMode } from '../../../src/connector/index.ts'
import { aDossier, beginDvcqg, cleanUp, createLane, createRig, held, progressed, readJson, steps, upserted } from '../../support/dvcqg.ts'

afterEach(cleanUp)

describe('client', () => {
  it('logs in again when the session has aged or was forgotten, in words or as 401', async () => {
    const { portal, lane, rig } = await beginDvcqg({ sessionMinutes: 10 })
    await lane.send('push-dossier', upserted())
    for (const note of ['một', 'hai']) {
      portal.misbehave({ mode: 'session-expired', times: 1 })
      expect(await lane.send('push-dossier', upserted({ note }))).toMatchObject({
        kind: 'delivered',
      })
    }
    rig.later(11 * 60_000)
    const before = rig.http.counters().requests

    await lane.send('push-dossier', upserted({ note: 'ba' }))

    expect(rig.http.counters().requests - before).toBe(2)
    expect(held(portal).applied).toEqual(['create 4', 'update 4', 'update 4', 'update 4'])
  })
})

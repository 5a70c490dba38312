import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import createSimulator from '../../../connectors/dvcqg/simulator.ts'
import type { Simulator, SimulatorMode } from '../../../src/connector/index.ts'
import { aDossier, beginDvcqg, cleanUp, createLane, createRig, held, progressed, readJson, steps, upserted } from '../../support/dvcqg.ts'

afterEach(cleanUp)

describe('simulator', () => {
  it('goes on with what the portal held before', async () => {
    const { portal, lane } = await beginDvcqg()
    await lane.send('push-dossier', upserted())
    const next = await createSimulator({ port: 0, state: portal.state() })
    onTestFinished(next.stop)

    expect(next.state()).toEqual(portal.state())
  })
})

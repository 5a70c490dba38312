/** The simulated portal, that can go away and come back with what it held, on the same port. */
import createPortal from '../../connectors/dvcqg/simulator.ts'
import type { Simulator, SimulatorEntry, SimulatorModes } from '../../src/connector/index.ts'

export interface Portal {
  readonly address: string
  misbehave(mode: SimulatorModes): void
  behave(): void
  state(): ReadonlyMap<string, unknown>
  /** How many effects messages have had. */
  applied(): number
  stop(): Promise<void>
  start(): Promise<void>
}

export async function startPortal(): Promise<Portal> {
  let applied = 0
  const onEntry = (entry: SimulatorEntry): void => {
    if (entry.applied) applied++
  }
  const create = (port: number, state?: ReadonlyMap<string, unknown>): Promise<Simulator> =>
    createPortal({ port, forget: true, onEntry, ...(state && { state }) })
  let simulator = await create(0)
  const { address } = simulator
  return {
    address,
    misbehave: (mode) => simulator.misbehave(mode),
    behave: () => simulator.behave(),
    state: () => simulator.state(),
    applied: () => applied,
    stop: () => simulator.stop(),
    async start() {
      simulator = await create(Number(new URL(address).port), simulator.state())
    },
  }
}

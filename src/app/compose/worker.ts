/** The sending half of a process: one drain and gate per system, one beat, one line of wake-ups. */

import { createDrain, type Drain } from '../../engine/lanes/drain.ts'
import { createGate, type Gate } from '../../engine/lanes/gate.ts'
import type { RunDependencies, Target } from '../../engine/lanes/lane-run.ts'
import { createSweep } from '../../engine/lanes/sweep.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Beat, DrainStore, GateStore, SweepStore } from '../../engine/ports/lanes.ts'

/** A lost worker's lanes are free again after this long. */
const leaseMs = 5_000
const beatMs = 1_000

interface WorkerDependencies extends RunDependencies {
  readonly clock: Clock
  readonly store: DrainStore & SweepStore & GateStore
  readonly process: { readonly id: string; readonly role: string }
  readonly onBeat: (beat: Beat) => void
}

export interface Worker {
  /** "This system may have due lanes." */
  wake(system: string): void
  /** From now on these systems are served, each by this connector. */
  serve(targets: ReadonlyMap<string, Target>): Promise<void>
  uses(target: Target): boolean
  /**
   * Whether a system may be asked for something now: not while it is paused or in maintenance. Its
   * circuit tells of what was sent. True for one that is not served, so that this is found out.
   */
  isOpen(system: string): boolean
  start(): Promise<void>
  stop(graceMs: number): Promise<void>
}

export function createWorker(deps: WorkerDependencies): Worker {
  const served = new Map<string, { drain: Drain; gate: Gate; target: Target }>()
  const leaving = new Set<Drain>()

  const sweep = createSweep({
    ...deps,
    leaseMs,
    beatMs,
    drains: () => served,
    leaving: () => leaving,
  })

  const add = (target: Target): void => {
    const gate = createGate(
      {
        store: deps.store,
        clock: deps.clock,
        log: deps.log,
        process: deps.process.id,
        opened: () => served.get(target.system.id)?.drain.wake(),
      },
      target.system,
    )
    const drain = createDrain({ ...deps, gate, leaseMs }, target)
    served.set(target.system.id, { drain, gate, target })
  }

  const remove = async (system: string): Promise<void> => {
    const gone = served.get(system)
    if (!gone) return
    served.delete(system)
    leaving.add(gone.drain)
    await gone.drain.stop(gone.target.system.timeoutMs)
    leaving.delete(gone.drain)
  }

  return {
    wake: (system) => served.get(system)?.drain.wake(),
    async serve(targets) {
      for (const system of served.keys()) if (!targets.has(system)) void remove(system)
      let added = false
      for (const target of targets.values()) {
        const known = served.get(target.system.id)
        if (!known) {
          add(target)
          added = true
        } else if (known.target !== target) {
          known.drain.retarget(target)
          served.set(target.system.id, { ...known, target })
        }
      }
      // A new gate is shut until a beat has told it who else works.
      if (added) await sweep.beat()
    },
    uses: (target) =>
      [...served.values()].some(({ drain }) => drain.uses(target)) ||
      [...leaving].some((drain) => drain.uses(target)),
    isOpen: (system) => served.get(system)?.gate.isOpen(true) ?? true,
    async start() {
      await sweep.beat()
      sweep.start()
    },
    async stop(graceMs) {
      const drains = [...[...served.values()].map(({ drain }) => drain), ...leaving]
      await Promise.all(drains.map((drain) => drain.stop(graceMs)))
      await sweep.stop()
    },
  }
}

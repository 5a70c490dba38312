/** Writes what lane runs ended in, those of one moment in one statement. */
import { HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { createBatcher } from '../batcher.ts'
import type { DrainStore, SettledLane } from '../ports/lanes.ts'
import type { Metrics } from '../ports/metrics.ts'

interface SettleDependencies {
  readonly store: Pick<DrainStore, 'settle'>
  readonly metrics: Metrics
  readonly log: Logger
  readonly system: () => string
}

export interface Settle {
  /**
   * Resolves when the lane is written or its lease was lost; tries for as long as `mayWait` says.
   * `kept`: it was written. `due`: there may be lanes to claim again at once.
   */
  write(lane: SettledLane, mayWait: () => boolean): Promise<{ kept: boolean; due: boolean }>
  idle(): Promise<void>
}

/** What became of a lane that was to be written. */
type Written = { readonly kept: boolean; readonly due: boolean } | { readonly fault: unknown }

export function createSettle(deps: SettleDependencies): Settle {
  const { log, metrics } = deps

  const writeAll = async (lanes: readonly SettledLane[]): Promise<Written[]> => {
    const { lost, due } = await deps.store.settle(deps.system(), lanes)
    return lanes.map((lane) => ({ kept: !lost.includes(lane.lane), due }))
  }

  /** A lane that cannot be written must not keep those that share its statement from being written. */
  const writeOneByOne = async (lanes: readonly SettledLane[]): Promise<Written[]> => {
    const results: Written[] = []
    for (const lane of lanes) {
      try {
        results.push(...(await writeAll([lane])))
      } catch (fault) {
        if (fault instanceof HubError) throw fault
        results.push({ fault })
      }
    }
    return results
  }

  const batcher = createBatcher<SettledLane, Written>({
    maxItems: 256,
    maxWeight: Number.POSITIVE_INFINITY,
    weightOf: () => 0,
    run: (lanes) =>
      writeAll(lanes).catch((error: unknown) => {
        if (error instanceof HubError) throw error
        return writeOneByOne(lanes)
      }),
  })

  const heed = (lane: SettledLane, written: Written): { kept: boolean; due: boolean } => {
    if ('fault' in written) {
      // Not to be written in any way: the lease runs out, and the system is asked what it has.
      log.error('drain.failed', { lane: lane.lane, step: 'settle' }, written.fault)
      return { kept: false, due: false }
    }
    if (!written.kept) {
      log.warn('lane.lost', { lane: lane.lane, system: deps.system() })
      metrics.leaseLost(deps.system(), 1)
    }
    return written
  }

  return {
    async write(lane, mayWait) {
      for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 2_000)) {
        try {
          return heed(lane, await batcher.add(lane))
        } catch (error) {
          log.error('drain.failed', { system: deps.system(), step: 'settle' }, error)
          // The lane will be found `sending` by its next owner, who asks the system.
          if (!mayWait()) return { kept: false, due: false }
          await new Promise((resolve) => setTimeout(resolve, waitMs))
        }
      }
    },
    idle: () => batcher.idle(),
  }
}

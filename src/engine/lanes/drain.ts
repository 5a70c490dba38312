/**
 * Empties the due lanes of one system: claim in one statement, run the lanes side by side, settle in
 * micro-batches, go on until nothing is due. A wake-up only sets a flag.
 */
import { setMaxListeners } from 'node:events'
import { lookBeforeActing } from '../../connector/last-look.ts'
import type { DrainStore, SettledLane } from '../ports/lanes.ts'
import { batchOf, runBatch } from './batch-run.ts'
import type { Gate } from './gate.ts'
import type { RunControl, RunDependencies, Target } from './lane-run.ts'
import { createLate } from './late.ts'
import { createOpenLanes, isSameRun, type OpenLane } from './open-lanes.ts'
import { createOwnLooks, noLook } from './own-looks.ts'
import { runLane } from './run-lane.ts'
import { createSendSlots } from './send-slots.ts'
import { createSettle } from './settle.ts'

export interface DrainDependencies extends RunDependencies {
  readonly store: DrainStore
  readonly gate: Gate
  readonly leaseMs: number
}

export interface Drain {
  /** "There may be due lanes." Cheap, may be called at any rate. */
  wake(): void
  /** From the next claim on, this configuration and connector are used. */
  retarget(target: Target): void
  /** Whether lanes are in work that were begun under this target. */
  uses(target: Target): boolean
  /** Lanes in work, for the renewal of their leases. */
  open(): readonly { lane: string; fence: string }[]
  /** Of the lanes that were `asked` for, the leases of those not `lost` now hold until then. */
  renewed(
    untilMs: number,
    asked: readonly { lane: string; fence: string }[],
    lost: readonly string[],
  ): void
  /** Stops claiming, waits for what is in work; after `graceMs` aborts it. */
  stop(graceMs: number): Promise<void>
}

interface Gathering {
  readonly aim: Target
  readonly lanes: OpenLane[]
  readonly timer: NodeJS.Timeout
}

/**
 * A claim for one or two lanes costs as much as one for thirty; wait until some room has gathered, a
 * quarter of what this process may have in work now.
 */
const worthClaiming = (room: number, inWork: number): boolean =>
  room >= Math.min(32, Math.ceil((room + inWork) / 4))

/** Where neither key nor question helps, what a crash leaves in doubt is kept to one per lane. */
const runAheadOf = ({ system, manifest, connector }: Target): number =>
  connector.sendBatch || manifest.operations.every(({ repeat }) => repeat === 'person')
    ? 1
    : system.runAhead

/**
 * A request takes the heads of as many lanes as a batch holds. Where one is one message, no lane is
 * claimed before it can be sent from: what is claimed counts as sent when this process is lost.
 */
const lanesInRequest = ({ manifest, connector }: Target): number =>
  connector.sendBatch ? Math.max(1, ...manifest.operations.map(({ batch }) => batch?.max ?? 1)) : 1

/** A power of two: the number is part of the store's statement, and each number is one to prepare. */
const claimSize = (room: number): number => 2 ** Math.floor(Math.log2(Math.min(room, 128)))

export function createDrain(deps: DrainDependencies, first: Target): Drain {
  const { clock, gate, log } = deps
  let target = first
  let due = false
  let turning = false
  let stopping = false
  const inWork = createOpenLanes()
  const slots = createSendSlots(() => gate.limit())
  const gathering = new Map<string, Gathering>()
  const looks = createOwnLooks((nth) => {
    due = true
    void turn(nth)
  })
  const halt = new AbortController()
  // Every run that waits for its turn listens to it.
  setMaxListeners(0, halt.signal)
  /** Runs under way, each with what breaks off its requests. */
  const running = new Set<AbortController>()
  let givenUp = false
  const giveUp = (): void => {
    givenUp = true
    for (const run of running) run.abort()
  }

  const system = () => target.system.id
  const settle = createSettle({ ...deps, system })
  const late = createLate({ ...deps, system })

  /** The database may be away: what was sent must still be written, as long as the lease may hold. */
  const mayWait = (open: OpenLane): boolean =>
    !open.lost && !givenUp && clock.monotonicMs() < open.leaseUntilMs + deps.leaseMs * 10

  /** Whether these lanes are still ours, with time to spare; a renewal may be late. */
  const areOurs = (lanes: readonly OpenLane[]): boolean => {
    const now = clock.monotonicMs()
    return lanes.every((lane) => !lane.lost && now < lane.leaseUntilMs - deps.leaseMs / 5)
  }

  const controlOf = (lanes: readonly OpenLane[], { signal }: AbortController): RunControl => ({
    signal,
    mayGoOn: () => !stopping && areOurs(lanes) && lanes.every((lane) => gate.isOpen(lane.probe)),
    async turn(message) {
      await slots.take(message)
      await gate.turn(halt.signal)
      return {
        end(outcomes) {
          slots.give()
          for (const outcome of outcomes ?? []) gate.saw(outcome)
          if (outcomes) gate.asked()
        },
      }
    },
  })

  const finish = async (open: OpenLane, settled: SettledLane): Promise<void> => {
    const first = await settle.write(settled, () => mayWait(open))
    const { again } = open
    // Our own lane, claimed once more because its lease had run out: what we know of it still counts.
    const adopts = !first.kept && again !== undefined && isSameRun(open, again)
    const written = adopts
      ? await settle.write({ ...settled, fence: again.fence }, () => mayWait(open))
      : first
    inWork.close(open)
    if (!written.kept) late.keep(settled, open.claimed)
    if (again && !adopts) begin({ ...open, claimed: again })
    // A probe that has said nothing goes on to the next lane.
    if (written.due || open.probe) due = true
    if (written.kept) looks.at(settled.wakeMs ?? 0)
    if (due) void turn()
  }

  const work = async (
    lanes: readonly OpenLane[],
    run: (control: RunControl) => Promise<readonly SettledLane[]>,
  ) => {
    const under = new AbortController()
    // Asked again in the moment before bytes leave: a process that stood still does not know it yet.
    lookBeforeActing(under.signal, () => areOurs(lanes))
    running.add(under)
    if (givenUp) under.abort()
    try {
      const settled = new Map((await run(controlOf(lanes, under))).map((lane) => [lane.lane, lane]))
      await Promise.all(
        lanes.map(async (open) => {
          const own = settled.get(open.claimed.lane)
          if (own) await finish(open, own)
          else inWork.close(open)
        }),
      )
    } catch (error) {
      log.error('drain.failed', { system: target.system.id, step: 'run' }, error)
      for (const lane of lanes) inWork.close(lane)
    } finally {
      running.delete(under)
    }
  }

  const flush = (operation: string): void => {
    const gathered = gathering.get(operation)
    if (!gathered) return
    clearTimeout(gathered.timer)
    gathering.delete(operation)
    const claimed = gathered.lanes.map((lane) => lane.claimed)
    void work(gathered.lanes, (control) => runBatch(deps, gathered.aim, claimed, control))
  }

  const begin = (claimed: Omit<OpenLane, 'lost' | 'again'>): void => {
    const { aim } = claimed
    const lane = inWork.open(claimed)
    if (!lane) return
    const batch = batchOf(aim, lane.claimed)
    if (!batch) {
      void work([lane], async (control) => [await runLane(deps, aim, lane.claimed, control)])
      return
    }
    // What was claimed under another configuration does not travel with this.
    if (gathering.get(batch.operation)?.aim !== aim) flush(batch.operation)
    const gathered = gathering.get(batch.operation) ?? {
      aim,
      lanes: [],
      timer: setTimeout(() => flush(batch.operation), batch.maxWaitMs),
    }
    gathering.set(batch.operation, gathered)
    gathered.lanes.push(lane)
    if (gathered.lanes.length >= batch.max) flush(batch.operation)
  }

  /** Claims and starts as much as there is room for; false when there is no room (yet). */
  const claimOnce = async (nth: number): Promise<boolean> => {
    const room = await gate.room(inWork.size, lanesInRequest(target))
    // Whoever finishes a lane comes back here; a closed gate is opened by the beat.
    if (room.lanes === 0) return false
    if (!worthClaiming(room.lanes, inWork.size)) return false
    const aim = target
    const lanes = claimSize(room.lanes)
    // Cleared before the claim: a wake-up that comes during it must lead to another one.
    due = false
    const leaseUntilMs = clock.monotonicMs() + deps.leaseMs
    const claimed = await deps.store.claim({
      system: aim.system.id,
      lanes,
      runAhead: room.probe ? 1 : runAheadOf(aim),
      leaseMs: deps.leaseMs,
    })
    if (claimed.length >= lanes) due = true
    looks.afterClaim(claimed.length, nth)
    for (const lane of claimed) begin({ aim, claimed: lane, probe: room.probe, leaseUntilMs })
    return true
  }

  const turn = async (nth = noLook): Promise<void> => {
    if (turning) return
    turning = true
    try {
      while (due && !stopping && (await claimOnce(nth)));
    } catch (error) {
      // The sweeper's next beat finds the lanes again.
      log.error('drain.failed', { system: target.system.id, step: 'claim' }, error)
    } finally {
      turning = false
    }
  }

  return {
    wake() {
      due = true
      void turn()
    },
    retarget(next) {
      target = next
      gate.configure(next.system)
    },
    uses: (one) => inWork.all().some((open) => open.aim === one),
    open: () => inWork.fences(),
    renewed: (untilMs, asked, lost) => inWork.renewed(untilMs, asked, lost),
    async stop(graceMs) {
      stopping = true
      looks.stop()
      halt.abort()
      slots.stop()
      for (const operation of [...gathering.keys()]) flush(operation)
      const deadline = clock.monotonicMs() + graceMs
      // A claim that is under way may yet bring lanes, to be handed back.
      while (inWork.size > 0 || turning) {
        if (clock.monotonicMs() > deadline && !givenUp) giveUp()
        if (clock.monotonicMs() > deadline + 2_000) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      await settle.idle()
      await late.stop()
    },
  }
}

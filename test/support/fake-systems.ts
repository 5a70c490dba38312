/** Systems of a hub in memory: nothing was measured, and what is changed is only noted. */

import type { CheckStep } from '../../src/connector/contract.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { Act } from '../../src/engine/ports/interventions.ts'
import type { Queries } from '../../src/engine/ports/queries.ts'
import type { SystemDesk } from '../../src/engine/ports/system-desk.ts'
import type { SystemView, TrafficView } from '../../src/engine/ports/systems.ts'

const nothing: TrafficView = {
  ...{ attempts: 0, failed: 0, refused: 0, errorRate: null, p50Ms: null, p95Ms: null },
}

export const quietHealth: Pick<SystemView, 'health' | 'check' | 'limits' | 'windows'> = {
  health: {
    ...{ last15Minutes: nothing, lastHour: nothing, deliveredPerMinute: 0, backlog: 0 },
    ...{ drain: { seconds: 0, atLeast: false, reason: null }, certificate: null },
  },
  ...{ check: null, limits: { ratePerSecond: null, concurrency: 16 }, windows: [] },
}

export const fakeNow: Pick<Queries, 'systemTrend' | 'now'> = {
  systemTrend: async () => [],
  now: async () => ({
    ...{ acceptedPerMinute: 0, deliveredPerMinute: 0, blockedDossiers: 0 },
    workers: { alive: 1, lastSeen: '2026-11-22T01:00:00.000Z' },
  }),
}

export const createFakeSystems = (
  known: () => readonly SystemView[],
  acts: { what: string; act: Act }[],
  check: (signal: AbortSignal) => Promise<readonly CheckStep[]>,
): SystemDesk => {
  const mustExist = (id: string): void => {
    if (!known().some((one) => one.id === id)) throw new HubError('not-found')
  }
  return {
    async check(id, signal, actor) {
      mustExist(id)
      const steps = await check(signal)
      return {
        ...{ at: '2026-11-22T01:00:00.000Z', by: actor, ok: steps.every(({ ok }) => ok) },
        steps: steps.map(({ tried, ...step }) => ({ ...step, tried: tried ?? true })),
        certificates: [],
      }
    },
    async setRate(id, ratePerSecond, act) {
      mustExist(id)
      acts.push({ what: `rate ${id} ${ratePerSecond}`, act })
      return { revision: 4, changed: true }
    },
    async changeWindows(id, change, act) {
      mustExist(id)
      acts.push({ what: `windows ${id} ${JSON.stringify(change)}`, act })
      return { revision: 4, changed: true }
    },
  }
}

/** Plans in memory, for the doors alone: they are prepared at once, and nobody carries them out. */
import type { Hub } from '../../src/app/hub.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { PlanState } from '../../src/domain/plan.ts'
import { createPlanDesk } from '../../src/engine/plans/plan-desk.ts'
import type { Act } from '../../src/engine/ports/interventions.ts'
import type {
  NewPlan,
  PlanDetail,
  PlanItemFilter,
  PlanItemView,
  PlanQueries,
} from '../../src/engine/ports/plans.ts'

export interface FakePlans {
  readonly desk: Hub['plans']
  readonly queries: PlanQueries
  readonly created: NewPlan[]
  readonly itemFilters: PlanItemFilter[]
  /** What a test may change at any time. */
  plans: PlanDetail[]
  /** Of every plan; pages of two. */
  items: PlanItemView[]
  /** How many a new plan will have. */
  matches: number
}

export const aPlanItem = (id: string, change: Partial<PlanItemView> = {}): PlanItemView => ({
  id,
  message: '01938f5e-0000-7000-8000-000000000001',
  subject: 'H99.12-261122-0001',
  system: 'dvcqg',
  type: 'vn.tthc.dossier.progressed.v1',
  agency: 'H99.12',
  foundState: 'dead',
  foundCode: 'target-rejected',
  conflict: null,
  result: 'pending',
  code: null,
  state: null,
  doneAt: null,
  endedAt: null,
  ...change,
})

export const aPlan = (id: number, change: Partial<PlanDetail> = {}): PlanDetail => ({
  id,
  action: 'redrive',
  filter: { system: 'dvcqg', state: 'dead' },
  reason: 'Cổng đã sửa',
  state: 'ready',
  createdAt: '2026-11-22T01:00:00.000Z',
  createdBy: 'cli:quan-tri',
  startAt: null,
  startedAt: null,
  endedAt: null,
  ratePerMinute: 300,
  stopAfter: 50,
  stopPercent: 50,
  counts: { total: 3, pending: 3, done: 0, moved: 0, ok: 0, failed: 0, skipped: 0 },
  summary: {
    systems: [{ system: 'dvcqg', count: 3 }],
    codes: [{ code: 'target-rejected', count: 3 }],
    groups: [{ agency: 'H99.12', type: 'vn.tthc.dossier.progressed.v1', count: 3 }],
    conflicts: [{ code: 'order-would-break', count: 1 }],
  },
  minutesLeft: 0.1,
  endsAt: null,
  measuredPerMinute: null,
  stopped: null,
  failures: [],
  sample: [aPlanItem('12.3')],
  ...change,
})

export function createFakePlans(acts: { readonly what: string; readonly act: Act }[]): FakePlans {
  const change =
    (what: string, from: readonly PlanState[], to: PlanState | undefined) =>
    async (id: number, act: Act): Promise<void> => {
      const plan = fake.plans.find((one) => one.id === id)
      if (!plan) throw new HubError('not-found')
      if (!from.includes(plan.state)) throw new HubError('state-conflict')
      fake.plans = fake.plans.map((one) =>
        one === plan ? { ...one, state: to ?? one.state } : one,
      )
      acts.push({ what: `${what} plan ${id}`, act })
    }
  const fake: FakePlans = {
    created: [],
    itemFilters: [],
    plans: [],
    items: [],
    matches: 3,
    desk: createPlanDesk({
      async create(plan, act) {
        const id = fake.plans.length + 1
        fake.created.push(plan)
        acts.push({ what: `create plan ${id}`, act })
        const state = fake.matches === 0 ? 'finished' : plan.starts ? 'running' : 'ready'
        const counts = { ...aPlan(id).counts, total: fake.matches, pending: fake.matches }
        const { action, filter } = plan
        fake.plans = [
          ...fake.plans,
          aPlan(id, { action, filter, reason: act.reason, state, counts }),
        ]
        return id
      },
      start: (id, startAt, act) =>
        change(
          'start',
          ['preparing', 'ready', 'scheduled'],
          startAt ? 'scheduled' : 'running',
        )(id, act),
      pause: change('pause', ['scheduled', 'running'], 'paused'),
      resume: change('resume', ['paused'], 'running'),
      setRate: (id, rate, act) => change(`rate ${rate}`, ['ready', 'running'], undefined)(id, act),
      cancel: change('cancel', ['ready', 'running', 'paused'], 'cancelled'),
    }),
    queries: {
      plans: async ({ state, limit }) => ({
        items: fake.plans
          .filter((plan) => state === undefined || plan.state === state)
          .map(({ failures: _, sample: __, ...plan }) => plan)
          .toReversed()
          .slice(0, limit),
        next: null,
      }),
      plan: async (id) => fake.plans.find((plan) => plan.id === id),
      async planItems(_, filter) {
        fake.itemFilters.push(filter)
        const from = Number(filter.cursor ?? 0)
        const to = from + Math.min(2, filter.limit)
        return {
          items: fake.items.slice(from, to),
          next: to < fake.items.length ? String(to) : null,
        }
      },
    },
  }
  return fake
}

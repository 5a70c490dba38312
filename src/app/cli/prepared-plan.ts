import { HubError } from '../../domain/errors.ts'
import type { PlanDetail } from '../../engine/ports/plans.ts'
import type { Hub } from '../hub.ts'

/** A person at a terminal waits so long for a selection; a larger one is prepared behind his back. */
const patienceMs = 20_000
const lookEveryMs = 250

/** The plan once its selection is frozen, or as it is when that takes longer. */
export async function preparedPlan(hub: Hub, id: number): Promise<PlanDetail> {
  const end = performance.now() + patienceMs
  for (;;) {
    const plan = await hub.queries.plan(id)
    if (!plan) throw new HubError('not-found')
    if (plan.state !== 'preparing' || performance.now() > end) return plan
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}

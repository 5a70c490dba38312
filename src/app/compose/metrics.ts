/** What this process counts: for whoever scrapes it, and for the figures of systems that are kept in the store. */
import type { Database } from '../../adapters/postgres/database.ts'
import { createSystemStore } from '../../adapters/postgres/systems.ts'
import { createMetrics, type MetricsRegistry } from '../../adapters/system/metrics.ts'
import { createTraffic } from '../../engine/lanes/traffic.ts'

interface OpenMetrics {
  readonly metrics: MetricsRegistry
  /** Takes what was counted of attempts since the last time to the store. */
  readonly saveTraffic: () => Promise<void>
}

export function openMetrics(role: string, database: Database): OpenMetrics {
  const store = createSystemStore(database)
  const { metrics, take, putBack } = createTraffic(createMetrics(role))
  return {
    metrics,
    async saveTraffic() {
      const taken = take()
      try {
        await store.addTraffic(taken)
      } catch (error) {
        putBack(taken)
        throw error
      }
    },
  }
}

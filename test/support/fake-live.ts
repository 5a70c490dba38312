/** What changes in a hub in memory: deliveries, once. */
import type { Live } from '../../src/engine/ports/live.ts'

export const createFakeLive = (): Live => ({
  async listen() {
    let told = false
    let over = false
    return {
      async next() {
        over = told
        told = true
        return over ? [] : ['deliveries']
      },
      isOver: () => over,
      end() {
        over = true
      },
    }
  },
  stop: () => undefined,
})

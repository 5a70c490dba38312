import { ConnectorError } from '../../src/connector/index.ts'

/** The outcome that the work throws; anything else it does fails the test. */
export async function thrownOutcome(work: Promise<unknown>): Promise<ConnectorError['outcome']> {
  try {
    await work
  } catch (error) {
    if (error instanceof ConnectorError) return error.outcome
    throw error
  }
  throw new Error('nothing was thrown')
}

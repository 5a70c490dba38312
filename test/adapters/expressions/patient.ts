import type { Evaluate, Evaluated } from '../../../src/connector/contract.ts'
import { ConnectorError } from '../../../src/connector/errors.ts'

/** A busy machine may keep the process from its work: then the answer is to come again. */
export async function patient(
  evaluate: Evaluate,
  expression: string,
  input: unknown,
): Promise<Evaluated> {
  for (;;)
    try {
      return await evaluate(expression, input)
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.outcome.code !== 'expression-unavailable')
        throw error
    }
}

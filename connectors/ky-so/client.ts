/**
 * The only file that talks to the gateway of remote signatures: JSON over POST with a bearer. Source: a
 * running provincial system that signs through the eSign gateway of NEAC.
 */
import {
  type ConnectorContext,
  createCredentials,
  expectSuccess,
  type LookupQuestion,
} from '../../src/connector/index.ts'
import type { SignatureOptions } from './options.ts'
import { type CallName, calls, type GatewayAnswer, requestOf } from './translate.ts'

export interface SignatureClient {
  /** The answer in its agreed form; what its codes mean is for who reads it. */
  ask(question: LookupQuestion, signal: AbortSignal): Promise<GatewayAnswer>
}

export function createSignatureClient(
  context: ConnectorContext,
  options: SignatureOptions,
): SignatureClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')

  return {
    async ask(question, signal) {
      const { path, schema } = calls[question.operation as CallName]
      const url = `${base}/${options.paths[path]}`
      const body = context.outgoing(`ky-so/${schema}-request/v1`, requestOf(question))
      // Refused before anything was done, a 401 is the one answer after which the same may be asked again.
      const response = await credentials.request(
        {
          method: 'POST',
          url,
          headers: { 'Content-Type': 'application/json; charset=utf-8' },
          body,
          signal,
        },
        { official: question.official },
      )
      return context.answer<GatewayAnswer>(
        `ky-so/${schema}-answer/v1`,
        expectSuccess(response, context.clock.now()).json(),
      )
    },
  }
}

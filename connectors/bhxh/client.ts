/**
 * The only file that talks to the social insurance service: JSON over POST, with a token of the sharing
 * platform. Source: the API document of a province (Quảng Bình, apiBHXH over NGSP); see README.
 */
import {
  type ConnectorContext,
  createCredentials,
  expectSuccess,
  type LookupQuestion,
} from '../../src/connector/index.ts'
import type { InsuranceOptions } from './options.ts'
import { type CallName, calls, type InsuranceAnswer, requestOf } from './translate.ts'

export interface InsuranceClient {
  /** The answer in its agreed form; what its code means is for who reads it. */
  ask(question: LookupQuestion, signal: AbortSignal): Promise<InsuranceAnswer>
  /** Gets a new token; credentials without one have nothing to do. */
  logIn(signal: AbortSignal): Promise<void>
}

export function createInsuranceClient(
  context: ConnectorContext,
  options: InsuranceOptions,
): InsuranceClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')

  return {
    async ask(question, signal) {
      const { path, schema } = calls[question.operation as CallName]
      const url = `${base}/${options.paths[path]}`
      const body = context.outgoing(`bhxh/${schema}-request/v1`, requestOf(question, options))
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
      return context.answer<InsuranceAnswer>(
        `bhxh/${schema}-answer/v1`,
        expectSuccess(response, context.clock.now()).json(),
      )
    },
    logIn: (signal) => credentials.renew(signal),
  }
}

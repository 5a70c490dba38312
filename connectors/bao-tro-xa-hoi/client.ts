/**
 * The only file that talks to the social protection system: one POST, JSON with XML text inside, and
 * the key that the system gave in the body. Source: the client of a running provincial system; see README.
 */
import {
  type baoTroXaHoi,
  type ConnectorContext,
  createCredentials,
  evidenceOf,
  expectSuccess,
  type HttpRequest,
  type HttpResponse,
  permanent,
} from '../../src/connector/index.ts'
import type { ProtectionOptions } from './options.ts'
import type { ProtectionPush } from './translate.ts'

export interface ProtectionClient {
  /** Resolves with the code of success, when the system has said that it took the dossier. */
  push(push: ProtectionPush, signal: AbortSignal): Promise<string>
  /** Asks for the page of the call without calling it: that somebody answers, and knows the account. */
  reach(signal: AbortSignal): Promise<void>
  /** Gets a new token; credentials without one have nothing to do. */
  logIn(signal: AbortSignal): Promise<void>
}

export function createProtectionClient(
  context: ConnectorContext,
  options: ProtectionOptions,
): ProtectionClient {
  const credentials = createCredentials(context, options.credentials)
  const url = `${options.baseUrl.replace(/\/+$/, '')}/${options.path}`

  const call = (
    request: Omit<HttpRequest, 'url' | 'signal'>,
    signal: AbortSignal,
  ): Promise<HttpResponse> => credentials.request({ ...request, url, signal })

  return {
    async push(push, signal) {
      const response = await call(
        {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: context.outgoing('bao-tro-xa-hoi/dossier-push/v1', push),
        },
        signal,
      )
      const said = expectSuccess(response, context.clock.now()).json()
      const answer = context.answer<baoTroXaHoi.PushAnswer>('bao-tro-xa-hoi/push-answer/v1', said)
      const code = String(answer.error_code)
      if (!options.successCodes.includes(code))
        throw permanent('target-rejected', { evidence: evidenceOf(response, code) })
      return code
    },
    async reach(signal) {
      const response = await call({ method: 'GET' }, signal)
      // The call takes nothing but POST: that it says so is the answer wanted.
      if (response.status !== 405) expectSuccess(response, context.clock.now())
    },
    logIn: (signal) => credentials.renew(signal),
  }
}

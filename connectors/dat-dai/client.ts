/**
 * The only file that talks to ILIS: JSON over POST, with a token of OAuth 2.0 (password grant). Source:
 * running client code of a province, 2024–2025; see README.
 */
import {
  type ConnectorContext,
  createCredentials,
  type datDai,
  type Evidence,
  errorForStatus,
  evidenceOf,
  expectSuccess,
  later,
  type Outgoing,
  permanent,
  unauthorised,
  unknown,
} from '../../src/connector/index.ts'
import type { IlisOptions } from './options.ts'
import { meaningOf } from './wordings.ts'

export interface IlisClient {
  /** `already`: it has a dossier of this code. */
  submit(
    request: Outgoing<datDai.DossierRequest>,
    signal: AbortSignal,
  ): Promise<{ readonly meaning: 'done' | 'already'; readonly evidence: Evidence }>
  /** Gets a new token; credentials without one have nothing to do. */
  logIn(signal: AbortSignal): Promise<void>
}

export function createIlisClient(context: ConnectorContext, options: IlisOptions): IlisClient {
  const credentials = createCredentials(context, options.credentials)
  const url = `${options.baseUrl.replace(/\/+$/, '')}/${options.path}`
  return {
    submit: (body, signal) =>
      credentials.use(
        { url },
        async (headers) => {
          const response = await context.http.request({
            method: 'POST',
            url,
            headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' },
            body,
            signal,
          })
          if (response.status === 401) throw errorForStatus(response)
          const said = expectSuccess(response, context.clock.now()).json()
          const answer = context.answer<datDai.DossierAnswer>('dat-dai/dossier-answer/v1', said)
          const evidence = evidenceOf(response, String(answer.status.code ?? answer.data))
          const meaning = meaningOf(answer)
          switch (meaning) {
            case 'done':
            case 'already':
              return { meaning, evidence }
            case 'refused':
              throw permanent('target-rejected', { evidence })
            case 'session':
              throw unauthorised('session-refused', { evidence })
            case 'busy':
              throw later('target-busy', { evidence })
            case 'unclear':
              throw unknown('answer-wording-unknown', { evidence })
          }
        },
        signal,
      ),
    logIn: (signal) => credentials.renew(signal),
  }
}

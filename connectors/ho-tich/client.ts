/**
 * The only file that talks to the civil status system of the Ministry of Justice: JSON over POST, with a
 * token of the sharing platform. Source: running client code of two provinces, 2024–2025; see README.
 */
import {
  type ConnectorContext,
  type ConnectorError,
  createCredentials,
  type Evidence,
  errorForStatus,
  evidenceOf,
  expectSuccess,
  type HttpResponse,
  type hoTich,
  later,
  type Outgoing,
  permanent,
  unauthorised,
  unknown,
} from '../../src/connector/index.ts'
import type { CivilStatusOptions } from './options.ts'
import { type Answer, type Meaning, meaningOf } from './wordings.ts'

export interface CivilStatusClient {
  /** `already`: it has taken a dossier of this code before. */
  submit(
    request: Outgoing<hoTich.DossierRequest>,
    signal: AbortSignal,
  ): Promise<{ readonly meaning: 'done' | 'already'; readonly evidence: Evidence }>
  /** What it holds of these codes, which are of one module; empty when it says that it has none. */
  states(
    codes: readonly string[],
    module: string,
    signal: AbortSignal,
  ): Promise<readonly hoTich.StatesAnswerHoSo[]>
  /** Gets a new token; credentials without one have nothing to do. */
  logIn(signal: AbortSignal): Promise<void>
}

interface Reply<T> {
  readonly answer: T
  readonly meaning: Exclude<Meaning, 'session' | 'busy' | 'unclear'>
  readonly evidence: Evidence
}

export function createCivilStatusClient(
  context: ConnectorContext,
  options: CivilStatusOptions,
): CivilStatusClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')

  const call = <T extends Answer>(
    path: string,
    schema: string,
    body: Outgoing<unknown>,
    signal: AbortSignal,
  ): Promise<Reply<T>> => {
    const url = `${base}/${path}`
    return credentials.use(
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
        return replyOf(context.answer<T>(schema, said), response)
      },
      signal,
    )
  }

  return {
    async submit(request, signal) {
      const schema = 'ho-tich/dossier-answer/v1'
      const { meaning, evidence } = await call(options.paths.submit, schema, request, signal)
      if (meaning === 'done' || meaning === 'already') return { meaning, evidence }
      throw permanent('target-rejected', { evidence })
    },
    async states(codes, module, signal) {
      const body = context.outgoing('ho-tich/states-request/v1', {
        maDinhDanhHoSo: [...codes],
        maTinh: options.provinceCode,
        module,
      })
      const { answer, meaning, evidence } = await call<hoTich.StatesAnswer>(
        options.paths.states,
        'ho-tich/states-answer/v1',
        body,
        signal,
      )
      if (meaning === 'done') return answer.value ?? []
      if (meaning === 'missing') return []
      throw permanent('target-rejected', { evidence })
    },
    logIn: (signal) => credentials.renew(signal),
  }
}

function replyOf<T extends Answer>(answer: T, response: HttpResponse): Reply<T> {
  const meaning = meaningOf(answer)
  const evidence = evidenceOf(response, String(answer.errorCode ?? answer.status))
  switch (meaning) {
    case 'session':
      throw unauthorised('session-refused', { evidence })
    case 'busy':
      throw later('target-busy', { evidence })
    case 'unclear':
      throw unclear(evidence)
    default:
      return { answer, meaning, evidence }
  }
}

const unclear = (evidence: Evidence): ConnectorError =>
  unknown('answer-wording-unknown', { evidence })

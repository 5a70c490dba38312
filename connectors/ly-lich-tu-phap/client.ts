/**
 * The only file that talks to the criminal record system: JSON over POST with `authKey` in the body.
 * Source: running client code of a province, 2025; see README.
 */
import {
  type ConnectorContext,
  createCredentials,
  errorForStatus,
  evidenceOf,
  expectSuccess,
  later,
  type lyLichTuPhap,
  type Outgoing,
  permanent,
  type Submitted,
  unauthorised,
  unknown,
} from '../../src/connector/index.ts'
import type { CriminalRecordOptions } from './options.ts'
import { type Answer, codeOf, type Meaning, meaningOf } from './wordings.ts'

export interface CriminalRecordClient {
  submit(request: Outgoing<lyLichTuPhap.DossierRequest>, signal: AbortSignal): Promise<Submitted>
  /** What it holds of this code; empty when it says that it has none. */
  states(code: string, signal: AbortSignal): Promise<readonly lyLichTuPhap.StatesAnswerHoSo[]>
}

export function createCriminalRecordClient(
  context: ConnectorContext,
  options: CriminalRecordOptions,
): CriminalRecordClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')

  const call = <T extends Answer>(
    path: string,
    schema: string,
    body: Outgoing<unknown>,
    signal: AbortSignal,
  ) => {
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
        const answer = context.answer<T>(schema, said)
        const evidence = evidenceOf(response, codeOf(options, answer))
        const meaning: Meaning = meaningOf(options, answer)
        if (meaning === 'session') throw unauthorised('session-refused', { evidence })
        if (meaning === 'busy') throw later('target-busy', { evidence })
        if (meaning === 'unclear') throw unknown('answer-wording-unknown', { evidence })
        return { answer, meaning, evidence }
      },
      signal,
    )
  }

  return {
    async submit(request, signal) {
      const schema = 'ly-lich-tu-phap/dossier-answer/v1'
      const { meaning, evidence } = await call(options.paths.submit, schema, request, signal)
      if (meaning === 'done' || meaning === 'already') return { meaning, evidence }
      throw permanent('target-rejected', { evidence })
    },
    async states(code, signal) {
      const body = context.outgoing('ly-lich-tu-phap/states-request/v1', {
        authKey: options.authKey,
        maTinh: options.provinceCode,
        maHoSoMCDT: code,
      })
      const { answer, meaning, evidence } = await call<lyLichTuPhap.StatesAnswer>(
        options.paths.states,
        'ly-lich-tu-phap/states-answer/v1',
        body,
        signal,
      )
      if (meaning === 'done') return answer.value ?? []
      if (meaning === 'missing') return []
      throw permanent('target-rejected', { evidence })
    },
  }
}

/**
 * The only file that talks to the business registration service: four GETs with a token of the sharing
 * platform. Source: the API document of a province (Quảng Bình, apiCSDLDKDN over NGSP); see README.
 */
import {
  type ConnectorContext,
  createCredentials,
  type dangKyKinhDoanh,
  errorForStatus,
  evidenceOf,
  expectSuccess,
  type HttpResponse,
  permanent,
  sameText,
  unknown,
} from '../../src/connector/index.ts'
import type { RegistryOptions } from './options.ts'

export const calls = {
  chiTietDoanhNghiep: 'enterprise-answer',
  tinhTrangHoSo: 'list-answer',
  danhSachHoSo: 'list-answer',
  danhSachHoSoTrongNgay: 'list-answer',
} as const
export type CallName = keyof typeof calls

export type RegistryAnswer = dangKyKinhDoanh.ListAnswer & dangKyKinhDoanh.EnterpriseAnswer

export interface RegistryQuestion {
  readonly call: CallName
  readonly query: Readonly<Record<string, string>>
  readonly official?: string
}

export interface RegistryClient {
  /**
   * The answer, when the service says that it succeeded; undefined when it says, in words that an operator
   * has confirmed, that there is nothing. Whatever else it says is thrown.
   */
  ask(question: RegistryQuestion, signal: AbortSignal): Promise<RegistryAnswer | undefined>
  /** Gets a new token; credentials without one have nothing to do. */
  logIn(signal: AbortSignal): Promise<void>
}

export function createRegistryClient(
  context: ConnectorContext,
  options: RegistryOptions,
): RegistryClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')

  return {
    async ask({ call, query, official }, signal) {
      const url = `${base}/${call}`
      const response = await credentials.use(
        { url, ...(official !== undefined && { official }) },
        async (headers): Promise<HttpResponse> => {
          const got = await context.http.request({ method: 'GET', url, query, headers, signal })
          if (got.status === 401) throw errorForStatus(got)
          return got
        },
        signal,
      )
      const said = expectSuccess(response, context.clock.now()).json()
      const schema = `dang-ky-kinh-doanh/${calls[call]}/v1`
      const answer = context.answer<RegistryAnswer>(schema, said)
      const status = String(answer.Status)
      if (status === '1') return answer
      const isMissing = options.missingMessages.some((one) => sameText(one, answer.Message ?? ''))
      if (status === '0' && isMissing) return undefined
      const evidence = evidenceOf(response, status)
      throw status === '0'
        ? permanent('target-rejected', { evidence })
        : unknown('answer-invalid', { evidence })
    },
    logIn: (signal) => credentials.renew(signal),
  }
}

/**
 * Questions to the gateway of remote signatures and its answers, pure. Names are those of the eSign gateway
 * of NEAC as a running provincial system uses it. Mind the case: a request has `sign_files`, its answer
 * `signFiles`; and an answer that refuses has no `data`.
 */
import {
  type ConnectorError,
  type LookupQuestion,
  type LookupRecord,
  later,
  nfc,
  permanent,
  unauthorised,
  unknown,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { SignatureOptions } from './options.ts'

/** Which call answers a lookup, and what the schemas of its request and answer begin with. */
export const calls = {
  certificate: { path: 'certificate', schema: 'certificate' },
  'sign-file': { path: 'signFile', schema: 'sign' },
} as const
export type CallName = keyof typeof calls

interface CertificateParameters {
  readonly userId: string
  readonly authority: string
}
interface SignParameters extends CertificateParameters {
  readonly certificate: string
  readonly serialNumber: string
  readonly transactionId: string
  readonly documentId: string
  readonly fileName: string
  readonly file: string
}

export interface GatewayAnswer {
  readonly status_code?: number
  readonly data?: {
    readonly status_code?: number
    readonly serial_number?: string | null
    readonly transaction_id?: string | null
    readonly user_certificates?: readonly RemoteCertificate[]
    readonly signFiles?: readonly RemoteFile[]
  } | null
}
interface RemoteCertificate {
  readonly cert_id?: string | null
  readonly cert_data: string
  readonly serial_number: string
  readonly transaction_id?: string | null
}
interface RemoteFile {
  readonly doc_id: string
  readonly file_name?: string | null
  readonly file_base64: string
}

const parametersOf = <Parameters>({ parameters }: LookupQuestion): Parameters =>
  parameters as unknown as Parameters

/** One file a call, as the gateway advises: one signature, one confirmation by its signer. */
export function requestOf(question: LookupQuestion): object {
  const { userId, authority } = parametersOf<CertificateParameters>(question)
  const signer = { user_id: userId, ca_name: authority }
  if (question.operation === 'certificate') return signer
  const asked = parametersOf<SignParameters>(question)
  return {
    ...signer,
    cert_data: asked.certificate,
    serial_number: asked.serialNumber,
    transaction_id: asked.transactionId,
    sign_files: [
      { doc_id: asked.documentId, file_name: nfc(asked.fileName), file_base64: asked.file },
    ],
  }
}

const notAgreed = () => unknown('answer-invalid')

/**
 * What a code that is no success means. The gateway has published no table: its codes look like those of
 * HTTP, and only where that reading is on the safe side is it used. From 500 on nobody knows whether the
 * signer was asked.
 */
export function refusalOf(code: number): ConnectorError {
  const detail = {
    vi: `Cổng trả status_code ${code}.`,
    en: `The gateway said status_code ${code}.`,
  }
  const facts = { detail, evidence: { remoteCode: String(code) } }
  if (code === 401) return unauthorised('session-refused', facts)
  if (code === 403) return permanent('target-forbidden', facts)
  if (code === 429) return later('target-rate-limited', facts)
  if (code >= 400 && code < 500) return permanent('target-rejected', facts)
  return unknown(code >= 500 ? 'target-failed' : 'answer-wording-unknown', facts)
}

/** Undefined when every code that is there is one of success. */
function refusedWith(
  { status_code: outer, data }: GatewayAnswer,
  { successCodes }: SignatureOptions,
): number | undefined {
  const codes = [outer, data?.status_code].filter((code) => code !== undefined)
  if (codes.length === 0) throw notAgreed()
  return codes.find((code) => !successCodes.includes(code))
}

/** Undefined when the gateway itself says that this person has no certificate. */
export function readCertificates(
  question: LookupQuestion,
  answer: GatewayAnswer,
  options: SignatureOptions,
): LookupRecord | undefined {
  const code = refusedWith(answer, options)
  if (code !== undefined && options.missingCodes.includes(code)) return undefined
  if (code !== undefined) throw refusalOf(code)
  const { user_certificates: certificates, transaction_id: transaction } = answer.data ?? {}
  if (!certificates) throw notAgreed()
  if (certificates.length === 0) return undefined
  return only(question, {
    transactionId: transaction ?? undefined,
    certificates: certificates.map((one) =>
      withoutAbsent({
        id: one.cert_id ?? undefined,
        certificate: one.cert_data,
        serialNumber: one.serial_number,
        transactionId: one.transaction_id ?? undefined,
      }),
    ),
  })
}

/** The file that was asked for, signed with the certificate that was named; anything else is in doubt. */
export function readSigned(
  question: LookupQuestion,
  answer: GatewayAnswer,
  options: SignatureOptions,
): LookupRecord {
  const code = refusedWith(answer, options)
  if (code !== undefined) throw refusalOf(code)
  const asked = parametersOf<SignParameters>(question)
  const {
    signFiles: files = [],
    serial_number: serial,
    transaction_id: transaction,
  } = answer.data ?? {}
  const [file, another] = files
  const isOurs =
    file?.doc_id === asked.documentId && (serial ?? asked.serialNumber) === asked.serialNumber
  // A file that comes back as it went has no signature in it.
  if (!file || another || !isOurs || file.file_base64 === asked.file) throw notAgreed()
  return only(question, {
    file: file.file_base64,
    fileName: file.file_name ?? undefined,
    documentId: file.doc_id,
    serialNumber: serial ?? undefined,
    transactionId: transaction ?? undefined,
  })
}

const only = ({ fields }: LookupQuestion, record: LookupRecord): LookupRecord =>
  withoutAbsent(Object.fromEntries(fields.map((field) => [field, record[field]])))

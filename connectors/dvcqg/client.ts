/**
 * The only file that talks to the portal: `mapi` through the province's adapter. It makes the
 * envelope, keeps the session and turns every answer into a reply or a ConnectorError.
 */
import {
  type ConnectorContext,
  type ConnectorError,
  type Evidence,
  expectSuccess,
  type HttpResponse,
  later,
  permanent,
  type Session,
  unauthorised,
  unknown,
  type Words,
} from '../../src/connector/index.ts'
import type { PortalOptions } from './options.ts'
import { type Meaning, meaningOf } from './wordings.ts'

export type RemoteRecord = Readonly<Record<string, unknown>>

/** An answer whose meaning is known; what is not known has been thrown. */
export interface Reply {
  readonly meaning: Extract<Meaning, 'done' | 'exists' | 'missing' | 'refused'>
  readonly evidence: Evidence
}

export interface PortalClient {
  /**
   * Calls a service that changes something. `schema` names the shape of the whole envelope,
   * `fields` is the envelope without session and agency. Throws auth (session refused twice), retry
   * (busy, not reached) and unknown (time-out, words that are in no table).
   */
  write(schema: string, fields: RemoteRecord, signal: AbortSignal): Promise<Reply>
  /** The portal's record of a dossier; undefined only when the portal itself says there is none. */
  dossier(code: string, signal: AbortSignal): Promise<RemoteRecord | undefined>
  /** The answers the portal holds for a question. */
  answers(question: string, signal: AbortSignal): Promise<readonly RemoteRecord[]>
  questions(signal: AbortSignal): Promise<readonly RemoteRecord[]>
  /** Logs in anew, whatever session there is. */
  logIn(signal: AbortSignal): Promise<void>
}

interface Answer {
  readonly error_code: number | string
  readonly message?: string | null
  readonly session?: string | null
  readonly result?: unknown
}

interface Read {
  readonly code: number
  readonly words: string
  readonly evidence: Evidence
  readonly answer: Answer
}

const longestWords = 1000

export function createPortalClient(
  context: ConnectorContext,
  options: PortalOptions,
): PortalClient {
  const base = options.adapterUrl.replace(/\/+$/, '') + options.forwardPath
  const loginUrl = base + options.loginPath
  const serviceUrl = base + options.servicePath
  const query = {
    ...(options.dstcodeIn === 'query' && { dstcode: options.dstcode }),
    ...(options.providerUrl !== undefined && { providerurl: options.providerUrl }),
  }
  const headers = {
    accept: 'application/json',
    charset: 'utf-8',
    ...(options.dstcodeIn === 'header' && { dstcode: options.dstcode }),
  }

  const post = async (
    url: string,
    schema: string,
    body: object,
    answerSchema: string,
    signal: AbortSignal,
  ): Promise<Read> => {
    const checked = context.outgoing(schema, body)
    const response = await context.http.request({
      method: 'POST',
      url,
      query,
      headers,
      body: checked,
      signal,
    })
    return readAnswer(context, expectSuccess(response, context.clock.now()), answerSchema)
  }

  const login = async (signal: AbortSignal): Promise<string> => {
    const account = { username: options.username, password: options.password }
    const read = await post(loginUrl, 'dvcqg/login/v1', account, 'dvcqg/login-answer/v1', signal)
    if (read.code !== 0) {
      // A login carries no message: what is not "try later" is for a person.
      if (meaningOf(read.code, read.words) === 'busy')
        throw later('target-busy', { evidence: read.evidence })
      throw unauthorised('session-refused', { evidence: read.evidence })
    }
    const token = read.answer.session
    if (!token) throw later('answer-invalid', { evidence: read.evidence, detail: noSession })
    return token
  }

  const session: Session = context.session({
    login,
    lifetimeMs: options.sessionMinutes * 60_000,
    account: JSON.stringify([loginUrl, query, options.username, options.password]),
  })

  const call = (
    schema: string,
    fields: RemoteRecord,
    answerSchema: string,
    signal: AbortSignal,
  ): Promise<Read> =>
    session.use(async (token) => {
      const body = { session: token, madonvi: options.agencyCode, ...fields }
      const read = await post(serviceUrl, schema, body, answerSchema, signal)
      if (meaningOf(read.code, read.words) === 'session')
        throw unauthorised('session-refused', { evidence: read.evidence })
      return read
    }, signal)

  const list = async (
    schema: string,
    fields: RemoteRecord,
    answerSchema: string,
    signal: AbortSignal,
  ): Promise<readonly RemoteRecord[]> => {
    const read = await call(schema, fields, answerSchema, signal)
    const meaning = meaningOf(read.code, read.words)
    if (read.code !== 0 && meaning === 'missing') return []
    if (read.code !== 0) throw failure(meaning, read)
    // "Nothing found" is an empty list. No list at all says nothing.
    if (!Array.isArray(read.answer.result))
      throw unknown('answer-invalid', { evidence: read.evidence, detail: noResult })
    return read.answer.result as readonly RemoteRecord[]
  }

  const dossier: PortalClient['dossier'] = async (code, signal) => {
    const fields = { service: 'TraCuuHoSo', mahoso: code }
    const schemas = ['dvcqg/dossier-lookup/v1', 'dvcqg/dossier-lookup-answer/v1'] as const
    const records = await list(schemas[0], fields, schemas[1], signal)
    return recordOf(records, code)
  }

  return {
    async write(schema, fields, signal) {
      const read = await call(schema, fields, 'dvcqg/service-answer/v1', signal)
      const meaning = meaningOf(read.code, read.words)
      if (meaning === 'busy' || meaning === 'unclear' || meaning === 'session')
        throw failure(meaning, read)
      return { meaning, evidence: read.evidence }
    },
    dossier,
    answers(question, signal) {
      const fields = { service: 'LayNoiDungTraLoiTheoCauHoi', cauhoiid: question }
      return list('dvcqg/answer-lookup/v1', fields, 'dvcqg/answer-lookup-answer/v1', signal)
    },
    questions(signal) {
      const fields = { service: 'LayDanhSachHoiDapGuiTuDVCQG' }
      return list('dvcqg/question-list/v1', fields, 'dvcqg/question-list-answer/v1', signal)
    },
    async logIn(signal) {
      session.drop()
      await session.use(async () => undefined, signal)
    },
  }
}

const noSession: Words = {
  vi: 'Cổng trả lời đăng nhập được nhưng không cấp phiên làm việc.',
  en: 'The portal accepted the login but gave no session.',
}
const noResult: Words = {
  vi: 'Cổng trả lời được nhưng không có danh sách kết quả.',
  en: 'The portal answered without a list of results.',
}
function readAnswer(context: ConnectorContext, response: HttpResponse, schema: string): Read {
  const answer = context.answer<Answer>(schema, response.json())
  const words = (answer.message ?? '').trim()
  // Never the whole body: the answer to a login holds the session.
  const evidence: Evidence = {
    httpStatus: response.status,
    remoteCode: String(answer.error_code),
    ...(words !== '' && { remoteMessage: words.slice(0, longestWords) }),
  }
  return { code: Number(answer.error_code), words, evidence, answer }
}

function failure(meaning: Meaning, { evidence }: Read): ConnectorError {
  switch (meaning) {
    case 'busy':
      return later('target-busy', { evidence })
    case 'session':
      return unauthorised('session-refused', { evidence })
    case 'refused':
      return permanent('target-rejected', { evidence })
    case 'missing':
      return permanent('target-not-found', { evidence })
    default:
      return unknown('answer-wording-unknown', { evidence })
  }
}

/** The record of this dossier among what a lookup returned. */
function recordOf(records: readonly RemoteRecord[], code: string): RemoteRecord | undefined {
  if (records.length === 0) return undefined
  const found = records.find((record) => field(record, 'MaHoSo') === code)
  const [only] = records
  if (found) return found
  if (only && records.length === 1 && field(only, 'MaHoSo') === undefined) return only
  // Something about another dossier is not the answer to the question.
  throw unknown('answer-invalid')
}

/** A field by its name, whose case differs from answer to answer. */
export function field(record: RemoteRecord, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name]
  const folded = name.toLowerCase()
  const key = Object.keys(record).find((candidate) => candidate.toLowerCase() === folded)
  return key === undefined ? undefined : record[key]
}

/**
 * Callbacks of VBDLIS, answered with `{Result, Message}`. Source: running code of a one-stop system of a
 * province, 2024–2025. Taken means durable; a repeat of what was said last is the same message.
 */
import {
  type AcceptResult,
  type ConnectorContext,
  ConnectorError,
  type Door,
  type DoorRequest,
  type DoorResponse,
  type datDai,
  type Fault,
  type IncomingMessage,
  type LandDossierNumbered,
  toVietnamTime,
} from '../../src/connector/index.ts'
import {
  type About,
  events,
  fault,
  missing,
  progressOf,
  reportedOf,
  taxOf,
  textOf,
} from './callbacks.ts'
import type { VbdlisOptions } from './options.ts'
import { digest } from './push.ts'
import { createSecurityCheck } from './security.ts'

const megabyte = 1024 * 1024
const numbered = 'vn.tthc.land-dossier.numbered.v1'
const reported = 'vn.tthc.land-dossier.reported.v1'
const notified = 'vn.tthc.land-tax.notified.v1'

interface Tools {
  readonly context: ConnectorContext
  readonly options: VbdlisOptions
  /** CloudEvents source of what this system says. */
  readonly source: string
  readonly isKnown: (code: unknown) => boolean
}

type Body = datDai.Callback
type Take = (tools: Tools, request: DoorRequest, body: Body) => Promise<readonly AcceptResult[]>

export function createDoors(context: ConnectorContext, options: VbdlisOptions): readonly Door[] {
  const source = `/${context.province.toLowerCase()}/${context.system}`
  const tools = { context, options, source, isKnown: createSecurityCheck(options) }
  const door = (name: string, vi: string, en: string, schema: string, take: Take): Door => ({
    method: 'POST',
    path: `/${name}`,
    title: { vi, en },
    maxBytes: megabyte,
    handle: (request) => answer(tools, request, schema, take),
  })
  return [
    door(
      'CungCapSoBienNhan',
      'Cung cấp số biên nhận',
      'The receipt number of a dossier',
      'dat-dai/callback/v1',
      takeNumber,
    ),
    door(
      'DongBoKetQuaThue',
      'Đồng bộ kết quả thuế',
      'Tax notices of a dossier',
      'dat-dai/tax-callback/v1',
      takeTax,
    ),
    ...Object.entries(events).map(([name, event]) =>
      door(
        name,
        `Báo về hồ sơ: ${name}`,
        `About a dossier: ${event}`,
        'dat-dai/callback/v1',
        (...of) => takeReport(name, event, ...of),
      ),
    ),
  ]
}

async function answer(
  tools: Tools,
  request: DoorRequest,
  schema: string,
  take: Take,
): Promise<DoorResponse> {
  const { refused, taken, tryAgain } = tools.options.results
  try {
    const body = request.json()
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      return say(tools, refused, 'Nội dung phải là một đối tượng JSON.')
    // Asked before anything else, so that a stranger learns nothing by what is said of the rest.
    const { SecurityCode, ...rest } = body as Record<string, unknown>
    const { securitycode } = request.headers
    if (!tools.isKnown(tools.options.securityCodeIn === 'body' ? SecurityCode : securitycode))
      return say(tools, refused, 'SecurityCode không đúng.')
    const results = await take(tools, request, tools.context.answer<Body>(schema, rest))
    const failed = results.find((result) => !result.ok && result.code !== 'message-conflict')
    if (failed && !failed.ok)
      return say(tools, refused, inWords(`Chưa nhận: ${failed.detail.vi}`, failed.faults))
    const isNew = results.some((result) => result.ok && !result.receipt.duplicate)
    return say(tools, taken, isNew ? 'Đã nhận.' : 'Đã nhận trước đó.')
  } catch (error) {
    if (error instanceof ConnectorError)
      return say(tools, refused, inWords('Dữ liệu không hợp lệ', error.faults))
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (unreadable.has(code)) return say(tools, refused, 'Nội dung không phải JSON hợp lệ.')
    if (code !== 'store-unavailable' && code !== 'hub-stopping') throw error
    const { retryAfterSeconds = 5 } = error as { retryAfterSeconds?: number }
    const words = 'Hệ thống liên thông tạm thời chưa nhận được, đề nghị gửi lại sau.'
    return say(tools, tryAgain, words, retryAfterSeconds)
  }
}

const unreadable: ReadonlySet<string> = new Set([
  'body-not-json',
  'json-duplicate-key',
  'json-too-deep',
  'json-number-inexact',
])

/** Which dossier bears the number: tells a second dossier of the same number apart, loudly. */
const takeNumber: Take = async (tools, request, body) => {
  const name = tools.options.members.code
  const code = textOf(body, name)
  if (code === undefined) throw missing(name)
  const receiptNumber = body.SoBienNhan
  const known = await pairedCode(request, receiptNumber)
  if (known !== undefined && known !== code) throw otherDossier(`/${name}`)
  const data = { code, receiptNumber }
  return chained(
    tools,
    request,
    { type: numbered, subject: receiptNumber, digest: digest(data) },
    (one) => [{ ...one, data }],
  )
}

const takeTax: Take = async (tools, request, body) => {
  const about = await aboutOf(tools, request, body)
  const data = taxOf(about, body as unknown as datDai.TaxCallback)
  const what = { type: notified, subject: about.code, digest: digest(['DongBoKetQuaThue', body]) }
  return chained(tools, request, what, (one) => [{ ...one, data }])
}

async function takeReport(
  name: string,
  event: (typeof events)[keyof typeof events],
  ...[tools, request, body]: Parameters<Take>
): Promise<readonly AcceptResult[]> {
  const about = await aboutOf(tools, request, body)
  const data = reportedOf(tools.options, about, event, body)
  const what = { type: reported, subject: about.code, digest: digest([name, body]) }
  return chained(tools, request, what, (one) => {
    const time = data.at ?? one.time
    const steps = progressOf(tools.options, data, time)
    const progressed = {
      ...{ ...one, type: 'vn.tthc.dossier.progressed.v1', eventId: `${one.eventId}.tien-do` },
      ...{ time, data: steps },
    }
    return [{ ...one, time, data }, ...(steps ? [progressed] : [])]
  })
}

/** The dossier that the callback names, that bears the number, or whose code is the number itself. */
async function aboutOf(tools: Tools, request: DoorRequest, body: Body): Promise<About> {
  const { context, options } = tools
  const receiptNumber = body.SoBienNhan
  const named = textOf(body, options.members.code)
  const paired = await pairedCode(request, receiptNumber)
  if (named !== undefined && paired !== undefined && named !== paired)
    throw otherDossier(`/${options.members.code}`)
  const code = named ?? paired ?? receiptNumber
  try {
    return context.answer<About>('tthc/land-dossier-numbered/v1', { code, receiptNumber })
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const vi = 'chưa biết là của hồ sơ nào: báo CungCapSoBienNhan trước'
    throw fault('/SoBienNhan', 'unknown', vi, 'nobody has said which dossier bears it')
  }
}

async function pairedCode(
  request: DoorRequest,
  receiptNumber: string,
): Promise<string | undefined> {
  const message = await request.latest(receiptNumber, [numbered])
  return message && (message.data as LandDossierNumbered).code
}

const otherDossier = (pointer: string): ConnectorError =>
  fault(
    pointer,
    'conflict',
    'số biên nhận này là của hồ sơ khác',
    'the number is another dossier’s',
  )

/**
 * Callbacks have no id of their own. What says the same as the newest of its type is that one again, also
 * if it was taken by half; all else is new: a state may come back. The day keeps what retention has deleted
 * from being taken for a twin.
 */
async function chained(
  { context, source }: Tools,
  request: DoorRequest,
  what: { readonly type: string; readonly subject: string; readonly digest: string },
  messagesOf: (one: Omit<IncomingMessage, 'data'>) => readonly IncomingMessage[],
): Promise<readonly AcceptResult[]> {
  const { type, subject } = what
  const newest = await request.latest(subject, [type])
  const isAgain = newest?.source === source && newest.eventId.endsWith(`.${what.digest}`)
  const time = isAgain ? newest.time : toVietnamTime(context.clock.now())
  const eventId = isAgain
    ? newest.eventId
    : [digest(subject), time.slice(0, 10), newest?.id ?? 'first', what.digest].join('.')
  return request.accept(messagesOf({ source, eventId, type, subject, time }))
}

/** Places and rules, never values. */
const inWords = (why: string, faults: readonly Fault[]): string =>
  [why, ...faults.slice(0, 20).map(({ pointer, vi }) => `${pointer}: ${vi}`)].join('; ')

/** HTTP status 200 but where it has to come again: such software reads Result from an answer it got. */
function say(
  { context }: Tools,
  Result: number,
  Message: string,
  retryAfterSeconds?: number,
): DoorResponse {
  const body = context.outgoing('dat-dai/callback-answer/v1', { Result, Message })
  return {
    status: retryAfterSeconds === undefined ? 200 : 503,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(body),
  }
}

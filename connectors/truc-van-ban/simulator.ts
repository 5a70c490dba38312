/**
 * The axis over HTTP: parameters in headers, their signature checked, a document shown until it is marked as
 * done, 50 MB at most. It holds documents by the number that it has given them. Beside it, at the same
 * address, the vendor's exchange over the same documents.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import {
  type CreateSimulator,
  createSimulatorServer,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
  simulatorModes,
} from '../../src/connector/index.ts'
import { createExchangeCalls, type Held } from './simulator-esb.ts'

export const secret = 'not-a-real-secret'
const prefix = 'xroadvnpt-'
const largestDocument = 50 * 1024 * 1024

const ok = (more: object = {}): SimulatorAnswer => ({
  body: { status: 'OK', ErrorCode: '0', ErrorDesc: '', ...more },
})
const fail = (code: string, words: string): SimulatorAnswer => ({
  body: { status: 'FAIL', ErrorCode: code, ErrorDesc: words },
})
const left = new Set(['duplicate', 'partial-batch', 'session-expired'])

const createSimulator: CreateSimulator = (options) => createAxis(options, largestDocument)

/** An axis of another limit. */
export const createAxis = (
  options: Parameters<CreateSimulator>[0],
  maxBytes: number,
): ReturnType<CreateSimulator> => {
  const held = new Map(options.state ?? []) as Map<string, Held>
  let numbers = held.size
  const calls: Readonly<Record<string, (request: SimulatorRequest) => SimulatorCall>> = {
    '/getReceivedEdocList': (request) => ({
      kind: 'read',
      run() {
        const [mine, kind] = [parameter(request, 'systemid'), parameter(request, 'messagetype')]
        const data = [...held].flatMap(([docId, one]) =>
          one.to === mine && one.messagetype === kind && one.status !== 'done'
            ? [{ docId, serviceType: 'eDoc', messageType: kind, from: one.from, to: one.to }]
            : [],
        )
        return ok({ data })
      },
    }),
    '/getEdoc': (request) => ({
      kind: 'read',
      run() {
        const one = held.get(parameter(request, 'docId'))
        if (one?.to !== parameter(request, 'systemid')) return fail('404', 'Không có văn bản')
        return { body: one.edxml, headers: { 'content-type': 'application/octet-stream' } }
      },
    }),
    '/updateStatus': (request) => ({
      kind: 'read',
      run() {
        const one = held.get(parameter(request, 'docId'))
        if (one?.to !== parameter(request, 'systemid')) return fail('404', 'Không có văn bản')
        const said = parameter(request, 'status')
        if (said === 'done' || said === 'fail') one.status = said
        return ok()
      },
    }),
    '/sendEdoc': (request) => send(held, request, () => String(++numbers)),
  }
  const exchange = createExchangeCalls(held, () => String(++numbers))
  return createSimulatorServer(options, {
    modes: simulatorModes.filter((mode) => !left.has(mode)),
    maxBytes,
    state: () => held,
    handle(request) {
      const other = exchange(request)
      if (other) return other
      const call = calls[request.path]
      if (!call) return { kind: 'read', run: () => ({ status: 404 }) }
      const known = call(request)
      return isSigned(request) ? known : { ...known, run: () => ({ status: 401 }) }
    },
  })
}

function send(
  held: Map<string, Held>,
  request: SimulatorRequest,
  nextNumber: () => string,
): SimulatorCall {
  const docId = nextNumber()
  const content: Held = {
    from: parameter(request, 'from'),
    to: parameter(request, 'to'),
    messagetype: parameter(request, 'messagetype'),
    edxml: request.text(),
    status: 'received',
  }
  return {
    kind: 'write',
    items: [{ subject: docId, operation: content.messagetype, content }],
    run() {
      const hash = createHash('sha256').update(request.body).digest('hex')
      if (hash !== parameter(request, 'hash-file')) return fail('22', 'Sai mã băm của tệp')
      held.set(docId, { ...content })
      return { ...ok({ DocId: docId }), applied: true }
    },
    refuse: () => fail('21', 'Văn bản không hợp lệ'),
  }
}

const parameter = ({ headers }: SimulatorRequest, name: string): string =>
  String(headers[prefix + name.toLowerCase()] ?? '')

/** The signature holds, and what it signs is what the headers say. */
function isSigned(request: SimulatorRequest): boolean {
  const json = parameter(request, 'sign-header')
  const wanted = createHmac('sha256', secret).update(json).digest()
  const given = Buffer.from(parameter(request, 'hash-header'), 'hex')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false
  const signed = Object.entries(JSON.parse(json) as Record<string, string>)
  return (
    signed.map(([name]) => name).join(';') === parameter(request, 'sign-header-key') &&
    signed.every(([name, value]) => request.headers[name.toLowerCase()] === value)
  )
}

export default createSimulator

/**
 * The vendor's exchange in miniature, by the names that are the connector's defaults: the account is the unit,
 * a document goes where its edXML says, and only when it has been told to deliver.
 */
import { createHash } from 'node:crypto'
import {
  childAt,
  readXml,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
  textAt,
} from '../../src/connector/index.ts'

export interface Held {
  readonly from: string
  readonly to: string
  readonly messagetype: string
  /** The file as it came. */
  readonly edxml: string
  /** Of the transport. */
  status: 'received' | 'done' | 'fail'
}

export const sourceType = 'H99'

const ok = (more: object = {}): SimulatorAnswer => ({ body: { status: 'OK', ...more } })
const fail = (): SimulatorAnswer => ({ body: { status: 'FAIL' } })

/** Undefined for a path that is not the exchange's. */
export function createExchangeCalls(
  held: Map<string, Held>,
  nextId: () => string,
): (request: SimulatorRequest) => SimulatorCall | undefined {
  const slots = new Map<string, string>()
  const put = new Map<string, Held>()
  const at = (request: SimulatorRequest, name: string) => request.query.get(name) ?? ''
  const unit = ({ headers }: SimulatorRequest) => String(headers.esb_source_username)
  const own = (request: SimulatorRequest) => {
    const one = held.get(at(request, 'knobstickId'))
    return one?.to === unit(request) ? one : undefined
  }
  const read =
    (run: (request: SimulatorRequest) => SimulatorAnswer) => (request: SimulatorRequest) =>
      ({ kind: 'read', run: () => run(request) }) as const

  const calls: Readonly<Record<string, (request: SimulatorRequest) => SimulatorCall>> = {
    '/requestSlot': read((request) => {
      const id = nextId()
      slots.set(id, at(request, 'type'))
      return ok({ slot: { id } })
    }),
    // Nothing has gone anywhere yet.
    '/sendKnobstick': read((request) => {
      const type = slots.get(at(request, 'slot'))
      const sha256 = createHash('sha256').update(request.body).digest('hex')
      if (type === undefined || sha256 !== at(request, 'contentSha256')) return fail()
      slots.delete(at(request, 'slot'))
      const id = nextId()
      put.set(id, documentOf(unit(request), type, request))
      return ok({ knobstick: { id } })
    }),
    '/deliverKnobstick': (request) => {
      const id = at(request, 'knobstickId')
      const content = put.get(id)
      return {
        kind: 'write',
        items: content ? [{ subject: id, operation: content.messagetype, content }] : [],
        run() {
          if (!content) return fail()
          held.set(id, { ...content })
          return { ...ok(), applied: true }
        },
        refuse: fail,
        unknownWords: () => ({ body: { status: 'SẼ CHUYỂN SAU' } }),
      }
    },
    '/checkSendKnobstickStatus': read((request) => {
      const id = at(request, 'knobstickId')
      return put.has(id) ? ok({ state: held.has(id) ? 'delivered' : 'waiting' }) : fail()
    }),
    '/checkKnobstick': read((request) => {
      const waiting = [...held].filter(
        ([, one]) =>
          one.to === unit(request) &&
          one.messagetype === at(request, 'type') &&
          one.status !== 'done',
      )
      return ok({ knobsticks: waiting.map(([id]) => ({ id })) })
    }),
    '/getKnobstick': read((request) => {
      const one = own(request)
      if (!one) return { status: 404 }
      return { body: one.edxml, headers: { 'content-type': 'application/octet-stream' } }
    }),
    '/processKnobstick': read((request) => {
      const one = own(request)
      const said = at(request, 'status')
      if (!one || (said !== 'done' && said !== 'fail')) return fail()
      one.status = said
      return ok()
    }),
  }
  return (request) => {
    const known = calls[request.path]?.(request)
    if (!known || request.headers.esb_source_type === sourceType) return known
    return { kind: 'read', run: () => ({ status: 401 }) }
  }
}

function documentOf(from: string, messagetype: string, request: SimulatorRequest): Held {
  const root = readXml(request.body, { maxBytes: request.body.length })
  const header = childAt(root, 'edXMLEnvelope', 'edXMLHeader', 'MessageHeader')
  const place = messagetype === 'edoc' ? 'To' : 'ResponseFor'
  const to = (header && textAt(header, place, 'OrganId')) ?? ''
  return { from, to, messagetype, edxml: request.text(), status: 'received' }
}

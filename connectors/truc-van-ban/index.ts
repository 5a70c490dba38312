/** The national document axis: documents and their business statuses, sent and received. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  type document,
  permanent,
} from '../../src/connector/index.ts'
import type { Kind } from './axis.ts'
import { createAxisClient } from './client.ts'
import { readOptions } from './options.ts'
import { pullDocuments } from './pull.ts'
import { writeEdoc, writeStatus } from './write.ts'

type Requested = document.EdocSendRequested | document.StatusSendRequested

const pulled: ReadonlyMap<string, Kind> = new Map([
  ['van-ban-den', 'edoc'],
  ['trang-thai-den', 'status'],
])

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createAxisClient(context, options)
  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'call',
          passed: {
            vi: 'Trục chấp nhận tài khoản và trả danh sách văn bản đến.',
            en: 'The axis accepted the account and listed what was received.',
          },
          ask: async () => void (await client.list('edoc', signal)),
        },
      ]),
    async send({ operation, message }, signal) {
      const isEdoc = operation === 'gui-van-ban'
      if (!isEdoc && operation !== 'gui-trang-thai') throw permanent('operation-missing')
      const data = message.data as Requested
      mustBeNamed(data)
      const edxml = isEdoc
        ? writeEdoc(data as document.EdocSendRequested, message.time)
        : writeStatus(data as document.StatusSendRequested)
      const kind = isEdoc ? 'edoc' : 'status'
      const parties = { kind, from: data.from.organId, to: data.deliverTo } as const
      return { kind: 'delivered', evidence: await client.send(parties, edxml, signal) }
    },
    async pull(request, signal) {
      const kind = pulled.get(request.operation)
      if (!kind) throw permanent('operation-missing')
      return pullDocuments({ context, client, options }, kind, request, signal)
    },
    async close() {},
  }
}

/** A document is delivered to none that it does not name. */
function mustBeNamed(data: Requested): void {
  if (!('to' in data) || data.to.some(({ organId }) => organId === data.deliverTo)) return
  throw permanent('payload-invalid', {
    faults: [
      {
        ...{ pointer: '/deliverTo', rule: 'receiver' },
        vi: 'không có trong danh sách cơ quan nhận (to)',
        en: 'is not among the receivers (to)',
      },
    ],
  })
}

export default createConnector

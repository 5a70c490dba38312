/** Nền tảng thanh toán trực tuyến của Cổng Dịch vụ công quốc gia: fees of a dossier, paid online. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  type LookupQuestion,
  type LookupRecord,
  permanent,
  withoutAbsent,
} from '../../src/connector/index.ts'
import { createPaymentClient, type PaymentClient } from './client.ts'
import { createIpnDoor } from './door.ts'
import { confirmInit, type PaymentTools, sendInit } from './init.ts'
import { readOptions } from './options.ts'
import { pullLinks, pullResults } from './results.ts'

/** A reference that nobody has ever paid under. */
const nobodys = 'KIEMTRAKETNOI'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createPaymentClient(context, options)
  const source = `/${context.province.toLowerCase()}/${context.system}`
  const tools: PaymentTools = { context, options, client, source }

  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'call',
          passed: {
            vi: 'Hỏi một mã tham chiếu không có: trả lời đúng khuôn dạng, chữ ký được chấp nhận.',
            en: 'A reference that does not exist was answered as agreed; the signature was accepted.',
          },
          ask: async () => void (await client.query(nobodys, signal)).standing(),
        },
      ]),
    send: (delivery, signal) => sendInit(tools, delivery, signal),
    confirm: (delivery, signal) => confirmInit(tools, delivery, signal),
    async pull(request, signal) {
      switch (request.operation) {
        case 'links':
          return pullLinks(tools, request)
        case 'results':
          return pullResults(tools, request, signal)
        default:
          throw permanent('operation-missing')
      }
    },
    async lookup(question, signal) {
      const record = await lookUp(client, question, signal)
      return record && withoutAbsent(pick(record, question.fields))
    },
    doors: [createIpnDoor(context, options, source)],
    async close() {},
  }
}

async function lookUp(
  client: PaymentClient,
  { operation, parameters }: LookupQuestion,
  signal: AbortSignal,
): Promise<LookupRecord | undefined> {
  const { reference } = parameters as { readonly reference: string }
  switch (operation) {
    case 'trang-thai': {
      const standing = (await client.query(reference, signal)).standing()
      return standing?.status === 'paid' ? { status: 'paid', ...standing.payment } : standing
    }
    case 'bien-lai': {
      const bill = await client.bill(reference, signal)
      return bill && { content: Buffer.from(bill).toString('base64') }
    }
    default:
      throw permanent('operation-missing')
  }
}

/** What was asked for. */
const pick = (record: LookupRecord, fields: readonly string[]): LookupRecord =>
  Object.fromEntries(fields.map((field) => [field, record[field]]))

export default createConnector

/** Bưu chính công ích: orders to collect dossiers and return results, and their tracking. */
import {
  accountQuestion,
  type Connector,
  type CreateConnector,
  checkInSteps,
  type PostalOrderCancelled,
  type PostalOrderRequested,
  permanent,
} from '../../src/connector/index.ts'
import { createPostClient } from './client.ts'
import { readOptions } from './options.ts'
import { firstId, pullTracking } from './tracking.ts'
import { cancelOf, orderOf } from './translate.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createPostClient(context, options)
  const source = `/${context.province.toLowerCase()}/${context.system}`

  return {
    check: (signal) =>
      checkInSteps(context, [
        accountQuestion(() => client.logIn(signal)),
        {
          name: 'call',
          passed: {
            vi: 'Danh sách theo dõi trả lời đúng khuôn dạng.',
            en: 'The tracking was answered as agreed.',
          },
          ask: () => client.tracking(firstId, 1, signal).then(() => undefined),
        },
      ]),
    async send({ operation, message }, signal) {
      const edge = { codes: context.codes, at: new Date(message.time), options }
      const remoteCode =
        operation === 'push-order'
          ? await client.post('order', orderOf(edge, message.data as PostalOrderRequested), signal)
          : await client.post(
              'cancel',
              cancelOf(edge, message.data as PostalOrderCancelled),
              signal,
            )
      return { kind: 'delivered', evidence: { remoteCode } }
    },
    pull(request, signal) {
      if (request.operation !== 'theo-doi') throw permanent('operation-missing')
      return pullTracking({ client, source, pageSize: options.pageSize }, request, signal)
    },
    async close() {},
  }
}

export default createConnector

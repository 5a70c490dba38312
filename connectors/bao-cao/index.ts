/** Báo cáo: periodic statistics of dossiers, and the service index, to a reporting system. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  type DossierStatisticsReported,
  type Evidence,
  type OutgoingDelivery,
  permanent,
  type ServiceIndexReported,
} from '../../src/connector/index.ts'
import { createReportClient } from './client.ts'
import { readOptions } from './options.ts'
import { checkIndex } from './service-index.ts'
import { checkStatistics } from './translate.ts'

type Send = (message: OutgoingDelivery['message'], signal: AbortSignal) => Promise<Evidence>

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createReportClient(context, options)
  const sends: Readonly<Record<string, Send>> = {
    async 'gui-thong-ke'({ data }, signal) {
      const statistics = data as DossierStatisticsReported
      checkStatistics(statistics, options)
      return client.send(statistics, signal)
    },
    async 'gui-chi-so'(message, signal) {
      checkIndex(message.data as ServiceIndexReported, options)
      return client.sendIndex(message, signal)
    },
  }

  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'credentials',
          passed: {
            vi: 'Tài khoản được chấp nhận; hệ thống không có lời gọi thử nào.',
            en: 'The account was accepted; the system has no call that changes nothing.',
          },
          ask: async () => void (await client.logIn(signal)),
        },
      ]),
    async send({ operation, message }, signal) {
      const send = Object.hasOwn(sends, operation) ? sends[operation] : undefined
      if (!send) throw permanent('operation-missing')
      return { kind: 'delivered', evidence: await send(message, signal) }
    },
    async close() {},
  }
}

export default createConnector

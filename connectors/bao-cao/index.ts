/** Báo cáo: periodic statistics of dossiers to a reporting system. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  type DossierStatisticsReported,
  permanent,
} from '../../src/connector/index.ts'
import { createReportClient } from './client.ts'
import { readOptions } from './options.ts'
import { checkStatistics } from './translate.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createReportClient(context, options)

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
      if (operation !== 'gui-thong-ke') throw permanent('operation-missing')
      const data = message.data as DossierStatisticsReported
      checkStatistics(data, options)
      return { kind: 'delivered', evidence: await client.send(data, signal) }
    },
    async close() {},
  }
}

export default createConnector

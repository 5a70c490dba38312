/** Kho dữ liệu điện tử của tổ chức, cá nhân: results that can be used again, and results that were issued. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  type DossierResultIssued,
  type LookupQuestion,
  permanent,
  unauthorised,
  type Words,
} from '../../src/connector/index.ts'
import { createStoreClient } from './client.ts'
import { readOptions } from './options.ts'
import {
  fileRequest,
  outcomeOf,
  papersOf,
  readFile,
  readPapers,
  resultsRequest,
} from './translate.ts'

const noStore: Words = {
  vi: 'Hệ thống này chưa có kho của tỉnh (local) để gửi kết quả tới.',
  en: 'This system has no store of the province (local) to send results to.',
}

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createStoreClient(context, options)

  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'credentials',
          passed: { vi: 'Đăng nhập kho quốc gia được.', en: 'The national store lets us in.' },
          ask: () => client.logIn(signal).then(() => undefined),
        },
      ]),
    async lookup(question: LookupQuestion, signal) {
      if (question.operation === 'ket-qua-giay-to') {
        const request = resultsRequest(question, context.codes, context.clock.now())
        return readPapers(question, await client.results(request, signal), options)
      }
      if (question.operation === 'tep-giay-to')
        return readFile(question, await client.file(fileRequest(question), signal))
      throw permanent('operation-missing')
    },
    async send({ message }, signal) {
      // No message is to blame: the system is paused until somebody completes it.
      if (!options.local || !client.put)
        throw unauthorised('system-misconfigured', { detail: noStore })
      const papers = papersOf(message.data as DossierResultIssued, options.local)
      return outcomeOf(await client.put(papers, signal), options)
    },
    async close() {},
  }
}

export default createConnector

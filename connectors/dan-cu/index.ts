/** Cơ sở dữ liệu quốc gia về dân cư: the national population database, asked on behalf of an official. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  type LookupQuestion,
  type LookupRecord,
  permanent,
  type Words,
} from '../../src/connector/index.ts'
import { createPopulationClient } from './client.ts'
import { readOptions } from './options.ts'
import { parametersOf, readCitizen, readExists, type ServiceKey } from './translate.ts'

type Read = (
  body: Parameters<typeof readCitizen>[0],
  question: LookupQuestion,
) => LookupRecord | undefined

const reads: Readonly<Record<ServiceKey, Read>> = {
  'thong-tin-cong-dan': (body, question) =>
    readCitizen(body, parametersOf(question).number, question.fields),
  'xac-thuc': readExists,
  'nhan-than': readExists,
}

const isReal: Words = {
  vi: 'Cơ sở dữ liệu nói có người mang số định danh toàn số 0.',
  en: 'The database says that there is a person whose number is all zeros.',
}

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createPopulationClient(context, options)

  const lookup = async (question: LookupQuestion, signal: AbortSignal) => {
    const read = reads[question.operation as ServiceKey]
    if (!read) throw permanent('operation-missing')
    return read(await client.ask(question, signal), question)
  }

  /** About nobody: the service has no call that asks about no person. */
  const probe = (): LookupQuestion => ({
    id: `kiem-tra-${context.clock.now().getTime()}`,
    operation: 'xac-thuc',
    official: options.checkOfficial,
    unit: context.province,
    dossier: '',
    purpose: 'Kiểm tra kết nối',
    fields: ['exists'],
    parameters: {
      serviceCode: options.checkServiceCode,
      number: '000000000000',
      fullName: 'Kiểm Tra Kết Nối',
      birth: '1900',
    },
  })

  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'call',
          passed: {
            vi: 'Xác thực một người không có thật: trả lời đúng.',
            en: 'A person that does not exist was answered as agreed.',
          },
          ask: async () => {
            const record = await lookup(probe(), signal)
            return record?.exists === false ? undefined : isReal
          },
        },
      ]),
    lookup,
    async close() {},
  }
}

export default createConnector

/** Bảo hiểm xã hội Việt Nam: numbers and households of the insured, asked on behalf of an official. */
import {
  accountQuestion,
  type Connector,
  type CreateConnector,
  checkInSteps,
  type LookupQuestion,
  permanent,
} from '../../src/connector/index.ts'
import { createInsuranceClient } from './client.ts'
import { readOptions } from './options.ts'
import { calls, readAnswer } from './translate.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createInsuranceClient(context, options)

  const lookup = async (question: LookupQuestion, signal: AbortSignal) => {
    if (!Object.hasOwn(calls, question.operation)) throw permanent('operation-missing')
    return readAnswer(question, await client.ask(question, signal), options)
  }

  /** About nobody, unless a number is configured that the service wants to see. */
  const probe = (): LookupQuestion => ({
    id: `kiem-tra-${context.clock.now().getTime()}`,
    operation: 'ho-gia-dinh-theo-ma-so',
    official: options.checkOfficial ?? '',
    unit: context.province,
    dossier: '',
    purpose: 'Kiểm tra kết nối',
    fields: [],
    parameters: { insuranceNumber: options.checkNumber },
  })

  return {
    check: (signal) =>
      checkInSteps(context, [
        accountQuestion(() => client.logIn(signal)),
        {
          name: 'call',
          passed: {
            vi: 'Tra cứu một mã số: trả lời đúng khuôn dạng.',
            en: 'A number was answered as agreed.',
          },
          // Whoever it finds, or nobody: that it answers is what was asked.
          ask: () => lookup(probe(), signal).then(() => undefined),
        },
      ]),
    lookup,
    async close() {},
  }
}

export default createConnector

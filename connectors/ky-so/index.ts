/** Ký số từ xa: certificates of a signer, and a file signed with one of them, for an official who waits. */
import {
  type Connector,
  ConnectorError,
  type CreateConnector,
  checkInSteps,
  type LookupQuestion,
  permanent,
} from '../../src/connector/index.ts'
import { createSignatureClient } from './client.ts'
import { readOptions } from './options.ts'
import { calls, readCertificates, readSigned } from './translate.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createSignatureClient(context, options)

  const lookup = async (question: LookupQuestion, signal: AbortSignal) => {
    if (!Object.hasOwn(calls, question.operation)) throw permanent('operation-missing')
    const answer = await client.ask(question, signal)
    return question.operation === 'certificate'
      ? readCertificates(question, answer, options)
      : readSigned(question, answer, options)
  }

  /** Certificates of nobody, unless a person is configured: asking for them rings no telephone. */
  const probe = (): LookupQuestion => ({
    id: `kiem-tra-${context.clock.now().getTime()}`,
    operation: 'certificate',
    official: '',
    unit: context.province,
    dossier: '',
    purpose: 'Kiểm tra kết nối',
    fields: [],
    parameters: { userId: options.checkUser, authority: options.checkAuthority },
  })

  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'call',
          passed: {
            vi: 'Hỏi chứng thư số: trả lời đúng khuôn dạng.',
            en: 'A question for certificates was answered as agreed.',
          },
          ask: () => lookup(probe(), signal).then(() => undefined, passRefusalOfNobody),
        },
      ]),
    lookup,
    async close() {},
  }
}

/** Nobody knows the code by which the gateway says "no such person": that it refuses him is an answer. */
function passRefusalOfNobody(error: unknown): undefined {
  if (error instanceof ConnectorError && isAboutPerson(error)) return undefined
  throw error
}

const isAboutPerson = ({ outcome: { code, evidence } }: ConnectorError): boolean =>
  code === 'target-rejected' && evidence?.httpStatus === undefined

export default createConnector

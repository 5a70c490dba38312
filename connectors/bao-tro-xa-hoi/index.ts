/** Hệ thống bảo trợ xã hội: social protection dossiers, their beneficiaries and decisions. */
import {
  accountQuestion,
  type Connector,
  type CreateConnector,
  checkInSteps,
  type SocialProtectionUpserted,
} from '../../src/connector/index.ts'
import { createProtectionClient } from './client.ts'
import { readOptions } from './options.ts'
import { pushOf } from './translate.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createProtectionClient(context, options)

  return {
    check: (signal) =>
      checkInSteps(context, [
        accountQuestion(() => client.logIn(signal)),
        {
          name: 'call',
          passed: {
            vi: 'Dịch vụ trả lời; khoá AcceptKey chỉ được thử khi gửi hồ sơ.',
            en: 'The service answers; AcceptKey is put to the test only when a dossier is sent.',
          },
          ask: () => client.reach(signal).then(() => undefined),
        },
      ]),
    async send({ message }, signal) {
      const edge = { codes: context.codes, at: new Date(message.time), options }
      const push = pushOf(edge, message.data as SocialProtectionUpserted)
      return { kind: 'delivered', evidence: { remoteCode: await client.push(push, signal) } }
    },
    async close() {},
  }
}

export default createConnector

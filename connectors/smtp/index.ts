/** Thư điện tử công vụ: alerts and daily reports as mails, over the office's own mail server. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  unknown,
} from '../../src/connector/index.ts'
import { createMailClient } from './client.ts'
import { readOptions } from './options.ts'
import { mailOf } from './translate.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createMailClient(context, options)

  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'credentials',
          passed: {
            vi: 'Máy chủ thư chấp nhận tài khoản; không gửi thư nào.',
            en: 'The mail server accepts the account; no mail was sent.',
          },
          ask: () => client.logIn(signal).then(() => undefined),
        },
      ]),
    async send(delivery, signal) {
      const mail = context.outgoing('smtp/mail/v1', mailOf(delivery, options))
      const remoteMessage = (await client.send(mail, signal)).slice(0, 1000)
      // RFC 5321, 4.3.2: 250 is the one code by which a server takes a mail over.
      if (!/^250[ -]/.test(remoteMessage))
        throw unknown('answer-wording-unknown', { evidence: { remoteMessage } })
      return { kind: 'delivered', evidence: { remoteCode: '250', remoteMessage } }
    },
    async close() {},
  }
}

export default createConnector

/** System mau-moi: wiring only. What is said to it is in client.ts, what it means in translate.ts. */
import {
  accountQuestion,
  type Connector,
  type CreateConnector,
  checkInSteps,
  permanent,
  walkPages,
} from '../../../../../connector/index.ts'
import { type ClientOptions, createClient } from './client.ts'
import { sameQuestion, toMessage, toQuestion } from './translate.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = context.options as unknown as ClientOptions
  const client = createClient(context, options)
  const source = `/${context.province.toLowerCase()}/${context.system}`

  return {
    check: (signal) =>
      checkInSteps(context, [
        accountQuestion(() => client.logIn(signal)),
        {
          name: 'call',
          passed: { vi: 'Đọc thử được.', en: 'A trial call was answered.' },
          ask: () => client.answers({ at: 0, limit: 1 }, signal).then(() => undefined),
        },
      ]),

    async send({ message, idempotencyKey }, signal) {
      const question = toQuestion(message)
      if ((await client.put(question, idempotencyKey, signal)) === 'saved')
        return { kind: 'delivered' }
      // It has one already: the same is success, another is not ours to overwrite.
      const held = await client.find(question.code, signal)
      if (held && sameQuestion(held, question)) return { kind: 'delivered' }
      throw permanent('target-rejected')
    },

    async confirm({ message }, signal) {
      const question = toQuestion(message)
      const held = await client.find(question.code, signal)
      return held && sameQuestion(held, question) ? 'applied' : 'not-applied'
    },

    async pull(request, signal) {
      const { rows, ...page } = await walkPages(
        {
          by: 'offset',
          pageSize: options.pageSize ?? 100,
          read: client.answers,
          keyOf: ({ code }) => code,
          changedAt: ({ changedAt }) => changedAt,
          clock: context.clock,
        },
        request,
        signal,
      )
      return { ...page, messages: rows.map((answer) => toMessage(source, answer)) }
    },

    async close() {},
  }
}

export default createConnector

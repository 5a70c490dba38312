/** Hệ thống đăng ký doanh nghiệp quốc gia: enterprises and registration dossiers. */
import {
  accountQuestion,
  type Connector,
  type CreateConnector,
  checkInSteps,
  type LookupQuestion,
  permanent,
} from '../../src/connector/index.ts'
import { createRegistryClient } from './client.ts'
import { lookups, questionOf, recordOf } from './lookups.ts'
import { readOptions } from './options.ts'
import { type PullTools, pullReceived, pullToday } from './pulls.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createRegistryClient(context, options)
  const tools: PullTools = {
    client,
    source: `/${context.province.toLowerCase()}/${context.system}`,
    pageSize: options.pageSize,
    ...(options.pullFrom !== undefined && { pullFrom: options.pullFrom }),
    now: () => context.clock.now(),
  }

  const lookup = async (question: LookupQuestion, signal: AbortSignal) => {
    const asked = Object.hasOwn(lookups, question.operation) && lookups[question.operation]
    if (!asked) throw permanent('operation-missing')
    const answer = await client.ask(questionOf(asked, question), signal)
    return answer && recordOf(asked, question, answer)
  }

  return {
    check: (signal) =>
      checkInSteps(context, [
        accountQuestion(() => client.logIn(signal)),
        {
          name: 'call',
          passed: {
            vi: 'Tra cứu một doanh nghiệp: trả lời đúng khuôn dạng.',
            en: 'An enterprise was answered as agreed.',
          },
          // Whichever it finds, or none: that it answers is what was asked.
          ask: () =>
            client
              .ask(
                {
                  call: 'chiTietDoanhNghiep',
                  query: { msdn: options.checkCode },
                  official: options.checkOfficial ?? '',
                },
                signal,
              )
              .then(() => undefined),
        },
      ]),
    pull(request, signal) {
      switch (request.operation) {
        case 'ho-so-tiep-nhan':
          return pullReceived(tools, request, signal)
        case 'ho-so-trong-ngay':
          return pullToday(tools, request, signal)
        default:
          throw permanent('operation-missing')
      }
    },
    lookup,
    async close() {},
  }
}

export default createConnector

/** Hệ thống lý lịch tư pháp: criminal records to issue, and what became of the requests. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  permanent,
} from '../../src/connector/index.ts'
import { createCriminalRecordClient } from './client.ts'
import { readOptions } from './options.ts'
import { confirmRequest, sendRequest, type Tools } from './push.ts'
import { pullStates } from './states.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createCriminalRecordClient(context, options)
  const tools: Tools = { context, options, client }

  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'credentials',
          passed: {
            vi: 'Khoá được chấp nhận: hỏi một mã hồ sơ không có thì trả lời đúng khuôn dạng.',
            en: 'The key was accepted: a code that nobody has was answered as agreed.',
          },
          ask: () => client.states(`${context.province}-000000-0000`, signal).then(() => undefined),
        },
      ]),
    send: (delivery, signal) => sendRequest(tools, delivery, signal),
    confirm: (delivery, signal) => confirmRequest(tools, delivery, signal),
    async pull(request, signal) {
      if (request.operation !== 'states') throw permanent('operation-missing')
      return pullStates(tools, request, signal)
    },
    async close() {},
  }
}

export default createConnector

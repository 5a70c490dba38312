/** Hệ thống thông tin đăng ký, quản lý hộ tịch: births and deaths to register, and what became of them. */
import {
  accountQuestion,
  type Connector,
  type CreateConnector,
  checkInSteps,
  permanent,
} from '../../src/connector/index.ts'
import { createCivilStatusClient } from './client.ts'
import { readOptions } from './options.ts'
import { confirmRequest, moduleOf, sendRequest, type Tools } from './push.ts'
import { pullStates } from './states.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createCivilStatusClient(context, options)
  const tools: Tools = { context, options, client }

  return {
    check: (signal) =>
      checkInSteps(context, [
        accountQuestion(() => client.logIn(signal)),
        {
          name: 'call',
          passed: {
            vi: 'Hỏi một mã hồ sơ không có: trả lời đúng khuôn dạng.',
            en: 'A code that nobody has was answered as agreed.',
          },
          ask: () =>
            client
              .states([`${context.province}-000000-0000`], moduleOf(context, 'birth'), signal)
              .then(() => undefined),
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

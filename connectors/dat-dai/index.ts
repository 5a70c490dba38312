/** Hệ thống thông tin đất đai: dossiers to ILIS, callbacks of VBDLIS. */
import {
  type Connector,
  type CreateConnector,
  checkInSteps,
  permanent,
  type Words,
} from '../../src/connector/index.ts'
import { createIlisClient } from './client.ts'
import { createDoors } from './doors.ts'
import { readOptions } from './options.ts'
import { sendRequest } from './push.ts'

const createConnector: CreateConnector = (context): Connector => {
  const { ilis, vbdlis } = readOptions(context.options)
  const client = ilis && createIlisClient(context, ilis)

  return {
    // A dossier would be the only call of ILIS; VBDLIS is never called.
    check: async (signal) =>
      client
        ? checkInSteps(context, [
            {
              name: 'credentials',
              passed: { vi: 'Tài khoản được chấp nhận.', en: 'The account was accepted.' },
              ask: () => client.logIn(signal).then(() => undefined),
            },
          ])
        : [{ name: 'call', ok: true, durationMs: 0, detail: nothingToCall }],
    async send(delivery, signal) {
      if (!ilis || !client) throw permanent('operation-missing')
      return sendRequest(context, ilis, client, delivery, signal)
    },
    ...(vbdlis && { doors: createDoors(context, vbdlis) }),
    async close() {},
  }
}

const nothingToCall: Words = {
  vi: 'Không có gì để gọi: hệ thống này chỉ gọi vào liên thông.',
  en: 'Nothing to call: this system only calls the hub.',
}

export default createConnector

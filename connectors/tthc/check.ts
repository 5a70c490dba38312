/** The connection test: account, one harmless question. */
import {
  accountQuestion,
  type CheckStep,
  type ConnectorContext,
  checkInSteps,
  type Words,
} from '../../src/connector/index.ts'
import type { TthcClient } from './client.ts'

const claimsTooMuch: Words = {
  vi: 'Phần mềm một cửa nói đã ghi nhận một khoá chưa từng gửi.',
  en: 'The TTHC system says that it holds a key which was never sent.',
}

/** Changes nothing: asks about a key that was never sent. */
export const check = (
  context: ConnectorContext,
  client: TthcClient,
  signal: AbortSignal,
): Promise<readonly CheckStep[]> =>
  checkInSteps(context, [
    accountQuestion(() => client.logIn(signal)),
    {
      name: 'call',
      passed: {
        vi: 'Tra cứu một khoá chưa từng gửi: trả lời đúng.',
        en: 'A key never sent was answered as agreed.',
      },
      ask: async () =>
        (await client.status('kiem-tra-ket-noi', signal)) === 'unknown' ? undefined : claimsTooMuch,
    },
  ])

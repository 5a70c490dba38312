/** The connection test: account, one harmless question. */
import { type CheckStep, type ConnectorContext, checkInSteps } from '../../src/connector/index.ts'
import type { PortalClient } from './client.ts'

/** Changes nothing: logs in and asks for a dossier of the province that cannot exist. */
export const check = (
  context: ConnectorContext,
  client: PortalClient,
  signal: AbortSignal,
): Promise<readonly CheckStep[]> =>
  checkInSteps(context, [
    {
      name: 'credentials',
      passed: { vi: 'Cổng chấp nhận tài khoản.', en: 'The portal accepted the account.' },
      ask: async () => void (await client.logIn(signal)),
    },
    {
      name: 'call',
      passed: { vi: 'Cổng trả lời tra cứu hồ sơ.', en: 'The portal answered a dossier lookup.' },
      ask: async () => void (await client.dossier(`${context.province}-000101-0000`, signal)),
    },
  ])

/** The connection test: reach, account, one harmless question. */
import {
  type CheckStep,
  type ConnectorContext,
  ConnectorError,
  type Words,
} from '../../src/connector/index.ts'
import type { PortalClient } from './client.ts'

type StepName = CheckStep['name']

const passed: Readonly<Record<'tcp' | 'credentials' | 'call', Words>> = {
  tcp: { vi: 'Kết nối được tới adapter.', en: 'The adapter is reached.' },
  credentials: { vi: 'Cổng chấp nhận tài khoản.', en: 'The portal accepted the account.' },
  call: { vi: 'Cổng trả lời tra cứu hồ sơ.', en: 'The portal answered a dossier lookup.' },
}

const stopped: Readonly<Record<StepName, Words>> = {
  dns: { vi: 'Không phân giải được tên máy của adapter', en: 'The adapter has no address' },
  tcp: { vi: 'Không kết nối được tới adapter', en: 'The adapter is not reached' },
  tls: { vi: 'Chứng thư TLS không hợp lệ', en: 'The TLS certificate is not acceptable' },
  credentials: { vi: 'Cổng từ chối tài khoản', en: 'The portal refused the account' },
  call: { vi: 'Cổng không trả lời đúng thoả thuận', en: 'The portal did not answer as agreed' },
}

/** Where a failure belongs, when it is not the step's own. */
const stepOfCode: Readonly<Record<string, StepName>> = {
  'name-not-resolved': 'dns',
  'connection-refused': 'tcp',
  'connect-timeout': 'tcp',
  'tls-failed': 'tls',
  'session-refused': 'credentials',
}

/** Changes nothing: logs in and asks for a dossier of the province that cannot exist. */
export async function check(
  context: ConnectorContext,
  client: PortalClient,
  signal: AbortSignal,
): Promise<readonly CheckStep[]> {
  const probe = `${context.province}-000101-0000`
  const login = await step(context, 'credentials', () => client.logIn(signal))
  if (!login.ok) return [login]
  const reached: CheckStep = { ...login, name: 'tcp', detail: passed.tcp }
  return [reached, login, await step(context, 'call', () => client.dossier(probe, signal))]
}

async function step(
  context: ConnectorContext,
  name: 'credentials' | 'call',
  act: () => Promise<unknown>,
): Promise<CheckStep> {
  const startedAt = context.clock.now().getTime()
  const took = (): number => context.clock.now().getTime() - startedAt
  try {
    await act()
    return { name, ok: true, durationMs: took(), detail: passed[name] }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    // Whatever is not about the way there or the account is an answer that was not agreed.
    const at = stepOfCode[error.code] ?? 'call'
    const { vi, en } = stopped[at]
    const detail = { vi: `${vi} (${error.code}).`, en: `${en} (${error.code}).` }
    return { name: at, ok: false, durationMs: took(), detail }
  }
}

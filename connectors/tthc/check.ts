/** The connection test: reach, account, one harmless question. */
import {
  type CheckStep,
  type ConnectorContext,
  ConnectorError,
  type Words,
} from '../../src/connector/index.ts'
import type { TthcClient } from './client.ts'

type StepName = CheckStep['name']

const passed: Readonly<Record<'tcp' | 'credentials' | 'call', Words>> = {
  tcp: { vi: 'Kết nối được tới phần mềm một cửa.', en: 'The TTHC system is reached.' },
  credentials: { vi: 'Tài khoản được chấp nhận.', en: 'The account was accepted.' },
  call: {
    vi: 'Tra cứu một khoá chưa từng gửi: trả lời đúng.',
    en: 'A key never sent was answered as agreed.',
  },
}

const stopped: Readonly<Record<StepName, Words>> = {
  dns: { vi: 'Không phân giải được tên máy', en: 'The host has no address' },
  tcp: { vi: 'Không kết nối được', en: 'The host is not reached' },
  tls: { vi: 'Chứng thư TLS không hợp lệ', en: 'The TLS certificate is not acceptable' },
  credentials: { vi: 'Tài khoản bị từ chối', en: 'The account was refused' },
  call: { vi: 'Không trả lời đúng thoả thuận', en: 'It did not answer as agreed' },
}

const claimsTooMuch: Words = {
  vi: 'Phần mềm một cửa nói đã ghi nhận một khoá chưa từng gửi.',
  en: 'The TTHC system says that it holds a key which was never sent.',
}

/** Where a failure belongs, when it is not the step's own. */
const stepOfCode: Readonly<Record<string, StepName>> = {
  'name-not-resolved': 'dns',
  'connection-refused': 'tcp',
  'connect-timeout': 'tcp',
  'tls-failed': 'tls',
  'session-refused': 'credentials',
  'target-forbidden': 'credentials',
}

/** Changes nothing: asks about a key that was never sent. */
export async function check(
  context: ConnectorContext,
  client: TthcClient,
  signal: AbortSignal,
): Promise<readonly CheckStep[]> {
  const startedAt = context.clock.now().getTime()
  const done = (name: StepName, ok: boolean, detail: Words): CheckStep => ({
    name,
    ok,
    durationMs: context.clock.now().getTime() - startedAt,
    detail,
  })
  const good = (name: keyof typeof passed): CheckStep => done(name, true, passed[name])
  try {
    await client.logIn(signal)
    const status = await client.status('kiem-tra-ket-noi', signal)
    const call = status === 'unknown' ? good('call') : done('call', false, claimsTooMuch)
    return [good('tcp'), good('credentials'), call]
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const at = stepOfCode[error.code] ?? 'call'
    const { vi, en } = stopped[at]
    const detail = { vi: `${vi} (${error.code}).`, en: `${en} (${error.code}).` }
    const reached = ['dns', 'tcp', 'tls'].includes(at) ? [] : [good('tcp')]
    const known = at === 'call' ? [good('credentials')] : []
    return [...reached, ...known, done(at, false, detail)]
  }
}

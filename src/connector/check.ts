/**
 * The connection test of any connector: reach, account, one harmless call. What a step throws says where
 * the way ends, so that an operator reads "no address" and not "login failed".
 */
import type { Words } from '../domain/errors.ts'
import type { CheckStep, ConnectorContext } from './contract.ts'
import { ConnectorError } from './errors.ts'

export interface CheckQuestion {
  readonly name: 'credentials' | 'call'
  /** What the operator reads when it went well. */
  readonly passed: Words
  /** Changes nothing. Words that it returns say why it did not go well; it may throw as `send` does. */
  ask(): Promise<Words | undefined>
}

/** First of all: a new login. Where nobody logs in, the first call shows whether the account is right. */
export const accountQuestion = (logIn: () => Promise<void>): CheckQuestion => ({
  name: 'credentials',
  passed: { vi: 'Tài khoản được chấp nhận.', en: 'The account was accepted.' },
  ask: () => logIn().then(() => undefined),
})

type StepName = CheckStep['name']

const stopped: Readonly<Record<StepName, Words>> = {
  dns: { vi: 'Không phân giải được tên máy', en: 'The host has no address' },
  tcp: { vi: 'Không kết nối được', en: 'The host is not reached' },
  tls: { vi: 'Chứng thư TLS không hợp lệ', en: 'The TLS certificate is not acceptable' },
  credentials: { vi: 'Tài khoản bị từ chối', en: 'The account was refused' },
  call: { vi: 'Không trả lời đúng thoả thuận', en: 'It did not answer as agreed' },
}

const reached: Words = { vi: 'Kết nối được.', en: 'The host is reached.' }

/** Where a failure belongs, whatever was asked; everything else is an answer that was not agreed. */
const stepOfCode: Readonly<Record<string, StepName>> = {
  'name-not-resolved': 'dns',
  'connection-refused': 'tcp',
  'connect-timeout': 'tcp',
  'tls-failed': 'tls',
  'session-refused': 'credentials',
  'target-forbidden': 'credentials',
}

/** The order in which a connection comes about. */
export const checkOrder: readonly StepName[] = ['dns', 'tcp', 'tls', 'credentials', 'call']

export const notTried = (name: StepName): CheckStep => ({
  ...{ name, ok: false, tried: false, durationMs: 0 },
  detail: {
    vi: 'Chưa thử, vì bước trước chưa đạt.',
    en: 'Not tried, for the step before did not go well.',
  },
})

/** What would have been asked after the step that did not go well. */
const withUntried = (
  steps: readonly CheckStep[],
  questions: readonly CheckQuestion[],
): readonly CheckStep[] => {
  const last = steps.at(-1)
  if (!last || last.ok) return steps
  const later = checkOrder
    .slice(checkOrder.indexOf(last.name) + 1)
    .filter((name) => questions.some((question) => question.name === name))
    .filter((name) => !steps.some((step) => step.name === name))
  return [...steps, ...later.map(notTried)]
}

/** Asks one question after the other; what comes after the first that does not go well is not tried. */
export async function checkInSteps(
  { clock }: ConnectorContext,
  questions: readonly CheckQuestion[],
): Promise<readonly CheckStep[]> {
  const steps: CheckStep[] = []
  for (const { name, passed, ask } of questions) {
    const startedAt = clock.now().getTime()
    const add = (step: StepName, ok: boolean, detail: Words): void =>
      void steps.push({ name: step, ok, durationMs: clock.now().getTime() - startedAt, detail })
    const isReached = (): void => {
      if (steps.length === 0) add('tcp', true, reached)
    }
    try {
      const wrong = await ask()
      isReached()
      add(name, wrong === undefined, wrong ?? passed)
      if (wrong) return withUntried(steps, questions)
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      const at = stepOfCode[error.code] ?? 'call'
      if (at === 'credentials' || at === 'call') isReached()
      // A key is refused by the first call that needs it: what was said of it before does not hold.
      const before = steps.findIndex((step) => step.name === at)
      if (before >= 0) steps.splice(before)
      const { vi, en } = stopped[at]
      add(at, false, { vi: `${vi} (${error.code}).`, en: `${en} (${error.code}).` })
      return withUntried(steps, questions)
    }
  }
  return steps
}

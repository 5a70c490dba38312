import {
  type Breakage,
  delivered,
  doubtful,
  naiveSession,
  withContext,
  withOutcome,
  withParts,
} from './breakage.ts'

export const sendingBreakages: readonly Breakage[] = [
  {
    name: 'takes everything for delivered',
    rules: [
      'send-credentials',
      'send-closed-port',
      'mode-refuse',
      'mode-busy',
      'mode-rate-limit',
      'mode-reset-before',
      ...doubtful,
      'signal',
      'signal-before',
    ],
    change: withOutcome(() => delivered),
  },
  {
    name: 'takes every failure for final',
    rules: ['send-credentials', 'mode-busy', 'mode-rate-limit', ...doubtful, 'signal-before'],
    change: withOutcome((outcome) =>
      outcome.kind === 'delivered' ? outcome : { kind: 'permanent', code: 'target-rejected' },
    ),
  },
  {
    name: 'tries again whatever happened',
    rules: ['send-credentials', 'mode-refuse', ...doubtful, 'signal'],
    change: withOutcome((outcome) =>
      outcome.kind === 'delivered' ? outcome : { kind: 'retry', code: 'target-busy' },
    ),
  },
  {
    name: 'is never sure',
    rules: ['send-closed-port', 'mode-refuse', 'mode-busy', 'mode-rate-limit', 'mode-slow'],
    change: withOutcome(() => ({ kind: 'unknown', code: 'outcome-unknown' })),
  },
  {
    name: 'has no patience',
    rules: ['mode-busy'],
    change: withOutcome((outcome) =>
      outcome.kind === 'retry' ? { kind: 'retry', code: outcome.code } : outcome,
    ),
  },
  {
    name: 'alters the Unicode form',
    rules: ['arrives'],
    change: withContext((context) => ({
      outgoing: (schema, value) =>
        context.outgoing(schema, JSON.parse(JSON.stringify(value).normalize('NFD'))),
    })),
  },
  {
    name: 'remembers too much',
    rules: ['arrives'],
    change: withOutcome((outcome) => ({ ...outcome, memo: { all: 'x'.repeat(9000) } })),
  },
  {
    name: 'follows too much',
    rules: ['arrives'],
    change: withOutcome((outcome) =>
      outcome.kind === 'delivered' ? { ...outcome, follow: { all: 'x'.repeat(9000) } } : outcome,
    ),
  },
  {
    name: 'follows what it forgets to follow when it finds out later',
    rules: ['repeats'],
    change: withOutcome((outcome) =>
      outcome.kind === 'delivered' ? { ...outcome, follow: { code: 'x' } } : outcome,
    ),
  },
  {
    name: 'has a second effect at the second try',
    rules: ['repeats'],
    change: withParts((connector) => ({
      sendBatch: async (deliveries, signal) =>
        (await connector.sendBatch?.(
          deliveries.map((delivery) => ({
            ...delivery,
            message: {
              ...delivery.message,
              subject: `${delivery.message.subject}-${delivery.attempt}`,
            },
          })),
          signal,
        )) ?? [],
    })),
  },
  {
    name: 'never finds what it sent',
    rules: [
      'repeats',
      'mode-timeout-after',
      'mode-half-body',
      'mode-unknown-words',
      'confirm-fails',
    ],
    change: withParts(() => ({ confirm: async () => 'not-applied' })),
  },
  {
    name: 'finds what it never sent',
    rules: ['confirm-absent', 'mode-timeout-before', 'mode-html-200', 'confirm-fails'],
    change: withParts(() => ({ confirm: async () => 'applied' })),
  },
  {
    name: 'takes a failed question for "not applied"',
    rules: ['confirm-fails'],
    change: withParts((connector) => ({
      confirm: async (delivery, signal) =>
        (await connector.confirm?.(delivery, signal).catch(() => undefined)) ?? 'not-applied',
    })),
  },
  {
    name: 'takes half a batch for a whole one',
    rules: ['batches'],
    change: withParts((connector) => ({
      async sendBatch(deliveries, signal) {
        await connector.sendBatch?.(deliveries, signal)
        return deliveries.map(() => delivered)
      },
    })),
  },
  {
    name: 'forgets outcomes of a batch',
    rules: ['batches'],
    change: withParts((connector) => ({
      sendBatch: async (deliveries, signal) =>
        (await connector.sendBatch?.(deliveries, signal))?.slice(0, 1) ?? [],
    })),
  },
  {
    name: 'has no patience with a slow answer',
    rules: ['mode-slow'],
    change: withContext(({ http }) => ({
      http: { request: (request) => http.request({ ...request, timeoutMs: 60 }) },
    })),
  },
  {
    name: 'takes "already there" for a refusal',
    rules: ['mode-duplicate'],
    change: withOutcome((outcome, { attempt }) =>
      attempt === 1 ? outcome : { kind: 'permanent', code: 'target-rejected' },
    ),
  },
  {
    name: 'keeps a session for ever',
    rules: ['mode-session-expired', 'login-fails'],
    change: withContext(() => ({ session: ({ login }) => naiveSession(login) })),
  },
]

import { type Breakage, ok, withParts } from './breakage.ts'

export const folderBreakages: readonly Breakage[] = [
  {
    name: 'has a simulator that tells nobody what it did',
    rules: ['simulator-remembers'],
    change: (subject) => ({
      ...subject,
      createSimulator: ({ onEntry: _, ...options }) => subject.createSimulator(options),
    }),
  },
  {
    name: 'has a simulator that begins with nothing',
    rules: ['simulator-remembers'],
    change: (subject) => ({
      ...subject,
      createSimulator: ({ state: _, ...options }) => subject.createSimulator(options),
    }),
  },
  {
    name: 'has no README',
    rules: ['readme'],
    change: (subject) => ({ ...subject, readme: '' }),
  },
  {
    name: 'has a README about another system',
    rules: ['readme'],
    change: (subject) => ({
      ...subject,
      readme: '# Hệ thống khác\n## Quyền truy cập\n## Giới hạn\n',
    }),
  },
  {
    name: 'says nothing of limits',
    rules: ['readme'],
    change: (subject) => ({ ...subject, readme: '# Sổ ghi mẫu\n## Quyền truy cập\n' }),
  },
  {
    name: 'takes options it does not know',
    rules: ['options'],
    change: (subject) => ({
      ...subject,
      manifest: {
        ...subject.manifest,
        options: { ...subject.manifest.options, additionalProperties: true },
      },
    }),
  },
  {
    name: 'cannot confirm',
    rules: ['parts'],
    change: (subject) => ({
      ...subject,
      create(context) {
        const { confirm: _, ...rest } = subject.create(context)
        return rest
      },
    }),
  },
  {
    name: 'has a door that its manifest does not mention',
    rules: ['parts'],
    change: withParts(() => ({
      doors: [
        {
          method: 'GET',
          path: '/x',
          title: ok.detail,
          maxBytes: 1,
          handle: async () => ({ status: 200, body: '' }),
        },
      ],
    })),
  },
  {
    name: 'lacks a fixture',
    rules: ['fixtures'],
    change: (subject) => ({
      ...subject,
      cases: subject.cases.filter(({ name }) => name !== 'call'),
    }),
  },
  {
    name: 'has a fixture that the canonical schema refuses',
    rules: ['fixtures'],
    change: (subject) => ({
      ...subject,
      cases: subject.cases.map((one) => ({
        ...one,
        messages: one.messages.map((message) => ({ ...message, data: { title: 'thiếu' } })),
      })),
    }),
  },
  {
    name: 'has a simulator that only behaves',
    rules: ['modes'],
    change: (subject) => ({
      ...subject,
      createSimulator: async (options) => ({
        ...(await subject.createSimulator(options)),
        modes: ['slow'],
      }),
    }),
  },
  {
    name: 'checks nothing',
    rules: ['check-credentials', 'check-closed-port'],
    change: withParts(() => ({ check: async () => [{ name: 'call', ...ok }] })),
  },
  {
    name: 'checks the way there only',
    rules: ['check-passes'],
    change: withParts(() => ({ check: async () => [{ name: 'tcp', ...ok }] })),
  },
  {
    name: 'writes when it checks',
    rules: ['check-passes'],
    change: withParts((connector, context) => ({
      async check(signal) {
        const { address } = context.options as { address: string }
        const steps = await connector.check(signal)
        const data = { title: 'thử', author: 'thử', writtenAt: '2026-01-01T00:00:00Z' }
        const message = { id: '1', source: address, eventId: '1', type: 't', subject: 'H99-9' }
        const whole = { ...message, time: data.writtenAt, data }
        const delivery = { id: '1.1', idempotencyKey: '1', attempt: 1, memo: undefined }
        await connector.send?.({ ...delivery, operation: 'note', message: whole }, signal)
        return steps
      },
    })),
  },
]

/** Broken pulls and lookups, and what a connector must not leave behind. */
import type { IncomingMessage } from '../../../src/connector/index.ts'
import { type Breakage, caught, steady, withOutcome, withParts } from './breakage.ts'

export const leavingBreakages: readonly Breakage[] = [
  {
    name: 'gives messages new ids at every pull',
    rules: ['pulls'],
    change: withParts((connector) => ({
      async pull(request, signal) {
        const page = await connector.pull?.(request, signal)
        const messages = (page?.messages ?? []).map((message) => ({
          ...message,
          eventId: String(Math.random()),
        }))
        return { cursor: undefined, more: false, ...page, messages }
      },
    })),
  },
  {
    name: 'pulls messages that no schema allows',
    rules: ['pulls'],
    change: withParts((connector) => ({
      async pull(request, signal) {
        const page = await connector.pull?.(request, signal)
        const messages = (page?.messages ?? []).map(
          (message): IncomingMessage => ({ ...message, data: {} }),
        )
        return { cursor: undefined, more: false, ...page, messages }
      },
    })),
  },
  {
    name: 'does not move its cursor',
    rules: ['pulls'],
    change: withParts((connector) => ({
      async pull(request, signal) {
        const page = await connector.pull?.(request, signal)
        return { messages: [], ...page, cursor: request.cursor, more: true }
      },
    })),
  },
  {
    name: 'takes a failed pull for an empty one',
    rules: ['pull-fails'],
    change: withParts((connector) => ({
      pull: async (request, signal) =>
        (await connector.pull?.(request, signal).catch(() => undefined)) ?? {
          messages: [],
          cursor: request.cursor,
          more: false,
        },
    })),
  },
  {
    name: 'tells more than it was asked',
    rules: ['lookups'],
    change: withParts((connector) => ({
      lookup: async (question, signal) => ({
        ...((await connector.lookup?.(question, signal)) as object),
        author: 'Nguyễn Thị Thử Nghiệm',
      }),
    })),
  },
  {
    name: 'takes a failed lookup for one that found nothing',
    rules: ['lookup-fails'],
    change: withParts((connector) => ({
      lookup: (question, signal) =>
        Promise.resolve(connector.lookup?.(question, signal)).catch(() => undefined),
    })),
  },
  {
    name: 'does not listen to its signal',
    rules: ['signal', 'signal-before', 'signal-questions'],
    change: withParts((connector) => ({
      check: () => connector.check(steady),
      send: (delivery) => caught(connector.send?.(delivery, steady)),
    })),
  },
  {
    name: 'cannot be closed twice',
    rules: ['close'],
    change: withParts(() => {
      let closed = 0
      return {
        async close() {
          closed += 1
          if (closed === 2) throw new Error('closed already')
        },
      }
    }),
  },
  {
    name: 'logs what it sends',
    rules: ['silent'],
    change: withParts((connector, { log }) => ({
      send(delivery, signal) {
        const { title } = delivery.message.data as { title: string }
        log.info('delivery.attempted', { title })
        return caught(connector.send?.(delivery, signal))
      },
    })),
  },
  {
    name: 'puts a name into the memo',
    rules: ['silent'],
    change: withOutcome((outcome, { message }) => ({
      ...outcome,
      memo: { last: (message.data as { author: string }).author },
    })),
  },
  {
    name: 'shows its password when it is refused',
    rules: ['silent'],
    change: withParts((connector, { options }) => ({
      async check(signal) {
        return connector.check(signal)
      },
      async send(delivery, signal) {
        const outcome = await caught(connector.send?.(delivery, signal))
        if (outcome.kind !== 'auth') return outcome
        const text = `password ${options.password} was refused`
        return { ...outcome, detail: { vi: text, en: text } }
      },
    })),
  },
  {
    name: 'talks to the console',
    rules: ['console'],
    change: withParts((connector) => ({
      send(delivery, signal) {
        console.info('sending')
        return caught(connector.send?.(delivery, signal))
      },
    })),
  },
]

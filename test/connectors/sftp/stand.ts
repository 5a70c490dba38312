/** A file server, a connector that reads from it, and runs as the engine makes them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import manifest from '../../../connectors/sftp/connector.json' with { type: 'json' }
import createConnector from '../../../connectors/sftp/index.ts'
import { createSftpSimulator, type SftpSimulator } from '../../../connectors/sftp/simulator.ts'
import { createSchemaRegistry } from '../../../src/adapters/ajv/schema-registry.ts'
import { createContext } from '../../../src/adapters/connectors/context.ts'
import {
  type Connector,
  ConnectorError,
  type IncomingMessage,
  type OutgoingDelivery,
  type PullPage,
  type PullRequest,
  type UnreadRecord,
} from '../../../src/connector/index.ts'
import { pullRequest } from '../../support/pull-request.ts'
import { quietLogger } from '../../support/quiet-logger.ts'

const registry = createSchemaRegistry([join(import.meta.dirname, '../../../schemas')])
export const steady = new AbortController().signal
export const example = manifest.options.examples[0] as unknown as Record<string, unknown>
export const hostKey = (example.hostKeys as string[])[0] ?? ''

/** One pull of CSV that moves what it has read; changed by the tests. */
export const pull = {
  ...{ name: 'rows', folder: '/vao', files: '*.csv', format: { kind: 'csv' }, pageSize: 2 },
  ...{ done: '/vao/xong', bad: '/vao/hong', types: ['vn.thu.v1'] },
  title: { vi: 'Dòng', en: 'Rows' },
  message: {
    subject: '/ma',
    data: [
      { to: '/id', from: '/ma' },
      { to: '/name', from: '/ten', required: false },
    ],
  },
}

export interface Stand {
  readonly server: SftpSimulator
  connector(change?: object, timeoutMs?: number): Connector
  close(): Promise<void>
}

export async function openStand(): Promise<Stand> {
  const server = await createSftpSimulator({ port: 0 })
  const open: Connector[] = []
  return {
    server,
    connector(change = {}, timeoutMs = 5_000) {
      const connector = createConnector(
        createContext({
          ...{ system: 'tep', province: 'H99', publicUrl: 'https://hub.example.test' },
          options: { ...example, server: server.address, pulls: [pull], ...change },
          http: { request: () => Promise.reject(new Error('no HTTP here')) },
          ...{ timeoutMs, clock: { now: () => new Date() }, log: quietLogger },
          ...{ codes: { toRemote: () => '', toCanonical: () => '' }, validate: registry.validate },
          ...{ seal: (text: string) => text, open: (text: string) => text },
        }),
      )
      open.push(connector)
      return connector
    },
    async close() {
      await Promise.all(open.map((connector) => connector.close()))
      await server.stop()
    },
  }
}

/** What of a hub a file server's connector is told: kept from one run to the next where a test hands it on. */
export interface FakeHub {
  refused: readonly string[]
  /** Subjects of messages that it refuses. */
  readonly refuses: Set<string>
  readonly accepted: Map<string, IncomingMessage>
  /** Ids that came again with other bytes. */
  readonly conflicts: string[]
  readonly timesOf: PullRequest['timesOf']
  commit(page: PullPage): void
}

export function createFakeHub(): FakeHub {
  const accepted = new Map<string, IncomingMessage>()
  const hub: FakeHub = {
    ...{ refused: [], refuses: new Set(), accepted, conflicts: [] },
    timesOf: async (_, ids) =>
      new Map(
        ids.flatMap((id) => [[id, accepted.get(id)?.time ?? '']] as const).filter(([, at]) => at),
      ),
    commit({ messages }) {
      hub.refused = messages.flatMap((message) => {
        const { eventId, subject } = message
        if (hub.refuses.has(subject)) return [eventId]
        const before = accepted.get(eventId)
        if (!before) accepted.set(eventId, message)
        else if (JSON.stringify(before) !== JSON.stringify(message)) {
          hub.conflicts.push(eventId)
          return [eventId]
        }
        return []
      })
    },
  }
  return hub
}

export interface Run {
  readonly messages: readonly IncomingMessage[]
  readonly unread: readonly UnreadRecord[]
  readonly cursor: string | undefined
  readonly pages: readonly PullPage[]
}

/** Pages until there is no more, or as many as are wanted. */
export async function run(
  connector: Connector,
  from?: string,
  {
    operation = 'rows',
    most = Number.POSITIVE_INFINITY,
    hub = createFakeHub(),
  }: { operation?: string; most?: number; hub?: FakeHub } = {},
): Promise<Run> {
  const pages: PullPage[] = []
  let cursor = from
  do {
    const { refused, timesOf } = hub
    const request = pullRequest({ operation, cursor, startedFrom: from, refused, timesOf })
    const page = await connector.pull?.(request, steady)
    if (!page) throw new Error('no pull')
    hub.commit(page)
    if (page.more && page.cursor === cursor) throw new Error('it stands still')
    pages.push(page)
    cursor = page.cursor
  } while (pages.at(-1)?.more && pages.length < most)
  return {
    messages: pages.flatMap(({ messages }) => messages),
    unread: pages.flatMap(({ unread = [] }) => unread),
    cursor,
    pages,
  }
}

export const namesOf = ({ messages }: Pick<Run, 'messages'>): string[] =>
  messages.map(({ subject }) => subject)

/** What a failure says to the engine. */
export async function failureOf(work: () => unknown): Promise<unknown> {
  try {
    return { answered: await work() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return `${error.outcome.kind} ${error.outcome.code}`
  }
}

export const csv = (...rows: string[]): string => `${['ma,ten', ...rows].join('\r\n')}\r\n`

const question = JSON.parse(
  readFileSync(
    join(import.meta.dirname, '../../../connectors/sftp/fixtures/question.message.json'),
    'utf8',
  ),
)
export const delivery = (
  data: object = {},
  change: Partial<OutgoingDelivery> = {},
): OutgoingDelivery => ({
  ...{ id: '1.1', idempotencyKey: 'khoa-0001', attempt: 1, operation: 'question' },
  memo: undefined,
  message: { ...question, eventId: question.id, data: { ...question.data, ...data } },
  ...change,
})

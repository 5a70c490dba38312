/**
 * What a dry run shows is what a connector sends, and it makes no connection: for every connector that is
 * there, by its own fixtures and example of options. Nothing is listed by hand.
 */
import { createHmac } from 'node:crypto'
import dns from 'node:dns'
import net from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createCodeTables } from '../../src/adapters/connectors/code-tables.ts'
import { createContext } from '../../src/adapters/connectors/context.ts'
import { createHttpClient } from '../../src/adapters/http/client.ts'
import { openLaw } from '../../src/app/compose/law.ts'
import { createMakers, originsOf } from '../../src/app/compose/make-connector.ts'
import { completeSystem } from '../../src/app/config/defaults.ts'
import type { HttpRequest, Simulator } from '../../src/connector/index.ts'
import type { Configuration } from '../../src/domain/configuration.ts'
import type { Message } from '../../src/domain/message.ts'
import { changesBetween } from '../../src/engine/dry-run/compare.ts'
import { type DryOutput, type DryTarget, runDry } from '../../src/engine/dry-run/dry-run.ts'
import { readShelf, root } from '../conformance/shelf.ts'
import { deliveriesOf, optionsFor, steady } from '../conformance/stand.ts'
import type { Case, Subject } from '../conformance/subject.ts'
import { createMemoryFiles } from '../support/files.ts'
import { quietLogger } from '../support/quiet-logger.ts'

const { subjects } = await readShelf({
  shelves: [join(root, 'connectors')],
  schemas: [join(root, 'schemas')],
})
const law = await openLaw(undefined)
const now = new Date()
const publicUrl = 'https://hub.example.test'

const makers = createMakers({
  law,
  settings: { configDir: root, publicUrl } as Parameters<typeof createMakers>[0]['settings'],
  keyring: {
    hmac: (purpose, text) => createHmac('sha256', purpose).update(text).digest(),
    seal: () => {
      throw new Error('a dry run seals nothing')
    },
    open: () => {
      throw new Error('a dry run opens nothing')
    },
  },
  clock: { now: () => now, monotonicMs: () => 0 },
  log: quietLogger,
  secret: () => undefined,
  evaluate: undefined,
  sharedSession: () => ({ take: () => Promise.reject(new Error('nobody logs in')) }),
  files: () => createMemoryFiles(publicUrl),
})

function closed(subject: Subject, address: string): DryTarget {
  const configuration: Configuration = {
    hub: {
      ...{ province: 'H99', publicUrl },
      retention: { bodiesDays: 1, evidenceDays: 1, filesDays: 1 },
    },
    ...{ systems: [], jobs: [], codes: subject.codes },
  }
  const system = completeSystem({
    ...{ id: `${subject.id}-thu`, connector: subject.id, title: subject.manifest.title },
    options: optionsFor(subject, address, 0),
  })
  return makers.closed(system, configuration, now)
}

/** The first message of each fixture: what follows it on its lane is sent in the light of it. */
const firstOf = (subject: Subject, sample: Case) => {
  const [delivery] = deliveriesOf(subject, sample)
  if (!delivery) throw new Error('a fixture without a message')
  return delivery
}
const dry = (target: DryTarget, { message, idempotencyKey }: ReturnType<typeof firstOf>) =>
  runDry(target, message as Message, idempotencyKey)

afterEach(() => vi.restoreAllMocks())

const pushing = subjects
  .filter(({ cases }) => cases.length > 0)
  .map((subject) => ({ id: subject.id, subject }))

describe('connectors/dry-run', () => {
  it('finds connectors that send', () => {
    expect(pushing.length).toBeGreaterThanOrEqual(10)
  })

  it.each(pushing)('$id makes no connection, and gives the same twice', async ({ subject }) => {
    const simulator = await subject.createSimulator({ port: 0 })
    const connect = vi.spyOn(net.Socket.prototype, 'connect')
    const lookup = vi.spyOn(dns, 'lookup')
    const target = closed(subject, simulator.address)
    for (const sample of subject.cases) {
      const delivery = firstOf(subject, sample)
      const once = await dry(target, delivery)
      expect(once, sample.name).toMatchObject({ kind: 'leaves', code: null, faults: [] })
      const restless = changesBetween(once, await dry(target, delivery))
      // But for a nonce, which is made in the connector.
      expect(restless.every(({ pointer }) => /Nonce|Digest|Password/.test(pointer))).toBe(true)
    }
    await target.connector.close()
    expect(connect).not.toHaveBeenCalled()
    expect(lookup).not.toHaveBeenCalled()
    await simulator.stop()
  })

  it.each(pushing)('$id sends what the dry run has shown', async ({ subject }) => {
    for (const sample of subject.cases) {
      const delivery = firstOf(subject, sample)
      const simulator = await subject.createSimulator({ port: 0 })
      try {
        const target = closed(subject, simulator.address)
        const shown = await dry(target, delivery)
        await target.connector.close()
        const sent = await reallySend(subject, simulator, delivery)
        if (!shown.request) expect(sent).toBeUndefined()
        else expect(differencesThatCount(shown, sent), sample.name).toEqual([])
      } finally {
        await simulator.stop()
      }
    }
  })
})

/** The last request of a send that was delivered: the one that sent. */
async function reallySend(
  subject: Subject,
  simulator: Simulator,
  delivery: ReturnType<typeof firstOf>,
): Promise<HttpRequest | undefined> {
  const options = optionsFor(subject, simulator.address, 0)
  const files = createMemoryFiles(publicUrl)
  const http = createHttpClient({ allowedOrigins: originsOf(options), timeoutMs: 5000, files })
  const requests: HttpRequest[] = []
  const connector = subject.create(
    createContext({
      ...{ system: `${subject.id}-thu`, options, province: 'H99', publicUrl, files },
      http: {
        request(request) {
          requests.push(request)
          return http.request(request)
        },
      },
      ...{ clock: { now: () => now }, log: quietLogger },
      codes: createCodeTables(subject.codes),
      validate: subject.registry.validate,
      seal: (text) => `sealed.${Buffer.from(text).toString('base64url')}`,
      open: (sealed) => Buffer.from(sealed.slice(7), 'base64url').toString(),
    }),
  )
  try {
    const batch = subject.manifest.operations.find(({ name }) => name === delivery.operation)?.batch
    const outcome =
      batch && connector.sendBatch
        ? (await connector.sendBatch([delivery], steady))[0]
        : await connector.send?.(delivery, steady)
    expect(outcome).toMatchObject({ kind: 'delivered' })
    return requests.at(-1)
  } finally {
    await connector.close()
    http.close()
  }
}

/** What differs, but for tokens and sealed links, which a dry run has placeholders for. */
function differencesThatCount(shown: DryOutput, sent: HttpRequest | undefined) {
  if (!sent) return ['nothing was sent']
  const { request: line } = shown
  const query = new URLSearchParams(sent.query ?? {}).size
  const real: DryOutput = {
    ...shown,
    request: {
      method: sent.method,
      url: query === 0 ? sent.url : `${sent.url}?`,
      headers: sent.headers ?? {},
    },
    body: sent.body ?? null,
  }
  const bare = line && { ...line, url: query === 0 ? line.url : line.url.replace(/\?.*$/, '?') }
  return changesBetween({ ...shown, request: bare }, real).filter(
    ({ before, pointer }) =>
      !/dry-run|^\(tệp/.test(String(before)) && !/Nonce|Digest|Password|Created/.test(pointer),
  )
}

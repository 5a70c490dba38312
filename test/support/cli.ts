/** Runs `hub` command lines in this process, on a hub in memory. */

import type { CliPorts } from '../../src/app/cli/ports.ts'
import { languageOf, runCli } from '../../src/app/cli/program.ts'
import type { Terminal } from '../../src/app/cli/terminal.ts'
import type { Facts } from '../../src/app/doctor/facts.ts'
import type { AuditVerdict, Hub, Verdict } from '../../src/app/hub.ts'
import type { Configuration, Revision } from '../../src/domain/configuration.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { ClientView } from '../../src/engine/ports/clients.ts'
import type { RevisionSummary } from '../../src/engine/ports/configuration.ts'
import type { DeliveryFilter } from '../../src/engine/ports/deliveries.ts'
import type { Act } from '../../src/engine/ports/interventions.ts'
import type { Restoration } from '../../src/engine/ports/upkeep.ts'
import { testLaw } from './config-law.ts'
import { createFakeHub, type FakeHub, type World } from './fake-hub.ts'

export interface CliWorld {
  readonly hub: FakeHub
  readonly clients: ClientView[]
  readonly revisions: { revision: Revision; summary: RevisionSummary }[]
  verdicts: Verdict[]
  audit: AuditVerdict
  restoration: Restoration
  /** What `hub restored` was told. */
  lostUntil: Date | undefined
  facts: Facts | undefined
  /** What a person would answer; undefined when nobody is there. */
  answer: string | undefined
  readonly questions: string[]
  readonly opened: { count: number; closed: number }
  readonly keyFiles: string[]
  ports: Partial<CliPorts>
  tty: boolean
}

export const now = new Date('2026-11-22T03:04:05Z')

export function createCliWorld(given: Partial<World> = {}): CliWorld {
  return {
    hub: createFakeHub(given),
    clients: [],
    revisions: [],
    verdicts: [],
    audit: { ok: true, sealed: 0, unsealed: 0, head: null, broken: null },
    restoration: {
      lostUntil: '2026-11-22T03:09:05.000Z',
      newestLeft: null,
      doubted: 0,
      stopped: 0,
      paused: [],
    },
    lostUntil: undefined,
    facts: undefined,
    answer: undefined,
    questions: [],
    opened: { count: 0, closed: 0 },
    keyFiles: [],
    ports: {},
    tty: false,
  }
}

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** One command line, as a shell would split it (single quotes hold words together). */
export async function hub(
  world: CliWorld,
  line: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const argv = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''))
  const out: string[] = []
  const err: string[] = []
  const terminal: Terminal = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    tty: world.tty,
    color: false,
    columns: 100,
    async ask(question) {
      world.questions.push(question)
      return world.answer
    },
    input: async () => world.answer ?? '',
  }
  const code = await runCli(argv, {
    terminal,
    ports: { ...portsOf(world), ...world.ports },
    env,
    language: languageOf(argv, env.HUB_LANG),
    now: () => now,
    user: 'quan-tri',
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const notAsked = (): Promise<never> => Promise.reject(new Error('no test asks for this'))

function portsOf(world: CliWorld): CliPorts {
  return {
    async openHub() {
      if (world.hub.world.storeAway) throw new HubError('store-unavailable')
      world.opened.count += 1
      return hubOf(world)
    },
    configLaw: async () => testLaw,
    start: notAsked,
    demo: notAsked,
    async createMasterKey(path) {
      if (world.keyFiles.includes(path)) return false
      world.keyFiles.push(path)
      return true
    },
    diagnose: () => (world.facts ? Promise.resolve(world.facts) : notAsked()),
    testConnector: notAsked,
  }
}

function hubOf(world: CliWorld): Hub {
  const { hub } = world
  return {
    ...hub,
    queries: { ...hub.queries, deliveries: (filter) => pageOf(world, filter) },
    clients: { ...hub.clients, ...clientsOf(world) },
    revisions: revisionsOf(world),
    keys: { rotate: async () => ({ keyId: 2, rewrapped: 1, reencrypted: 0 }) },
    restored: async (lostUntil) => {
      world.lostUntil = lostUntil
      return world.restoration
    },
    audit: { ...hub.audit, verify: async () => world.audit },
    verify: async () => world.verdicts,
    async close() {
      world.opened.closed += 1
    },
  }
}

/** Pages of two, so that every reader of lists has to turn them. */
async function pageOf({ hub }: CliWorld, filter: DeliveryFilter) {
  const { items } = await hub.queries.deliveries({ ...filter, limit: 1_000_000 })
  const fits = items.filter(
    (item) =>
      (filter.system === undefined || item.system === filter.system) &&
      (filter.code === undefined || item.code === filter.code),
  )
  const from = Number(filter.cursor ?? 0)
  const to = from + Math.min(2, filter.limit)
  return { items: fits.slice(from, to), next: to < fits.length ? String(to) : null }
}

function clientsOf({ clients }: CliWorld): Partial<Hub['clients']> {
  const find = (id: string): number => clients.findIndex((client) => client.id === id)
  const setDisabled = (id: string, disabledAt: string | null): boolean => {
    const client = clients[find(id)]
    if (!client || (client.disabledAt === null) === (disabledAt === null)) return false
    clients[find(id)] = { ...client, disabledAt }
    return true
  }
  return {
    async create(client) {
      if (find(client.id) >= 0) throw new HubError('state-conflict')
      clients.push({
        ...{ ...client, createdAt: now.toISOString() },
        ...{ disabledAt: null, revokedAt: null, keys: [] },
      })
    },
    async issueKey(id, days, _act, othersEndAt) {
      const client = clients[find(id)]
      if (!client) throw new HubError('not-found')
      const keyId = `key-${client.keys.length + 1}`
      const expiresAt = new Date(now.getTime() + days * 86_400_000)
      const key = {
        id: keyId,
        createdAt: now.toISOString(),
        expiresAt: expiresAt.toISOString(),
        lastUsedAt: null,
        revokedAt: null,
      }
      const ends = othersEndAt?.toISOString()
      const old = client.keys.map((one) => ({ ...one, ...(ends && { expiresAt: ends }) }))
      clients[find(id)] = { ...client, keys: [...old, key] }
      const ended = ends ? old.map((one) => one.id) : []
      return { id: keyId, key: `hub_test_${keyId}_secret`, expiresAt, ended }
    },
    list: async () => clients,
    async change(id, change) {
      const client = clients[find(id)]
      if (!client) throw new HubError('not-found')
      clients[find(id)] = { ...client, ...change }
    },
    disable: async (id) => setDisabled(id, now.toISOString()),
    enable: async (id) => setDisabled(id, null),
    async revoke(target) {
      const revokedAt = now.toISOString()
      const index = clients.findIndex((client) =>
        'client' in target
          ? client.id === target.client && client.revokedAt === null
          : client.keys.some((key) => key.id === target.key && key.revokedAt === null),
      )
      const client = clients[index]
      if (!client) return false
      clients[index] =
        'client' in target
          ? { ...client, revokedAt }
          : {
              ...client,
              keys: client.keys.map((key) => (key.id === target.key ? { ...key, revokedAt } : key)),
            }
      return true
    },
  }
}

function revisionsOf({ revisions }: CliWorld): Hub['revisions'] {
  return {
    current: async () => revisions.at(-1)?.revision,
    async apply(configuration: Configuration, act: Act) {
      const before = revisions.at(-1)?.revision
      const same = JSON.stringify(before?.configuration) === JSON.stringify(configuration)
      if (before && same) return { id: before.id, changed: false }
      const id = revisions.length + 1
      revisions.push({
        revision: { id, configuration },
        summary: { id, at: now.toISOString(), author: act.actor, reason: act.reason },
      })
      return { id, changed: true }
    },
    list: async (limit) =>
      revisions
        .map(({ summary }) => summary)
        .toReversed()
        .slice(0, limit),
    get: async (id) => revisions.find(({ revision }) => revision.id === id)?.revision,
    running: () => revisions.at(-1)?.revision,
  }
}

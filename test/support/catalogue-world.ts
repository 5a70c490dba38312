/** A portal with procedures, a hub that copies them, and a one-stop system that is told what changes. */
import state from '../../connectors/csdl-tthc/fixtures/state.json' with { type: 'json' }
import {
  account,
  createProcedureSimulator,
  type HeldProcedure,
  type ProcedureSimulator,
} from '../../connectors/csdl-tthc/simulator.ts'
import { createTthcSimulator, type TthcSimulator } from '../../connectors/tthc/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import { openTestHub, type TestHub } from './hub-server.ts'
import { waitUntil } from './wait.ts'

export const act = { actor: 'test', reason: 'Kiểm thử' }
const words = { vi: 'Danh mục', en: 'Catalogue' }
export const job = 'procedures-from-portal'
export const records = state as [string, HeldProcedure][]

export interface CatalogueWorld {
  readonly portal: ProcedureSimulator
  readonly office: TthcSimulator
  readonly server: TestHub
  readonly key: string
  /** Other options for the portal, from now on. */
  configure(options: Readonly<Record<string, unknown>>): Promise<unknown>
}

interface Wishes {
  readonly options?: Readonly<Record<string, unknown>>
  /** All options of the portal, instead of those of its public API. */
  readonly optionsAt?: (address: string) => Readonly<Record<string, unknown>>
  readonly operation?: string
  readonly procedures?: readonly (readonly [string, HeldProcedure])[]
  readonly role?: 'all' | 'api'
  /** Of a request to the portal. */
  readonly timeoutMs?: number
}

export async function openCatalogueWorld({
  options,
  optionsAt,
  operation = 'procedures',
  procedures = records,
  role,
  timeoutMs = 2_000,
}: Wishes = {}): Promise<CatalogueWorld> {
  const portal = await createProcedureSimulator({ port: 0, state: new Map(procedures) })
  const office = await createTthcSimulator({ port: 0 })
  const open = { baseUrl: `${portal.address}/api/v1`, pageSize: 2, requestsPerSecond: 20 }
  const systemsWith = (given: SystemFile['options']): SystemFile[] => [
    {
      ...{ id: 'csdl-tthc', connector: 'csdl-tthc', title: words, timeoutMs },
      options: given,
    },
    {
      ...{ id: 'tthc', connector: 'tthc', title: words, timeoutMs: 2_000 },
      options: {
        ...{ baseUrl: office.address, auth: 'oauth2', clientId: 'lien-thong-h99' },
        ...{ clientSecret: 'env:HUB_SECRET_TTHC', agencyCode: '000.00.00.H99' },
      },
    },
  ]
  const server = await openTestHub({
    ...(role && { role }),
    systems: systemsWith(optionsAt?.(portal.address) ?? { ...open, ...options }),
    secrets: { HUB_SECRET_TTHC: 'not-a-real-secret', HUB_SECRET_PORTAL: account.password },
    jobs: [
      {
        ...{ kind: 'pull', id: job, title: words, from: 'csdl-tthc', operation },
        schedule: '0 2 1 1 *',
      },
      {
        ...{ kind: 'push', id: 'catalogues-to-tthc', title: words, to: 'tthc' },
        types: ['vn.catalogue.item.changed.v1', 'vn.tthc.question.asked.v1'],
      },
    ],
  })
  const key = await server.key('catalogues:read', 'systems:read')
  const configure: CatalogueWorld['configure'] = (given) => server.configure(systemsWith(given))
  return { portal, office, server, key, configure }
}

export async function closeCatalogueWorld({
  portal,
  office,
  server,
}: CatalogueWorld): Promise<void> {
  await server.close()
  await Promise.all([portal.stop(), office.stop()])
}

export const pullOf = async ({ server, key }: CatalogueWorld) => {
  const { json } = await server.ask('GET', '/api/v1/pulls', { key })
  return (json.items as Record<string, unknown>[]).find((one) => one.job === job)
}

/** Runs the pull to its end; returns how it ended. */
export async function run(world: CatalogueWorld, timeoutMs = 30_000): Promise<unknown> {
  const before = (await pullOf(world))?.lastRunAt ?? null
  await world.server.hub.pulls.runNow(job, act)
  const after = await waitUntil(
    'the pull has ended',
    () => pullOf(world),
    (pull) => pull !== undefined && pull.lastRunAt !== before && pull.running === false,
    timeoutMs,
  )
  return after?.lastCode
}

export const told = ({ office }: CatalogueWorld) =>
  office
    .received()
    .filter(({ operation, applied }) => operation === 'push-catalogue-change' && applied)
    .map(({ content }) => content as Record<string, unknown>)
export const short = (changes: readonly Record<string, unknown>[]) =>
  changes.map(({ code, change, version }) => `${code} ${change} ${version}`).sort()
export const toldSince = async (world: CatalogueWorld, before: number, count: number) => {
  await waitUntil('the one-stop system is told', async () => told(world).length >= before + count)
  return short(told(world).slice(before))
}
export const read = ({ server, key }: CatalogueWorld, path: string, headers = {}) =>
  server.ask('GET', `/api/v1/catalogues${path}`, { key, headers })
export const intervene = async ({ server }: CatalogueWorld, path: string) =>
  server.ask('POST', `/api/v1/catalogues${path}`, {
    key: await server.key('catalogues:write'),
    headers: { 'content-type': 'application/json' },
    body: { reason: act.reason },
  })
export const codesOf = (json: Record<string, unknown>) =>
  (json.items as { code: string }[]).map(({ code }) => code)

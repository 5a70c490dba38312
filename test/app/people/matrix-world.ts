/** What the matrix of rights is asked of: a hub with three of everything, and people of every kind. */
import { uuidv7 } from '../../../src/adapters/system/ids.ts'
import { addPerson, type Browser, goodPassword, openBrowser } from '../../support/browser.ts'
import { aPdf } from '../../support/files.ts'
import { openTestHub, type TestHub } from '../../support/hub-server.ts'

/** Three of each thing: within the reach of everybody, of another unit, of another system. */
export const places = ['own', 'other unit', 'other system'] as const
export type Place = (typeof places)[number]

const unitOf = (place: Place): string => (place === 'other unit' ? 'H99.15' : 'H99.14')
export const systemOf = (place: Place): string => (place === 'other system' ? 'sys-b' : 'sys-a')

export interface Things {
  readonly place: Place
  readonly unit: string
  readonly system: string
  readonly dossier: string
  readonly message: string
  readonly delivery: string
  readonly problem: number
  readonly pull: string
  readonly push: string
  readonly user: string
  readonly file: string
}

export const reaches = {
  everything: {},
  'one unit': { units: ['H99.14'] },
  'one system': { systems: ['sys-a'] },
} as const
export type ReachName = keyof typeof reaches

/** A role, and rights of one's own on top. */
export const kinds = {
  viewer: { roles: ['viewer'] },
  operator: { roles: ['operator'] },
  administrator: { roles: ['administrator'] },
  'security-officer': { roles: ['security-officer'] },
  auditor: { roles: ['auditor'] },
  'viewer who may reveal': { roles: ['viewer'], mayReveal: true },
  'viewer who may redrive': { roles: ['viewer'], mayRedrive: true },
  'operator who may reveal and redrive': {
    ...{ roles: ['operator'], mayReveal: true, mayRedrive: true },
  },
  'without a role, but with rights': { roles: [], mayReveal: true, mayRedrive: true },
} as const
export type Kind = keyof typeof kinds

export interface MatrixWorld {
  readonly hub: TestHub
  readonly things: Readonly<Record<Place, Things>>
  readonly key: string
  person(kind: Kind, reach: ReachName): Browser & { readonly name: string }
}

const system = (id: string) => ({
  ...{ id, title: { vi: id, en: id }, connector: 'tthc' },
  options: {
    ...{ baseUrl: 'http://127.0.0.1:9', auth: 'api-key', apiKey: 'env:HUB_SECRET_K' },
    agencyCode: '000.00.00.H99',
  },
})

const jobsOf = (id: string) => [
  {
    ...{ id: `push-${id}`, title: { vi: id, en: id }, kind: 'push' as const, to: id },
    ...{ types: ['vn.tthc.dossier.progressed.v1'], sources: [`/h99/${id}`] },
  },
  {
    ...{ id: `pull-${id}`, title: { vi: id, en: id }, kind: 'pull' as const, from: id },
    ...{ operation: 'dossiers', schedule: '*/5 * * * *' },
  },
]

async function addThings(hub: TestHub, key: string, place: Place, at: number): Promise<Things> {
  const unit = unitOf(place)
  const system = systemOf(place)
  const dossier = `${unit}-260101-000${at}`
  const sent = await hub.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: {
      ...{ specversion: '1.0', id: `e-${at}`, source: `/h99/${system}`, subject: dossier },
      ...{ type: 'vn.tthc.dossier.progressed.v1', time: '2026-01-02T08:30:00+07:00' },
      data: {
        code: dossier,
        steps: [
          {
            officer: 'Lê Văn Mẫu',
            at: '2026-01-02T14:00:00+07:00',
            content: 'Tiếp nhận',
            status: 'accepted',
          },
        ],
      },
    },
  })
  if (sent.status !== 202) throw new Error(JSON.stringify(sent.json))
  const { id: message, deliveries } = sent.json as {
    id: string
    deliveries: { id: string }[]
  }
  const delivery = deliveries[0]?.id ?? ''
  const [lane, number] = delivery.split('.')
  const { sql } = hub.database
  await sql(
    `update hub.delivery set state = 'sending', code = 'target-rejected' where lane = $1 and number = $2`,
    [lane, number],
  )
  await sql(`update hub.delivery set state = 'dead' where lane = $1 and number = $2`, [
    lane,
    number,
  ])
  const [failure] = await sql<{ problem_id: number }>(
    `with p as (insert into hub.problem (system, operation, code) values ($3, $5, 'target-rejected') returning id)
     insert into hub.failure (lane, number, system, message_id, unit, state, code, problem_id)
     select $1, $2, $3, $4, $6, 'dead', 'target-rejected', id from p returning problem_id`,
    [lane, number, system, message, `push-${at}`, unit],
  )
  await sql('update hub.lane set blocked = true, wake_at = null where id = $1', [lane])
  await sql(`insert into hub.follow (system, subject, state) values ($1, $2, '{}')`, [
    system,
    dossier,
  ])
  await sql(
    `insert into hub.lookup (id, client, system, operation, official, unit, dossier, purpose, fields,
       question, record, outcome) values ($1, 'x', $2, 'xac-thuc', 'canbo', $3, $4, 'thử', '{}', '\\x00', true, 'found')`,
    [uuidv7(), system, unit, dossier],
  )
  await sql(
    `insert into hub.pull (job, next_run_at) values ($1, now() + interval '1 hour') on conflict do nothing`,
    [`pull-${system}`],
  )
  const user = `nguoi.${at}`
  await addPerson(hub, user, { roles: ['viewer'], units: [unit], systems: [system] })
  const uploaded = await fetch(`${hub.address}/api/v1/files`, {
    method: 'POST',
    headers: {
      ...{ 'x-api-key': key, 'content-type': 'application/pdf' },
      'content-disposition': `attachment; filename="don-${at}.pdf"`,
    },
    body: new Uint8Array(aPdf()),
  })
  const { id: file } = (await uploaded.json()) as { id: string }
  const jobs = { pull: `pull-${system}`, push: `push-${system}` }
  const problem = failure?.problem_id ?? 0
  return { place, unit, system, dossier, message, delivery, problem, ...jobs, user, file }
}

export async function openMatrixWorld(): Promise<MatrixWorld> {
  const systems = [system('sys-a'), system('sys-b')]
  const jobs = systems.flatMap(({ id }) => jobsOf(id))
  const hub = await openTestHub({
    ...{ systems, jobs, role: 'api' as const, secrets: { HUB_SECRET_K: 'k' } },
  })
  const key = await hub.key('admin')
  const all = new Map<Place, Things>()
  for (const [at, place] of places.entries())
    all.set(place, await addThings(hub, key, place, at + 1))
  await hub.hub.clients.create(
    { id: 'khach', title: 'Khách', scopes: ['messages:read'], sources: [], types: ['*'] },
    { actor: 'test', reason: 'Kiểm thử' },
  )
  const people = new Map<string, Browser & { readonly name: string }>()
  for (const [kind, given] of Object.entries(kinds))
    for (const [reach, limits] of Object.entries(reaches)) {
      const name = `p${people.size}`
      await addPerson(hub, name, { ...given, ...limits })
      const browser = openBrowser(hub)
      const state = await browser.signIn(name, goodPassword)
      if (state !== 'signed-in') throw new Error(`${kind}: ${state}`)
      people.set(`${kind} ${reach}`, { ...browser, name })
    }
  return {
    ...{ hub, key },
    things: Object.fromEntries(all) as Record<Place, Things>,
    person(kind, reach) {
      const browser = people.get(`${kind} ${reach}`)
      if (!browser) throw new Error(`nobody is ${kind} with ${reach}`)
      return browser
    },
  }
}

/** Data of a message of the dossier, as it is after a correction. */
export const correctedData = (dossier: string) => ({
  code: dossier,
  steps: [
    {
      officer: 'Lê Văn Mẫu',
      at: '2026-01-02T14:00:00+07:00',
      content: 'Tiếp nhận lại',
      status: 'accepted',
    },
  ],
})

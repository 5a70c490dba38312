/**
 * Who may do what, to what: every kind of person × every operation × what is one's own, of another unit, of
 * another system. What is expected stands in the table below and nowhere else; the hub is asked over HTTP.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../../src/app/http/operations.ts'
import { goodPassword } from '../../support/browser.ts'
import {
  correctedData,
  type Kind,
  kinds,
  type MatrixWorld,
  openMatrixWorld,
  type Place,
  places,
  type ReachName,
  reaches,
  type Things,
} from './matrix-world.ts'

type Who =
  | 'viewer'
  | 'operator'
  | 'administrator'
  | 'security-officer'
  | 'auditor'
  | 'reveal'
  | 'redrive'
  /** The two rights together. */
  | 'reveal and redrive'

/**
 * By what a thing lies within somebody's reach. `whole system`: not for those limited to units; `unlimited`: only
 * for those whose reach has no limit.
 */
type By = 'unit and system' | 'system' | 'whole system' | 'unlimited' | 'nothing'

interface Row {
  /** Roles that may, and the rights of one's own by which others may; `all`: whoever is signed in. */
  readonly who: readonly Who[] | 'all' | 'nobody'
  readonly by: By
  readonly path: string | ((things: Things, unique: number) => string)
  readonly body?: unknown | ((things: Things, unique: number) => unknown)
  readonly headers?: Readonly<Record<string, string>>
  /** What is answered to who may, where it is not 200: the state of a thing may forbid it, say. */
  readonly reached?: readonly number[]
  /** What is answered beyond the reach; 404 unless said. */
  readonly beyond?: number
  /** A question, for all that it is a post: changes nothing, shows nothing that is not seen elsewhere. */
  readonly asks?: true
  /** Of a list: what of an answer tells that something of this place is in it. */
  readonly lists?: (things: Things) => string
}

const readers = ['viewer', 'operator', 'administrator', 'auditor', 'redrive'] as const
const seers = ['viewer', 'operator', 'administrator', 'auditor'] as const
const systemSeers = [...seers, 'security-officer'] as const
const operators = ['operator', 'administrator'] as const
const userReaders = ['administrator', 'security-officer', 'auditor'] as const
const userWriters = ['administrator', 'security-officer'] as const
const auditReaders = ['administrator', 'security-officer', 'auditor'] as const
const processReaders = ['operator', ...auditReaders] as const
const configReaders = ['operator', 'administrator', 'auditor'] as const
const lookupReaders = ['security-officer', 'auditor'] as const

const reason = { reason: 'Kiểm thử ma trận' }
const intervene = (name: string): Row => ({
  ...{ who: ['redrive'], by: 'unit and system', body: reason, reached: [200, 409] },
  path: ({ delivery }) => `/api/v1/deliveries/${delivery}/${name}`,
})
const publicRow = (path: string, reached: readonly number[] = [200]): Row => ({
  ...{ who: 'all', by: 'nothing', path, reached },
})
const aUser = (what: string, more: object = {}): Row => ({
  ...{ who: userWriters, by: 'unit and system', body: { ...reason, ...more } },
  ...{ path: ({ user }: Things) => `/api/v1/users/${user}/${what}`, reached: [200, 201, 409] },
})
/** One that is there for this alone. */
const aClient = (what: string, more: object = {}): Row => ({
  ...{ who: userWriters, by: 'unlimited', body: { ...reason, ...more } },
  ...{ path: `/api/v1/clients/khach/${what}`, reached: [200, 201, 409] },
})
const file = (more: string, method?: 'post'): Row => ({
  ...{ who: ['reveal'], by: 'unlimited', reached: [200, 201] },
  path: ({ file: id }) => `/api/v1/files/${id}${more}`,
  ...(method && { body: { hours: 1 } }),
})

const aProblem = (what: string, more: object = {}): Row => ({
  ...{ who: operators, by: 'whole system', body: { ...reason, ...more }, reached: [200, 409] },
  path: ({ problem }) => `/api/v1/problems/${problem}/${what}`,
})
const aPlan = (what: string, more: object = {}): Row => ({
  ...{ who: ['redrive'], by: 'unlimited', body: { ...reason, ...more }, reached: [200, 409] },
  path: `/api/v1/plans/1/${what}`,
})

/** The first three were made by the row of `createCorrection`, one of each place. */
const aCorrection = (what: string, more: Partial<Row> = {}): Row => ({
  ...{ who: ['redrive'], by: 'unit and system', reached: [200, 403, 409] },
  path: ({ place }) => `/api/v1/corrections/${places.indexOf(place) + 1}${what}`,
  ...more,
})
/** Saved from revision 1, with its own text: the answer is that somebody has changed it, or that it is no settings. */
function settingsRows(
  name: string,
  kind: string,
  idOf: (things: Things) => string,
): Record<string, Row> {
  const path = (things: Things) => `/api/v1/${kind}/${idOf(things)}/settings`
  return {
    [`read${name}Settings`]: { who: configReaders, by: 'unlimited', path },
    [`check${name}Settings`]: {
      ...{ who: configReaders, by: 'unlimited', body: { yaml: 'id: x' }, asks: true },
      path: (things) => `${path(things)}/check`,
    },
    [`save${name}Settings`]: {
      ...{ who: ['administrator'], by: 'unlimited', path, reached: [400] },
      body: { ...reason, yaml: 'id: x', base: 1 },
    },
  }
}

const table: Readonly<Record<string, Row>> = {
  submitMessages: { who: 'nobody', by: 'nothing', path: '/api/v1/messages', body: {} },
  readMessage: {
    who: seers,
    by: 'unit and system',
    path: ({ message }) => `/api/v1/messages/${message}`,
  },
  readMessageBody: {
    ...{ who: ['reveal'], by: 'unit and system' },
    path: ({ message }) => `/api/v1/messages/${message}/body`,
  },
  readMessageContent: {
    ...{ who: seers, by: 'unit and system' },
    path: ({ message }) => `/api/v1/messages/${message}/content`,
  },
  revealMessage: {
    ...{ who: ['reveal'], by: 'unit and system' },
    path: ({ message }) => `/api/v1/messages/${message}/reveal`,
    body: { reason: 'Kiểm thử' },
  },
  uploadFile: { who: 'nobody', by: 'nothing', path: '/api/v1/files', body: {} },
  readFile: file(''),
  readFileContent: file('/content'),
  linkFile: file('/link', 'post'),
  fetchLinkedFile: {
    ...publicRow('', [404]),
    path: (_: Things, unique: number) => `/files/1.${String(unique).padStart(40, 'x')}`,
  },
  readDossier: {
    who: seers,
    by: 'unit and system',
    path: ({ dossier }) => `/api/v1/dossiers/${dossier}`,
  },
  search: {
    ...{ who: seers, by: 'unit and system' },
    path: ({ dossier }) => `/api/v1/search?q=${dossier}`,
    lists: ({ dossier }) => `"${dossier}"`,
  },
  listDeliveries: {
    ...{ who: readers, by: 'unit and system', path: '/api/v1/deliveries' },
    lists: ({ delivery }) => `"${delivery}"`,
  },
  exportDeliveries: {
    ...{ who: readers, by: 'unit and system', path: '/api/v1/deliveries/export?format=json' },
    lists: ({ delivery }) => `"${delivery}"`,
  },
  listBlocking: {
    ...{ who: readers, by: 'unit and system', path: '/api/v1/deliveries/blocking' },
    lists: ({ delivery }) => `"${delivery}"`,
  },
  readDelivery: {
    who: readers,
    by: 'unit and system',
    path: ({ delivery }) => `/api/v1/deliveries/${delivery}`,
  },
  followLive: { who: readers, by: 'nothing', path: '/api/v1/live?seconds=0' },
  listLookups: {
    ...{ who: lookupReaders, by: 'unit and system', path: '/api/v1/lookups/audit' },
    lists: ({ dossier }) => `"${dossier}"`,
  },
  lookupUsage: {
    ...{ who: lookupReaders, by: 'unit and system', path: '/api/v1/lookups/usage' },
    lists: ({ unit, system }) => `"unit":"${unit}","system":"${system}"`,
  },
  hashCitizen: {
    who: lookupReaders,
    by: 'nothing',
    path: '/api/v1/lookups/audit/citizen',
    body: { number: '000000000001' },
  },
  lookUp: {
    ...{ who: 'nobody', by: 'nothing', path: '/api/v1/lookups/sys-a/xac-thuc' },
    body: {
      ...{ official: 'canbo', unit: 'H99.14', dossier: 'H99.14-260101-0001', purpose: 'Kiểm thử' },
      ...{ fields: ['exists'], parameters: {} },
    },
  },
  listCatalogues: { who: seers, by: 'nothing', path: '/api/v1/catalogues' },
  readCatalogue: { who: seers, by: 'nothing', path: '/api/v1/catalogues/agencies', reached: [404] },
  readCatalogueCode: {
    who: seers,
    by: 'nothing',
    path: '/api/v1/catalogues/agencies/1',
    reached: [404],
  },
  listCatalogueProblems: {
    who: seers,
    by: 'nothing',
    path: '/api/v1/catalogues/agencies/problems',
    reached: [404],
  },
  closeCatalogueProblem: {
    ...{ who: operators, by: 'unlimited', body: reason, reached: [404] },
    path: '/api/v1/catalogues/agencies/1/close-problem',
  },
  allowCatalogueShrink: {
    ...{ who: operators, by: 'unlimited', body: reason, reached: [404] },
    path: '/api/v1/catalogues/agencies/listing/allow-shrink',
  },
  listCodeTables: { who: seers, by: 'nothing', path: '/api/v1/code-tables' },
  readCodeTable: {
    ...{ who: seers, by: 'nothing', path: '/api/v1/code-tables/dat-dai-procedure' },
  },
  setCodeEntry: {
    ...{ who: operators, by: 'unlimited', path: '/api/v1/code-tables/dat-dai-procedure/entries' },
    body: (_: Things, unique: number) => ({
      ...{ ...reason, canonical: `1.9${unique}`, remote: 'QT-THU' },
    }),
  },
  listRevisions: { who: configReaders, by: 'unlimited', path: '/api/v1/revisions' },
  readRevision: { who: configReaders, by: 'unlimited', path: '/api/v1/revisions/1' },
  restoreRevision: {
    ...{ who: ['administrator'], by: 'unlimited', path: '/api/v1/revisions/1/restore' },
    // By now a code has been added: another is in force than was seen.
    ...{ body: { ...reason, base: 1 }, reached: [409] },
  },
  listJobs: { who: configReaders, by: 'unlimited', path: '/api/v1/jobs' },
  ...settingsRows('Job', 'jobs', ({ push }) => push),
  ...settingsRows('System', 'systems', ({ system }) => system),
  listSystems: {
    ...{ who: systemSeers, by: 'system', path: '/api/v1/systems' },
    lists: ({ system }) => `"id":"${system}"`,
  },
  readSystem: { who: systemSeers, by: 'system', path: ({ system }) => `/api/v1/systems/${system}` },
  checkSystem: {
    who: operators,
    by: 'system',
    path: ({ system }) => `/api/v1/systems/${system}/check`,
  },
  pauseSystem: {
    ...{ who: operators, by: 'whole system', body: reason, reached: [200, 409] },
    path: ({ system }) => `/api/v1/systems/${system}/pause`,
  },
  resumeSystem: {
    ...{ who: operators, by: 'whole system', body: reason, reached: [200, 409] },
    path: ({ system }) => `/api/v1/systems/${system}/resume`,
  },
  setSystemRate: {
    ...{ who: operators, by: 'unlimited' },
    path: ({ system }) => `/api/v1/systems/${system}/rate`,
    body: (_: Things, unique: number) => ({ ...reason, ratePerSecond: 1000 + (unique % 9000) }),
  },
  changeSystemWindows: {
    ...{ who: operators, by: 'unlimited' },
    path: ({ system }) => `/api/v1/systems/${system}/windows`,
    body: (_: Things, unique: number) => ({
      ...reason,
      add: {
        ...{ kind: 'once', from: '2099-01-01T00:00:00Z', to: '2099-01-02T00:00:00Z' },
        reason: `Bảo trì ${unique}`,
      },
    }),
  },
  readNow: { who: systemSeers, by: 'nothing', path: '/api/v1/now' },
  listProblems: {
    ...{ who: systemSeers, by: 'unit and system', path: '/api/v1/problems' },
    lists: ({ place }) => `"operation":"push-${places.indexOf(place) + 1}"`,
  },
  exportProblems: {
    ...{ who: systemSeers, by: 'unit and system', path: '/api/v1/problems/export?format=json' },
    lists: ({ place }) => `"operation":"push-${places.indexOf(place) + 1}"`,
  },
  readProblem: {
    who: systemSeers,
    by: 'unit and system',
    path: ({ problem }) => `/api/v1/problems/${problem}`,
  },
  listProblemDeliveries: {
    who: readers,
    by: 'unit and system',
    path: ({ problem }) => `/api/v1/problems/${problem}/deliveries`,
  },
  noteProblem: aProblem('note'),
  acknowledgeProblem: aProblem('acknowledge'),
  assignProblem: aProblem('assign', { owner: 'lan' }),
  muteProblem: aProblem('mute', { until: '2099-01-01T00:00:00+07:00' }),
  unmuteProblem: aProblem('unmute'),
  resolveProblem: aProblem('resolve'),
  listPlans: { who: readers, by: 'nothing', path: '/api/v1/plans' },
  createPlan: {
    ...{ who: ['redrive'], by: 'nothing', path: '/api/v1/plans', reached: [201] },
    body: ({ system }: Things) => ({ ...reason, action: 'hold', filter: { system } }),
  },
  // The first one was made by the row above, by somebody without limits.
  readPlan: { who: readers, by: 'unlimited', path: '/api/v1/plans/1' },
  listPlanItems: { who: readers, by: 'unlimited', path: '/api/v1/plans/1/items' },
  readPlanResult: { who: readers, by: 'unlimited', path: '/api/v1/plans/1/result' },
  startPlan: aPlan('start', { startAt: '2099-01-01T00:00:00+07:00' }),
  ratePlan: aPlan('rate', { ratePerMinute: 60 }),
  pausePlan: aPlan('pause'),
  resumePlan: aPlan('resume'),
  cancelPlan: aPlan('cancel'),
  checkCorrection: {
    ...{ who: ['reveal'], by: 'unit and system', path: '/api/v1/corrections/check', asks: true },
    body: ({ message, dossier }: Things) => ({ message, data: correctedData(dossier) }),
  },
  createCorrection: {
    ...{ who: ['reveal and redrive'], by: 'unit and system', reached: [201] },
    path: '/api/v1/corrections',
    body: ({ message, dossier }: Things) => ({
      ...{ ...reason, message, data: correctedData(dossier) },
    }),
  },
  listCorrections: {
    ...{ who: readers, by: 'unit and system', path: '/api/v1/corrections' },
    lists: ({ dossier }) => `"${dossier}"`,
  },
  readCorrection: aCorrection('', { who: readers, reached: [200] }),
  listCorrectionItems: aCorrection('/items', { who: readers, reached: [200] }),
  dryRunCorrection: aCorrection('/dry-run', { reached: [200], body: {} }),
  askCorrection: aCorrection('/ask', { body: reason }),
  approveCorrection: aCorrection('/approve', { body: reason }),
  refuseCorrection: aCorrection('/refuse', { body: reason }),
  sendCorrection: aCorrection('/send', { body: reason }),
  withdrawCorrection: aCorrection('/withdraw', { body: reason }),
  listPulls: {
    ...{ who: systemSeers, by: 'system', path: '/api/v1/pulls' },
    lists: ({ pull }) => `"job":"${pull}"`,
  },
  runPull: {
    who: operators,
    by: 'whole system',
    path: ({ pull }) => `/api/v1/pulls/${pull}/run`,
    reached: [202, 409],
  },
  pausePull: {
    ...{ who: operators, by: 'whole system', body: reason, reached: [200, 409] },
    path: ({ pull }) => `/api/v1/pulls/${pull}/pause`,
  },
  resumePull: {
    ...{ who: operators, by: 'whole system', body: reason, reached: [200, 409] },
    path: ({ pull }) => `/api/v1/pulls/${pull}/resume`,
  },
  rewindPull: {
    ...{ who: operators, by: 'whole system', body: { ...reason, to: 'start' } },
    path: ({ pull }) => `/api/v1/pulls/${pull}/rewind`,
  },
  dryRunJob: {
    ...{ who: operators, by: 'whole system', body: { last: 1 }, reached: [200] },
    path: ({ push }) => `/api/v1/jobs/${push}/dry-run`,
  },
  listFollows: {
    ...{ who: readers, by: 'unit and system', path: '/api/v1/follows' },
    lists: ({ dossier }) => `"${dossier}"`,
  },
  signIn: {
    ...publicRow('/api/v1/session', [401]),
    body: (_: Things, unique: number) => ({ username: `khong-ai.${unique}`, password: 'x' }),
  },
  enterCode: { ...publicRow('/api/v1/session/totp', [409]), body: { code: '000000' } },
  readSession: publicRow('/api/v1/session'),
  changePassword: {
    ...publicRow('/api/v1/session/password', [422]),
    body: { current: 'x', password: 'ngắn' },
  },
  listProviders: publicRow('/api/v1/session/providers'),
  beginOidc: publicRow('/api/v1/session/oidc', [404]),
  finishOidc: publicRow('/api/v1/session/oidc/callback?code=x&state=y', [303]),
  setUp: { ...publicRow('/api/v1/set-up', [410]), body: { token: 'x', password: 'x' } },
  listUsers: {
    ...{ who: userReaders, by: 'unit and system', path: '/api/v1/users' },
    lists: ({ user }) => `"name":"${user}"`,
  },
  readUser: {
    who: userReaders,
    by: 'unit and system',
    path: ({ user }) => `/api/v1/users/${user}`,
  },
  createUser: {
    ...{
      who: userWriters,
      by: 'unit and system',
      path: '/api/v1/users',
      reached: [201],
      beyond: 403,
    },
    body: ({ unit, system }: Things, unique: number) => ({
      ...{ name: `moi.${unique}`, title: 'Người mới', roles: ['viewer'], ...reason },
      ...{ units: [unit], systems: [system] },
    }),
  },
  changeUser: aUser('change', { title: 'Tên khác' }),
  disableUser: aUser('disable'),
  enableUser: aUser('enable'),
  endUserSessions: aUser('end-sessions'),
  newSetUpLink: aUser('set-up-link'),
  readAccount: publicRow('/api/v1/account'),
  listOwnSessions: publicRow('/api/v1/account/sessions'),
  endOwnSession: publicRow(
    '/api/v1/account/sessions/00000000-0000-0000-0000-000000000000/end',
    [404],
  ),
  beginTotp: {
    ...publicRow('/api/v1/account/totp', [200, 409]),
    body: { password: goodPassword },
  },
  confirmTotp: {
    ...publicRow('/api/v1/account/totp/confirm', [401, 409]),
    body: { code: '000000' },
  },
  listClients: { who: userWriters, by: 'unlimited', path: '/api/v1/clients' },
  createClient: {
    ...{ who: userWriters, by: 'unlimited', path: '/api/v1/clients', reached: [201] },
    body: (_: Things, unique: number) => ({
      ...{ id: `khach-${unique}`, title: 'Khách mới', scopes: ['messages:read'], ...reason },
    }),
  },
  // Of the world itself.
  readClient: { who: userWriters, by: 'unlimited', path: '/api/v1/clients/client-1' },
  changeClient: aClient('change', { title: 'Tên khác' }),
  disableClient: aClient('disable'),
  enableClient: aClient('enable'),
  issueClientKey: aClient('keys', { days: 1 }),
  revokeClientKey: { ...aClient('keys/khong-co/revoke'), reached: [404] },
  revokeClient: aClient('revoke'),
  listRights: { who: 'all', by: 'nothing', path: '/api/v1/rights' },
  listAudit: { who: auditReaders, by: 'unlimited', path: '/api/v1/audit' },
  listAuditActions: { who: auditReaders, by: 'unlimited', path: '/api/v1/audit/actions' },
  exportAudit: {
    ...{ who: auditReaders, by: 'unlimited' },
    path: '/api/v1/audit/export?object=nothing',
  },
  readAuditEntry: { who: auditReaders, by: 'unlimited', path: '/api/v1/audit/rows/1' },
  verifyAudit: { who: auditReaders, by: 'unlimited', path: '/api/v1/audit/verify', body: {} },
  readAbout: { who: processReaders, by: 'unlimited', path: '/api/v1/about' },
  readFindings: { who: processReaders, by: 'unlimited', path: '/api/v1/about/doctor' },
  readBundle: { who: processReaders, by: 'unlimited', path: '/api/v1/about/bundle' },
  listMessageTypes: { who: 'all', by: 'nothing', path: '/api/v1/types' },
  readMessageType: {
    who: 'all',
    by: 'nothing',
    path: '/api/v1/types/vn.tthc.dossier.progressed.v1',
  },
  livez: publicRow('/livez'),
  readyz: publicRow('/readyz'),
  metrics: {
    ...{ who: systemSeers, by: 'unlimited', path: '/metrics' },
    headers: { 'x-forwarded-for': '192.0.2.1' },
  },
  openapi: publicRow('/openapi.json'),
  docs: publicRow('/docs'),
  showSetUpPage: publicRow('/console/set-up'),
  // Behind the lists, because they change what is in them.
  redriveDelivery: intervene('redrive'),
  discardDelivery: intervene('discard'),
  holdDelivery: intervene('hold'),
  releaseDelivery: intervene('release'),
  confirmDeliveredDelivery: intervene('confirm-delivered'),
  sendAgainDelivery: intervene('send-again'),
  giveUpDelivery: intervene('give-up'),
  // Last: whoever has signed out can do nothing more.
  endSession: publicRow('/api/v1/session/end', [204]),
}

const isPublic = (id: string): boolean =>
  operations.find((one) => one.id === id)?.access === 'public'

function may({ who }: Row, id: string, kind: Kind): boolean {
  if (isPublic(id)) return true
  if (who === 'all') return true
  if (who === 'nobody') return false
  const given: { roles: readonly string[]; mayReveal?: boolean; mayRedrive?: boolean } = kinds[kind]
  const [role] = given.roles
  if (role === undefined) return false
  if (who.includes(role as Who)) return true
  if (who.includes('reveal') && given.mayReveal) return true
  if (who.includes('reveal and redrive') && given.mayReveal && given.mayRedrive) return true
  return who.includes('redrive') && given.mayRedrive === true
}

function within({ by }: Row, reach: ReachName, place: Place): boolean {
  if (reach === 'everything' || by === 'nothing') return true
  if (by === 'unlimited') return false
  if (reach === 'one system') return place !== 'other system'
  if (by === 'whole system') return false
  return by === 'system' || place !== 'other unit'
}

let world: MatrixWorld
let unique = 0

const made = <T>(given: unknown, ...rest: unknown[]): T =>
  (typeof given === 'function' ? given(...rest) : given) as T

/** What was done at least once, and is on record each time. */
const done = new Set<string>()

const newestRow = async (): Promise<string> => {
  const sql = 'select coalesce(max(id), 0)::text as id from hub.audit'
  return (await world.hub.database.sql<{ id: string }>(sql))[0]?.id ?? '0'
}

const rowsSince = (id: string, { name }: { readonly name: string }) =>
  world.hub.database.sql<{ action: string }>(
    'select action from hub.audit where id > $1 and actor = $2',
    [id, `user:${name}`],
  )

/** Reads of what is personal, and lists that leave as files. */
const opens = [
  ...['readMessageBody', 'readFileContent', 'readPlanResult'],
  ...['exportDeliveries', 'exportProblems', 'exportAudit'],
]

/** What no person can do here; each has a test of its own that looks for its row. */
const doneElsewhere: Readonly<Record<string, string>> = {
  submitMessages: 'test/adapters/postgres/accept.test.ts',
  uploadFile: 'test/e2e/files.test.ts',
  lookUp: 'test/e2e/lookups.test.ts',
  closeCatalogueProblem: 'test/e2e/catalogues.test.ts',
  allowCatalogueShrink: 'test/e2e/catalogues.test.ts',
  signIn: 'test/app/people/sign-in.test.ts',
  enterCode: 'test/app/people/sign-in.test.ts',
  changePassword: 'test/app/people/sign-in.test.ts',
  setUp: 'test/app/people/sign-in.test.ts',
  ...Object.fromEntries(
    [
      ...['holdDelivery', 'releaseDelivery', 'confirmDeliveredDelivery', 'sendAgainDelivery'],
      ...['giveUpDelivery', 'pausePlan', 'resumePlan', 'revokeClientKey', 'confirmTotp'],
      ...['endOwnSession', 'redriveDelivery', 'refuseCorrection', 'withdrawCorrection'],
      ...['restoreRevision', 'saveJobSettings', 'saveSystemSettings'],
    ].map((id) => [id, 'test/app/people/on-record.test.ts']),
  ),
}

async function judge(id: string, row: Row, kind: Kind, reach: ReachName, place: Place) {
  const operation = operations.find((one) => one.id === id)
  const things = world.things[place]
  unique += 1
  const body = made(row.body, things, unique)
  const before = await newestRow()
  const response = await world
    .person(kind, reach)
    .ask(operation?.method.toUpperCase() ?? '', made<string>(row.path, things, unique), {
      ...(body !== undefined && { body }),
      ...(row.headers && { headers: row.headers }),
    })
  const cell = `${id}, ${kind}, ${reach}, ${place}`
  if (!may(row, id, kind)) {
    const { status, json } = response
    return status === 403 && json.code === 'scope-missing' ? [] : [`${cell}: ${status}, not 403`]
  }
  const isIn = within(row, reach, place)
  const good = row.lists || isIn ? (row.reached ?? [200]) : [row.beyond ?? 404]
  if (!good.includes(response.status)) return [`${cell}: ${response.status}, not ${good.join('/')}`]
  const isTold = (operation?.method === 'post' && !row.asks) || opens.includes(id)
  if (isTold && response.status < 300) {
    const told = await rowsSince(before, world.person(kind, reach))
    if (told.length === 0) return [`${cell}: done, and not on record`]
    if (operation?.method === 'post') done.add(id)
  }
  if (!row.lists) return []
  const shows = JSON.stringify(response.json).includes(row.lists(things))
  return shows === isIn ? [] : [`${cell}: ${shows ? 'shown' : 'not shown'}`]
}

describe('the matrix of rights', () => {
  beforeAll(async () => {
    world = await openMatrixWorld()
  }, 120_000)
  afterAll(() => world.hub.close())

  it('has a row for every operation and no other', () => {
    expect(Object.keys(table).sort()).toEqual(operations.map(({ id }) => id).sort())
  })

  it.each(Object.entries(table))(
    '%s',
    async (id, row) => {
      const wrong: string[] = []
      // What does not depend on a thing is asked once.
      for (const kind of Object.keys(kinds) as Kind[])
        for (const reach of Object.keys(reaches) as ReachName[])
          for (const place of row.by === 'nothing' ? (['own'] as const) : places)
            wrong.push(...(await judge(id, row, kind, reach, place)))
      await world.hub.database.sql('delete from hub.sign_in_try')
      expect(wrong).toEqual([])
    },
    120_000,
  )

  it('has done, and found on record, all that can be done', () => {
    const changes = operations.filter(({ id, method }) => method === 'post' && !table[id]?.asks)
    const posts = changes.map(({ id }) => id)
    const elsewhere = Object.keys(doneElsewhere)
    expect([...done, ...elsewhere].sort()).toEqual(posts.sort())
  })

  it('has put on record who did what', async () => {
    const rows = await world.hub.database.sql<{ action: string }>(
      `select distinct action from hub.audit where actor ~ '^user:p\\d+$' order by action`,
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'audit.exported',
      'audit.verified',
      'bundle.exported',
      'client.changed',
      'client.created',
      'client.disabled',
      'client.enabled',
      'client.revoked',
      'code-table.changed',
      'correction.approved',
      'correction.asked',
      'correction.created',
      'correction.sent',
      'delivery.corrected',
      'delivery.discard',
      'delivery.exported',
      'delivery.superseded',
      'file.linked',
      'file.read',
      'job.dry-run',
      'key.issued',
      'lookup.citizen-hashed',
      'message.corrected',
      'message.read',
      'message.revealed',
      'plan.cancelled',
      'plan.created',
      'plan.exported',
      'plan.rate',
      'plan.scheduled',
      'problem.acknowledge',
      'problem.assign',
      'problem.exported',
      'problem.mute',
      'problem.note',
      'problem.resolve',
      'problem.unmute',
      'pull.paused',
      'pull.resumed',
      'pull.rewound',
      'pull.started',
      'revision.applied',
      'session.all-ended',
      'session.begun',
      'session.ended',
      'session.half-begun',
      'session.refused',
      'system.checked',
      'system.paused',
      'system.rate',
      'system.resumed',
      'system.windows',
      'user.changed',
      'user.created',
      'user.disabled',
      'user.enabled',
      'user.set-up',
      'user.set-up-link',
      'user.totp-begun',
      'user.totp-enrolled',
    ])
  })

  it('leaves keys of client systems as they were: they reach everything', async () => {
    for (const place of places) {
      const { delivery, dossier, user } = world.things[place]
      for (const path of [`deliveries/${delivery}`, `dossiers/${dossier}`, `users/${user}`])
        expect((await world.hub.ask('GET', `/api/v1/${path}`, { key: world.key })).status).toBe(200)
    }
  })
})

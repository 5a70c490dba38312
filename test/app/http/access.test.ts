import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../../src/app/http/operations.ts'
import { type Scope, scopes } from '../../../src/app/http/scopes.ts'
import { scopesOf } from '../../../src/app/roles.ts'
import { ownPage } from '../../support/browser.ts'
import { firstFileId } from '../../support/fake-hub.ts'
import { halfToken, sessionToken, theUser } from '../../support/fake-people.ts'
import { aPlan } from '../../support/fake-plans.ts'
import { aWorld, messageId } from '../../support/fake-world.ts'
import { aPdf, piecesOf } from '../../support/files.ts'
import {
  type Api,
  type AskOptions,
  anEvent,
  json,
  startApi,
  structured,
} from '../../support/http-api.ts'

type Row = readonly [method: string, path: string, scope: string, options?: AskOptions]

const reason: AskOptions = { headers: json, body: '{"reason":"Đã đối chiếu"}' }
const draft: AskOptions = { headers: json, body: '{"yaml":"id: ho-so"}' }
const savedDraft: AskOptions = {
  ...{ headers: json, body: '{"yaml":"id: ho-so","base":3,"reason":"Đổi lịch"}' },
}
const event: AskOptions = { headers: structured, body: JSON.stringify(anEvent()) }

/** One row for each operation: how to call it and the right it needs. A new one needs a new row. */
const table: Readonly<Record<string, Row>> = {
  submitMessages: ['POST', '/api/v1/messages', 'messages:write', event],
  readMessage: ['GET', `/api/v1/messages/${messageId}`, 'messages:read'],
  readMessageContent: ['GET', `/api/v1/messages/${messageId}/content`, 'messages:read'],
  revealMessage: ['POST', `/api/v1/messages/${messageId}/reveal`, 'personal-data:read', reason],
  search: ['GET', '/api/v1/search?q=H99', 'messages:read'],
  readMessageBody: ['GET', `/api/v1/messages/${messageId}/body`, 'personal-data:read'],
  uploadFile: [
    'POST',
    '/api/v1/files',
    'files:write',
    {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="don.pdf"',
      },
      body: aPdf(),
    },
  ],
  readFile: ['GET', `/api/v1/files/${firstFileId}`, 'files:read'],
  readFileContent: ['GET', `/api/v1/files/${firstFileId}/content`, 'files:read'],
  linkFile: [
    'POST',
    `/api/v1/files/${firstFileId}/link`,
    'files:read',
    { headers: json, body: '{"hours": 1}' },
  ],
  fetchLinkedFile: [
    'GET',
    `/files/1.${Buffer.from(`99999999999 ${firstFileId}`).toString('base64url')}`,
    'none',
  ],
  readDossier: ['GET', '/api/v1/dossiers/H99.12-261122-0001', 'messages:read'],
  listDeliveries: ['GET', '/api/v1/deliveries', 'deliveries:read'],
  listBlocking: ['GET', '/api/v1/deliveries/blocking', 'deliveries:read'],
  readDelivery: ['GET', '/api/v1/deliveries/12.3', 'deliveries:read'],
  followLive: ['GET', '/api/v1/live', 'deliveries:read'],
  redriveDelivery: ['POST', '/api/v1/deliveries/12.3/redrive', 'deliveries:write', reason],
  discardDelivery: ['POST', '/api/v1/deliveries/12.3/discard', 'deliveries:write', reason],
  holdDelivery: ['POST', '/api/v1/deliveries/12.4/hold', 'deliveries:write', reason],
  releaseDelivery: ['POST', '/api/v1/deliveries/14.1/release', 'deliveries:write', reason],
  confirmDeliveredDelivery: [
    'POST',
    '/api/v1/deliveries/13.1/confirm-delivered',
    'deliveries:write',
    reason,
  ],
  sendAgainDelivery: ['POST', '/api/v1/deliveries/13.1/send-again', 'deliveries:write', reason],
  giveUpDelivery: ['POST', '/api/v1/deliveries/13.1/give-up', 'deliveries:write', reason],
  createPlan: [
    'POST',
    '/api/v1/plans',
    'deliveries:write',
    {
      headers: json,
      body: '{"action":"redrive","filter":{"system":"dvcqg"},"reason":"Đã đối chiếu"}',
    },
  ],
  listPlans: ['GET', '/api/v1/plans', 'deliveries:read'],
  readPlan: ['GET', '/api/v1/plans/1', 'deliveries:read'],
  listPlanItems: ['GET', '/api/v1/plans/1/items', 'deliveries:read'],
  readPlanResult: ['GET', '/api/v1/plans/1/result', 'deliveries:read'],
  startPlan: ['POST', '/api/v1/plans/1/start', 'deliveries:write', reason],
  pausePlan: ['POST', '/api/v1/plans/1/pause', 'deliveries:write', reason],
  resumePlan: ['POST', '/api/v1/plans/1/resume', 'deliveries:write', reason],
  ratePlan: [
    'POST',
    '/api/v1/plans/1/rate',
    'deliveries:write',
    { headers: json, body: '{"reason":"Đã đối chiếu","ratePerMinute":60}' },
  ],
  cancelPlan: ['POST', '/api/v1/plans/1/cancel', 'deliveries:write', reason],
  checkCorrection: [
    'POST',
    '/api/v1/corrections/check',
    'personal-data:read',
    { headers: json, body: `{"message":"${messageId}","data":{}}` },
  ],
  createCorrection: [
    'POST',
    '/api/v1/corrections',
    'deliveries:write',
    {
      headers: json,
      body: '{"filter":{"system":"dvcqg"},"steps":[{"pointer":"/a","to":1}],"reason":"Đã đối chiếu"}',
    },
  ],
  listCorrections: ['GET', '/api/v1/corrections', 'deliveries:read'],
  readCorrection: ['GET', '/api/v1/corrections/1', 'deliveries:read'],
  listCorrectionItems: ['GET', '/api/v1/corrections/1/items', 'deliveries:read'],
  dryRunCorrection: ['POST', '/api/v1/corrections/1/dry-run', 'deliveries:write'],
  askCorrection: ['POST', '/api/v1/corrections/1/ask', 'deliveries:write', reason],
  approveCorrection: ['POST', '/api/v1/corrections/1/approve', 'deliveries:write', reason],
  refuseCorrection: ['POST', '/api/v1/corrections/1/refuse', 'deliveries:write', reason],
  withdrawCorrection: ['POST', '/api/v1/corrections/1/withdraw', 'deliveries:write', reason],
  sendCorrection: ['POST', '/api/v1/corrections/1/send', 'deliveries:write', reason],
  lookUp: [
    'POST',
    '/api/v1/lookups/dan-cu/xac-thuc',
    'any',
    {
      headers: json,
      body: JSON.stringify({
        official: 'canbo.demo',
        unit: 'H99.14',
        dossier: 'H99.14-260101-0001',
        purpose: 'Kiểm tra nơi thường trú',
        fields: ['exists'],
        parameters: {},
      }),
    },
  ],
  listLookups: ['GET', '/api/v1/lookups/audit', 'lookup-audit:read'],
  listCatalogues: ['GET', '/api/v1/catalogues', 'catalogues:read'],
  readCatalogue: ['GET', '/api/v1/catalogues/agencies?limit=1', 'catalogues:read'],
  readCatalogueCode: ['GET', '/api/v1/catalogues/agencies/99001', 'catalogues:read'],
  listCatalogueProblems: ['GET', '/api/v1/catalogues/agencies/problems', 'catalogues:read'],
  closeCatalogueProblem: [
    'POST',
    '/api/v1/catalogues/agencies/99002/close-problem',
    'catalogues:write',
    reason,
  ],
  allowCatalogueShrink: [
    'POST',
    '/api/v1/catalogues/agencies/listing/allow-shrink',
    'catalogues:write',
    reason,
  ],
  listCodeTables: ['GET', '/api/v1/code-tables', 'catalogues:read'],
  readCodeTable: ['GET', '/api/v1/code-tables/dat-dai-procedure', 'catalogues:read'],
  setCodeEntry: [
    'POST',
    '/api/v1/code-tables/dat-dai-procedure/entries',
    'catalogues:write',
    {
      headers: json,
      body: JSON.stringify({ canonical: '1', remote: 'QT-1', reason: 'Thủ tục mới' }),
    },
  ],
  listRevisions: ['GET', '/api/v1/revisions', 'config:read'],
  readRevision: ['GET', '/api/v1/revisions/3', 'config:read'],
  restoreRevision: ['POST', '/api/v1/revisions/2/restore', 'config:write', reason],
  listJobs: ['GET', '/api/v1/jobs', 'config:read'],
  readJobSettings: ['GET', '/api/v1/jobs/ho-so/settings', 'config:read'],
  checkJobSettings: ['POST', '/api/v1/jobs/ho-so/settings/check', 'config:read', draft],
  saveJobSettings: ['POST', '/api/v1/jobs/ho-so/settings', 'config:write', savedDraft],
  readSystemSettings: ['GET', '/api/v1/systems/ilis/settings', 'config:read'],
  checkSystemSettings: ['POST', '/api/v1/systems/ilis/settings/check', 'config:read', draft],
  saveSystemSettings: ['POST', '/api/v1/systems/ilis/settings', 'config:write', savedDraft],
  hashCitizen: [
    'POST',
    '/api/v1/lookups/audit/citizen',
    'lookup-audit:read',
    { headers: json, body: '{"number": "000000000001"}' },
  ],
  lookupUsage: ['GET', '/api/v1/lookups/usage?month=2026-11', 'lookup-audit:read'],
  listSystems: ['GET', '/api/v1/systems', 'systems:read'],
  readSystem: ['GET', '/api/v1/systems/dvcqg', 'systems:read'],
  checkSystem: ['POST', '/api/v1/systems/dvcqg/check', 'systems:write'],
  pauseSystem: ['POST', '/api/v1/systems/dvcqg/pause', 'systems:write', reason],
  resumeSystem: ['POST', '/api/v1/systems/dvcqg/resume', 'systems:write', reason],
  setSystemRate: [
    'POST',
    '/api/v1/systems/dvcqg/rate',
    'systems:write',
    { headers: json, body: '{"ratePerSecond": 5, "reason": "Gửi chậm lại"}' },
  ],
  changeSystemWindows: [
    'POST',
    '/api/v1/systems/dvcqg/windows',
    'systems:write',
    {
      headers: json,
      body: JSON.stringify({
        add: { kind: 'weekly', days: [7], from: '23:00', to: '02:00', reason: 'Sao lưu' },
        reason: 'Sao lưu hằng tuần',
      }),
    },
  ],
  readNow: ['GET', '/api/v1/now', 'systems:read'],
  listProblems: ['GET', '/api/v1/problems', 'systems:read'],
  readProblem: ['GET', '/api/v1/problems/7', 'systems:read'],
  listProblemDeliveries: ['GET', '/api/v1/problems/7/deliveries', 'deliveries:read'],
  acknowledgeProblem: ['POST', '/api/v1/problems/7/acknowledge', 'systems:write', reason],
  assignProblem: [
    'POST',
    '/api/v1/problems/7/assign',
    'systems:write',
    { headers: json, body: '{"owner": "lan", "reason": "Kiểm tra quyền"}' },
  ],
  noteProblem: ['POST', '/api/v1/problems/7/note', 'systems:write', reason],
  muteProblem: [
    'POST',
    '/api/v1/problems/7/mute',
    'systems:write',
    { headers: json, body: '{"until": "2099-01-01T00:00:00Z", "reason": "Kiểm tra quyền"}' },
  ],
  unmuteProblem: ['POST', '/api/v1/problems/7/unmute', 'systems:write', reason],
  resolveProblem: ['POST', '/api/v1/problems/7/resolve', 'systems:write', reason],
  listFollows: ['GET', '/api/v1/follows?system=dvcqg', 'deliveries:read'],
  listPulls: ['GET', '/api/v1/pulls', 'systems:read'],
  runPull: ['POST', '/api/v1/pulls/tthc-changes/run', 'systems:write'],
  pausePull: ['POST', '/api/v1/pulls/tthc-changes/pause', 'systems:write', reason],
  resumePull: ['POST', '/api/v1/pulls/tthc-changes/resume', 'systems:write', reason],
  rewindPull: [
    'POST',
    '/api/v1/pulls/tthc-changes/rewind',
    'systems:write',
    { headers: json, body: '{"reason": "Đã đối chiếu", "to": "start"}' },
  ],
  dryRunJob: [
    'POST',
    '/api/v1/jobs/dossiers-to-dvcqg/dry-run',
    'systems:write',
    { headers: json, body: '{"last": 5}' },
  ],
  listUsers: ['GET', '/api/v1/users', 'users:read'],
  readUser: ['GET', '/api/v1/users/lan.nguyen', 'users:read'],
  createUser: [
    'POST',
    '/api/v1/users',
    'users:write',
    {
      headers: json,
      body: '{"name":"an.le","title":"Lê Thử","roles":["viewer"],"reason":"Kiểm thử"}',
    },
  ],
  changeUser: ['POST', '/api/v1/users/lan.nguyen/change', 'users:write', reason],
  disableUser: ['POST', '/api/v1/users/lan.nguyen/disable', 'users:write', reason],
  enableUser: ['POST', '/api/v1/users/lan.nguyen/enable', 'users:write', reason],
  endUserSessions: ['POST', '/api/v1/users/lan.nguyen/end-sessions', 'users:write', reason],
  newSetUpLink: ['POST', '/api/v1/users/lan.nguyen/set-up-link', 'users:write', reason],
  signIn: [
    'POST',
    '/api/v1/session',
    'none',
    { headers: json, body: '{"username":"lan.nguyen","password":"right"}' },
  ],
  setUp: [
    'POST',
    '/api/v1/set-up',
    'none',
    { headers: json, body: '{"token":"t","password":"p"}' },
  ],
  listProviders: ['GET', '/api/v1/session/providers', 'none'],
  beginOidc: ['GET', '/api/v1/session/oidc', 'none'],
  finishOidc: ['GET', '/api/v1/session/oidc/callback?code=c&state=s&session_state=x', 'none'],
  readSession: ['GET', '/api/v1/session', 'session'],
  enterCode: [
    'POST',
    '/api/v1/session/totp',
    'half-session',
    { headers: json, body: '{"code":"1"}' },
  ],
  endSession: ['POST', '/api/v1/session/end', 'half-session'],
  changePassword: [
    'POST',
    '/api/v1/session/password',
    'session',
    { headers: json, body: '{"current":"a","password":"b"}' },
  ],
  readAccount: ['GET', '/api/v1/account', 'session'],
  listOwnSessions: ['GET', '/api/v1/account/sessions', 'session'],
  endOwnSession: [
    'POST',
    '/api/v1/account/sessions/01890000-0000-7000-8000-00000000a002/end',
    'session',
  ],
  beginTotp: [
    'POST',
    '/api/v1/account/totp',
    'session',
    { headers: json, body: '{"password":"a"}' },
  ],
  confirmTotp: [
    'POST',
    '/api/v1/account/totp/confirm',
    'session',
    { headers: json, body: '{"code":"1"}' },
  ],
  listClients: ['GET', '/api/v1/clients', 'clients:read'],
  readClient: ['GET', '/api/v1/clients/mot-cua', 'clients:read'],
  createClient: [
    'POST',
    '/api/v1/clients',
    'clients:write',
    {
      headers: json,
      body: '{"id":"dat-dai","title":"Đất đai","scopes":["messages:write"],"sources":["/h99/x"],"reason":"Kiểm thử"}',
    },
  ],
  changeClient: ['POST', '/api/v1/clients/mot-cua/change', 'clients:write', reason],
  disableClient: ['POST', '/api/v1/clients/mot-cua/disable', 'clients:write', reason],
  enableClient: ['POST', '/api/v1/clients/mot-cua/enable', 'clients:write', reason],
  revokeClient: ['POST', '/api/v1/clients/mot-cua/revoke', 'clients:write', reason],
  issueClientKey: ['POST', '/api/v1/clients/mot-cua/keys', 'clients:write', reason],
  revokeClientKey: [
    'POST',
    '/api/v1/clients/mot-cua/keys/abcd1234/revoke',
    'clients:write',
    reason,
  ],
  listRights: ['GET', '/api/v1/rights', 'any'],
  listAudit: ['GET', '/api/v1/audit?action=user.*&limit=5', 'audit:read'],
  listAuditActions: ['GET', '/api/v1/audit/actions', 'audit:read'],
  exportDeliveries: ['GET', '/api/v1/deliveries/export?format=csv', 'deliveries:read'],
  exportProblems: ['GET', '/api/v1/problems/export?format=csv', 'systems:read'],
  exportAudit: ['GET', '/api/v1/audit/export?format=csv', 'audit:read'],
  readAuditEntry: ['GET', '/api/v1/audit/rows/7', 'audit:read'],
  verifyAudit: ['POST', '/api/v1/audit/verify', 'audit:read', { headers: json, body: '{}' }],
  readAbout: ['GET', '/api/v1/about', 'process:read'],
  readFindings: ['GET', '/api/v1/about/doctor', 'process:read'],
  readBundle: ['GET', '/api/v1/about/bundle', 'process:read'],
  listMessageTypes: ['GET', '/api/v1/types', 'any'],
  readMessageType: ['GET', '/api/v1/types/vn.tthc.dossier.progressed.v1', 'any'],
  livez: ['GET', '/livez', 'none'],
  readyz: ['GET', '/readyz', 'none'],
  metrics: ['GET', '/metrics', 'systems:read', { headers: { 'x-forwarded-for': '192.0.2.1' } }],
  openapi: ['GET', '/openapi.json', 'none'],
  docs: ['GET', '/docs', 'none'],
  showSetUpPage: ['GET', '/console/set-up', 'none'],
}

const signedIn = Object.entries(table).filter(([, [, , scope]]) => scope.endsWith('session'))
const keyed = Object.entries(table).filter(
  ([, [, , scope]]) => scope !== 'none' && !scope.endsWith('session'),
)
const open = Object.entries(table).filter(([, [, , scope]]) => scope === 'none')
const scoped = keyed.filter(([, [, , scope]]) => scope !== 'any')

let api: Api

/** `ask` itself fails when a safety header is missing. */
const call = ([method, path, , options = {}]: Row, key?: string) =>
  api.ask(method, path, { ...options, ...(key !== undefined && { key }) })

const byCookie = ([method, path, , options = {}]: Row, token: string) =>
  api.ask(method, path, {
    ...options,
    headers: { ...options.headers, ...ownPage, cookie: `__Host-hub=${token}` },
  })

function matrix() {
  it('has a row for every operation and no other', () => {
    expect(Object.keys(table).sort()).toEqual(operations.map(({ id }) => id).sort())
  })

  it.each(keyed)('refuses %s without a key', async (_, row) => {
    const answer = await call(row)
    expect([answer.status, answer.json.code]).toEqual([401, 'key-missing'])
    expect(answer.headers['www-authenticate']).toContain('Bearer')
  })

  it.each(keyed)('refuses %s with a key nobody issued', async (_, row) => {
    const answer = await call(row, 'hub_test_nobody')
    expect([answer.status, answer.json.code]).toEqual([401, 'key-invalid'])
  })

  it.each(scoped)('refuses %s with every scope but its own', async (_, row) => {
    const others = Object.keys(scopes).filter((scope) => scope !== row[2] && scope !== 'admin')
    const answer = await call(row, api.hub.key(...others, 'doors:dvcqg'))
    expect([answer.status, answer.json.code]).toEqual([403, 'scope-missing'])
    expect(answer.json.detail).toContain(row[2])
  })

  /** In the state from which a plan can be paused, or resumed, or the rest. */
  const anew = (operation: string): void => {
    Object.assign(api.hub.world, aWorld())
    const state =
      operation === 'pausePlan' ? 'running' : operation === 'resumePlan' ? 'paused' : 'ready'
    api.hub.fakePlans.plans = [aPlan(1, { state })]
  }

  it.each(keyed)('serves %s with its scope', async (id, row) => {
    anew(id)
    expect((await call(row, api.hub.key(row[2]))).status).toBeLessThan(300)
  })

  it.each(keyed)('serves %s to an administrator', async (id, row) => {
    anew(id)
    expect((await call(row, api.hub.key('admin'))).status).toBeLessThan(300)
  })

  it.each(open)('serves %s without a key', async (_, row) => {
    expect((await call(row)).status).toBeLessThan(400)
  })

  it.each(signedIn)('serves %s to a person only', async (_, row) => {
    for (const key of [undefined, api.hub.key('admin')]) {
      const answer = await call(row, key)
      expect([answer.status, answer.json.code]).toEqual([401, 'session-ended'])
    }
    expect((await byCookie(row, sessionToken)).status).toBeLessThan(300)
    const half = await byCookie(row, halfToken)
    if (row[2] === 'half-session') expect(half.status).toBeLessThan(300)
    else expect([half.status, half.json.code]).toEqual([401, 'code-needed'])
  })

  it.each(keyed)('serves %s to a person by what he is', async (_, row) => {
    Object.assign(api.hub.world, aWorld())
    const right = row[2] === 'any' || scopesOf(theUser).includes(row[2] as Scope)
    const answer = await byCookie(row, sessionToken)
    // No role lets a person look up in the name of another.
    if (right && !row[1].includes('/lookups/dan-cu')) expect(answer.status).toBeLessThan(300)
    else if (!right) expect([answer.status, answer.json.code]).toEqual([403, 'scope-missing'])
  })
}

function keys() {
  it('takes the key in X-Api-Key as well', async () => {
    const headers = { 'x-api-key': api.hub.key('systems:read') }
    expect((await api.ask('GET', '/api/v1/systems', { headers })).status).toBe(200)
  })

  it('does not take HTTP Basic outside the doors', async () => {
    const pair = Buffer.from(`x:${api.hub.key('systems:read')}`).toString('base64')
    const answer = await api.ask('GET', '/api/v1/systems', {
      headers: { authorization: `Basic ${pair}` },
    })
    expect([answer.status, answer.json.code]).toEqual([401, 'key-missing'])
  })

  it('does not look up a key that is absurdly long', async () => {
    const answer = await api.ask('GET', '/api/v1/systems', { key: 'k'.repeat(1000) })
    expect(answer.json.code).toBe('key-invalid')
  })

  it.each(['api_key=abc', 'ACCESS-TOKEN=abc', 'key=', 'limit=1&token=x', 'q=hub_live_1234'])(
    'refuses an address with %s, and repeats nothing of it',
    async (query) => {
      const answer = await api.ask('GET', `/api/v1/deliveries?${query}`)
      expect([answer.status, answer.json.code]).toEqual([400, 'key-in-url'])
      expect(answer.json.instance).toBe('/api/v1/deliveries')
      const line = api.hub.lines.at(-1)
      expect(line).toMatchObject({ level: 'warn', event: 'access.refused' })
      expect(JSON.stringify(line)).not.toContain('hub_live')
    },
  )

  it('serves metrics from this machine without a key, but not through a proxy on it', async () => {
    const near = await api.ask('GET', '/metrics')
    expect([near.status, near.text]).toEqual([200, 'hub_up 1\n'])
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      const far = await api.ask('GET', '/metrics', { headers: { [name]: '127.0.0.1' } })
      expect(far.status).toBe(401)
    }
  })

  it('tells every refusal with its code and address, never with the key', async () => {
    const key = api.hub.key('messages:read')
    await api.ask('GET', '/api/v1/systems', { key })
    const line = api.hub.lines.at(-1)
    expect(line).toMatchObject({
      level: 'warn',
      event: 'access.refused',
      fields: {
        operation: 'listSystems',
        code: 'scope-missing',
        address: '127.0.0.1',
        status: 403,
      },
    })
    expect(JSON.stringify(line)).not.toContain(key)
  })
}

describe('access', () => {
  beforeAll(async () => {
    api = await startApi({ world: aWorld(), limits: { refusalsLoggedPerSecond: 10_000 } })
    const content = piecesOf(aPdf(), 1000)
    await api.hub.kept.files.keep({ content, name: 'đơn.pdf' }, 'mot-cua')
  })
  afterAll(() => api.close())

  matrix()
  keys()

  it('changes nothing by GET', () => {
    const reading = operations.filter(({ method }) => method === 'get')
    expect(reading.filter(({ access }) => access.endsWith(':write'))).toEqual([])
  })
})

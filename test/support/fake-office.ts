/** What administration asks of a hub in memory: the audit trail, clients, what it says of itself, one's own account. */
import type { About } from '../../src/app/about.ts'
import type { Hub } from '../../src/app/hub.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { OwnAccount } from '../../src/engine/people/own-account.ts'
import type { AuditEntryDetail, AuditQueries } from '../../src/engine/ports/audit.ts'
import type { ClientView } from '../../src/engine/ports/clients.ts'
import type { Act } from '../../src/engine/ports/interventions.ts'

const at = '2026-11-22T01:00:00.000Z'

export const auditRow: AuditEntryDetail = {
  ...{ id: '7', at: '2026-11-22T01:00:00.000001Z', actor: 'user:lan.nguyen', object: 'mot-cua' },
  ...{ action: 'client.changed', outcome: 'done', reason: '=Thử', sealed: true },
  ...{ before: { title: 'Cũ' }, after: { title: 'Mới' }, more: {}, detail: '{}' },
  seal: {
    ...{ link: '3', from: '1', to: '9', rows: 9, sealedAt: at },
    ...{ hash: '0'.repeat(64), previous: '1'.repeat(64) },
  },
}

export const fakeAudit: AuditQueries = {
  async audit({ cursor }) {
    if (cursor === 'broken') throw new HubError('request-invalid')
    const { detail: _, seal: __, ...row } = auditRow
    return { items: [row], next: null }
  },
  auditEntry: async (id) => (id === auditRow.id ? auditRow : undefined),
  auditActions: async () => ['client.changed'],
}

export const aClient = (changes: Partial<ClientView> = {}): ClientView => ({
  ...{ id: 'mot-cua', title: 'Một cửa', sources: ['/h99/mot-cua'], types: ['*'] },
  ...{ scopes: ['messages:write'], createdAt: at, disabledAt: null, revokedAt: null },
  keys: [
    {
      ...{ id: 'abcd1234', createdAt: at, expiresAt: '2027-11-22T01:00:00.000Z' },
      ...{ lastUsedAt: null, revokedAt: null },
    },
  ],
  ...changes,
})

type Clients = Omit<Hub['clients'], 'authenticate' | 'byId'>

/** One of them, `mot-cua`, besides those that are made. */
export function createFakeClients(acts: { what: string; act: Act }[]): Clients {
  let clients: ClientView[] = [aClient()]
  const know = (id: string) => clients.some((one) => one.id === id)
  const set = (id: string, changes: Partial<ClientView>) => {
    clients = clients.map((one) => (one.id === id ? { ...one, ...changes } : one))
    return know(id)
  }
  const missing = () => Promise.reject(new Error('not part of the HTTP API'))
  return {
    ...{ addKey: missing, findKey: missing, keyUsed: missing },
    list: async () => clients,
    use: async () => new Map([['mot-cua', { requests: 12, refused: 1, failed: 0 }]]),
    async create(client, act) {
      clients = [...clients.filter(({ id }) => id !== client.id), aClient({ ...client, keys: [] })]
      acts.push({ what: `create ${client.id}`, act })
    },
    async change(id, change, act) {
      set(id, change)
      acts.push({ what: `change ${id}`, act })
    },
    async disable(id, act) {
      acts.push({ what: `disable ${id}`, act })
      return set(id, { disabledAt: at })
    },
    async enable(id, act) {
      acts.push({ what: `enable ${id}`, act })
      return set(id, { disabledAt: null })
    },
    async revoke(target, act) {
      acts.push({ what: `revoke ${JSON.stringify(target)}`, act })
      return true
    },
    async issueKey(client, days, act, othersEndAt) {
      acts.push({ what: `key ${client} ${days} ${othersEndAt?.toISOString() ?? '-'}`, act })
      const expiresAt = new Date('2027-11-22T01:00:00.000Z')
      return { id: 'efgh5678', key: 'hub_test_efgh5678_x', expiresAt, ended: [] }
    },
  }
}

export const fakeAbout: About = {
  read: async () => ({
    ...{ version: '0.1.0', node: 'v20.20.2', postgres: '18.4', startedAt: at, environment: 'test' },
    ...{ role: 'all', releases: [{ version: '0.1.0', since: at }], revision: { id: 3 } },
    migrations: [{ number: 1, name: '0001-store.sql', at }],
    processes: [{ id: 'may-1', role: 'all', seenSecondsAgo: 1 }],
    storage: { bytes: 10, groups: [{ group: 'audit', bytes: 10, rows: 1 }] },
    ...{ backup: { at }, restoreDrill: null, restoredAt: null },
    connectors: [{ id: 'dvcqg', problem: null }],
    settings: [
      {
        ...{ name: 'HUB_ROLE', what: { vi: 'Vai trò', en: 'Role' }, value: 'all', secret: false },
        otherwise: { vi: 'all', en: 'all' },
      },
    ],
  }),
  doctor: async () => [
    {
      ...{ check: 'node', state: 'ok', next: null, title: { vi: 'Node.js', en: 'Node.js' } },
      found: { vi: 'v20', en: 'v20' },
    },
  ],
}

export const fakeAccount: OwnAccount = {
  sessions: async () => [
    {
      ...{ id: '01890000-0000-7000-8000-00000000a002', createdAt: at, seenAt: at, endsAt: at },
      ...{ how: 'password from 192.0.2.7', current: true },
    },
  ],
  endSession: async () => undefined,
  beginTotp: async () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x' }),
  finishTotp: async () => undefined,
}

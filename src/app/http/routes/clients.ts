import { HubError, type Words } from '../../../domain/errors.ts'
import type { ClientDetails, ClientView } from '../../../engine/ports/clients.ts'
import type { Act } from '../../../engine/ports/interventions.ts'
import { mustBeGivable, mustBeSound } from '../../client-rules.ts'
import type { Hub } from '../../hub.ts'
import { roleNames, roles } from '../../roles.ts'
import { scopes, systemScopes } from '../../scopes.ts'
import { actOf } from '../acting.ts'
import type { Call, Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'
import { unlimited } from '../unlimited.ts'

const clientPath = {
  id: text(['Mã hệ thống khách / Client id'], { pattern: '^[a-z][a-z0-9-]{1,40}$' }),
}
const keyPath = {
  ...clientPath,
  key: text(['Mã khoá / Key id'], { pattern: '^[0-9A-Za-z_-]{1,64}$' }),
}
const idOf = ({ path }: Call): string => path.id ?? ''
const none = { requests: 0, refused: 0, failed: 0 }

async function listAll(hub: Hub) {
  const [clients, use] = await Promise.all([hub.clients.list(), hub.clients.use()])
  return clients.map((client) => ({ ...client, use: use.get(client.id) ?? none }))
}

async function findClient(hub: Hub, id: string): Promise<ClientView & { use: typeof none }> {
  const found = (await listAll(hub)).find((client) => client.id === id)
  if (!found) throw new HubError('not-found')
  return found
}

const theClient = {
  200: {
    words: { vi: 'Hệ thống khách sau thao tác.', en: 'The client afterwards.' },
    schema: 'Client',
  },
} as const

const json = '-H "X-Api-Key: $KEY" -H "Content-Type: application/json"'

const listClients: Operation = {
  id: 'listClients',
  tag: 'clients',
  method: 'get',
  path: '/api/v1/clients',
  access: 'clients:read',
  summary: { vi: 'Xem các hệ thống khách và khoá', en: 'List the clients and their keys' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Hệ thống khách.', en: 'The clients.' }, schema: 'Clients' } },
  codes: [],
  example: 'curl "$HUB/api/v1/clients" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async () => ({ status: 200, json: { items: await listAll(hub) } }),
}

const readClient: Operation = {
  id: 'readClient',
  tag: 'clients',
  method: 'get',
  path: '/api/v1/clients/{id}',
  access: 'clients:read',
  summary: { vi: 'Xem một hệ thống khách', en: 'Read a client' },
  pathParameters: clientPath,
  query: {},
  answers: { 200: { words: { vi: 'Hệ thống khách.', en: 'The client.' }, schema: 'Client' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/clients/mot-cua" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => ({ status: 200, json: await findClient(hub, idOf(call)) }),
}

type NewClientBody = Partial<ClientDetails> &
  Pick<ClientDetails, 'title' | 'scopes'> & { readonly id: string; readonly days?: number }

const createClient: Operation = {
  id: 'createClient',
  tag: 'clients',
  method: 'post',
  path: '/api/v1/clients',
  access: 'clients:write',
  told: true,
  summary: { vi: 'Tạo hệ thống khách và khoá', en: 'Make a client and a key' },
  description: {
    vi: 'Khoá chỉ hiện một lần trong trả lời này. Quyền thuộc việc của người (ví dụ personal-data:read) chỉ người đang có mới cấp được.',
    en: 'The key is shown once, in this answer. A right of the work of people (personal-data:read, say) is given only by somebody who has it.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'NewClient' },
  answers: {
    201: {
      words: { vi: 'Đã tạo.', en: 'Made.' },
      schema: 'NewClientAnswer',
      headers: { Location: 'Đường dẫn của hệ thống khách / Path of the client' },
    },
  },
  codes: ['reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/clients" ${json} \\
  -d '{"id": "mot-cua", "title": "Một cửa", "scopes": ["messages:write"], "sources": ["/h99/mot-cua"],
       "reason": "Khai trương"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { reason: _, days = 365, ...given } = call.body as NewClientBody & { reason: string }
      const client = { sources: [], types: ['*'], ...given }
      mustBeSound(client)
      mustBeGivable(call.client, client.scopes)
      await hub.clients.create(client, actOf(call))
      const key = await hub.clients.issueKey(client.id, days, actOf(call))
      return {
        status: 201,
        json: { client: await findClient(hub, client.id), key },
        headers: ['Location', `/api/v1/clients/${client.id}`],
      }
    },
}

const changeClient: Operation = {
  id: 'changeClient',
  tag: 'clients',
  method: 'post',
  path: '/api/v1/clients/{id}/change',
  access: 'clients:write',
  told: true,
  summary: { vi: 'Sửa hệ thống khách', en: 'Change a client' },
  description: {
    vi: 'Tên, quyền, nguồn, loại bản tin. Có hiệu lực ở mọi tiến trình sau 5 giây là muộn nhất.',
    en: 'Name, scopes, sources, message types. In force everywhere after 5 seconds at the latest.',
  },
  pathParameters: clientPath,
  query: {},
  body: { kind: 'json', schema: 'ClientChange' },
  answers: theClient,
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/clients/mot-cua/change" ${json} \\
  -d '{"scopes": ["messages:write", "messages:read"], "reason": "Thêm tra cứu trạng thái"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { reason: _, ...change } = call.body as Partial<ClientDetails> & { reason: string }
      const before = await findClient(hub, idOf(call))
      mustBeSound({ scopes: before.scopes, sources: before.sources, ...change })
      const added = (change.scopes ?? []).filter((scope) => !before.scopes.includes(scope))
      mustBeGivable(call.client, added)
      await hub.clients.change(idOf(call), change, actOf(call))
      return { status: 200, json: await findClient(hub, idOf(call)) }
    },
}

interface Ending {
  readonly verb: 'disable' | 'enable' | 'revoke'
  readonly summary: Words
  readonly description?: Words
  act(hub: Hub, id: string, act: Act): Promise<boolean>
}

const ending = ({ verb, summary, description, act }: Ending): Operation => ({
  id: `${verb}Client`,
  tag: 'clients',
  method: 'post',
  path: `/api/v1/clients/{id}/${verb}`,
  access: 'clients:write',
  told: true,
  summary,
  ...(description && { description }),
  pathParameters: clientPath,
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: theClient,
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/clients/mot-cua/${verb}" ${json} -d '{"reason": "Theo công văn 12"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      await findClient(hub, idOf(call))
      if (!(await act(hub, idOf(call), actOf(call)))) throw new HubError('state-conflict')
      return { status: 200, json: await findClient(hub, idOf(call)) }
    },
})

const endings: readonly Operation[] = [
  ending({
    verb: 'disable',
    summary: { vi: 'Khoá tạm một hệ thống khách', en: 'Disable a client' },
    description: {
      vi: 'Mọi khoá của nó bị từ chối cho tới khi mở lại; muộn nhất sau 5 giây.',
      en: 'Its keys are refused until it is enabled again; after 5 seconds at the latest.',
    },
    act: (hub, id, act) => hub.clients.disable(id, act),
  }),
  ending({
    verb: 'enable',
    summary: { vi: 'Mở lại một hệ thống khách', en: 'Enable a client' },
    act: (hub, id, act) => hub.clients.enable(id, act),
  }),
  ending({
    verb: 'revoke',
    summary: { vi: 'Thu hồi hẳn một hệ thống khách', en: 'Revoke a client for good' },
    description: {
      vi: 'Không mở lại được; mã này không dùng lại được.',
      en: 'It cannot be enabled again, and its id cannot be used again.',
    },
    act: (hub, id, act) => hub.clients.revoke({ client: id }, act),
  }),
]

const issueClientKey: Operation = {
  id: 'issueClientKey',
  tag: 'clients',
  method: 'post',
  path: '/api/v1/clients/{id}/keys',
  access: 'clients:write',
  told: true,
  summary: { vi: 'Cấp khoá mới', en: 'Issue a new key' },
  description: {
    vi: 'Khoá chỉ hiện một lần trong trả lời này. othersEndAt: đổi khoá có gối đầu, khoá cũ còn dùng được tới lúc ấy.',
    en: 'The key is shown once, in this answer. othersEndAt: to rotate with overlap, the old keys are good until then.',
  },
  pathParameters: clientPath,
  query: {},
  body: { kind: 'json', schema: 'NewClientKey' },
  answers: { 201: { words: { vi: 'Khoá.', en: 'The key.' }, schema: 'IssuedKey' } },
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/clients/mot-cua/keys" ${json} \\
  -d '{"days": 365, "othersEndAt": "2026-12-01T00:00:00+07:00", "reason": "Đổi khoá hằng năm"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { days = 365, othersEndAt } = call.body as { days?: number; othersEndAt?: string }
      const client = await findClient(hub, idOf(call))
      if (client.revokedAt !== null) throw new HubError('state-conflict')
      mustBeGivable(call.client, client.scopes)
      const until = othersEndAt === undefined ? undefined : new Date(othersEndAt)
      const key = await hub.clients.issueKey(client.id, days, actOf(call), until)
      return { status: 201, json: key }
    },
}

const revokeClientKey: Operation = {
  id: 'revokeClientKey',
  tag: 'clients',
  method: 'post',
  path: '/api/v1/clients/{id}/keys/{key}/revoke',
  access: 'clients:write',
  told: true,
  summary: { vi: 'Thu hồi một khoá', en: 'Revoke a key' },
  pathParameters: keyPath,
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: theClient,
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/clients/mot-cua/keys/4fK2/revoke" ${json} -d '{"reason": "Nghi lộ"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { keys } = await findClient(hub, idOf(call))
      const key = keys.find(({ id }) => id === call.path.key)
      if (!key) throw new HubError('not-found')
      if (!(await hub.clients.revoke({ key: key.id }, actOf(call))))
        throw new HubError('state-conflict')
      return { status: 200, json: await findClient(hub, idOf(call)) }
    },
}

const listRights: Operation = {
  id: 'listRights',
  tag: 'clients',
  method: 'get',
  path: '/api/v1/rights',
  access: 'any-key',
  summary: { vi: 'Có những vai trò và quyền nào', en: 'Which roles and scopes there are' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Vai trò và quyền.', en: 'The table.' }, schema: 'Rights' } },
  codes: [],
  example: 'curl "$HUB/api/v1/rights" -H "X-Api-Key: $KEY"',
  handler: () => async () => ({
    status: 200,
    json: {
      roles: roleNames.map((name) => ({ name, ...roles[name] })),
      scopes: Object.entries(scopes).map(([name, what]) => ({ name, what })),
      systemScopes,
    },
  }),
}

/** A client belongs to no unit and no system. */
export const clientOperations: readonly Operation[] = [
  ...[listClients, createClient, readClient, changeClient, ...endings].map(unlimited),
  ...[issueClientKey, revokeClientKey].map(unlimited),
  listRights,
]

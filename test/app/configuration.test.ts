/** Configuration over HTTP: its revisions, and the settings of a job or a system. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHub, type TestHub } from '../support/hub-server.ts'

let hub: TestHub
let key: string
const reason = 'Sở đổi giờ làm việc'
const title = { vi: 'Sở Nội vụ', en: 'Home Affairs' }
const type = 'vn.tthc.dossier.upserted.v1'
const push = { kind: 'push', id: 'ho-so', title, types: [type], to: 'noi-vu' } as const
const pull = {
  ...{ kind: 'pull', id: 'danh-muc', title, from: 'csdl', operation: 'agencies' },
  schedule: '0 2 * * *',
} as const

type Json = Record<string, unknown> & { readonly errors?: { pointer: string; message: string }[] }
const get = async (path: string): Promise<{ status: number; json: Json }> =>
  hub.ask('GET', `/api/v1/${path}`, { key })
const post = async (path: string, body: object): Promise<{ status: number; json: Json }> =>
  hub.ask('POST', `/api/v1/${path}`, { key, body })
const check = async (path: string, body: object) =>
  (await post(`${path}/settings/check`, body)).json as Json & {
    faults: { pointer: string; vi: string; line: number | null }[]
    changes: unknown[]
    nextRuns: string[]
  }
const save = (path: string, body: object) => post(`${path}/settings`, { reason, ...body })
const newest = async () => Number(((await get('revisions?limit=1')).json.items as Json[])[0]?.id)

beforeAll(async () => {
  const options = { url: 'http://127.0.0.1:9/hook', secret: 'env:HUB_SECRET_HOOK' }
  hub = await openTestHub({
    systems: [{ id: 'noi-vu', connector: 'webhook', title, options }],
    jobs: [push],
    secrets: { HUB_SECRET_HOOK: `whsec_${Buffer.from('of these tests').toString('base64')}` },
    role: 'api',
  })
  key = await hub.key('config:read', 'config:write')
}, 60_000)
afterAll(() => hub.close())

describe('settings of a job', () => {
  it('are read as JSON and as YAML, with a form that offers what there is', async () => {
    const { status, json } = await get('jobs/ho-so/settings')
    expect(status).toBe(200)
    expect(json).toMatchObject({ id: 'ho-so', revision: 1, nextRuns: [] })
    expect(json.value).toMatchObject({ ...push, enabled: true, policy: 'block' })
    expect(json.yaml).toMatch(/^id: ho-so\n/)
    expect(json.schema).toMatchObject({
      required: expect.arrayContaining(['types', 'to']),
      properties: {
        to: { enum: ['noi-vu'] },
        types: { items: { enum: expect.arrayContaining([type]) } },
      },
    })
    expect((await get('jobs/none/settings')).status).toBe(404)
  })

  it('are judged in Vietnamese at their place, by line where they are text', async () => {
    const { faults } = await check('jobs/ho-so', { value: { ...push, to: 'noi-vụ', types: [] } })
    expect(faults.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(['/to', '/types']))
    expect(faults.every(({ line }) => line === null)).toBe(true)
    const text = `id: ho-so\nkind: push\ntitle: {vi: A, en: A}\nto: khong-co\ntypes:\n  - ${type}`
    expect((await check('jobs/ho-so', { yaml: text })).faults).toMatchObject([
      { pointer: '/to', line: 4 },
    ])
    const broken = await check('jobs/ho-so', { yaml: 'id: [ho-so\nto: x' })
    expect(broken).toMatchObject({ value: null, changes: [] })
    expect(broken.faults[0]).toMatchObject({ rule: 'yaml', vi: expect.stringContaining('Thụt lề') })
    expect(
      (await check('jobs/ho-so', { yaml: text.replace('ho-so', 'khac') })).faults,
    ).toContainEqual(expect.objectContaining({ pointer: '/id', rule: 'file-name' }))
    expect((await post('jobs/ho-so/settings/check', {})).status).toBe(400)
    expect((await post('jobs/ho-so/settings/check', { value: {}, yaml: 'a' })).status).toBe(400)
  })

  it('tell what differs before anything is saved', async () => {
    const found = await check('jobs/ho-so', { value: { ...push, enabled: false } })
    expect(found).toMatchObject({ revision: 1, isNew: false, faults: [] })
    expect(found.changes).toEqual([{ pointer: '/enabled', before: true, after: false }])
    expect(await newest()).toBe(1)
  })

  it('are saved as a revision, on record with before and after', async () => {
    const { status, json } = await save('jobs/ho-so', {
      value: { ...push, enabled: false },
      base: 1,
    })
    expect([status, json]).toEqual([200, { revision: 2, changed: true }])
    expect(hub.hub.revisions.running()?.configuration.jobs[0]?.enabled).toBe(false)
    const again = await save('jobs/ho-so', { value: { ...push, enabled: false }, base: 2 })
    expect(again.json).toEqual({ revision: 2, changed: false })
    const [row] = await hub.database.sql(
      `select object, detail from hub.audit where action = 'job.changed'`,
    )
    expect(row?.object).toBe('ho-so')
    expect(JSON.parse(row?.detail)).toMatchObject({
      ...{ reason, revision: 2, before: { enabled: true }, after: { enabled: false } },
    })
  })

  it('are not saved over what somebody else has saved meanwhile', async () => {
    const { status, json } = await save('jobs/ho-so', { value: push, base: 1 })
    expect([status, json.code]).toEqual([409, 'state-conflict'])
    expect(json.detail).toContain('bản 1')
    expect((await save('jobs/ho-so', { value: push, base: 999 })).status).toBe(404)
    expect((await save('jobs/ho-so', { value: push, base: 0 })).status).toBe(409)
    expect((await save('jobs/ho-so', { value: push, base: 2, reason: ' ' })).json.code).toBe(
      'reason-missing',
    )
    expect(await newest()).toBe(2)
  })

  it('of two people at once are those of one', async () => {
    const saves = ['skip', 'supersede'].map((policy) =>
      save('jobs/ho-so', { value: { ...push, policy }, base: 2 }),
    )
    const statuses = (await Promise.all(saves)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 409])
  })

  it('make a new job, refused with every fault until it fits', async () => {
    const refused = await save('jobs/danh-muc', { value: pull, base: 0 })
    expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([400, '/from'])
    const value = { ...push, id: 'ho-so-2', enabled: false }
    const found = await check('jobs/ho-so-2', { value })
    expect(found).toMatchObject({ isNew: true, faults: [], changes: [{ pointer: '' }] })
    expect((await save('jobs/ho-so-2', { value, base: 0 })).json.changed).toBe(true)
    expect((await get('jobs/ho-so-2/settings')).status).toBe(200)
    expect((await get('jobs')).json.items).toMatchObject([
      { id: 'ho-so', enabled: true, system: 'noi-vu' },
      { id: 'ho-so-2', kind: 'push', enabled: false, types: [type] },
    ])
  })
})

describe('settings of a system', () => {
  it('have a form of the connector, in which a secret is a reference', async () => {
    const { json } = await get('systems/noi-vu/settings')
    const { schema, references } = json as { schema: Json; references: Record<string, Json> }
    const options = (schema.properties as Record<string, { $ref: string }>).options
    const own = references[options?.$ref ?? '']?.properties as Record<string, Json>
    expect(own.secret).toMatchObject({ type: 'string', 'x-secret': true })
    expect(json.yaml).toContain('env:HUB_SECRET_HOOK')
  })

  it('refuse a secret in clear, and never say it', async () => {
    const { value } = (await get('systems/noi-vu/settings')).json
    const secret = 'whsec_dGhpcyBpcyBhIHNlY3JldA=='
    const options = { ...(value as { options: object }).options, secret }
    const body = { value: { ...(value as object), options } }
    const refused = await save('systems/noi-vu', { ...body, base: await newest() })
    expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([400, '/options/secret'])
    const { faults } = await check('systems/noi-vu', body)
    expect(faults).toMatchObject([{ pointer: '/options/secret', rule: 'secret' }])
    expect(JSON.stringify([refused.json, faults])).not.toContain(secret)
  })

  it('refuse a connector that there is not, and what breaks a job elsewhere', async () => {
    const { value, revision } = (await get('systems/noi-vu/settings')).json
    const wrong = { ...(value as object), connector: 'khong-co' }
    const refused = await save('systems/noi-vu', { value: wrong, base: revision })
    expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([400, '/connector'])
    const other = { ...(value as object), connector: 'csdl-tthc', options: {} }
    const { faults } = await check('systems/noi-vu', { value: other })
    expect(faults.some(({ vi }) => vi.includes('jobs/ho-so.yaml'))).toBe(true)
  })
})

describe('revisions', () => {
  it('are listed newest first with what changed in numbers, page by page, by object', async () => {
    const first = (await get('revisions?limit=2')).json as Json & { items: Json[] }
    expect(first.items.map(({ id, inForce, counts }) => [id, inForce, counts])).toEqual([
      [expect.any(Number), true, { added: 1, removed: 0, changed: 0 }],
      [expect.any(Number), false, { added: 0, removed: 0, changed: 1 }],
    ])
    expect(first.items[0]).toMatchObject({ reason, author: expect.stringMatching(/^client:/) })
    const second = (await get(`revisions?limit=2&cursor=${first.next}`)).json as { items: Json[] }
    expect(second.items.map(({ id }) => id)).toEqual([2, 1])
    const idsOf = async (object: string) =>
      ((await get(`revisions?object=${object}`)).json.items as Json[]).map(({ id }) => id)
    expect(await idsOf('jobs/ho-so-2')).toEqual([await newest()])
    expect(await idsOf('jobs/ho-so')).toHaveLength(3)
    expect(await idsOf('systems/noi-vu')).toEqual([1])
    expect(await idsOf('codes/dvcqg-agency')).toEqual([1])
    expect(await idsOf('jobs/none')).toEqual([])
    expect((await get('revisions?cursor=abc')).status).toBe(400)
  })

  it('differ object by object from the one before, or from any other', async () => {
    expect((await get('revisions/2')).json).toMatchObject({
      ...{ id: 2, against: 1, inForce: false },
      objects: [
        {
          ...{ object: 'jobs/ho-so', change: 'changed', left: 0 },
          changes: [{ pointer: '/enabled', before: true, after: false }],
        },
      ],
    })
    const last = await newest()
    const { objects } = (await get(`revisions/${last}?against=1`)).json as { objects: Json[] }
    expect(objects.map(({ object, change }) => [object, change])).toEqual([
      ['jobs/ho-so', 'changed'],
      ['jobs/ho-so-2', 'added'],
    ])
    expect((await get('revisions/1')).json).toMatchObject({ against: null })
    expect((await get('revisions/99')).status).toBe(404)
    expect((await get('revisions/1?against=99')).status).toBe(404)
  })

  it('are gone back to by a new one, for a reason, unless another is in force by now', async () => {
    const last = await newest()
    const restore = (body: object) => post('revisions/1/restore', body)
    expect((await restore({ base: last })).json.code).toBe('reason-missing')
    expect((await restore({ reason, base: last - 1 })).json.code).toBe('state-conflict')
    const done = await restore({ reason, base: last })
    expect(done.json).toEqual({ revision: last + 1, changed: true })
    expect((await get(`revisions/${last + 1}?against=1`)).json).toMatchObject({ objects: [] })
    expect(hub.hub.revisions.running()?.configuration.jobs).toHaveLength(1)
    const [row] = await hub.database.sql(
      `select object, detail from hub.audit where action = 'revision.restored'`,
    )
    expect([row?.object, JSON.parse(row?.detail).revision]).toEqual(['1', last + 1])
    expect((await post('revisions/999/restore', { reason })).status).toBe(404)
  })

  it('are not gone back to where they would not be applied as files', async () => {
    await hub.database.sql(
      `update hub.revision set content = jsonb_set(content, '{jobs,0,to}', '"da-bo"') where id = 2`,
    )
    const refused = await post('revisions/2/restore', { reason })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.json.errors)).toContain('jobs/ho-so.yaml')
  })
})

/** Administration over HTTP: clients and their keys, the audit trail, what the hub says of itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPerson, type Browser, goodPassword, openBrowser } from '../../support/browser.ts'
import { openTestHub, type TestHub } from '../../support/hub-server.ts'

let hub: TestHub
let admin: Browser
let seer: Browser
const secret = 'mat-khau-rat-bi-mat'

beforeAll(async () => {
  hub = await openTestHub({
    systems: [],
    role: 'api',
    env: {
      HUB_FILES_S3_URL: 'https://s3.h99.example/b',
      HUB_FILES_S3_KEY_ID: 'ai-do',
      HUB_FILES_S3_SECRET: secret,
    },
  })
  await addPerson(hub, 'quan.tri', { roles: ['administrator'] })
  await addPerson(hub, 'thay.het', { roles: ['administrator'], mayReveal: true })
  admin = openBrowser(hub)
  seer = openBrowser(hub)
  expect(await admin.signIn('quan.tri', goodPassword)).toBe('signed-in')
  expect(await seer.signIn('thay.het', goodPassword)).toBe('signed-in')
}, 120_000)
afterAll(() => hub.close())

const reason = 'Khai trương'
const asks = async (key: string) => (await hub.ask('GET', '/api/v1/types', { key })).status

describe('clients', () => {
  const made = { id: 'mot-cua', title: 'Một cửa', scopes: ['messages:write'], sources: ['/h99/a'] }

  it('have a key that is shown once and works', async () => {
    const answer = await admin.ask('POST', '/api/v1/clients', { body: { ...made, reason } })
    expect(answer.status).toBe(201)
    const { key } = answer.json as { key: { id: string; key: string } }
    expect(await asks(key.key)).toBe(200)
    const list = JSON.stringify((await admin.ask('GET', '/api/v1/clients')).json)
    expect(list).toContain(key.id)
    expect(list).not.toContain(key.key.split('_').at(-1))
  })

  it('rotate with overlap', async () => {
    const first = await admin.ask('POST', '/api/v1/clients/mot-cua/keys', { body: { reason } })
    const old = (first.json as { key: string }).key
    const soon = new Date(Date.now() + 60_000).toISOString()
    const second = await admin.ask('POST', '/api/v1/clients/mot-cua/keys', {
      body: { reason, othersEndAt: soon },
    })
    expect((second.json as { ended: string[] }).ended).toContain((first.json as { id: string }).id)
    expect(await asks(old)).toBe(200)
    expect(await asks((second.json as { key: string }).key)).toBe(200)
    const { keys } = (await admin.ask('GET', '/api/v1/clients/mot-cua')).json as {
      keys: { id: string; expiresAt: string }[]
    }
    expect(keys.find(({ id }) => id === first.json.id)?.expiresAt).toBe(soon)
  })

  it('are refused with every fault of theirs', async () => {
    const answer = await admin.ask('POST', '/api/v1/clients', {
      body: {
        ...made,
        id: 'khac',
        scopes: ['messages:write', 'mesages:read'],
        sources: [],
        reason,
      },
    })
    expect(answer.status).toBe(400)
    const { errors } = answer.json as { errors: { pointer: string }[] }
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/scopes/1', '/sources'])
  })

  it('are given no right of people by whoever has it not, nor a key to one that has', async () => {
    const body = { ...made, id: 'xem-het', scopes: ['personal-data:read'], reason }
    const refused = await admin.ask('POST', '/api/v1/clients', { body })
    expect([refused.status, refused.json.code]).toEqual([403, 'scope-missing'])
    expect((await seer.ask('POST', '/api/v1/clients', { body })).status).toBe(201)
    const keys = '/api/v1/clients/xem-het/keys'
    expect((await admin.ask('POST', keys, { body: { reason } })).status).toBe(403)
    const widened = await admin.ask('POST', '/api/v1/clients/mot-cua/change', {
      body: { scopes: ['messages:write', 'admin'], reason },
    })
    expect(widened.status).toBe(403)
  })

  it('are counted, by what was answered', async () => {
    const { key } = (await admin.ask('POST', '/api/v1/clients/mot-cua/keys', { body: { reason } }))
      .json as { key: string }
    for (let n = 0; n < 3; n++) expect(await asks(key)).toBe(200)
    expect((await hub.ask('GET', '/api/v1/users', { key })).status).toBe(403)
    // Counts are saved when the process stops, among others.
    await hub.restart()
    const again = openBrowser(hub)
    again.cookies.set('__Host-hub', admin.cookies.get('__Host-hub') ?? '')
    const { use } = (await again.ask('GET', '/api/v1/clients/mot-cua')).json as {
      use: { requests: number; refused: number }
    }
    expect(use.requests).toBeGreaterThanOrEqual(4)
    expect(use.refused).toBe(1)
  })
})

describe('the audit trail', () => {
  const get = async (path: string) => {
    const response = await fetch(hub.address + path, {
      headers: { cookie: `__Host-hub=${admin.cookies.get('__Host-hub')}` },
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  it('is exported so that no cell is a formula, and that is on record', async () => {
    await hub.hub.audit.note({ actor: 'user:lan', action: 'x.done', object: '=1+1', detail: '@x' })
    const csv = await get('/api/v1/audit/export?action=x.done')
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="nhat-ky-.*csv"$/)
    expect(csv.text).toContain(",user:lan,x.done,'=1+1,được,'@x,")
    const json = await get('/api/v1/audit/export?action=x.done&format=json')
    expect(JSON.parse(json.text)).toMatchObject({ items: [{ object: '=1+1', reason: '@x' }] })
    const empty = await get('/api/v1/audit/export?action=y.done&format=json')
    expect(JSON.parse(empty.text)).toEqual({ items: [], rows: 0, truncated: false })
    const { items } = (await admin.ask('GET', '/api/v1/audit?action=audit.exported')).json as {
      items: { actor: string; object: string; more: unknown }[]
    }
    expect(items[1]).toMatchObject({
      ...{ actor: 'user:quan.tri', object: 'json', more: { filter: { action: 'x.done' } } },
    })
  })

  it('says that it is whole, and that somebody asked', async () => {
    const { json } = await admin.ask('POST', '/api/v1/audit/verify', { body: {} })
    expect(json).toMatchObject({ ok: true, broken: null })
    const lost = await admin.ask('POST', '/api/v1/audit/verify', {
      body: { anchor: 'a'.repeat(64) },
    })
    expect(lost.json).toMatchObject({ ok: false })
    expect(String(lost.json.broken)).toContain('anchor')
  })
})

describe('what the hub says of itself', () => {
  it('has versions, storage, settings, and no secret', async () => {
    const { json } = await admin.ask('GET', '/api/v1/about')
    const { settings, migrations, storage } = json as {
      settings: { name: string; value: string | null; secret: boolean }[]
      migrations: { name: string }[]
      storage: { bytes: number; groups: { group: string }[] }
    }
    expect(migrations.at(-1)?.name).toMatch(/^\d{4}-/)
    expect(storage.bytes).toBeGreaterThan(0)
    expect(storage.groups.map(({ group }) => group)).toContain('audit')
    const value = (name: string) => settings.find((one) => one.name === name)?.value
    expect(value('HUB_FILES_S3_SECRET')).toBe('•••')
    expect(value('HUB_ROLE')).toBe('api')
    expect(value('HUB_DATABASE_URL')).toMatch(/^postgres(ql)?:\/\/[^@]*$/)
    expect(JSON.stringify(json)).not.toContain(secret)
  })

  it('has a bundle without secrets or names', async () => {
    const answer = await admin.ask('GET', '/api/v1/about/bundle')
    expect(answer.status).toBe(200)
    const text = JSON.stringify(answer.json)
    expect(text).not.toContain(secret)
    expect(text).not.toContain('quan.tri')
    expect(text).not.toContain('Người thử')
    expect(answer.json).toHaveProperty('findings.0.check')
  })
})

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aPdf, aZip } from '../support/files.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { type RawAnswer, rawRequest, type Upload } from '../support/raw-request.ts'
import { s3Account, startS3, type TestS3 } from '../support/s3.ts'
import { waitUntil } from '../support/wait.ts'

const megabyte = 1024 * 1024
const name = 'Đơn đề nghị.pdf'
const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

let server: TestHub
let key: string

const upload = (body: Upload['body'], more: Partial<Upload> = {}) =>
  rawRequest(server.address, 'POST', '/api/v1/files', {
    ...{ body, key },
    ...more,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': disposition,
      ...more.headers,
    },
  })
const get = (path: string, own = key, method = 'GET') =>
  rawRequest(server.address, method, path, { body: new Uint8Array(), key: own })
const contentOf = (id: unknown, own = key) => get(`/api/v1/files/${id}/content`, own)
const code = ({ status, json }: RawAnswer) => [status, json.code]

const filesFolder = () => join(server.folder, 'files')
const stored = () =>
  existsSync(filesFolder())
    ? readdirSync(filesFolder(), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : []
const states = async () =>
  (
    await server.database.sql<{ state: string }>('select state from hub.file order by created_at')
  ).map(({ state }) => state)

async function openHub(env: Record<string, string> = {}): Promise<void> {
  server = await openTestHub({ systems: [], env })
  key = await server.key('files:write', 'files:read')
}

function keeping() {
  it('keeps a file encrypted, tells what it is by its content, and gives it back', async () => {
    const pdf = aPdf(300_000)
    const kept = await upload(pdf)
    expect(kept.status).toBe(201)
    expect(kept.json).toEqual({
      ...{ id: expect.any(String), createdAt: expect.any(String), name, size: pdf.length },
      ...{ sha256: sha256(pdf), mediaType: 'application/pdf' },
    })
    expect((await get(`/api/v1/files/${kept.json.id}`)).json).toEqual(kept.json)
    const { status, headers, bytes } = await contentOf(kept.json.id)
    expect([status, bytes.equals(pdf)]).toEqual([200, true])
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(pdf.length),
      'content-disposition': `attachment; filename="Don de nghi.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    })
    const head = await get(`/api/v1/files/${kept.json.id}/content`, key, 'HEAD')
    expect([head.status, head.bytes.length]).toEqual([200, 0])
    const [path = ''] = stored()
    expect(stored()).toHaveLength(1)
    expect(readFileSync(path).includes(pdf.subarray(20, 60))).toBe(false)
    const rows = JSON.stringify(await server.database.sql('select f::text from hub.file f'))
    expect(rows).not.toContain('Đơn')
    expect(await server.hub.audit.verify()).toMatchObject({ ok: true })
  })

  it('knows the same file of the same client, and of nobody else', async () => {
    const first = await upload(aPdf())
    const [again, twin] = await Promise.all([upload(aPdf()), upload(aPdf())])
    expect([again, twin].map(({ status, json }) => [status, json])).toEqual([
      [200, first.json],
      [200, first.json],
    ])
    const other = await server.key('files:write', 'files:read')
    expect((await upload(aPdf(), { key: other })).json.id).not.toBe(first.json.id)
    const renamed = { 'content-disposition': 'attachment; filename="b.pdf"' }
    expect((await upload(aPdf(), { headers: renamed })).status).toBe(201)
    expect(stored()).toHaveLength(3)
  })

  it('is read by who brought it, and by who may see personal data', async () => {
    const { json } = await upload(aPdf())
    const other = await server.key('files:read')
    for (const path of ['', '/content'])
      expect(code(await get(`/api/v1/files/${json.id}${path}`, other))).toEqual([404, 'not-found'])
    const link = await server.ask('POST', `/api/v1/files/${json.id}/link`, {
      key: other,
      body: { hours: 1 },
    })
    expect(link.status).toBe(404)
    const official = await server.key('files:read', 'personal-data:read')
    expect((await contentOf(json.id, official)).status).toBe(200)
    const writer = await server.key('files:write')
    expect(code(await contentOf(json.id, writer))).toEqual([403, 'scope-missing'])
    expect(code(await upload(aPdf(), { key: other }))).toEqual([403, 'scope-missing'])
  })

  it('opens after the keys were rotated', async () => {
    const { json } = await upload(aPdf())
    const act = { actor: 'test', reason: 'Đổi khoá định kỳ' }
    const { keyId, reencrypted } = await server.hub.keys.rotate(act)
    expect(reencrypted).toBe(1)
    expect(await server.database.sql('select key_id from hub.file')).toEqual([{ key_id: keyId }])
    expect((await contentOf(json.id)).bytes.equals(aPdf())).toBe(true)
  }, 30_000)
}

function refusing() {
  const types = { 'content-type': 'application/octet-stream' }
  const named = (file: string) => ({
    ...types,
    'content-disposition': `attachment; filename="${file}"`,
  })
  const macro = aZip({ '[Content_Types].xml': '', 'word/vbaProject.bin': 'x' })
  it.each([
    ['another type than was declared', aPdf(), { 'content-type': 'image/png' }, 422, 'mismatch'],
    ['another type than its name says', aPdf(), named('a.docx'), 422, 'mismatch'],
    ['a program', Buffer.from('MZ\x90\0'), named('a.pdf'), 415, 'refused'],
    ['a web page', Buffer.from('<html><script>'), named('a.txt'), 415, 'refused'],
    ['a drawing', Buffer.from('<svg onload="x">'), named('a.xml'), 415, 'refused'],
    ['macros', macro, named('a.docx'), 415, 'refused'],
    ['nothing', Buffer.alloc(0), named('a.pdf'), 415, 'refused'],
  ] as const)('refuses %s, and keeps nothing', async (_, body, headers, status, kind) => {
    expect(code(await upload(body, { headers }))).toEqual([status, `file-type-${kind}`])
    expect(stored()).toEqual([])
    expect(await states()).toEqual([])
  })

  it('refuses more than 50 MB, announced or not', async () => {
    const announced = { headers: { 'content-length': 50 * megabyte + 1 } }
    async function* endless() {
      yield aPdf(megabyte)
      for (let n = 0; n < 60; n += 1) yield Buffer.alloc(megabyte, 65)
    }
    const answers = await Promise.all([upload(aPdf(10), announced), upload(endless())])
    expect(answers.map(code)).toEqual([
      [413, 'file-too-large'],
      [413, 'file-too-large'],
    ])
    expect(stored()).toEqual([])
  })

  it('refuses a file without a name, or with one that leads elsewhere', async () => {
    for (const value of ['attachment', 'attachment; filename="../../etc/passwd"'])
      expect(code(await upload(aPdf(), { headers: { 'content-disposition': value } }))).toEqual([
        400,
        'request-invalid',
      ])
  })

  it('keeps nothing of an upload that breaks off', async () => {
    async function* half() {
      yield aPdf(100_000)
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(stored()).toHaveLength(1)
    }
    const broken = upload(half(), { breaks: true, headers: { 'content-length': 200_000 } })
    await expect(broken).rejects.toThrow('broken off')
    await waitUntil('nothing is left', stored, (left) => left.length === 0)
    await waitUntil('nor in the index', states, (left) => left.length === 0)
  })
}

function linking() {
  const tokenOf = (url: unknown) => String(url).split('/files/')[1] ?? ''
  it('gives a link that anybody may follow and that tells nothing, until it expires', async () => {
    const { json } = await upload(aPdf())
    const id = String(json.id)
    const path = `/api/v1/files/${id}/link`
    const link = await server.ask('POST', path, { key, body: { hours: 72 } })
    expect(link.status).toBe(201)
    const token = tokenOf(link.json.url)
    const bytes = Buffer.from(token.slice(token.indexOf('.') + 1), 'base64url')
    expect(bytes.includes(id) || bytes.includes(Buffer.from(id.replaceAll('-', ''), 'hex'))).toBe(
      false,
    )
    const fetched = await fetch(`${server.address}/files/${token}`)
    expect(fetched.headers.get('content-disposition')).toContain('Don de nghi.pdf')
    expect(Buffer.from(await fetched.arrayBuffer()).equals(aPdf())).toBe(true)
    for (const other of [`${token.slice(0, -2)}AA`, `9${token}`, 'x'.repeat(40), id])
      expect(code(await get(`/files/${other}`, ''))).toEqual([404, 'not-found'])
    const past = new Date(Date.now() - 1000)
    const expired = tokenOf(await server.hub.files.link(id, undefined, 'test', past))
    expect(code(await get(`/files/${expired}`, ''))).toEqual([410, 'link-expired'])
    const trail = await server.database.sql(
      `select action from hub.audit where object = $1 order by id`,
      [id],
    )
    expect(trail.map(({ action }) => action)).toEqual(['file.kept', 'file.linked', 'file.linked'])
  })
}

function losing() {
  it('notices a stored file that was altered, at its beginning and at its end', async () => {
    const { json } = await upload(aPdf(500_000))
    const [path = ''] = stored()
    const sealed = readFileSync(path)
    const altered = (at: number) => {
      const copy = Buffer.from(sealed)
      copy[at] = (copy[at] ?? 0) ^ 1
      writeFileSync(path, copy)
    }
    altered(1000)
    expect(code(await contentOf(json.id))).toEqual([500, 'file-unreadable'])
    altered(sealed.length - 1)
    expect(await contentOf(json.id)).toMatchObject({ status: 200, whole: false })
    writeFileSync(path, sealed.subarray(0, 4 + 2 * 65_552))
    expect(await contentOf(json.id)).toMatchObject({ whole: false })
    writeFileSync(path, sealed)
    expect(await contentOf(json.id)).toMatchObject({ status: 200, whole: true })
    expect(server.lines.some(({ event }) => event === 'request.failed')).toBe(true)
  })

  it('removes what was not used for so long, and every trace that opens it', async () => {
    const { json } = await upload(aPdf())
    const old = await upload(aPdf(5000))
    await server.database.sql(
      `update hub.file set used_at = now() - interval '91 days' where id = $1`,
      [old.json.id],
    )
    await server.database.sql(
      `insert into hub.file (id, client, used_at) values (gen_random_uuid(), 'x', now() - interval '2 hours')`,
    )
    await server.hub.files.prune(90, new AbortController().signal)
    expect(stored()).toHaveLength(1)
    expect(code(await contentOf(old.json.id))).toEqual([404, 'not-found'])
    expect((await contentOf(json.id)).status).toBe(200)
    expect(
      await server.database.sql(
        'select state, sealed is null as shut from hub.file order by state',
      ),
    ).toEqual([
      { state: 'gone', shut: true },
      { state: 'kept', shut: false },
    ])
  })
}

describe('files', () => {
  beforeEach(() => openHub())
  afterEach(() => server.close())

  keeping()
  refusing()
  linking()
  losing()
})

describe('files on S3', () => {
  let s3: TestS3
  beforeEach(async () => {
    s3 = await startS3()
    await openHub({
      HUB_FILES_S3_URL: `${s3.address}/tep`,
      HUB_FILES_S3_REGION: s3Account.region,
      HUB_FILES_S3_KEY_ID: s3Account.keyId,
      HUB_FILES_S3_SECRET: s3Account.secret,
    })
  })
  afterEach(async () => {
    await server.close()
    await s3.close()
  })

  it('are kept there and nowhere else', async () => {
    const { status, json } = await upload(aPdf(200_000))
    expect([status, stored()]).toEqual([201, []])
    expect([...s3.objects.keys()]).toEqual([`/tep/${json.id}`])
    expect((await contentOf(json.id)).bytes.equals(aPdf(200_000))).toBe(true)
  })

  it('wait for it when it is away, and lose nothing', async () => {
    const { json } = await upload(aPdf())
    s3.mode = 'fails'
    const refused = await upload(aPdf(5000))
    expect(code(refused)).toEqual([503, 'files-unavailable'])
    expect(refused.headers['retry-after']).toBe('5')
    expect(code(await contentOf(json.id))).toEqual([503, 'files-unavailable'])
    expect(stored()).toEqual([])
    s3.mode = 'works'
    expect((await upload(aPdf(5000))).status).toBe(201)
    expect((await contentOf(json.id)).status).toBe(200)
    await server.hub.files.prune(90, new AbortController().signal)
    expect(s3.objects.size).toBe(2)
    expect(await states()).toEqual(['kept', 'kept'])
  })
})

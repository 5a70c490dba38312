/** The document axis through the whole hub: two units of one province, each a system of its own on the axis. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import documentSent from '../../connectors/truc-van-ban/fixtures/document.message.json' with {
  type: 'json',
}
import statusSent from '../../connectors/truc-van-ban/fixtures/status.message.json' with {
  type: 'json',
}
import createSimulator, { secret } from '../../connectors/truc-van-ban/simulator.ts'
import { type Held, sourceType } from '../../connectors/truc-van-ban/simulator-esb.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { aPdf } from '../support/files.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { rawRequest } from '../support/raw-request.ts'
import { waitUntil } from '../support/wait.ts'

const act = { actor: 'test', reason: 'Kiểm thử' }
const title = { vi: 'Trục văn bản', en: 'Document axis' }
const edoc = 'vn.document.edoc.received.v1'
const status = 'vn.document.status.received.v1'

let simulator: Simulator
let server: TestHub
let key: string

const unit = (id: string, systemId: string): SystemFile => ({
  ...{ id, connector: 'truc-van-ban', title, timeoutMs: 2_000 },
  options: {
    baseUrl: simulator.address,
    credentials: {
      ...{ style: 'signed-headers', systemId, secret: 'env:HUB_SECRET_AXIS' },
      prefix: 'XroadVnpt-',
    },
  },
})
/** The same unit on the vendor's exchange. */
const unitThere = (id: string, username: string, esb: object): SystemFile => ({
  ...{ id, connector: 'truc-van-ban', title, timeoutMs: 1_000 },
  options: {
    ...{ transport: 'esb-slot', baseUrl: simulator.address, esb },
    credentials: { style: 'esb-source', sourceType, username },
  },
})
const pullOf = (id: string, from: string, operation: string) =>
  ({ kind: 'pull', id, title, from, operation, schedule: '0 2 1 1 *' }) as const

beforeEach(async () => {
  simulator = await createSimulator({ port: 0 })
  server = await openTestHub({
    systems: [unit('truc-an', 'H99.14'), unit('truc-binh', 'H99.15')],
    jobs: [
      { kind: 'push', id: 'gui', title, to: 'truc-an', types: [documentSent.type] },
      { kind: 'push', id: 'bao', title, to: 'truc-binh', types: [statusSent.type] },
      pullOf('nhan', 'truc-binh', 'van-ban-den'),
      pullOf('nghe', 'truc-an', 'trang-thai-den'),
    ],
    secrets: { HUB_SECRET_AXIS: secret },
  })
  key = await server.key('admin')
})
afterEach(async () => {
  await server.close()
  await simulator.stop()
})

async function submit(message: object): Promise<Record<string, unknown>> {
  const { json } = await server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: message,
  })
  const [delivery] = json.deliveries as { id: string }[]
  return waitUntil(
    'the delivery has an end',
    async () => (await server.ask('GET', `/api/v1/deliveries/${delivery?.id}`, { key })).json,
    ({ state }) => state === 'delivered' || state === 'dead',
    15_000,
  )
}

async function run(job: string): Promise<string | null> {
  const last = async () => {
    const { json } = await server.ask('GET', '/api/v1/pulls', { key })
    return (json.items as Record<string, unknown>[]).find((one) => one.job === job)
  }
  const before = await waitUntil('it is planned', last)
  await server.hub.pulls.runNow(job, act)
  const after = await waitUntil(
    'it has run',
    last,
    (row) => row?.running === false && row.lastRunAt !== before?.lastRunAt,
  )
  return (after?.lastCode ?? null) as string | null
}

async function received<T>(type: string): Promise<T[]> {
  const rows = await server.database.sql<{ id: string }>(
    `select id::text from hub.message where type = '${type}' order by accepted_at, id`,
  )
  return Promise.all(
    rows.map(async ({ id }) => {
      const { json } = await server.ask('GET', `/api/v1/messages/${id}/body`, { key })
      return json.data as T
    }),
  )
}
const transport = () => [...simulator.state().values()].map((one) => (one as Held).status)

async function upload(content: Uint8Array): Promise<Record<string, unknown>> {
  const { json } = await rawRequest(server.address, 'POST', '/api/v1/files', {
    ...{ body: content, key },
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="cong-van.pdf"',
    },
  })
  const { id: fileId, name, mediaType, size } = json
  return { fileId, name, mediaType, size }
}
const withFiles = (id: string, attachments: readonly object[]) => ({
  ...documentSent,
  id,
  data: { ...documentSent.data, attachments },
})

describe('truc-van-ban', () => {
  it('sends a document with its file, receives it once, answers it and marks it done after it was saved', async () => {
    const pdf = aPdf(100_001)
    const attachment = await upload(pdf)
    expect(await submit(withFiles('vb.1', [attachment]))).toMatchObject({ state: 'delivered' })

    expect(await run('nhan')).toBeNull()
    expect(transport()).toEqual(['received'])
    const [document, ...others] = await received<typeof documentSent.data>(edoc)
    expect(others).toEqual([])
    const { deliverTo: _, key: __, attachments: ___, ...sent } = documentSent.data
    expect(document).toMatchObject(sent)
    const [file] = (document?.attachments ?? []) as Record<string, unknown>[]
    expect(file).toMatchObject({ name: 'cong-van.pdf', size: pdf.length })
    const content = await rawRequest(
      server.address,
      'GET',
      `/api/v1/files/${file?.fileId}/content`,
      {
        ...{ body: new Uint8Array(), key },
      },
    )
    expect(content.bytes.equals(pdf)).toBe(true)

    // The same document once more, under another number of the axis.
    await submit(withFiles('vb.2', [attachment]))
    expect(await run('nhan')).toBeNull()
    expect(transport()).toEqual(['done', 'received'])
    expect(await run('nhan')).toBeNull()
    expect(transport()).toEqual(['done', 'done'])
    expect(await received(edoc)).toHaveLength(1)

    expect(await submit(statusSent)).toMatchObject({ state: 'delivered' })
    for (const _run of [1, 2]) expect(await run('nghe')).toBeNull()
    const { deliverTo: ____, key: _____, ...said } = statusSent.data
    const [answer] = await received<Record<string, unknown>>(status)
    expect(answer).toEqual({ ...said, key: (document as { key?: string } | undefined)?.key })
    expect(await received(edoc)).toHaveLength(1)
    expect(transport()).toEqual(['done', 'done', 'done'])
  })

  it('takes a recall of the same document for another message of the same subject', async () => {
    await submit(documentSent)
    const recall = { ...documentSent.data, business: { kind: 'recall', reason: 'Gửi nhầm' } }
    await submit({ ...documentSent, id: 'vb.3', data: recall })
    await run('nhan')
    const got = await received<{ key: string; business: { kind: string } }>(edoc)
    expect(got.map(({ business }) => business.kind).sort()).toEqual(['recall', 'replace'])
    expect(new Set(got.map(({ key: subject }) => subject)).size).toBe(1)
  })

  it('leaves what it cannot read on the axis, and takes the others', async () => {
    await submit(documentSent)
    const held = simulator.state() as Map<string, Held>
    const good = held.get('1') as Held
    const sick = [
      good.edxml.replace(/^<\?xml.*?\?>/, '$&<!DOCTYPE a [<!ENTITY b "c">]>'),
      good.edxml.replace('2024/01/01</edXML:PromulgationDate>', 'x</edXML:PromulgationDate>'),
      good.edxml.replace(/<edXML:Subject>.*?<\/edXML:Subject>/, ''),
    ]
    for (const [index, edxml] of sick.entries()) held.set(`s${index}`, { ...good, edxml })
    for (const _run of [1, 2, 3]) expect(await run('nhan')).not.toBeNull()
    expect(await received(edoc)).toHaveLength(1)
    expect(transport()).toEqual(['done', 'received', 'received', 'received'])
  })

  it('does not mark as done what the hub refused, though it was stopped in between, and takes it once it may', async () => {
    await submit(documentSent)
    for (const _run of [1, 2]) expect(await run('nhan')).toBeNull()
    expect(transport()).toEqual(['done'])
    const flip = () =>
      server.database.sql(
        `update hub.message set sha256 = set_byte(sha256, 0, 255 - get_byte(sha256, 0))
         where type = '${edoc}' and time = '2024-01-01T00:00:00+07:00'`,
      )
    // Under its id the hub holds other bytes; beside it comes one that it takes.
    await flip()
    await submit({ ...documentSent, id: 'vb.2' })
    const promulgation = { ...documentSent.data.promulgation, date: '2024-01-02' }
    await submit({ ...documentSent, id: 'vb.3', data: { ...documentSent.data, promulgation } })
    expect(await run('nhan')).toBe('message-conflict')
    expect(transport()).toEqual(['done', 'received', 'received'])
    await server.restart()
    expect(await run('nhan')).toBe('message-conflict')
    expect(transport()).toEqual(['done', 'received', 'done'])

    const binh = unit('truc-binh', 'H99.15')
    const options = { ...binh.options, unreadable: 'fail' }
    await server.configure([unit('truc-an', 'H99.14'), { ...binh, options }])
    expect(await run('nhan')).toBe('message-conflict')
    expect(transport()).toEqual(['done', 'fail', 'done'])

    await flip()
    for (const _run of [1, 2]) await run('nhan')
    expect(transport()).toEqual(['done', 'done', 'done'])
    expect(await received(edoc)).toHaveLength(2)
  })

  it('leaves it to a person whether a document without an answer was sent', async () => {
    simulator.misbehave({ mode: 'timeout-after', times: 1 })
    const { json } = await server.ask('POST', '/api/v1/messages', {
      key,
      headers: { 'content-type': 'application/cloudevents+json' },
      body: documentSent,
    })
    const [delivery] = json.deliveries as { id: string }[]
    await waitUntil(
      'it waits for a person',
      async () => (await server.ask('GET', `/api/v1/deliveries/${delivery?.id}`, { key })).json,
      ({ code }) => code === 'outcome-unknown' || code === 'answer-timeout',
      15_000,
    )
    expect(simulator.received()).toHaveLength(1)
  })

  it('refuses a document that is to go to somebody it does not name', async () => {
    const data = { ...documentSent.data, deliverTo: 'H99.16' }
    expect(await submit({ ...documentSent, data })).toMatchObject({
      ...{ state: 'dead', code: 'payload-invalid' },
    })
    expect(simulator.received()).toEqual([])
  })

  it('goes by the slots of a vendor: delivered once, asked about, received, and in doubt where nobody can say', async () => {
    const states = { delivered: ['delivered'], notDelivered: ['waiting'] }
    await server.configure([
      unitThere('truc-an', 'H99.14', states),
      unitThere('truc-binh', 'H99.15', states),
    ])
    // Its answer is lost, and the exchange says that it has delivered; then it never heard of it, and says so.
    for (const mode of ['timeout-after', 'timeout-before'] as const) {
      simulator.misbehave({ mode, times: 1 })
      const data = { ...documentSent.data, subject: `Thử ${mode}` }
      expect(await submit({ ...documentSent, id: mode, data })).toMatchObject({
        state: 'delivered',
      })
    }
    expect(transport()).toEqual(['received', 'received'])
    for (const _run of [1, 2]) expect(await run('nhan')).toBeNull()
    expect(transport()).toEqual(['done', 'done'])
    const got = await received<{ subject: string }>(edoc)
    expect(got.map(({ subject }) => subject)).toEqual(['Thử timeout-after', 'Thử timeout-before'])

    await server.configure([
      unitThere('truc-an', 'H99.14', {}),
      unitThere('truc-binh', 'H99.15', {}),
    ])
    simulator.misbehave({ mode: 'timeout-after', times: 1 })
    const { json } = await server.ask('POST', '/api/v1/messages', {
      key,
      headers: { 'content-type': 'application/cloudevents+json' },
      body: { ...documentSent, id: 'vb.9' },
    })
    const [delivery] = json.deliveries as { id: string }[]
    await waitUntil(
      'it waits for a person',
      async () => (await server.ask('GET', `/api/v1/deliveries/${delivery?.id}`, { key })).json,
      ({ state, code }) => state === 'unknown' && code === 'answer-timeout',
      15_000,
    )
  })
})

/**
 * Payments through the whole hub: the one-stop software asks, the platform answers, the payer pays, and the
 * result comes by IPN in any order, by QUERY, or both. The test plays the payer and the one-stop software.
 */
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import createPortal from '../../connectors/dvcqg/simulator.ts'
import message from '../../connectors/thanh-toan/fixtures/init.message.json' with { type: 'json' }
import {
  createPaymentSimulator,
  type PaymentSimulator,
  secret,
} from '../../connectors/thanh-toan/simulator.ts'
import { createTthcSimulator, type TthcSimulator } from '../../connectors/tthc/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { PaymentSettled, Simulator } from '../../src/connector/index.ts'
import { aDossier, held } from '../support/dvcqg.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const act = { actor: 'test', reason: 'Kiểm thử' }

let platform: PaymentSimulator
let office: TthcSimulator
let portal: Simulator
let server: TestHub
let key: string
let doorKey: string
/** Of each test its own. */
let reference: string
let payments = 0

const title = { vi: 'Thử', en: 'Test' }
const systems = (): readonly SystemFile[] => [
  {
    id: 'thanh-toan',
    connector: 'thanh-toan',
    title,
    timeoutMs: 400,
    settleMs: 100,
    retry: { stepsSeconds: [1] },
    options: {
      baseUrl: `${platform.address}/thanh-toan`,
      partnerCode: 'DEMO01',
      secret: 'env:HUB_SECRET_PAYMENT',
      meanings: { '-1': 'refused', '97': 'signature', '01': 'missing' },
    },
  },
  {
    id: 'tthc',
    connector: 'tthc',
    title,
    retry: { stepsSeconds: [1] },
    options: {
      baseUrl: office.address,
      auth: 'oauth2',
      clientId: 'lien-thong-h99',
      clientSecret: 'env:HUB_SECRET_TTHC',
      agencyCode: '000.00.00.H99',
    },
  },
  {
    id: 'dvcqg',
    connector: 'dvcqg',
    title,
    options: {
      adapterUrl: portal.address,
      dstcode: 'VN:GOV:000.00.00.G22:vpcpdvcprovider',
      username: 'tinh-demo',
      password: 'env:HUB_SECRET_DVCQG',
      agencyCode: '000.00.00.H99',
    },
  },
]

beforeAll(async () => {
  platform = await createPaymentSimulator({ port: 0 })
  office = await createTthcSimulator({ port: 0 })
  portal = await createPortal({ port: 0 })
  const pull = { kind: 'pull', title, from: 'thanh-toan', schedule: '0 3 1 1 *' } as const
  const types = ['link-issued', 'settled', 'disputed'].map((name) => `vn.tthc.payment.${name}.v1`)
  server = await openTestHub({
    systems: systems(),
    jobs: [
      { kind: 'push', id: 'thu', title, types: [message.type], to: 'thanh-toan' },
      { ...pull, id: 'results', operation: 'results' },
      { ...pull, id: 'links', operation: 'links' },
      { kind: 'push', id: 'ket-qua', title, types, to: 'tthc' },
      { kind: 'push', id: 'cong', title, types: ['vn.tthc.dossier.upserted.v1'], to: 'dvcqg' },
    ],
    secrets: {
      HUB_SECRET_PAYMENT: secret,
      HUB_SECRET_TTHC: 'not-a-real-secret',
      HUB_SECRET_DVCQG: 'not-a-real-secret',
    },
  })
  key = await server.key('admin')
  doorKey = await server.key('doors:thanh-toan')
})
beforeEach(() => {
  reference = `H9924010100${String(++payments).padStart(2, '0')}T01`
})
afterEach(async () => {
  platform.behave()
  platform.payDuringInit(undefined)
  platform.issueReceipts(true)
  await server.database.sql('delete from hub.follow')
})
afterAll(async () => {
  await server.close()
  for (const simulator of [platform, office, portal]) await simulator.stop()
})

const submit = (event: object) =>
  server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: event,
  })
const request = (change: object = {}, id = `yeu-cau.${reference}`, subject = reference) =>
  submit({ ...message, id, subject, data: { ...message.data, id: subject, ...change } })

/** What INIT has brought to the platform. */
const asked = () => platform.received().filter(({ subject }) => subject === reference)
/** What the one-stop software has been told of a payment, by type. */
const told = (
  type: 'link-issued' | 'settled' | 'receipt' | 'disputed',
  subject = reference,
): object[] =>
  office
    .received()
    .filter((one) => one.applied && one.subject === subject)
    .map(({ content }) => content as object)
    .filter((content) =>
      type === 'link-issued'
        ? 'url' in content
        : type === 'disputed'
          ? 'difference' in content
          : 'status' in content && 'receipt' in content === (type === 'receipt'),
    )
const isTold = (type: Parameters<typeof told>[0], subject = reference) =>
  waitUntil(`${type} is told`, () => told(type, subject)[0])

const knock = async (ipn: object): Promise<Record<string, string>> => {
  const { status, json } = await server.ask('POST', '/doors/thanh-toan/ipn', {
    key: doorKey,
    body: ipn,
  })
  expect(status).toBe(200)
  return json as Record<string, string>
}
const follows = () =>
  server.database.sql<{ subject: string }>('select subject, state from hub.follow order by subject')
const isInitiated = () => waitUntil('INIT is delivered', async () => (await follows()).length)

interface Run {
  readonly job: string
  readonly lastRunAt: string | null
  readonly lastCode: string | null
}
const lastRun = async (): Promise<Run> => {
  const { json } = await server.ask('GET', '/api/v1/pulls', { key })
  const run = (json.items as Run[]).find(({ job }) => job === 'results')
  if (!run) throw new Error('no such pull')
  return run
}
/** As if it were time to ask again, of all payments. */
async function askNow(): Promise<string | null> {
  await server.database.sql(
    `update hub.follow set since = now() - interval '1 hour', due_at = now() - interval '1 hour'`,
  )
  const before = (await lastRun()).lastRunAt
  await server.hub.pulls.runNow('results', act)
  await waitUntil('it has been asked', async () => (await lastRun()).lastRunAt !== before)
  return (await lastRun()).lastCode
}
const paid = () => ({
  id: reference,
  status: 'paid',
  amount: 50000,
  transaction: `GD${reference}`,
  bankCode: 'DEMOBANK',
  at: '2024-01-01T13:35:09+07:00',
  onlinePayment: 'portal',
})

/** How many rows there are. */
const found = async (rows: string): Promise<number> =>
  (await server.database.sql(`select from ${rows}`)).length

function asking(): void {
  it('hands the link to the one-stop software at once, whatever the schedule', async () => {
    await request()
    const from = performance.now()
    expect(await isTold('link-issued')).toEqual({
      id: reference,
      url: `https://thanh-toan.example.test/pay?ma=${reference}`,
      issuedAt: expect.stringMatching(/\+07:00$/),
    })
    expect(performance.now() - from).toBeLessThan(5_000)
    const kept = JSON.stringify(await follows())
    expect(kept).toContain('"told":true')
    expect(kept).not.toContain('link')
  })

  it('goes on when the platform was down', async () => {
    const { port } = new URL(platform.address)
    await platform.stop()
    await request()
    await waitUntil('it was tried', () => found("hub.delivery where code = 'connection-refused'"))
    platform = await createPaymentSimulator({ port: Number(port) })
    await isTold('link-issued')
    expect(asked().filter(({ applied }) => applied)).toHaveLength(1)
  })

  it('does not ask twice when the answer to INIT is lost, and says that the link is', async () => {
    platform.misbehave({ mode: 'timeout-after', times: 1 })
    await request()
    await isInitiated()
    await waitUntil('it is said', () =>
      found(`hub.audit where action = 'message.refused' and object = '${reference}'`),
    )
    expect(asked()).toHaveLength(1)
    platform.pay(reference)
    expect(await askNow()).toBeNull()
    expect(await isTold('settled')).toEqual(paid())
    expect(told('link-issued')).toEqual([])
  })

  it('sends the same reference after an attempt that was not applied', async () => {
    platform.misbehave({ mode: 'timeout-before', times: 1 })
    await request()
    await isTold('link-issued')
    expect(asked().map(({ applied }) => applied)).toEqual([false, true])
  })

  it('stops a reference that is used for something else', async () => {
    await request()
    await isTold('link-issued')
    await request({ dossierCode: 'H99.14-240101-0002' }, `yeu-cau-2.${reference}`)
    await waitUntil('it is stopped', () => found("hub.delivery where code = 'mapping-failed'"))
    expect(asked()).toHaveLength(1)
  })
}

function telling(): void {
  it('settles by IPN, once, however often it comes, and asks no more', async () => {
    await request()
    await isTold('link-issued')
    platform.pay(reference)
    const ipn = platform.ipn(reference)
    const answers = await Promise.all([knock(ipn), knock(ipn)])
    expect([...answers, await knock(ipn)].map(({ MaLoi }) => MaLoi)).toEqual(['00', '00', '00'])
    expect(await isTold('settled')).toEqual(paid())
    expect(await askNow()).toBeNull()
    expect(await follows()).toEqual([])
    expect(told('settled')).toHaveLength(1)
  })

  it('settles by an IPN that overtakes the answer to INIT', async () => {
    let answer: Record<string, string> | undefined
    platform.payDuringInit(async (subject) => {
      platform.pay(subject)
      answer = await knock(platform.ipn(subject))
    })
    await request()
    expect(await isTold('settled')).toEqual(paid())
    expect(answer?.MaLoi).toBe('00')
    await isTold('link-issued')
    expect(await askNow()).toBeNull()
    expect([await follows(), told('settled').length]).toEqual([[], 1])
  })

  it('asks until it is final when no IPN ever comes, and takes one that comes late for a repeat', async () => {
    await request()
    await isTold('link-issued')
    for (let n = 0; n < 3; n++) expect(await askNow()).toBeNull()
    expect([(await follows()).length, told('settled')]).toEqual([1, []])
    platform.pay(reference)
    await askNow()
    expect(await isTold('settled')).toEqual(paid())
    await askNow()
    expect(await follows()).toEqual([])
    // Of the same transaction, though with another time.
    const late = platform.ipn(reference, { ThoiGianGD: '20240101133600' })
    expect((await knock(late)).MaLoi).toBe('00')
    expect(told('settled')).toHaveLength(1)
  })

  it('tells of a failure only when the platform says so to a question', async () => {
    await request()
    await isTold('link-issued')
    platform.fail(reference)
    expect((await knock(platform.ipn(reference, { MaLoi: '24' }))).MaLoi).toBe('99')
    expect(told('settled')).toEqual([])
    await askNow()
    expect(await isTold('settled')).toEqual({
      ...{ id: reference, status: 'failed', amount: 50000, at: paid().at },
    })
  })

  it('keeps asking after the hub was restarted and the platform was away', async () => {
    await request()
    await isTold('link-issued')
    const state = platform.state()
    const { port } = new URL(platform.address)
    await server.restart(() => platform.stop())
    expect(await askNow()).toBe('connection-refused')
    expect(await follows()).toHaveLength(1)
    platform = await createPaymentSimulator({ port: Number(port), state })
    platform.pay(reference)
    await server.restart()
    expect(await askNow()).toBeNull()
    expect(await isTold('settled')).toEqual(paid())
  })

  it('takes an IPN that waits for the hub to come back', async () => {
    await request()
    await isTold('link-issued')
    await server.restart(async () => platform.pay(reference))
    expect((await knock(platform.ipn(reference))).MaLoi).toBe('00')
    expect(await isTold('settled')).toEqual(paid())
  })

  it('does not let one payment that cannot be read stand in the way of others', async () => {
    await request()
    await isTold('link-issued')
    const other = `${reference}9`
    await request({}, `yeu-cau.${other}`, other)
    await isTold('link-issued', other)
    // Forgotten by the platform, and first in the list.
    const held = platform.state() as Map<string, unknown>
    held.delete(reference)
    platform.pay(other)
    expect(await askNow()).toBe('target-not-found')
    await isTold('settled', other)
    await askNow()
    expect((await follows()).map(({ subject }) => subject)).toEqual([reference])
  })
}

function receipts(): void {
  /** Fetched by its reference, as the one-stop software does. */
  const fetched = async (fileId: string) => {
    const url = `${server.address}/api/v1/files/${fileId}/content`
    const response = await fetch(url, { headers: { 'x-api-key': key } })
    return Buffer.from(await response.arrayBuffer())
  }
  const receiptTold = async () => {
    const { receipt, ...payment } = (await isTold('receipt')) as PaymentSettled
    expect(payment).toEqual(paid())
    if (!receipt) throw new Error('there is a receipt')
    return receipt
  }

  it('receipt attached: a file by its reference, told behind the payment, once', async () => {
    await request()
    await isTold('link-issued')
    platform.pay(reference)
    expect((await knock(platform.ipn(reference))).MaLoi).toBe('00')
    expect(await isTold('settled')).toEqual(paid())
    expect(told('receipt')).toEqual([])
    expect(await askNow()).toBeNull()
    const receipt = await receiptTold()
    const bytes = await fetched(receipt.fileId)
    expect(bytes.toString()).toBe(`%PDF-1.4\n% C1-10/NS ${reference}\n%%EOF\n`)
    expect(receipt).toEqual({
      fileId: receipt.fileId,
      name: `bien-lai-${reference}.pdf`,
      mediaType: 'application/pdf',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    // Nothing more is asked, and the platform's repeat is the same message as before.
    expect(await follows()).toEqual([])
    await askNow()
    expect((await knock(platform.ipn(reference))).MaLoi).toBe('00')
    expect([told('settled').length, told('receipt').length]).toEqual([1, 1])
  })

  it('does not hold the payment back for a receipt that is missing, and asks for it again', async () => {
    await request()
    await isTold('link-issued')
    platform.pay(reference)
    platform.issueReceipts(false)
    await askNow()
    expect(await isTold('settled')).toEqual(paid())
    for (let n = 0; n < 2; n++) expect(await askNow()).toBeNull()
    expect([(await follows()).length, told('receipt')]).toEqual([1, []])
    platform.issueReceipts(true)
    await askNow()
    await receiptTold()
    expect(await follows()).toEqual([])
  })

  it('tells other payments while the platform fails at receipts', async () => {
    await request()
    await isTold('link-issued')
    platform.pay(reference)
    await knock(platform.ipn(reference))
    const other = `${reference}8`
    await request({}, `yeu-cau.${other}`, other)
    await isTold('link-issued', other)
    platform.pay(other)
    // Of the two the one that waits for its receipt is the first, and its question is not answered.
    platform.misbehave({ mode: 'timeout-before', times: 1, on: 'any' })
    expect(await askNow()).toBe('answer-timeout')
    await isTold('settled', other)
    await askNow()
    await receiptTold()
    await isTold('receipt', other)
    expect(await follows()).toEqual([])
  })
}

function refusing(): void {
  const accepted = () => found("hub.message where type like 'vn.tthc.payment.%'")

  it('takes nothing under a signature that is not the platform’s', async () => {
    await request()
    await isTold('link-issued')
    const before = await accepted()
    const ipn = platform.ipn(reference)
    for (const change of [
      { MaXacThuc: '0'.repeat(64) },
      { SoTien: '1' },
      { MaThamChieu: `${reference}9` },
      { ThongTinGiaoDich: 'x' },
      { MaDoiTac: 'DEMO02' },
      { MaXacThuc: `${String(ipn.MaXacThuc).slice(0, 63)}` },
      { MaXacThuc: String(ipn.MaXacThuc).toUpperCase() },
    ]) {
      const answer = await knock({ ...ipn, ...change })
      expect([answer.MaLoi, answer.MaThamChieu], JSON.stringify(change)).toEqual(['99', ''])
      expect(answer.MaXacThuc).toMatch(/^[0-9a-f]{64}$/)
    }
    expect((await knock(platform.ipn(reference, { MaDoiTac: 'DEMO02' }))).MaLoi).toBe('99')
    expect(await accepted()).toBe(before)
  })

  it('takes nothing that it cannot read, though it is signed', async () => {
    await request()
    await isTold('link-issued')
    const before = await accepted()
    for (const change of [
      { SoTien: '50000.5' },
      { SoTien: '5e4' },
      { SoTien: 50000.5 },
      { ThoiGianGD: '20240230133509' },
      { ThoiGianGD: '20240101253509' },
      { MaGiaoDich: 'GD|1' },
      { LoaiBanTin: 'QUERY' },
    ])
      expect((await knock(platform.ipn(reference, change))).MaLoi, JSON.stringify(change)).toBe(
        '99',
      )
    expect(await accepted()).toBe(before)
  })

  it('says aloud that another amount was paid, and settles nothing', async () => {
    await request()
    await isTold('link-issued')
    platform.pay(reference, 5000)
    const answer = await knock(platform.ipn(reference))
    expect(answer).toMatchObject({ MaLoi: '99', MoTaLoi: expect.stringContaining('không khớp') })
    expect(await isTold('disputed')).toMatchObject({
      ...{ difference: 'amount-differs', requested: 50000, received: 5000, currency: 'VND' },
    })
    await knock(platform.ipn(reference))
    await askNow()
    expect([told('settled'), told('disputed').length]).toEqual([[], 1])
  })

  it('finds out by asking, too, that another amount was paid', async () => {
    await request()
    await isTold('link-issued')
    platform.pay(reference, 500000)
    await askNow()
    expect(await isTold('disputed')).toMatchObject({ requested: 50000, received: 500000 })
    expect([told('settled'), await follows()]).toEqual([[], []])
  })

  it('says aloud that nobody has asked for what was paid', async () => {
    expect((await knock(platform.ipn(reference))).MaLoi).toBe('99')
    expect(await isTold('disputed')).toEqual({
      ...{ id: reference, difference: 'reference-unknown', received: 50000, currency: 'VND' },
      ...{ transaction: `GD${reference}`, bankCode: 'DEMOBANK', at: paid().at },
    })
  })

  it('needs a key or a trusted address at its door', async () => {
    const { status } = await server.ask('POST', '/doors/thanh-toan/ipn', {
      key: await server.key('doors:tthc'),
      body: platform.ipn(reference),
    })
    expect(status).toBe(403)
  })
}

describe('payments', () => {
  describe('asking', asking)
  describe('telling', telling)
  describe('receipts', receipts)
  describe('refusing', refusing)

  it('leads to the right DuocThanhToanTrucTuyen when the one-stop software writes down what it is told', async () => {
    const upsert = (onlinePayment: 'offline' | PaymentSettled['onlinePayment'], id: string) =>
      submit({
        ...{ specversion: '1.0', id, source: message.source, subject: 'H99.14-240101-0001' },
        ...{ type: 'vn.tthc.dossier.upserted.v1', time: `2024-01-01T14:0${id.at(-1)}:00+07:00` },
        datacontenttype: 'application/json',
        data: { dossier: aDossier({ onlinePayment: onlinePayment ?? 'offline' }) },
      })
    const atPortal = () => held(portal)?.dossier?.DuocThanhToanTrucTuyen
    await upsert('offline', 'ho-so-1')
    await waitUntil('it is at the portal', () => atPortal() === '3')
    await request()
    await isTold('link-issued')
    platform.pay(reference)
    await knock(platform.ipn(reference))
    const settled = (await isTold('settled')) as PaymentSettled
    // The hub changes no dossier by itself.
    expect(atPortal()).toBe('3')
    await upsert(settled.onlinePayment, 'ho-so-2')
    await waitUntil('the portal knows', () => atPortal() === '1')
  })

  it('answers an official how a payment stands, and with its receipt', async () => {
    await request()
    await isTold('link-issued')
    const lookUp = (operation: string, fields: readonly string[]) =>
      server.ask('POST', `/api/v1/lookups/thanh-toan/${operation}`, {
        key,
        body: {
          ...{ official: 'canbo.demo', unit: 'H99.14', dossier: 'H99.14-240101-0001' },
          ...{ purpose: 'Người nộp báo đã trả', fields, parameters: { reference } },
        },
      })
    expect((await lookUp('trang-thai', ['status'])).json.values).toEqual({ status: 'pending' })
    expect((await lookUp('bien-lai', ['content'])).json).toMatchObject({ found: false })
    platform.pay(reference)
    expect((await lookUp('trang-thai', ['status', 'amount'])).json.values).toEqual({
      ...{ status: 'paid', amount: 50000 },
    })
    const { content } = (await lookUp('bien-lai', ['content'])).json.values as { content: string }
    expect(Buffer.from(content, 'base64').toString()).toMatch(/^%PDF-.*%%EOF\n$/s)
  })

  it('says how to stop what a job pushes, which cannot be paused by itself', async () => {
    const { status, json } = await server.ask('POST', '/api/v1/pulls/thu/pause', {
      ...{ key, body: { reason: 'Nền tảng bảo trì' } },
    })
    expect([status, json.code]).toEqual([404, 'not-found'])
    expect(json.detail).toContain('hub systems pause thanh-toan')
  })

  it('passes its connection test', async () => {
    const { json } = await server.ask('POST', '/api/v1/systems/thanh-toan/check', { key })
    expect(json).toMatchObject({ ok: true, steps: [{ name: 'tcp' }, { name: 'call' }] })
  })
})

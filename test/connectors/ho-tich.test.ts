import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import birth from '../../connectors/ho-tich/fixtures/birth.message.json' with { type: 'json' }
import createConnector from '../../connectors/ho-tich/index.ts'
import { defaultOptions } from '../../connectors/ho-tich/options.ts'
import {
  type CivilStatusSimulator,
  createCivilStatusSimulator,
} from '../../connectors/ho-tich/simulator.ts'
import { meaningOf } from '../../connectors/ho-tich/wordings.ts'
import {
  type CivilStatusRequested,
  type Connector,
  createSimulatorServer,
  type Followed,
  type Memo,
  type Outcome,
  type OutgoingDelivery,
  type PullPage,
  type Simulator,
} from '../../src/connector/index.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import { classify } from '../../src/engine/lanes/classify.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { readJson } from '../support/dvcqg.ts'
import { pullRequest } from '../support/pull-request.ts'

const steady = new AbortController().signal
const manifest: Manifest = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../connectors/ho-tich/connector.json'), 'utf8'),
)
const { code } = birth.data
const request = birth.data as unknown as CivilStatusRequested

let simulator: CivilStatusSimulator
let stub: Simulator | undefined

function connect(address: string, more: object = {}): Connector {
  const credentials = {
    ...{ style: 'oauth2', tokenUrl: `${address}/token` },
    ...{ clientId: 'tinh-demo', clientSecret: 'not-a-real-secret' },
  }
  return createConnector(
    contextOf({
      system: 'ho-tich',
      address: address,
      options: { baseUrl: address, credentials, provinceCode: '99', ...more },
      clock: { now: () => new Date('2026-03-05T08:00:00+07:00') },
    }),
  )
}

beforeEach(async () => {
  simulator = await createCivilStatusSimulator({ port: 0 })
})
afterEach(async () => {
  closeContexts()
  await simulator.stop()
  await stub?.stop()
  stub = undefined
})

const deliver = (data: object = request, number = 1, memo?: Memo): OutgoingDelivery => ({
  id: `7.${number}`,
  idempotencyKey: `key-${number}`,
  attempt: 1,
  operation: 'push-request',
  message: {
    ...{ id: '018f0000-0000-7000-8000-000000000001', source: '/h99/tthc', eventId: 'r1' },
    ...{ type: birth.type, subject: code, time: birth.time, data },
  },
  memo,
})
const send = async (connector: Connector, delivery: OutgoingDelivery): Promise<Outcome> => {
  try {
    return (await connector.send?.(delivery, steady)) as Outcome
  } catch (error) {
    return classify(error)
  }
}
const changed = { ...request, receivedAt: '2026-03-03T08:00:00+07:00' }

/** A system that answers questions about states with this, however often it is asked. */
async function answering(...answers: readonly object[]): Promise<{
  readonly address: string
  readonly asked: string[][]
}> {
  const asked: string[][] = []
  stub = await createSimulatorServer(
    { port: 0 },
    {
      modes: [],
      state: () => new Map(),
      handle: (call) => ({
        kind: 'read',
        run() {
          if (call.path === '/token')
            return { body: { access_token: 'token', token_type: 'Bearer', expires_in: 3600 } }
          asked.push((call.json() as { maDinhDanhHoSo: string[] }).maDinhDanhHoSo)
          return { body: answers[Math.min(asked.length, answers.length) - 1] ?? {} }
        },
      }),
    },
  )
  return { address: stub.address, asked }
}

const follow = (subject: string, more: object = {}): Followed => ({
  subject,
  state: { event: 'birth', asked: subject, ...more },
  since: '2026-03-02T01:00:00.000Z',
})
async function pull(
  connector: Connector,
  rows: readonly Followed[],
  cursor?: string,
): Promise<PullPage> {
  const page = await connector.pull?.(
    pullRequest({
      ...{ operation: 'states', cursor, startedFrom: cursor },
      followed: async (after, limit) =>
        rows.filter(({ subject }) => subject > (after ?? '')).slice(0, limit),
    }),
    steady,
  )
  if (!page) throw new Error('no page')
  return page
}
const item = (more: object = {}) => ({
  ...{ maHoSoMCDT: code, trangThai: '3', thoiGianThucHien: '02/03/2026 09:00:00' },
  ...{ nguoiXuLy: 'Phạm Hộ Tịch', noiDungXuLy: 'Đủ điều kiện' },
  ...more,
})
const value = (...items: readonly object[]) => ({ status: '1', value: items })
const readOf = async (said: object, options: object = {}, row = follow(code)) =>
  pull(connect((await answering(said)).address, options), [row])

function sending(): void {
  it('writes names, births and places as texts in the flat shape', async () => {
    const connector = connect(simulator.address, { shape: 'flat', receivedForm: 'dd/MM/yyyy' })
    expect(await send(connector, deliver())).toMatchObject({
      kind: 'delivered',
      follow: { event: 'birth', asked: code },
    })
    expect(simulator.received()[0]?.content).toMatchObject({
      ngayTiepNhan: '02/03/2026',
      data: {
        ...{ nksHoTen: 'Nguyễn Thử Ân', nksNgaySinh: '25/02/2026', meNgaySinh: '1996' },
        ...{ chaNgaySinh: '05/1994', nksQueQuan: 'Thôn Một, xã An Thử, tỉnh H99' },
      },
    })
  })

  it('refuses by pointer what the two-tier shape needs and nobody has said', async () => {
    const { child } = birth.data.birth
    const places = { birthPlace: { text: 'Xã An Thử', country: 'VN', provinceCode: '99' } }
    const data = {
      ...birth.data,
      birth: { ...birth.data.birth, child: { ...child, ...places } },
    }
    expect(await send(connect(simulator.address), deliver(data))).toMatchObject({
      ...{ kind: 'permanent', code: 'payload-invalid' },
      faults: [{ pointer: '/birth/child/birthPlace/wardCode', rule: 'required' }],
    })
    expect(simulator.received()).toEqual([])
  })

  it('names the table and the pointer of a code that it cannot translate', async () => {
    const { child } = birth.data.birth
    const data = {
      ...birth.data,
      birth: { ...birth.data.birth, child: { ...child, ethnicGroup: '77' } },
    }
    expect(await send(connect(simulator.address), deliver(data))).toMatchObject({
      ...{ kind: 'permanent', code: 'code-untranslated' },
      faults: [{ pointer: '/birth/child/ethnicGroup' }],
    })
  })

  it('keeps the joined faults as evidence and out of its own words', async () => {
    simulator.misbehave({ mode: 'refuse', times: 1 })
    const outcome = await send(connect(simulator.address), deliver())
    expect(outcome).toMatchObject({ kind: 'permanent', code: 'target-rejected', memo: {} })
    expect(outcome.evidence?.remoteMessage).toMatch(/có độ dài vượt quá.*không tồn tại trong/)
    expect(JSON.stringify({ ...outcome, evidence: undefined })).not.toMatch(/Họ tên/)
  })

  it('takes "already taken" for success only where nothing else can have arrived', async () => {
    const connector = connect(simulator.address)
    const first = await send(connector, deliver())
    expect(await send(connector, deliver())).toMatchObject({ kind: 'delivered' })
    const unclear = { kind: 'unknown', code: 'answer-wording-unknown' }
    expect(await send(connector, deliver(changed, 2, first.memo))).toMatchObject(unclear)
    expect(await send(connector, deliver(changed, 2))).toMatchObject(unclear)
    // What was refused before has left nothing there.
    expect(await send(connector, deliver(request, 2, {}))).toMatchObject({ kind: 'delivered' })
    expect(simulator.received().filter(({ applied }) => applied)).toHaveLength(1)
  })

  it('says "applied" only where nothing else can be what is there', async () => {
    const connector = connect(simulator.address)
    const confirm = (...given: Parameters<typeof deliver>) =>
      connector.confirm?.(deliver(...given), steady)
    expect(await confirm()).toBe('not-applied')
    const first = await send(connector, deliver())
    const applied = { answer: 'applied', follow: { event: 'birth', asked: code } }
    expect(await confirm()).toEqual(applied)
    expect(await confirm(request, 1, first.memo)).toEqual(applied)
    expect(await confirm(changed, 2, first.memo)).toBe('cannot-tell')
    expect(await confirm(changed, 2)).toBe('cannot-tell')
  })

  it('remembers what may have arrived when the answer is lost', async () => {
    const connector = connect(simulator.address)
    simulator.misbehave({ mode: 'half-body', times: 1 })
    const lost = await send(connector, deliver())
    expect(lost.kind).toBe('unknown')
    expect(await send(connector, deliver(changed, 2, lost.memo))).toMatchObject({ kind: 'unknown' })
    expect(await send(connector, deliver(request, 1, lost.memo))).toMatchObject({
      kind: 'delivered',
    })
  })

  it.each([
    [{ status: '1' }, 'done'],
    [{ status: 1, errorCode: 0, errorDescription: '' }, 'done'],
    [{ status: '1', errorDescription: 'Lỗi lạ' }, 'unclear'],
    [{ status: '0', errorDescription: 'Hồ sơ ĐÃ  được tiếp nhận' }, 'already'],
    [{ status: '0', errorDescription: 'Hồ sơ chưa đã được tiếp nhận' }, 'unclear'],
    [{ status: '0', statusDescription: 'Hồ sơ đã được tiếp nhận' }, 'already'],
    [{ status: '0', errorDescription: 'đã được tiếp nhận; họ không hợp lệ' }, 'unclear'],
    [{ status: '0', errorCode: '100' }, 'session'],
    [{ status: '0', errorCode: '201', errorDescription: 'RECORD_NOT_FOUND' }, 'missing'],
    [{ status: '0', errorDescription: 'Thành công' }, 'unclear'],
    [{ status: '2' }, 'unclear'],
    [{ status: '' }, 'unclear'],
  ])('reads %j as %s', (answer, meaning) => {
    expect(meaningOf(answer)).toBe(meaning)
  })
}

function asking(): void {
  it('tells a change once, and again when it is another', async () => {
    const first = await readOf(value(item()))
    expect(first.messages).toMatchObject([
      {
        ...{ source: '/h99/ho-tich', subject: code, time: '2026-03-02T09:00:00+07:00' },
        data: { code, steps: [{ status: 'processing', officer: 'Phạm Hộ Tịch' }] },
      },
    ])
    const told = first.follows?.[0]?.state ?? {}
    await stub?.stop()
    expect((await readOf(value(item()), {}, follow(code, told))).messages).toEqual([])
    await stub?.stop()
    const later = value(item({ thoiGianThucHien: '02/03/2026 09:00:01' }))
    const [second] = (await readOf(later, {}, follow(code, told))).messages
    expect(second?.eventId).not.toBe(first.messages[0]?.eventId)
  })

  it.each([
    ['nobody named', { nguoiXuLy: null }, 'answer-invalid', '/nguoiXuLy'],
    ['no time', { thoiGianThucHien: '' }, 'answer-invalid', '/thoiGianThucHien'],
    ['no state', { trangThai: null }, 'answer-invalid', '/trangThai'],
    ['a state in no table', { trangThai: '5' }, 'code-untranslated', '/trangThai'],
    ['a time in no form', { thoiGianThucHien: '2/3/26' }, undefined, '/thoiGianThucHien'],
    ['a name that is too long', { nguoiXuLy: 'x'.repeat(51) }, undefined, '/steps/0/officer'],
  ])('does not fill in %s, says so once, and asks again', async (_, more, errorCode, pointer) => {
    const page = await readOf(value(item(more)))
    expect(page.messages).toEqual([])
    expect(page.unread).toMatchObject([
      { subject: code, pointers: [pointer], again: false, ...(errorCode && { code: errorCode }) },
    ])
    const state = page.follows?.[0]?.state
    expect(state).not.toBeNull()
    await stub?.stop()
    const again = await readOf(value(item(more)), {}, follow(code, state ?? {}))
    expect(again.unread).toMatchObject([{ subject: code, again: true }])
    await stub?.stop()
    const mended = await readOf(value(item()), {}, follow(code, again.follows?.[0]?.state ?? {}))
    expect([mended.messages.length, mended.unread]).toEqual([1, []])
  })

  it.each([
    [{ noiDungXuLy: null }, 'Đủ điều kiện'],
    [{ noiDungXuLy: 'Bổ sung', ghiChu: 'BỔ SUNG ' }, 'Bổ sung'],
    [
      { ghiChu: 'Xem sổ', hanBoSungHoSo: '09/03/2026' },
      'Đủ điều kiện\nXem sổ\nHạn bổ sung: 09/03/2026',
    ],
  ])('says in words what was said: %j', async (more, content) => {
    const { messages } = await readOf(value(item(more)))
    expect(messages[0]?.data).toMatchObject({ steps: [{ content }] })
  })

  it('names whom the operator has said where the system names nobody', async () => {
    const page = await readOf(value(item({ nguoiXuLy: null })), { unnamedOfficer: 'Tư pháp xã' })
    expect(page.messages[0]?.data).toMatchObject({ steps: [{ officer: 'Tư pháp xã' }] })
  })

  it('asks on after "finished" until there is a result that can be read', async () => {
    const done = { trangThai: '4' }
    const none = await readOf(value(item({ ...done, ketQuaXuLy: null })))
    expect([none.messages.length, none.unread]).toEqual([1, []])
    const told = none.follows?.[0]?.state ?? {}
    await stub?.stop()
    const half = { ...done, ketQuaXuLy: { soDangKy: '', ngayDangKy: '02/03/2026' } }
    const unread = await readOf(value(item(half)), {}, follow(code, told))
    expect(unread.messages).toEqual([])
    expect(unread.unread).toMatchObject([{ pointers: ['/ketQuaXuLy/soDangKy'] }])
    expect(unread.follows?.[0]?.state).not.toBeNull()
    await stub?.stop()
    const whole = {
      ...done,
      ketQuaXuLy: { soDangKy: 3, ngayDangKy: '02/03/2026', giayKhaiSinh: 'không phải base64' },
    }
    const wrong = await readOf(value(item(whole)), {}, follow(code, told))
    expect(wrong.unread).toMatchObject([{ pointers: ['/ketQuaXuLy/giayKhaiSinh'] }])
    await stub?.stop()
    const right = { ...whole, ketQuaXuLy: { ...whole.ketQuaXuLy, giayKhaiSinh: 'JVBERi0x\r\n' } }
    const last = await readOf(value(item(right)), {}, follow(code, told))
    expect(last.follows).toEqual([{ subject: code, state: null }])
    expect(last.messages).toMatchObject([
      {
        data: {
          entry: { number: '3', date: '2026-03-02' },
          certificate: { mediaType: 'application/pdf', content: 'JVBERi0x' },
        },
      },
    ])
  })

  it('says that a dossier is not there, or is there in two states, and asks again', async () => {
    const absent = await readOf(value(item({ maHoSoMCDT: 'H99.14-260302-9999' })))
    expect(absent.unread).toMatchObject([{ code: 'target-not-found' }])
    await stub?.stop()
    const twice = await readOf(value(item(), item({ trangThai: '4' })))
    expect(twice.unread).toMatchObject([{ code: 'answer-invalid' }])
    expect(twice.follows?.[0]?.state).not.toBeNull()
    await stub?.stop()
    expect((await readOf(value(item(), item()))).messages).toHaveLength(1)
  })

  it('asks each alone when one spoils the call, and takes the others', async () => {
    const refusal = { status: '0', errorDescription: 'Mã hồ sơ không hợp lệ' }
    const codes = [1, 2, 3].map((n) => `H99.14-260302-000${n}`)
    const { address, asked } = await answering(
      refusal,
      value(item({ maHoSoMCDT: codes[0] })),
      refusal,
      value(item({ maHoSoMCDT: codes[2] })),
    )
    const page = await pull(
      connect(address),
      codes.map((one) => follow(one)),
    )
    expect(asked).toEqual([codes, [codes[0]], [codes[1]], [codes[2]]])
    expect(page.messages.map(({ subject }) => subject)).toEqual([codes[0], codes[2]])
    expect(page.unread).toMatchObject([{ subject: codes[1], code: 'target-rejected' }])
  })

  it('asks in calls of one kind and so many codes, and begins anew after the last', async () => {
    const { address, asked } = await answering({ status: '1', value: null })
    const rows = [
      follow('H99.14-260302-0001'),
      follow('H99.14-260302-0002', { event: 'death' }),
      follow('H99.14-260302-0003'),
      follow('H99.14-260302-0004'),
    ]
    const first = await pull(connect(address), rows)
    expect(first).toMatchObject({ cursor: 'H99.14-260302-0003', more: true })
    const second = await pull(connect(address), rows, first.cursor)
    expect(second).toMatchObject({ cursor: '', more: false })
    expect(asked.map((codes) => codes.map((one) => one.slice(-1)).join(''))).toEqual([
      ...['13', '2', '4'],
    ])
    expect((await pull(connect(address), rows, second.cursor)).cursor).toBe('H99.14-260302-0003')
  })

  it('fails as a whole when the system does not answer as agreed', async () => {
    await expect(readOf({ status: '1', value: 'x' })).rejects.toMatchObject({
      code: 'answer-invalid',
    })
  })

  it('asks by the code of the portal where the system wants that', async () => {
    const rows = readJson<{ data: CivilStatusRequested }>(
      'connectors/ho-tich/fixtures/death.message.json',
    )
    const connector = connect(simulator.address, { askBy: 'portal' })
    const outcome = await send(connector, {
      ...deliver(rows.data),
      message: { ...deliver().message, subject: rows.data.code, data: rows.data },
    })
    expect(outcome).toMatchObject({ follow: { asked: rows.data.portalCode } })
    const portalCode = rows.data.portalCode ?? ''
    const told = value(item({ maHoSoMCDT: null, maHoSoLT: portalCode }))
    const row = follow(rows.data.code, { asked: portalCode })
    expect((await readOf(told, { askBy: 'portal' }, row)).messages).toHaveLength(1)
  })
}

describe('ho-tich', () => {
  it('has the defaults that its manifest says', () => {
    const { properties } = manifest.options as {
      properties: Record<string, { default?: unknown; properties?: Record<string, object> }>
    }
    const { paths, ...plain } = defaultOptions
    for (const [name, given] of Object.entries(plain))
      expect([name, properties[name]?.default]).toEqual([name, given])
    for (const [name, given] of Object.entries(paths))
      expect(properties.paths?.properties?.[name]).toMatchObject({ default: given })
  })
  sending()
  asking()
})

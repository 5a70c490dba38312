import { describe, expect, it } from 'vitest'
import {
  createDoorHub,
  createRig,
  type DoorHub,
  type Json,
  legacyExample,
  pushToGateway,
  type Rig,
} from '../support/tthc.ts'

const item = legacyExample.dossier()
const row = legacyExample.progress()

const logIn = async (hub: DoorHub, rig: Rig, password = 'not-a-real-secret') => {
  const account = { username: 'tinh-demo', password }
  return (await hub.call(rig.connector, '/mapi/login', account)).body
}
const call = (hub: DoorHub, rig: Rig, session: unknown, more: Json) =>
  hub.call(rig.connector, '/mapi/g', { session, madonvi: '000.00.00.H99', ...more })
const sync = { service: 'DongBoHoSoMC', isUpdating: 'False', data: [item] }

describe('connectors/tthc envelope', () => {
  it('gives a session to the configured account only, and takes dossiers and progress with it', async () => {
    const hub = createDoorHub()
    const rig = createRig()

    const { session, error_code } = await logIn(hub, rig)
    const dossier = await call(hub, rig, session, sync)
    const progress = await call(hub, rig, session, {
      service: 'CapNhatTienDoHoSoMC',
      isUpdating: 'False',
      data: [row],
    })

    expect(error_code).toBe(0)
    expect([dossier.body.error_code, progress.body.error_code]).toEqual(['0', '0'])
    expect(hub.accepted.map(({ type }) => type)).toEqual([
      'vn.tthc.dossier.upserted.v1',
      'vn.tthc.dossier.progressed.v1',
    ])
    expect(await logIn(hub, rig, 'sai')).toEqual({
      error_code: '-1',
      message: 'Sai tài khoản hoặc mật khẩu.',
    })
    const closed = createRig({ doorAccount: undefined })
    expect(await logIn(hub, closed)).toMatchObject({ error_code: '-1' })
  })

  it('makes the same message of an envelope as of the gateway', async () => {
    const [one, other] = [createDoorHub(), createDoorHub()]
    const rig = createRig()

    await pushToGateway(one, rig, item)
    await call(other, rig, (await logIn(other, rig)).session, sync)

    expect(other.accepted).toEqual(one.accepted)
  })

  it('refuses a session that has expired, is of another system, or was never given', async () => {
    const hub = createDoorHub()
    const rig = createRig()
    const other = createRig({}, { system: 'mot-cua-khac' })
    const { session } = await logIn(hub, rig)
    const { session: foreign } = await logIn(hub, other)
    rig.later(9 * 60_000)
    const live = await call(hub, rig, session, sync)
    rig.later(2 * 60_000)

    const refused = [
      await call(hub, rig, session, sync),
      await call(hub, rig, foreign, sync),
      await call(hub, rig, 'sess-demo', sync),
    ]

    expect(live.body.error_code).toBe('0')
    for (const { status, body } of refused)
      expect({ status, body }).toEqual({
        status: 200,
        body: { error_code: '-1', message: 'Phiên làm việc hết hạn.' },
      })
    expect(hub.accepted).toHaveLength(1)
  })

  it('answers TraCuuHoSo from what the hub holds', async () => {
    const hub = createDoorHub()
    const rig = createRig()
    const { session } = await logIn(hub, rig)
    const ask = { service: 'TraCuuHoSo', mahoso: 'H99.14-240101-0001' }
    const before = await call(hub, rig, session, ask)
    await pushToGateway(hub, rig, item)

    const after = await call(hub, rig, session, ask)

    expect(before.body).toEqual({ error_code: '0', result: [] })
    expect(after.body).toEqual({
      error_code: '0',
      result: [
        {
          MaHoSo: 'H99.14-240101-0001',
          MaTTHC: '9.000001',
          TenTTHC: 'Thủ tục thử nghiệm A',
          MaLinhVuc: 'G99-LV01',
          TenLinhVuc: 'Lĩnh vực thử nghiệm',
          LoaiDoiTuong: '1',
          TrangThaiHoSo: '4',
          HinhThuc: '0',
          DonViXuLy: 'UBND xã Thử',
        },
      ],
    })
  })

  it('refuses services it does not stand in for, wrong envelopes and what is not JSON', async () => {
    const hub = createDoorHub()
    const rig = createRig()
    const { session } = await logIn(hub, rig)

    const answers = [
      await call(hub, rig, session, { service: 'LayDanhMucCoQuan' }),
      await call(hub, rig, session, { ...sync, isUpdating: false }),
      await call(hub, rig, session, { ...sync, madonvi: '000.00.00.H98' }),
      await hub.call(rig.connector, '/mapi/g', '<xml/>'),
      await hub.call(rig.connector, '/XrdAdapter/RestService/forward/mapi/g', []),
    ].map(({ body }) => body)

    expect(answers.map(({ error_code }) => error_code)).toEqual(Array(5).fill('-1'))
    expect(answers[0]?.message).toContain('/service: ')
    expect(answers[1]?.message).toContain('/isUpdating: ')
    expect(answers[2]?.message).toContain('/madonvi: ')
    expect(answers[3]?.message).toBe('Nội dung không phải JSON hợp lệ.')
  })
})

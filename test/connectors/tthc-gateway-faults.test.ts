import { describe, expect, it } from 'vitest'
import { HubError } from '../../src/domain/errors.ts'
import {
  createDoorHub,
  createRig,
  dossiersOf,
  gatewayPath,
  type Json,
  legacyConstants,
  legacyExample,
  pushToGateway,
} from '../support/tthc.ts'

const item = legacyExample.dossier()
const oldItem = legacyExample.firstGeneration()
const trace = legacyExample.trace()

describe('connectors/tthc gateway by query, what it refuses', () => {
  it('names every fault of query and body at once, and accepts nothing', async () => {
    const hub = createDoorHub()
    const wrong = [item, { ...item, NgayTiepNhan: '2024-01-01', TrangThaiHoSo: '11', Luong: '1' }]

    const answer = await hub.call(createRig().connector, gatewayPath, wrong, 'MaDinhDanhDV=UBND')

    expect(answer.status).toBe(200)
    expect(answer.body.error_code).toBe('-1')
    for (const place of [
      '/MaDinhDanhDV',
      '/isUpdating',
      '/1/NgayTiepNhan',
      '/1/TrangThaiHoSo',
      '/1/Luong',
    ])
      expect(answer.body.message).toContain(`${place}: `)
    expect(hub.accepted).toEqual([])
  })

  it('names faults of translation by field: codes, days that do not exist, agencies in no table', async () => {
    const hub = createDoorHub()
    const wrong = {
      ...item,
      MaHoSo: 'H99.77-240101-0001',
      KenhThucHien: '9',
      NgayHenTra: '20240231170000',
      DSKetNoiCSDL: [{ MaCSDL: '777' }],
    }

    const { body } = await pushToGateway(hub, createRig(), wrong)

    for (const place of [
      '/0/MaHoSo',
      '/0/KenhThucHien',
      '/0/NgayHenTra',
      '/0/DSKetNoiCSDL/0/MaCSDL',
    ])
      expect(body.message).toContain(`${place}: `)
    expect(hub.accepted).toEqual([])
  })

  it('names faults of the canonical message in the names of the sender', async () => {
    const hub = createDoorHub()
    const wrong = {
      ...item,
      MaLinhVuc: 'khong-dung',
      SoDienThoai: '12',
      TaiLieuNop: [{ ...(item.TaiLieuNop as Json[])[0], TepDinhKemId: 'có dấu' }],
      NgayKetThucXuLy: '',
      TrangThaiHoSo: '9',
    }

    const { body } = await pushToGateway(hub, createRig(), wrong)

    for (const place of [
      '/0/MaLinhVuc',
      '/0/SoDienThoai',
      '/0/TaiLieuNop/0/TepDinhKemId',
      '/0/NgayKetThucXuLy',
    ])
      expect(body.message).toContain(`${place}: `)
    expect(body.message).not.toContain('khong-dung')
  })

  it('says what was taken when only some of a call was', async () => {
    const hub = createDoorHub()
    const rig = createRig()
    const bad = { ...item, MaHoSo: 'H99.14-240101-0005', SoDienThoai: '12' }

    const answer = await pushToGateway(hub, rig, item, bad)
    const repaired = await pushToGateway(hub, rig, item, { ...bad, SoDienThoai: '' })

    expect(answer.body.error_code).toBe('-1')
    expect(answer.body.message).toContain('Đã nhận 1/2 hồ sơ')
    expect(answer.body.message).not.toContain('thành công')
    expect(repaired.body.error_code).toBe('0')
    expect(hub.accepted).toHaveLength(2)
  })

  it('refuses a first-generation record for what it lacks, and takes it with what an operator states', async () => {
    const hub = createDoorHub()
    const bare = await pushToGateway(hub, createRig(), oldItem)
    const stated = await pushToGateway(hub, createRig({ constants: legacyConstants }), oldItem)
    const extended = await pushToGateway(hub, createRig({ constants: legacyConstants }), {
      ...oldItem,
      SoGiayToChuHoSo: '000000000002',
    })

    for (const name of [
      'channel',
      'submittedFrom',
      'submittedAt',
      'component.reuse',
      'databasesConsulted',
    ])
      expect(bare.body.message).toContain(`constants.${name}`)
    expect(stated.body.message).toBe(
      'Dữ liệu không hợp lệ: /0/SoGiayToChuHoSo: Bản tin chuẩn bắt buộc, bản ghi không có; liên thông không điền thay',
    )
    expect(extended.body.error_code).toBe('0')
    expect(dossiersOf(hub)[0]).toMatchObject({
      code: '000.00.14.H99-240101-0002',
      agency: { code: '000.00.14.H99' },
      submittedAt: '2024-01-01T08:00:00+07:00',
      receiptNumber: 'BN-0002',
      applicant: { identities: [{ kind: 'personal-id', number: '000000000002' }] },
    })
  })

  it('never lets a constant take the place of what was sent', async () => {
    const hub = createDoorHub()

    await pushToGateway(hub, createRig({ constants: legacyConstants }), item)

    expect(dossiersOf(hub)[0]).toMatchObject({
      channel: 'online',
      onlinePayment: 'portal',
      digitised: true,
    })
  })

  it('does not take data of another province', async () => {
    const hub = createDoorHub()

    const answer = await hub.call(
      createRig().connector,
      gatewayPath,
      [item],
      'madinhdanhdv=000.00.01.H98&isUpdating=True',
    )

    expect(answer.body.message).toContain('/MaDinhDanhDV: mã đơn vị không thuộc hệ thống này')
  })

  it('says with status 503 that the hub can take nothing now, and lets bugs through', async () => {
    const hub = createDoorHub()
    const rig = createRig()
    hub.away = new HubError('store-unavailable', { retryAfterSeconds: 7 })

    const answer = await pushToGateway(hub, rig, item)
    const adapter = await hub.call(rig.connector, '/Document/UpdateDocumentTraces', trace)
    hub.away = new Error('boom')

    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '7' },
      body: { error_code: '-1' },
    })
    expect(adapter).toMatchObject({ status: 503, body: { Status: 503 } })
    await expect(pushToGateway(hub, rig, item)).rejects.toThrow('boom')
  })
})

import { describe, expect, it } from 'vitest'
import {
  createDoorHub,
  createRig,
  dossiersOf,
  gatewayQuery,
  legacyExample,
  pushToGateway,
} from '../support/tthc.ts'

const item = legacyExample.dossier()
const row = legacyExample.progress()

describe('connectors/tthc gateway by query', () => {
  it('takes a bare array and makes the canonical message of it', async () => {
    const hub = createDoorHub()

    const answer = await pushToGateway(hub, createRig(), item)

    expect(answer).toMatchObject({
      status: 200,
      body: { error_code: '0', message: 'Đồng bộ hồ sơ thành công.' },
    })
    expect(hub.accepted).toHaveLength(1)
    expect(hub.accepted[0]).toMatchObject({
      source: '/h99/mot-cua',
      type: 'vn.tthc.dossier.upserted.v1',
      subject: 'H99.14-240101-0001',
      time: '2024-01-01T08:00:00+07:00',
    })
    expect(dossiersOf(hub)[0]).toMatchObject({
      agency: { code: 'H99.14', name: 'Uỷ ban nhân dân xã An Thử' },
      channel: 'online',
      status: 'processing',
      submittedAt: '2024-01-01T07:30:00+07:00',
      applicant: { kind: 'citizen', identities: [{ kind: 'personal-id', number: '000000000001' }] },
      databasesConsulted: ['population'],
      fees: [{ collection: 'upfront', amount: 10_000 }],
    })
    expect(dossiersOf(hub)[0]).not.toHaveProperty('note')
  })

  it('answers a blind repeat with success and accepts nothing', async () => {
    const hub = createDoorHub()
    const rig = createRig()
    await pushToGateway(hub, rig, item)

    const again = await pushToGateway(hub, rig, item)

    expect(again.body).toEqual({
      error_code: '0',
      message: 'Đồng bộ hồ sơ thành công (nội dung đã nhận trước đó).',
    })
    expect(hub.accepted).toHaveLength(1)
  })

  it('takes A, B and A again for three states, and repeats of each for nothing new', async () => {
    const hub = createDoorHub()
    const rig = createRig()
    const other = { ...item, GhiChu: 'Đã bổ sung' }
    for (const each of [item, item, other, other, item, item, other])
      await pushToGateway(hub, rig, each)

    expect(dossiersOf(hub).map((dossier) => dossier.note)).toEqual([
      undefined,
      'Đã bổ sung',
      undefined,
      'Đã bổ sung',
    ])
    expect(new Set(hub.accepted.map((message) => message.eventId)).size).toBe(4)
  })

  it('makes the same event of twins that come at once', async () => {
    const hub = createDoorHub()
    const rig = createRig()

    const answers = await Promise.all([
      pushToGateway(hub, rig, item),
      pushToGateway(hub, rig, item),
    ])

    expect(hub.accepted).toHaveLength(1)
    expect(answers.map(({ body }) => body.error_code)).toEqual(['0', '0'])
  })

  it('does not swallow a change to what was said before retention deleted it', async () => {
    let now = new Date('2026-03-05T08:00:00+07:00')
    const hub = createDoorHub(() => now)
    const rig = createRig()
    await pushToGateway(hub, rig, item)
    await pushToGateway(hub, rig, { ...item, GhiChu: 'Đã bổ sung' })
    hub.forgetBodies()
    now = new Date(now.getTime() + 90 * 86_400_000)
    rig.later(90 * 86_400_000)

    await pushToGateway(hub, rig, item)
    await pushToGateway(hub, rig, item)

    expect(dossiersOf(hub).map((dossier) => dossier.note)).toEqual([
      undefined,
      'Đã bổ sung',
      undefined,
    ])
  })

  it('takes several dossiers in one call, and two states of one dossier in their order', async () => {
    const hub = createDoorHub()
    const second = { ...item, MaHoSo: 'H99.14-240101-0009' }

    await pushToGateway(hub, createRig(), item, second, { ...item, TrangThaiHoSo: '2' })

    expect(hub.accepted.map(({ subject }) => subject)).toEqual([
      'H99.14-240101-0001',
      'H99.14-240101-0009',
      'H99.14-240101-0001',
    ])
    expect(dossiersOf(hub).map(({ status }) => status)).toEqual([
      'processing',
      'processing',
      'accepted',
    ])
  })

  it('reads null, the empty text and nothing alike', async () => {
    const hub = createDoorHub()
    const rig = createRig()
    const { Fax: _, ...without } = item
    await pushToGateway(hub, rig, item)

    await pushToGateway(hub, rig, { ...item, Fax: null, GhiChu: null })
    await pushToGateway(hub, rig, without)

    expect(hub.accepted).toHaveLength(1)
  })

  it('takes progress row by row, each once for ever', async () => {
    const hub = createDoorHub()
    const rig = createRig()
    const path = '/api/SynsTTHCC/CapNhatTienDoHoSoMC'
    const next = { ...row, ThoiDiemXuLy: '20240102090000', TrangThai: '4' }
    await hub.call(rig.connector, path, [row], gatewayQuery)

    const longer = await hub.call(rig.connector, path, [row, next], gatewayQuery)
    const again = await hub.call(rig.connector, path, [row, next], gatewayQuery)

    expect(longer.body.message).toBe('Cập nhật tiến độ thành công.')
    expect(again.body.message).toContain('đã nhận trước đó')
    expect(hub.accepted.map(({ time }) => time)).toEqual([
      '2024-01-01T08:30:00+07:00',
      '2024-01-02T09:00:00+07:00',
    ])
    expect(hub.accepted[1]?.data).toMatchObject({
      steps: [{ officer: 'Cán bộ Thử', status: 'processing' }],
    })
  })
})

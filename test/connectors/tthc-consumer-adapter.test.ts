import { describe, expect, it } from 'vitest'
import {
  createDoorHub,
  createRig,
  dossiersOf,
  type Json,
  legacyConstants,
  legacyExample,
} from '../support/tthc.ts'

const document = legacyExample.document()
const trace = legacyExample.trace()

describe('connectors/tthc consumerAdapter', () => {
  const path = '/Document/SyncDocument'
  const codes = () => ({
    'tthc-procedure-domain': [
      { canonical: '9.000001', remote: 'G99-LV01', validFrom: '', validTo: '' },
    ],
    'tthc-domain-name': [{ canonical: 'G99-LV01', remote: 'Hộ tịch', validFrom: '', validTo: '' }],
    'tthc-adapter-fee': [{ canonical: 'LP001', remote: 'Lệ phí thử', validFrom: '', validTo: '' }],
  })
  const rigWith = (more: Json = {}) =>
    createRig({ constants: legacyConstants, ...more }, { more: codes() })

  it('reads a document with zero dates, tables and constants', async () => {
    const hub = createDoorHub()

    const answer = await hub.call(rigWith().connector, path, document)

    expect(answer).toMatchObject({ status: 200, body: { Status: 200, Message: 'Thành công.' } })
    expect(dossiersOf(hub)[0]).toEqual({
      code: 'H99.14-240101-0003',
      procedure: { code: '9.000001', name: 'Thủ tục thử nghiệm A' },
      domain: { code: 'G99-LV01', name: 'Hộ tịch' },
      agency: { code: '000.00.14.H99', name: 'UBND xã An Thử' },
      handlingUnit: { name: 'UBND xã An Thử' },
      channel: 'direct',
      submittedFrom: 'province',
      applicant: {
        kind: 'citizen',
        name: 'Lê Văn Mẫu',
        identities: [{ kind: 'personal-id', number: '000000000003' }],
        phone: '0000000003',
        address: { text: 'Số 3 đường Mẫu, xã An Thử, tỉnh Mẫu' },
      },
      summary: 'Lê Văn Mẫu đề nghị cấp bản sao',
      submittedAt: '2024-01-01T08:00:00+07:00',
      acceptedAt: '2024-01-01T08:00:00+07:00',
      dueAt: '2024-01-10T17:00:00+07:00',
      status: 'processing',
      returnMethod: 'direct',
      digitised: false,
      verifiedByVNeID: false,
      onlinePayment: 'none',
      databasesConsulted: [],
      components: [],
      fees: [
        { code: 'LP001', name: 'Lệ phí thử', kind: 'fee', collection: 'upfront', amount: 10_000 },
      ],
      otherPapers: [{ name: 'Tờ khai', quantity: 1, kind: 'original' }],
      supplements: [],
      results: [],
    })
  })

  it('reads offsets, finished and returned, and supplements', async () => {
    const hub = createDoorHub()
    const returned = legacyExample.returnedDocument()
    const utc = { ...returned, ReturnedDate: '2024-01-09T09:00:00.123Z' }

    await hub.call(rigWith().connector, path, utc)

    expect(hub.accepted[0]?.time).toBe('2024-01-09T16:00:00+07:00')
    expect(dossiersOf(hub)[0]).toMatchObject({
      status: 'returned',
      finishedAt: '2024-01-09T15:00:00+07:00',
      returnedAt: '2024-01-09T16:00:00+07:00',
      supplements: [
        {
          id: 1,
          requestedBy: 'Cán bộ Thử',
          completed: false,
          previousDueAt: '2024-01-10T17:00:00+07:00',
        },
      ],
    })
    expect(dossiersOf(hub)[0]?.supplements[0]).not.toHaveProperty('newDueAt')
  })

  it('answers repeats with success, and a change back with a new message', async () => {
    const hub = createDoorHub()
    const { connector } = rigWith()
    const changed = { ...document, Note: 'Đã sửa' }
    await hub.call(connector, path, document)

    const again = await hub.call(connector, path, document)
    for (const each of [changed, document]) await hub.call(connector, path, each)

    expect(again.body).toEqual({ Status: 200, Message: 'Thành công: đã nhận trước đó.' })
    expect(hub.accepted).toHaveLength(3)
  })

  it('says what is missing: constants, tables, a summary, a date that is zero', async () => {
    const hub = createDoorHub()
    const poor = {
      ...document,
      Compendium: '',
      DateReceived: '0000-00-00T00:00:00',
      DocTypeCode: '9.000099',
      ApplicantsType: 4,
    }

    const { body, status } = await hub.call(createRig().connector, path, poor)

    expect({ status, Status: body.Status }).toEqual({ status: 200, Status: 400 })
    for (const words of [
      '/Compendium: ',
      '/DateReceived: ',
      '/DocTypeCode: mã chưa có trong bảng tthc-procedure-domain',
      '/ApplicantsType: ',
      'constants.channel',
      '/DocFees/0/FeeName: ',
    ])
      expect(body.message ?? body.Message).toContain(words)
    expect(hub.accepted).toEqual([])
  })

  it('refuses Base64 files unless an operator leaves them out', async () => {
    const hub = createDoorHub()
    const withFile = {
      ...document,
      Attachments: [{ Attachmentld: 1, AttachmentName: 'Đơn.pdf', Base64: 'SMO0' }],
    }

    const refused = await hub.call(rigWith().connector, path, withFile)
    const taken = await hub.call(rigWith({ attachments: 'leave-out' }).connector, path, withFile)

    expect(refused.body.Message).toContain('/Attachments: ')
    expect(refused.body.Message).not.toContain('SMO0')
    expect(taken.body.Status).toBe(200)
    expect(dossiersOf(hub)[0]?.components).toEqual([])
  })

  it('takes a trace alone or several in a list, each once', async () => {
    const hub = createDoorHub()
    const { connector } = createRig()
    const traces = '/Document/UpdateDocumentTraces'
    const two = [trace, { ...trace, DateCreated: '2024-01-02T02:00:00Z', Status: 4 }]

    await hub.call(connector, traces, trace)
    const list = await hub.call(connector, traces, two)
    const again = await hub.call(connector, traces, two)

    expect([list.body, again.body]).toEqual([
      { Status: 200, Message: 'Thành công.' },
      { Status: 200, Message: 'Thành công: đã nhận trước đó.' },
    ])
    expect(hub.accepted.map(({ time }) => time)).toEqual([
      '2024-01-01T08:30:00+07:00',
      '2024-01-02T09:00:00+07:00',
    ])
  })

  it('names the faults of a trace as they stand in what was sent', async () => {
    const hub = createDoorHub()
    const { connector } = createRig()
    const traces = '/Document/UpdateDocumentTraces'
    const wrong = { ...trace, DateCreated: '0000-00-00T00:00:00', Status: 'xong' }

    const alone = await hub.call(connector, traces, wrong)
    const listed = await hub.call(connector, traces, [trace, wrong])
    const misshapen = await hub.call(connector, traces, { ...trace, Comment: '' })

    expect(alone.body.Message).toMatch(/ \/DateCreated: .* \/Status: /)
    expect(listed.body.Message).toMatch(/ \/1\/DateCreated: .* \/1\/Status: /)
    expect(misshapen.body.Message).toContain(' /Comment: ')
    expect(hub.accepted).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import state from '../../connectors/bhxh/fixtures/state.json' with { type: 'json' }
import createConnector from '../../connectors/bhxh/index.ts'
import { defaultOptions, readOptions } from '../../connectors/bhxh/options.ts'
import createSimulator from '../../connectors/bhxh/simulator.ts'
import {
  type CallName,
  type InsuranceAnswer,
  readAnswer,
  requestOf,
} from '../../connectors/bhxh/translate.ts'
import {
  type Connector,
  ConnectorError,
  createSimulatorServer,
  type LookupQuestion,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorRequest,
} from '../../src/connector/index.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'

const root = join(import.meta.dirname, '../..')
const manifest: Manifest = JSON.parse(
  readFileSync(join(root, 'connectors/bhxh/connector.json'), 'utf8'),
)
const steady = new AbortController().signal

const credentials = { style: 'none' } as const
const options = (more: object = {}) =>
  readOptions({ baseUrl: 'http://bhxh.example/apiBHXH', credentials, ...more })

const question = (
  operation: CallName,
  parameters: Readonly<Record<string, unknown>>,
  fields: readonly string[] = ['insuranceNumber', 'fullName', 'status'],
): LookupQuestion => ({
  id: '018f0000-0000-7000-8000-000000000001',
  official: 'canbo.demo',
  unit: 'H99.14',
  dossier: 'H99.14-260101-0001',
  purpose: 'Kiểm tra người nộp có mã số',
  ...{ operation, fields, parameters },
})
const person = { fullName: 'Nguyễn Văn Thử', birth: '1990-01-02', genderCode: '1' }
const byNumber = (fields?: readonly string[]) =>
  question('ho-gia-dinh-theo-ma-so', { insuranceNumber: '0000000001' }, fields)
const byCriteria = (more: object = {}, fields?: readonly string[]) =>
  question('ma-so-theo-tieu-chi', { ...person, ...more }, fields)
const household = (more: object = {}, fields?: readonly string[]) =>
  question('ho-gia-dinh', { provinceCode: '99', ...person, ...more }, fields)

/** What a failure says to the engine. */
const failureOf = async (work: () => unknown): Promise<unknown> => {
  try {
    return { answered: await work() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const { kind, code, evidence } = error.outcome
    return { kind, code, ...(evidence?.remoteCode && { remoteCode: evidence.remoteCode }) }
  }
}
const notAgreed = { kind: 'unknown', code: 'answer-invalid' }

describe('connectors/bhxh options', () => {
  it('have the defaults that the manifest declares', () => {
    interface Property {
      readonly default?: unknown
      readonly properties?: Readonly<Record<string, Property>>
    }
    const declared = (properties: Readonly<Record<string, Property>>): object =>
      Object.fromEntries(
        Object.entries(properties).flatMap(([name, property]) => {
          if (property.properties) return [[name, declared(property.properties)]]
          return property.default === undefined ? [] : [[name, property.default]]
        }),
      )

    expect(declared(manifest.options.properties as Record<string, Property>)).toEqual(
      defaultOptions,
    )
  })

  it('let what is configured win over a default, path by path', () => {
    const read = options({ paths: { household: 'hgd' }, successCodes: ['1'] })

    expect(read).toMatchObject({
      paths: { byNumber: 'getTraCuuTtHgdByMaSoBhxh', household: 'hgd' },
      successCodes: ['1'],
      checkNumber: '0000000000',
    })
  })
})

describe('connectors/bhxh questions', () => {
  it.each([
    ['1990-01-02', '01', '19900102', '0'],
    ['1990-05', '01', '19900501', '2'],
    ['1990', '01', '19900101', '1'],
    ['1990-01-02', '00', '19900102', '0'],
    ['1990-05', '00', '19900500', '2'],
    ['1990', '00', '19900000', '1'],
    ['1990-01-02', 'none', '19900102', '0'],
    ['1990-05', 'none', '199005', '2'],
    ['1990', 'none', '1990', '1'],
  ])('say of %s, filled with %s, the digits %s of kind %s', (birth, birthFill, digits, kind) => {
    const asked = options({ birthFill })

    for (const ask of [byCriteria({ birth }), household({ birth })])
      expect(requestOf(ask, asked)).toMatchObject({ ngaySinh: digits, loaiNgaySinh: kind })
  })

  it.each(['1990-13', '1990-02-30'])('refuse %s, which is no date', (birth) => {
    expect(() => requestOf(byCriteria({ birth }), options())).toThrow(ConnectorError)
  })

  it('send every name that the service knows, empty where nothing was asked', () => {
    const wide = { provinceCode: '99', districtCode: '999', wardCode: '99999' }

    expect(requestOf(byNumber(), options())).toEqual({ maSoBhxh: '0000000001' })
    expect(requestOf(byCriteria({ fullName: ' Nguyễn  Văn Thử ' }), options())).toEqual({
      ...{ hoTen: 'Nguyễn Văn Thử', ngaySinh: '19900102', loaiNgaySinh: '0', gioiTinh: '1' },
      ...{ maTinhKs: '', maHuyenKs: '', maXaKs: '', isKs: '0' },
    })
    expect(requestOf(byCriteria({ ...wide, birthRegistration: true }), options())).toMatchObject({
      ...{ maTinhKs: '99', maHuyenKs: '999', maXaKs: '99999', isKs: '1' },
    })
    expect(requestOf(household({ bookNumber: '0000000091' }), options())).toEqual({
      ...{ maTinh: '99', hoTen: 'Nguyễn Văn Thử', ngaySinh: '19900102', loaiNgaySinh: '0' },
      ...{ gioiTinh: '1', soSo: '0000000091', maThe: '', isKs: '0' },
    })
  })
})

describe('connectors/bhxh answers', () => {
  const found = { maSoBhxh: '0000000001', trangThai: '1' }

  it.each([
    ['a code of success', { ...found, errorCode: '00' }],
    ['a code of success as a number', { ...found, errorCode: 0 }],
    ['no code', found],
    ['an empty code', { ...found, errorCode: '' }],
  ])('find somebody by a record with %s', (_, answer) => {
    expect(readAnswer(byCriteria(), answer, options())).toEqual({
      insuranceNumber: '0000000001',
      status: '1',
    })
  })

  it.each([
    ['success without a record', { errorCode: '0' }],
    ['success without a number', { maSoBhxh: ' ', trangThai: 'Không tìm thấy', errorCode: '00' }],
    ['nothing in any member', { maSoBhxh: '', trangThai: null, errorCode: null }],
    ['a code of nobody', { errorCode: '404' }],
    ['a code of nobody beside a record', { ...found, errorCode: 404 }],
  ])('find nobody by %s', (_, answer) => {
    expect(readAnswer(byCriteria(), answer, options({ missingCodes: ['404'] }))).toBeUndefined()
  })

  it('take no code for "nobody" that was not configured as one', async () => {
    const read = (answer: object) =>
      failureOf(() => readAnswer(byCriteria(), { ...answer }, options()))

    const refused = { kind: 'permanent', code: 'target-rejected', remoteCode: '404' }
    expect(await read({ errorCode: '404' })).toEqual(refused)
    expect(await read({ ...found, errorCode: '404' })).toEqual(refused)
    expect(await read({ maSoBhxh: '', trangThai: 'Lỗi hệ thống' })).toEqual(notAgreed)
    // Success, but of something that is not known here.
    expect(await read({ errorCode: '00', result: { ...found } })).toEqual(notAgreed)
    expect(await read({ errorCode: 0, message: 'Hệ thống bảo trì' })).toEqual(notAgreed)
    expect(await read({ errorCode: '0', maSoBhxh: '', result: [found] })).toEqual(notAgreed)
  })

  it('find a household by the documented record, which does not repeat the number', () => {
    const record = { hoTen: 'Nguyễn Văn Thử', soSoCu: '', trangThai: '1' }
    const fields = ['insuranceNumber', 'fullName', 'oldBookNumber', 'members']

    expect(readAnswer(byNumber(fields), record, options())).toEqual({ fullName: 'Nguyễn Văn Thử' })
    expect(readAnswer(byNumber(), [], options())).toBeUndefined()
    expect(readAnswer(byNumber(), { hoTen: '', trangThai: '' }, options())).toBeUndefined()
  })

  it('refuse a record about another person, and people of whom none is the one asked about', async () => {
    const other = { maSoBhxh: '0000000002', hoTen: 'Trần Thị Mẫu' }
    const nameless = { hoTen: 'Nguyễn Văn Thử' }
    const own = { maSoBhxh: '0000000001', hoTen: 'Nguyễn Văn Thử' }
    const read = (answer: InsuranceAnswer) =>
      failureOf(() => readAnswer(byNumber(), answer, options()))

    expect(await read(other)).toEqual(notAgreed)
    expect(await read([other])).toEqual(notAgreed)
    expect(await read([nameless, other])).toEqual(notAgreed)
    expect(await read([own, own])).toEqual(notAgreed)
    expect(await read([other, own])).toMatchObject({
      answered: { insuranceNumber: '0000000001', fullName: 'Nguyễn Văn Thử' },
    })
  })

  it('refuse several people that fit one description', async () => {
    const one = { maSo: '0000000001', hoTen: 'Nguyễn Văn Thử' }
    const read = (answer: InsuranceAnswer) =>
      failureOf(() => readAnswer(household({}, ['fullName']), answer, options()))

    expect(await read([one, { ...one, maSo: '0000000002' }])).toEqual(notAgreed)
    expect(await read([one])).toEqual({ answered: { fullName: 'Nguyễn Văn Thử' } })
  })

  it.each([
    ['19900102', '0', '1990-01-02'],
    ['19900501', '2', '1990-05'],
    ['19900000', '1', '1990'],
    ['1990', 1, '1990'],
    ['19900102', null, '1990-01-02'],
    ['19900500', undefined, '1990-05'],
    ['20000000', undefined, '2000'],
    ['1990', undefined, '1990'],
    ['', '0', undefined],
  ])('read the birth %s of kind %s as %s', (ngaySinh, loaiNgaySinh, birth) => {
    const record = { maSo: '0000000001', ngaySinh, loaiNgaySinh }

    expect(readAnswer(household({}, ['birth']), record, options())?.birth).toBe(birth)
  })

  it.each([
    ['19900230', '0'],
    ['1990', '0'],
    ['19900101', '7'],
    ['02/01/1990', undefined],
  ])(
    'do not guess at the birth %s of kind %s, and do not read it unasked',
    async (ngaySinh, loaiNgaySinh) => {
      const record = { maSo: '0000000001', hoTen: 'Nguyễn Văn Thử', ngaySinh, loaiNgaySinh }
      const read = (fields: string[]) =>
        failureOf(() => readAnswer(household({}, fields), record, options()))

      expect(await read(['birth'])).toMatchObject({
        code: expect.stringMatching(/^(mapping-failed|answer-invalid)$/),
      })
      expect(await read(['fullName'])).toEqual({ answered: { fullName: 'Nguyễn Văn Thử' } })
    },
  )

  it('give what was asked for, and nothing that the record does not have', () => {
    const record = {
      ...{ maSo: '0000000001', hoTen: 'Nguyễn Văn Thử', diaChi: null, maHo: '9900000001' },
      ...{ maTinhKs: '99', maXaKs: '99999', trangThai: 1, soDienThoai: '0000000000' },
    }
    const read = (...fields: string[]) => readAnswer(byNumber(fields), record, options())

    expect(read('householdCode', 'address')).toEqual({ householdCode: '9900000001' })
    expect(read('status', 'birthRegistrationPlace')).toEqual({
      status: '1',
      birthRegistrationPlace: { province: '99', ward: '99999' },
    })
    expect(read('members', 'soDienThoai')).toEqual({})
  })
})

describe('connectors/bhxh over HTTP', () => {
  let server: Simulator
  let asked: SimulatorRequest[]
  let said: SimulatorAnswer

  beforeAll(async () => {
    server = await createSimulatorServer(
      { port: 0 },
      {
        modes: [],
        state: () => new Map(),
        handle(request) {
          asked.push(request)
          return { kind: 'read', run: () => said }
        },
      },
    )
  })
  beforeEach(() => {
    asked = []
  })
  afterAll(async () => {
    closeContexts()
    await server.stop()
  })

  const connect = (more: object = {}): Connector =>
    createConnector(
      contextOf({
        system: 'bhxh',
        address: server.address,
        options: { baseUrl: `${server.address}/apiBHXH/`, credentials, ...more },
      }),
    )
  const ask = (about: LookupQuestion, more?: object) =>
    failureOf(() => connect(more).lookup?.(about, steady))

  it('asks each call at its path', async () => {
    said = { body: [] }
    const paths = { household: 'ngsp/ho-gia-dinh' }

    await ask(byNumber(), { paths })
    await ask(household(), { paths })

    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /apiBHXH/getTraCuuTtHgdByMaSoBhxh',
      'POST /apiBHXH/ngsp/ho-gia-dinh',
    ])
    expect(asked[0]?.json()).toEqual({ maSoBhxh: '0000000001' })
  })

  it.each<[string, SimulatorAnswer, object]>([
    ['a page', { body: '<html>Bảo trì</html>' }, notAgreed],
    ['nothing', {}, notAgreed],
    ['null', { body: 'null' }, notAgreed],
    ['an empty object', { body: {} }, notAgreed],
    ['words without a code', { body: { message: 'Không tìm thấy' } }, notAgreed],
    ['a number as a number', { body: { maSoBhxh: 1 } }, notAgreed],
    ['a list', { body: [{ maSoBhxh: '0000000001' }] }, notAgreed],
    [
      'a wrapped answer',
      { body: { code: 200, response: { successful: { maSoBhxh: '0000000001' } } } },
      notAgreed,
    ],
    [
      'an unknown code',
      { body: { errorCode: '77' } },
      { kind: 'permanent', code: 'target-rejected', remoteCode: '77' },
    ],
    ['a wrong address', { status: 404 }, { kind: 'permanent', code: 'target-not-found' }],
    ['a server error', { status: 500 }, { kind: 'unknown', code: 'target-failed' }],
  ])('never takes %s for "nobody"', async (_, answer, failure) => {
    said = answer

    expect(await ask(byCriteria())).toEqual(failure)
  })

  it('sends nothing that does not fit, and asks nothing that it does not know', async () => {
    const stranger = { ...byNumber(), operation: 'toString' }

    expect(await ask(byCriteria({ genderCode: '9' }))).toMatchObject({ code: 'payload-invalid' })
    expect(await ask(stranger)).toEqual({ kind: 'permanent', code: 'operation-missing' })
    expect(asked).toEqual([])
  })

  it('tests the connection by a number, whoever that is', async () => {
    const stepsAfter = async (answer: SimulatorAnswer, more?: object) => {
      said = answer
      const steps = await connect(more).check(steady)
      return steps.map(({ name, ok, tried = true }) => `${name} ${tried ? ok : 'not tried'}`)
    }

    const passed = ['tcp true', 'credentials true', 'call true']
    expect(await stepsAfter({ body: [] })).toEqual(passed)
    expect(await stepsAfter({ body: { hoTen: 'Nguyễn Văn Thử' } })).toEqual(passed)
    expect(await stepsAfter({ body: { errorCode: '5' } }, { missingCodes: ['5'] })).toEqual(passed)
    expect(await stepsAfter({ body: { errorCode: '5' } })).toEqual([
      ...['tcp true', 'credentials true', 'call false'],
    ])
    expect(await stepsAfter({ status: 401 })).toEqual([
      'tcp true',
      'credentials false',
      'call not tried',
    ])
    expect(asked.map((request) => request.json())).toContainEqual({ maSoBhxh: '0000000000' })
  })
})

describe('connectors/bhxh and its simulator', () => {
  let simulator: Simulator

  beforeEach(async () => {
    simulator = await createSimulator({ port: 0, state: new Map(state as [string, unknown][]) })
  })
  afterEach(async () => {
    closeContexts()
    await simulator.stop()
  })

  it('renew a token that was forgotten, and ask again', async () => {
    const [example] = manifest.options.examples as readonly object[]
    const connector = createConnector(
      contextOf({
        system: 'bhxh',
        address: simulator.address,
        options: JSON.parse(
          JSON.stringify(example).replaceAll('{{address}}', simulator.address),
        ) as Record<string, unknown>,
      }),
    )
    const before = await connector.lookup?.(byNumber(['fullName']), steady)
    simulator.misbehave({ mode: 'session-expired', times: 1, on: 'read' })

    const after = await connector.lookup?.(byNumber(['fullName']), steady)

    expect(before).toEqual({ fullName: 'Nguyễn Văn Thử' })
    expect(after).toEqual(before)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Days } from '../../connectors/giao-thong/client.ts'
import state from '../../connectors/giao-thong/fixtures/state.json' with { type: 'json' }
import createConnector from '../../connectors/giao-thong/index.ts'
import { defaultOptions } from '../../connectors/giao-thong/options.ts'
import { pullDays, type Source } from '../../connectors/giao-thong/pull.ts'
import createSimulator, { type Held, platform } from '../../connectors/giao-thong/simulator.ts'
import { licenceRequested, ministryDossier } from '../../connectors/giao-thong/translate.ts'
import {
  type Connector,
  createSimulatorServer,
  type PullPage,
  type RemoteRecord,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorRequest,
} from '../../src/connector/index.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'
import { declaredDefaults, loadedManifest } from '../support/manifest.ts'
import { pullRequest } from '../support/pull-request.ts'

const { options } = await loadedManifest('giao-thong')
const steady = new AbortController().signal
const records = state as unknown as [string, Held][]
const licence = records[0]?.[1].licence as RemoteRecord
const ministry = records[2]?.[1].ministry as RemoteRecord
const faultsOf = (schema: string, data: unknown) =>
  registry.validate(`tthc/${schema}/v1`, data).map(({ pointer, rule }) => `${pointer} ${rule}`)

describe('connectors/giao-thong options', () => {
  const [whole] = options.examples as readonly Record<string, unknown>[]
  const example = JSON.parse(
    JSON.stringify(whole).replaceAll('{{address}}', 'https://a.example'),
  ) as Record<string, unknown>
  const faults = (change: object) => {
    const value = JSON.parse(JSON.stringify({ ...example, ...change }))
    return registry.validateAgainst(options, value).length
  }

  it('have the defaults that the manifest declares', () => {
    expect(JSON.parse(JSON.stringify(defaultOptions))).toEqual(declaredDefaults(options))
  })

  const none = undefined
  const withoutMinistry = {
    ...{ ministryUrl: none, ministryAgency: none, ministryCredentials: none },
  }
  const withoutLicences = {
    ...{ username: none, password: none, handlingUnit: none, adapterUrl: none, dstcode: none },
  }
  it.each<[string, object, boolean]>([
    ['both parts', {}, true],
    ['licences alone', withoutMinistry, true],
    ['the ministry alone', withoutLicences, true],
    ['a platform instead of the adapter', { ...platformOptions('https://p.example') }, true],
    ['neither part', { ...withoutMinistry, ...withoutLicences }, false],
    ['an account without a way to it', { adapterUrl: none, dstcode: none }, false],
    ['two ways', { platformUrl: 'https://p.example' }, false],
    ['an adapter without a destination', { dstcode: none }, false],
    ['an account without a password', { password: none }, false],
    ['a list without an account', { ministryCredentials: none }, false],
    ['no day to look back', { pullDays: 0 }, false],
  ])('take %s: %j', (_, change, fits) => {
    expect(faults(change) === 0).toBe(fits)
  })
})

function platformOptions(address: string) {
  return {
    ...{ adapterUrl: undefined, dstcode: undefined },
    platformUrl: address + platform.path,
    platformCredentials: { style: 'static-bearer', token: platform.token },
  }
}

describe('connectors/giao-thong messages', () => {
  const day = { ngayNhanHoSo: '02/01/2024' }

  it('have the places of a licence dossier, and keep the rest by its name', () => {
    const data = licenceRequested({ ...licence, ...day }, { portrait: false })
    expect(faultsOf('driving-licence-requested', data)).toEqual([])
    expect(data).toMatchObject({
      ...{ code: '99001-0001', receivedOn: '2024-01-02', dueOn: '2030-01-09' },
      applicant: { residence: { text: 'Số 1, đường Thử, tỉnh Mẫu', unitCode: '9999999' } },
      heldLicences: [{ number: '000000000991', issuedOn: '2014-01-02', passedOn: '2014-01-01' }],
      files: [{ path: '/2024/01/don-mau.pdf', name: 'Đơn đề nghị', paperCode: 'DON' }],
    })
    // A zero date is no date; an address without words leaves its code with the other fields.
    expect(data.heldLicences[0]).not.toHaveProperty('expiresOn')
    expect(data.applicant).not.toHaveProperty('permanentResidence')
    expect(data.otherFields).toEqual([
      { name: 'hoTenIn', value: 'NGUYEN VAN THU' },
      { name: 'dvhcNoiThuongTru', value: '9999998' },
      { name: 'soNamLaiXe', value: '9' },
    ])
    expect(JSON.stringify(data)).not.toContain('/9j/')
  })

  it('have the portrait only where it is wanted', () => {
    expect(licenceRequested({ ...licence, ...day }, { portrait: true }).portrait).toBe(
      '/9j/bW9ja3Vw',
    )
  })

  it.each<[string, RemoteRecord, string[]]>([
    ['no name', { hoTen: ' ' }, ['/applicant/name required']],
    ['no day', { ngayNhanHoSo: null }, ['/receivedOn required']],
    ['30 February', { ngayNhanHoSo: '30/02/2024' }, ['/receivedOn format']],
    ['a month before the day', { ngaySinh: '01/31/1990' }, ['/applicant/birthDate format']],
    ['a file without a path', { hoSoDinhKem: [{ tengiayto: 'Đơn' }] }, ['/files/0/path required']],
  ])('are refused with %s, by the schema', (_, change, faults) => {
    const data = licenceRequested({ ...licence, ...day, ...change }, { portrait: false })
    expect(faultsOf('driving-licence-requested', data)).toEqual(faults)
  })

  it('have the places of a dossier of the ministry', () => {
    const data = ministryDossier({ ...ministry, NgayGuiHoSo: '02/01/2024 08:00:00' })
    expect(faultsOf('ministry-dossier-upserted', data)).toEqual([])
    expect(data).toMatchObject({
      ...{ code: 'G99.01-0001', status: { code: '4', name: 'Đang xử lý' } },
      ...{ submittedAt: '2024-01-02T08:00:00+07:00', dueAt: '2030-01-05T17:00:00+07:00' },
      applicant: { name: 'Công ty Mẫu', address: { provinceCode: '99', wardCode: '99999' } },
      otherFields: [{ name: 'GhiChuMau', value: 'giữ nguyên' }],
    })
    expect(data).not.toHaveProperty('finishedAt')
  })

  it('give every member of the documented records a place', () => {
    const placed = JSON.stringify(
      ministryDossier({ ...ministry, NgayGuiHoSo: '02/01/2024 08:00:00' }),
    )
    for (const value of Object.values(ministry))
      if (typeof value === 'string' && value !== '' && !/^\d\d\//.test(value))
        expect(placed).toContain(value)
  })
})

describe('connectors/giao-thong pulls', () => {
  let now: string
  let asked: Days[]
  let held: RemoteRecord[]
  const source: Source = {
    ...{ prefix: 'bo', codeName: 'MaHoSo' },
    async read(days) {
      asked.push(days)
      return held
    },
    message: (data) => ({ type: 'mau', time: '2024-01-02T08:00:00+07:00', data }),
  }
  const pull = (cursor?: string, more: object = {}, request: object = {}): Promise<PullPage> => {
    const tools = { clock: { now: () => new Date(now) }, pullDays: 3, speaker: '/h99/bo' }
    return pullDays(
      { ...tools, pullFrom: undefined, ...more },
      source,
      pullRequest({ operation: 'ho-so-bo', cursor, startedFrom: cursor, ...request }),
      steady,
    )
  }
  const idsOf = ({ messages }: PullPage) => messages.map(({ eventId }) => eventId)

  beforeEach(() => {
    // Half past midnight of the tenth in Vietnam.
    now = '2024-01-09T17:30:00Z'
    asked = []
    held = [{ MaHoSo: 'A', s: 1 }]
  })

  it('begin some days back, and where the run before came to', async () => {
    const first = await pull()
    now = '2024-01-14T05:00:00Z'
    await pull(first.cursor)
    await pull(first.cursor, {}, { overlapSeconds: 5 * 24 * 3600 })
    expect(asked).toEqual([
      { from: '2024-01-07', to: '2024-01-10' },
      { from: '2024-01-07', to: '2024-01-14' },
      { from: '2024-01-05', to: '2024-01-14' },
    ])
  })

  it('read a long absence month by month, without a gap', async () => {
    const first = await pull(undefined, { pullFrom: '2023-11-15' })
    const second = await pull(first.cursor, {}, { startedFrom: undefined })
    expect([first.more, second.more]).toEqual([true, false])
    expect(asked).toEqual([
      { from: '2023-11-15', to: '2023-12-15' },
      { from: '2023-12-16', to: '2024-01-10' },
    ])
  })

  it('do not go forward with a clock that was set back', async () => {
    const { cursor } = await pull()
    now = '2024-01-05T05:00:00Z'
    await pull(cursor)
    expect(asked[1]).toEqual({ from: '2024-01-02', to: '2024-01-05' })
  })

  it('tell what has changed, also when it changes back, and only once', async () => {
    const first = await pull()
    const same = await pull(first.cursor)
    held = [{ MaHoSo: 'A', s: 2 }]
    const changed = await pull(same.cursor)
    held = [{ MaHoSo: 'A', s: 1 }]
    const back = await pull(changed.cursor)
    const still = await pull(back.cursor)
    expect(idsOf(same)).toEqual(idsOf(first))
    expect(idsOf(still)).toEqual(idsOf(back))
    expect(new Set([first, changed, back].flatMap(idsOf)).size).toBe(3)
  })

  it('give rows of one dossier keys of their own, and one for rows that are the same', async () => {
    held = [
      { MaHoSo: 'A', s: 1 },
      { MaHoSo: 'A', s: 1 },
      { MaHoSo: 'A', s: 2 },
      { MaHoSo: '__proto__', s: 1 },
    ]
    const first = await pull()
    expect(new Set(idsOf(first)).size).toBe(3)
    expect(first.messages).toHaveLength(3)
    expect(idsOf(await pull(first.cursor))).toEqual(idsOf(first))
  })

  it.each(['', 'x', '[]', '{"run":1}'])(
    'refuse a cursor that is not theirs: %j',
    async (cursor) => {
      await expect(pull(cursor)).rejects.toMatchObject({ code: 'mapping-failed' })
    },
  )
})

describe('connectors/giao-thong on the wire', () => {
  const started: Simulator[] = []
  afterEach(async () => {
    closeContexts()
    await Promise.all(started.splice(0).map((one) => one.stop()))
  })

  const connect = (address: string, more: object = {}): Connector => {
    const [example] = options.examples as readonly object[]
    const given = JSON.parse(JSON.stringify(example).replaceAll('{{address}}', address)) as object
    return createConnector(
      contextOf({ system: 'giao-thong', address: address, options: { ...given, ...more } }),
    )
  }
  const request = (operation: string) => pullRequest({ operation })
  const serve = async (answer: (request: SimulatorRequest) => SimulatorAnswer) => {
    const simulator = await createSimulatorServer(
      { port: 0 },
      {
        modes: [],
        state: () => new Map(),
        handle: (request) => ({ kind: 'read', run: () => answer(request) }),
      },
    )
    started.push(simulator)
    return simulator.address
  }

  it('goes through a sharing platform with a token of its own', async () => {
    const simulator = await createSimulator({ port: 0, state: new Map(records) })
    started.push(simulator)
    const connector = connect(simulator.address, platformOptions(simulator.address))
    const page = await connector.pull?.(request('ho-so-gplx'), steady)
    expect(page?.messages).toHaveLength(2)
    const wrong = { platformCredentials: { style: 'static-bearer', token: 'another' } }
    const refused = connect(simulator.address, { ...platformOptions(simulator.address), ...wrong })
    await expect(refused.pull?.(request('ho-so-gplx'), steady)).rejects.toMatchObject({
      code: 'session-refused',
    })
  })

  it('sends the key in the query only where it must', async () => {
    const seen: SimulatorRequest[] = []
    const address = await serve((request) => {
      seen.push(request)
      return { body: { total: '0', data: [] } }
    })
    await connect(address).pull?.(request('ho-so-bo'), steady)
    await connect(address, { ministryKeyInQuery: true }).pull?.(request('ho-so-bo'), steady)
    expect(seen.map(({ query }) => query.get('APIKey'))).toEqual([null, 'not-a-real-key'])
    expect(seen[0]?.headers).toMatchObject({
      ...{ authorization: 'Bearer not-a-real-token', apikey: 'not-a-real-key' },
      madonvi: '000.00.00.H99',
    })
    expect(seen[0]?.query.get('ReceiveFromDate')).toMatch(/^\d\d\/\d\d\/\d{4}$/)
  })

  it.each<[string, SimulatorAnswer, string]>([
    ['a part of the list', { body: { total: 2, data: [{ MaHoSo: 'A' }] } }, 'answer-invalid'],
    ['an error in the list’s place', { body: { code: -302, data: null } }, 'answer-invalid'],
    ['a bare number', { body: '-302' }, 'answer-invalid'],
    ['a refused key', { status: 401 }, 'session-refused'],
  ])('takes %s for no list', async (_, answer, code) => {
    const address = await serve(() => answer)
    await expect(connect(address).pull?.(request('ho-so-bo'), steady)).rejects.toMatchObject({
      code,
    })
  })

  it.each<[string, object, object | undefined]>([
    ['another dossier', { data: [{ MaHoSo: 'B' }] }, undefined],
    ['two of the same', { data: [{ MaHoSo: 'A' }, { MaHoSo: 'A' }] }, undefined],
    ['two that have no code', { data: [{}, {}] }, undefined],
    ['one that has no code', { data: [{ MaTrangThai: 4 }] }, { statusCode: '4' }],
    [
      'its own among others',
      { data: [{ MaHoSo: 'B' }, { MAHOSO: 'A', MaTrangThai: 3 }] },
      { statusCode: '3' },
    ],
  ])('answers a lookup that finds %s', async (_, body, answer) => {
    const address = await serve(({ path }) => ({
      body: { error_code: 0, ...(path.endsWith('login') ? { session: 's' } : body) },
    }))
    const asked = connect(address).lookup?.(
      {
        ...{ id: '1', operation: 'tra-cuu-ho-so', official: 'o', unit: 'u', dossier: 'd' },
        ...{ purpose: 'p', fields: ['statusCode'], parameters: { code: 'A' } },
      },
      steady,
    )
    if (answer) expect(await asked).toEqual(answer)
    else await expect(asked).rejects.toMatchObject({ code: 'answer-invalid' })
  })

  it.each(['ho-so-gplx', 'ho-so-bo'])('says what is not configured for %s', async (operation) => {
    const missing = operation === 'ho-so-bo' ? { ministryUrl: undefined } : { username: undefined }
    const connector = connect('http://127.0.0.1:9', missing)
    await expect(connector.pull?.(request(operation), steady)).rejects.toMatchObject({
      code: 'system-misconfigured',
    })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import file from '../../connectors/kho-ket-qua/fixtures/file.lookup.json' with { type: 'json' }
import papers from '../../connectors/kho-ket-qua/fixtures/papers.lookup.json' with { type: 'json' }
import message from '../../connectors/kho-ket-qua/fixtures/result.message.json' with {
  type: 'json',
}
import createConnector from '../../connectors/kho-ket-qua/index.ts'
import {
  defaultOptions,
  type LocalStore,
  readOptions,
} from '../../connectors/kho-ket-qua/options.ts'
import { papersOf, readFile, tokenOf } from '../../connectors/kho-ket-qua/translate.ts'
import {
  type Connector,
  ConnectorError,
  createSimulatorServer,
  type DossierResultIssued,
  type OutgoingDelivery,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorRequest,
} from '../../src/connector/index.ts'
import { closeContexts, contextOf } from '../support/connector-context.ts'
import { declaredDefaults, loadedManifest } from '../support/manifest.ts'

const steady = new AbortController().signal

/** What a failure says to the engine. */
const failureOf = async (work: () => unknown): Promise<unknown> => {
  try {
    return { answered: await work() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const { kind, code, faults } = error.outcome
    return [kind, code, ...(faults ?? []).map(({ pointer }) => pointer)].join(' ')
  }
}
const notAgreed = 'unknown answer-invalid'

const data = message.data as unknown as DossierResultIssued
const local: LocalStore = {
  url: 'https://kho.example/giay-to',
  credentials: { style: 'none' },
  issuingAgency: 'agency',
  dateForm: 'yyyy-MM-ddTHH:mm:ss',
}

describe('connectors/kho-ket-qua papers', () => {
  it('say only what the message says', () => {
    const { issuedBy: _, ...unsigned } = data
    const [first] = papersOf(unsigned, { ...local, issuingAgency: 'handlingUnit' }) as Record<
      string,
      unknown
    >[]
    expect(first).not.toHaveProperty('NguoiKy')
    expect(first).not.toHaveProperty('SoKyHieu')
    expect(first?.CoQuanBanHanh).toBe(data.dossier.handlingUnit.name)
  })

  it.each([
    ['yyyy-MM-dd', '2024-01-03'],
    ['dd/MM/yyyy', '03/01/2024'],
    ['yyyyMMddHHmmss', '20240103003000'],
    ['yyyy-MM-ddTHH:mm:ss', '2024-01-03T00:30:00'],
  ] as const)('write a day as %s, of Vietnam', (dateForm, written) => {
    const late = { ...data, issuedAt: '2024-01-02T17:30:00Z' }
    expect(papersOf(late, { ...local, dateForm })[0]).toMatchObject({ NgayBanHanh: written })
  })

  const change = (part: object): DossierResultIssued => ({
    ...data,
    dossier: { ...data.dossier, ...part },
  })
  const [result] = data.dossier.results
  const { resultCode: _, ...uncoded } = result ?? { name: '', url: '' }
  const applicant = {
    ...data.dossier.applicant,
    identities: [{ kind: 'passport', number: 'B0000001' }],
  }
  it.each([
    ['no results', change({ results: [] }), '/dossier/results'],
    [
      'a result without code',
      change({ results: [result, uncoded] }),
      '/dossier/results/1/resultCode',
    ],
    ['an owner without number', change({ applicant }), '/dossier/applicant/identities'],
  ])('are refused with %s, by name', async (_name, changed, pointer) => {
    expect(await failureOf(() => papersOf(changed, local))).toBe(
      `permanent payload-invalid ${pointer}`,
    )
  })
})

describe('connectors/kho-ket-qua files', () => {
  const read = (body: string) => failureOf(() => readFile(file.question, body))

  it('are read with and without quotes, with slashes escaped or not', async () => {
    const { file: base64 } = file.answer
    const found = { answered: file.answer }
    expect(await read(base64)).toEqual(found)
    expect(await read(` ${base64}\r\n`)).toEqual(found)
    expect(await read(JSON.stringify(base64).replaceAll('/', '\\/'))).toEqual(found)
  })

  it.each([
    '',
    'null',
    '""',
    'NotFound',
    'Không tìm thấy',
    '<html>',
    '{"errorCode":"-1","message":"Phiên hết hạn"}',
    Buffer.from('Không tìm thấy tệp').toString('base64'),
    `${Buffer.from('%PDF-1.4 x').toString('base64')}x`,
    Buffer.from('%PDF-1.4').toString('base64').replace('J', '-'),
  ])('are never made of %j', async (body) => {
    expect(await read(body)).toBe(notAgreed)
  })

  it.each([
    ['ffd8ffe000104a46', 'image/jpeg'],
    ['89504e470d0a1a0a0000', 'image/png'],
    ['504b030414000600', 'application/zip'],
  ])('are known by how they begin: %s', async (hex, mediaType) => {
    const body = Buffer.from(hex, 'hex').toString('base64')
    expect(await read(body)).toEqual({ answered: { file: body, mediaType } })
  })
})

describe('connectors/kho-ket-qua over HTTP', () => {
  let server: Simulator
  let asked: SimulatorRequest[]
  let said: SimulatorAnswer
  let login: SimulatorAnswer

  beforeAll(async () => {
    server = await createSimulatorServer(
      { port: 0 },
      {
        modes: [],
        state: () => new Map(),
        handle(request) {
          asked.push(request)
          const isLogin = request.path.endsWith('/login')
          return { kind: 'read', run: () => (isLogin ? login : said) }
        },
      },
    )
  })
  beforeEach(() => {
    asked = []
    login = { body: { errorCode: 0, data: { session: 'phien-demo' } } }
  })
  afterAll(async () => {
    closeContexts()
    await server.stop()
  })

  const connect = (more: object = {}): Connector =>
    createConnector(
      contextOf({
        system: 'kho',
        address: server.address,
        options: {
          adapterUrl: server.address,
          dstcode: 'VN:GOV:000.00.00.G22:vpcpdvcprovider',
          ...{ username: 'u', password: 'p' },
          local: { ...local, url: `${server.address}/kho` },
          ...more,
        },
        codes: { toRemote: (_, code) => `mã ${code}`, toCanonical: () => '' },
      }),
    )
  const ask = (more?: object) => failureOf(() => connect(more).lookup?.(papers.question, steady))
  const paper = { MaKetQua: 'KQ.G99.000001', TenGiayTo: 'Giấy khai sinh' }
  const success = (...list: object[]): SimulatorAnswer => ({
    body: { errorCode: '0', result: { DanhSachGiayToKetQua: list } },
  })

  it('has the defaults that the manifest declares', async () => {
    const { options } = await loadedManifest('kho-ket-qua')
    const { paths, providerUrl: _, ...rest } = defaultOptions
    expect(declaredDefaults(options)).toEqual(rest)
    const { properties } = options as { properties: Record<string, typeof options> }
    expect(declaredDefaults(properties.paths ?? {})).toEqual(paths)
    const given = { adapterUrl: '', dstcode: '', username: '', password: '' }
    const { dateForm: __, ...plain } = local
    expect(declaredDefaults(properties.local ?? {})).toEqual({
      dateForm: readOptions({ ...given, local: plain }).local?.dateForm,
    })
  })

  it('goes through the adapter, with the session where it is wanted', async () => {
    said = success(paper)
    expect(await ask()).toEqual({
      answered: { papers: [{ resultCode: 'KQ.G99.000001', name: 'Giấy khai sinh', files: [] }] },
    })
    await ask({ sessionIn: 'body', dstcodeIn: 'header', providerUrl: 'https://kho.example/api' })
    const forward = '/XrdAdapter/RestService/forward/bndp/public/v1'
    expect(asked.map(({ path }) => path)).toEqual([
      ...[`${forward}/login`, `${forward}/GetKetQuaGiayTo`],
      ...[`${forward}/login`, `${forward}/GetKetQuaGiayTo`],
    ])
    expect(asked[1]?.query.get('dstcode')).toBe('VN:GOV:000.00.00.G22:vpcpdvcprovider')
    expect(asked[1]?.headers.authorization).toBe('Bearer phien-demo')
    expect(asked[1]?.json()).toMatchObject({
      SoDinhDanhChuSoHuu: '000000000001',
      KenhThucHien: 'mã online',
    })
    expect(asked[3]?.query.get('providerurl')).toBe('https://kho.example/api')
    expect(asked[3]?.headers.dstcode).toBe('VN:GOV:000.00.00.G22:vpcpdvcprovider')
    expect(asked[3]?.headers.authorization).toBeUndefined()
    expect(asked[3]?.json()).toMatchObject({ session: 'phien-demo' })
  })

  it.each<[string, SimulatorAnswer, unknown]>([
    ['an empty list', success(), { answered: undefined }],
    ['a code that was confirmed', { body: { errorCode: 5 } }, { answered: undefined }],
    ['an unknown code', { body: { errorCode: '7' } }, 'permanent target-rejected'],
    [
      'the code of its neighbours',
      { body: { error_code: '0', result: {} } },
      `${notAgreed} /errorCode`,
    ],
    ['no code', { body: { errorCode: null } }, notAgreed],
    ['success without a list', { body: { errorCode: '0', result: null } }, notAgreed],
    ['a paper that was not asked for', success({ ...paper, MaKetQua: 'KQ.X' }), notAgreed],
    ['a page', { body: '<html>Bảo trì</html>' }, notAgreed],
    ['an adapter that fails', { status: 500, body: '<fault/>' }, 'unknown target-failed'],
  ])('says "none" only where the store does: %s', async (_, answer, end) => {
    said = answer
    expect(await ask({ missingCodes: ['5'] })).toEqual(end)
  })

  it.each<[string, SimulatorAnswer, string]>([
    ['a refusal', { body: { errorCode: 401, message: 'Sai' } }, 'auth session-refused'],
    ['no token', { body: { errorCode: 0, result: {} } }, 'retry answer-invalid'],
    ['a page', { body: '<html>' }, 'retry answer-invalid'],
    ['no service', { status: 404 }, 'auth target-not-found'],
  ])('asks nothing after a login with %s', async (_, answer, end) => {
    login = answer
    expect(await ask()).toBe(end)
    expect(asked).toHaveLength(1)
  })

  it('finds the session under every name in use', () => {
    const names = ['session', 'token', 'accessToken', 'access_token']
    for (const name of names)
      for (const answer of [
        { [name]: 'x' },
        { result: { [name]: 'x' } },
        { data: { [name]: 'x' } },
      ])
        expect(tokenOf(answer)).toBe('x')
    expect(tokenOf({ token: '', result: 'x', data: null })).toBeUndefined()
  })

  const delivery: OutgoingDelivery = {
    ...{ id: '1.1', idempotencyKey: 'k', attempt: 1, operation: 'push-result', memo: undefined },
    message: { ...message, eventId: message.id } as never,
  }
  it.each<[string, SimulatorAnswer, unknown]>([
    [
      '0',
      { body: { errorCode: 0 } },
      { answered: { kind: 'delivered', evidence: { remoteCode: '0' } } },
    ],
    ['-1', { body: { errorCode: '-1' } }, 'permanent target-rejected'],
    ['7', { body: { errorCode: 7, message: 'thành công' } }, 'unknown answer-wording-unknown'],
    ['nothing', { body: { message: 'Thành công' } }, `${notAgreed} /errorCode`],
    ['a blank', { body: { errorCode: ' ' } }, notAgreed],
    ['401', { status: 401 }, 'auth session-refused'],
    ['a server error', { status: 500 }, 'unknown target-failed'],
  ])('takes papers for put only by a code of success: %s', async (_, answer, end) => {
    said = answer
    expect(await failureOf(() => connect().send?.(delivery, steady))).toEqual(end)
  })
})

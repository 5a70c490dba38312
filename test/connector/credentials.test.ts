import { createHash, createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import createRest from '../../connectors/rest/index.ts'
import { createHttpClient, type SystemHttpClient } from '../../src/adapters/http/client.ts'
import { referenceFaults, resolveSecrets } from '../../src/app/config/secrets.ts'
import schema from '../../src/connector/credentials/credentials.schema.json' with { type: 'json' }
import {
  type CredentialOptions,
  createCredentials,
  createSimulatorServer,
  errorForStatus,
  type Simulator,
  type SimulatorRequest,
} from '../../src/connector/index.ts'
import { contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'

const folder = join(import.meta.dirname, '../../connectors')
const steady = new AbortController().signal
const now = new Date('2026-11-22T03:04:05.678Z')

let server: Simulator
let http: SystemHttpClient
let asked: SimulatorRequest[]
let tokens: number
let expiry: Record<string, unknown>

const call = async (options: CredentialOptions, official?: string) => {
  const context = contextOf({ http, clock: { now: () => now } })
  const credentials = createCredentials(context, options)
  const url = `${server.address}/service`
  const ask = () =>
    credentials.use(
      { url, ...(official !== undefined && { official }) },
      async (headers) => {
        const response = await http.request({ method: 'GET', url, headers, signal: steady })
        if (response.status !== 200) throw errorForStatus(response)
        return headers
      },
      steady,
    )
  return { ask, credentials }
}
const seen = (name: string): unknown[] => asked.map(({ headers }) => headers[name])

beforeAll(async () => {
  server = await createSimulatorServer(
    { port: 0 },
    {
      modes: [],
      state: () => new Map(),
      handle(request) {
        asked.push(request)
        if (request.path === '/token') {
          const wrong = /wrong/.test(request.text() + JSON.stringify(request.headers))
          return {
            kind: 'session',
            run: () =>
              wrong
                ? { status: 400, body: { error: 'invalid_client' } }
                : { body: { access_token: `t${++tokens}`, token_type: 'Bearer', ...expiry } },
          }
        }
        if (request.path === '/header-token')
          return { kind: 'session', run: () => ({ body: { token: `h${++tokens}`, ...expiry } }) }
        const { authorization } = request.headers
        const stale =
          String(authorization).startsWith('Bearer t') && authorization !== `Bearer t${tokens}`
        return { kind: 'read', run: () => ({ status: stale ? 401 : 200, body: {} }) }
      },
    },
  )
  http = createHttpClient({ allowedOrigins: [server.address], timeoutMs: 2_000 })
})
beforeEach(() => {
  asked = []
  tokens = 0
  expiry = {}
})
afterAll(async () => {
  http.close()
  await server.stop()
})

const oauth2 = (): Extract<CredentialOptions, { style: 'oauth2' }> => ({
  style: 'oauth2',
  tokenUrl: `${server.address}/token`,
  clientId: 'tinh demo',
  clientSecret: 'bí mật:1',
})

function fixed() {
  it.each<[CredentialOptions, Record<string, string>]>([
    [{ style: 'none' }, {}],
    [{ style: 'basic', username: 'a', password: 'ô:' }, { Authorization: 'Basic YTrDtDo=' }],
    [{ style: 'api-key', header: 'X-Key', key: 'k' }, { 'X-Key': 'k' }],
    [
      { style: 'esb-source', sourceType: 'H99', username: 'u' },
      { ESB_SOURCE_TYPE: 'H99', ESB_SOURCE_USERNAME: 'u' },
    ],
    [
      { style: 'app-triple', appName: 'a', accessKey: 'k', secretKey: 's' },
      { AppName: 'a', AccessKey: 'k', SecretKey: 's' },
    ],
    [
      { style: 'static-bearer', token: 'y', unitCode: 'H99', apiKey: 'k' },
      { Authorization: 'Bearer y', MaDonVi: 'H99', ApiKey: 'k' },
    ],
    [{ style: 'static-bearer', token: 'x' }, { Authorization: 'Bearer x' }],
  ])('%j', async (options, headers) => {
    expect(await (await call(options)).ask()).toEqual(headers)
  })

  it('hashes address, account, moment and secret', async () => {
    const options = { style: 'hashed-basic', username: 'u', secretKey: 's' } as const
    const url = `${server.address}/service`
    const hash = createHash('sha256').update(`${url}u${now.getTime()}s`).digest('hex')
    expect(await (await call({ ...options, xroadClient: 'c', apiKey: 'k' })).ask()).toEqual({
      Authorization: `Basic ${Buffer.from(`u:${hash}`).toString('base64')}`,
      ...{ Timestamp: String(now.getTime()), 'X-Road-Client': 'c', ApiKey: 'k' },
    })
    const seconds = await (await call({ ...options, timestampUnit: 'seconds' })).ask()
    expect(seconds).toMatchObject({ Timestamp: '1795316645' })
  })

  it('signs the headers of the document axis', async () => {
    const headers = await (
      await call({ style: 'signed-headers', systemId: 'H99', secret: 's', prefix: 'XroadVnpt-' })
    ).ask()
    const json = '{"XroadVnpt-systemid":"H99","XroadVnpt-timestamp":"22112026T100405+0700"}'
    expect(headers).toEqual({
      'XroadVnpt-systemid': 'H99',
      'XroadVnpt-timestamp': '22112026T100405+0700',
      'XroadVnpt-sign-header-key': 'XroadVnpt-systemid;XroadVnpt-timestamp',
      'XroadVnpt-sign-header': json,
      'XroadVnpt-hash-header': createHmac('sha256', 's').update(json).digest('hex'),
    })
  })
}

function withTokens() {
  it('asks for a token once, with the client in the header or in the form', async () => {
    const { ask } = await call(oauth2())
    await Promise.all([ask(), ask(), ask()])
    expect(asked.filter(({ path }) => path === '/token')).toHaveLength(1)
    expect(asked[0]?.text()).toBe('grant_type=client_credentials')
    const pair = `${encodeURIComponent('tinh demo')}:${encodeURIComponent('bí mật:1')}`
    expect(seen('authorization')).toEqual([
      `Basic ${Buffer.from(pair).toString('base64')}`,
      ...['Bearer t1', 'Bearer t1', 'Bearer t1'],
    ])
    asked = []
    await (
      await call({ ...oauth2(), clientIn: 'form', username: 'a&b', password: 'c=', scope: 'x y' })
    ).ask()
    expect(asked[0]?.text()).toBe(
      `grant_type=password&username=a%26b&password=c%3D&client_id=tinh%20demo&client_secret=${encodeURIComponent('bí mật:1')}&scope=x%20y`,
    )
    expect(asked[0]?.headers.authorization).toBeUndefined()
  })

  it('renews a token that is refused, once, and says auth when the account is refused', async () => {
    const { ask } = await call(oauth2())
    await ask()
    tokens = 7
    await ask()
    expect(seen('authorization').slice(1)).toEqual([
      ...['Bearer t1', 'Bearer t1'],
      expect.stringMatching(/^Basic/),
      'Bearer t8',
    ])
    const refused = await call({ ...oauth2(), clientId: 'wrong', clientIn: 'form' })
    await expect(refused.ask()).rejects.toMatchObject({ code: 'session-refused' })
  })

  it('trusts a token no longer than the answer says', async () => {
    const { ask, credentials } = await call(oauth2())
    expiry = { expires_in: 100 }
    await ask()
    now.setTime(now.getTime() + 69_000)
    await ask()
    expect(tokens).toBe(1)
    now.setTime(now.getTime() + 2_000)
    await ask()
    expect(tokens).toBe(2)
    await credentials.renew(steady)
    expect(tokens).toBe(3)
  })

  it('shows lgspaccesstoken for the token and with it, and the key of each official', async () => {
    const options: CredentialOptions = {
      ...{
        style: 'lgsp' as const,
        tokenUrl: `${server.address}/token`,
        accessKey: 'a',
        secretKey: 's',
      },
      ...{ appName: 'n', partnerCode: 'p' },
      officials: { 'canbo.demo': { keyName: 'k', keyPass: 'w' } },
    }
    const { ask } = await call(options, 'canbo.demo')
    await ask()
    const token = Buffer.from(
      '{"AccessKey":"a","SecretKey":"s","AppName":"n","PartnerCode":"p","PartnerCodeCus":"p"}',
    ).toString('base64')
    expect(seen('lgspaccesstoken')).toEqual([token, token])
    expect(seen('authhash')).toEqual([undefined, Buffer.from('k:w').toString('base64')])
    for (const official of ['somebody.else', 'constructor', undefined])
      await expect((await call(options, official)).ask()).rejects.toMatchObject({
        code: 'target-forbidden',
      })
  })

  it('renews a token by header five minutes before its end', async () => {
    const tokenUrl = `${server.address}/header-token`
    expiry = { expiryDate: new Date(now.getTime() + 20 * 60_000).toISOString() }
    const { ask } = await call({ style: 'token-by-header', tokenUrl, auth: 'x' })
    await ask()
    now.setTime(now.getTime() + 14 * 60_000)
    await ask()
    expect(tokens).toBe(1)
    now.setTime(now.getTime() + 2 * 60_000)
    await ask()
    expect([tokens, seen('auth')[0], seen('authorization').at(-1)]).toEqual([2, 'x', 'Bearer h2'])
  })

  it.each([
    ['2026-11-23T03:04:05.1234567', 'Vietnam time'],
    ['2026-11-23 03:04', 'Vietnam time'],
    ['2026-11-22T20:04:05Z', 'UTC'],
    ['ngày mai', 'not at all'],
    [null, 'not at all'],
  ])('understands an end of %j: %s', async (expiryDate, reading) => {
    const [tokenUrl, begin] = [`${server.address}/header-token`, now.getTime()]
    now.setTime(Date.parse('2026-11-22T19:04:05Z'))
    try {
      expiry = { expiryDate }
      const { ask } = await call({ style: 'token-by-header', tokenUrl, auth: 'x', minutes: 10 })
      await ask()
      // Five minutes before 20:04 UTC, or ten minutes after it was given.
      for (const [minutes, count] of reading === 'not at all' ? late(9) : late(54)) {
        now.setTime(Date.parse('2026-11-22T19:04:05Z') + minutes * 60_000)
        await ask()
        expect(tokens).toBe(count)
      }
    } finally {
      now.setTime(begin)
    }
  })
}

const late = (minutes: number) =>
  [
    [minutes, 1],
    [minutes + 2, 2],
  ] as const

/** Every line of the table of styles that are in use, chosen in the options of `rest`. */
function chosen() {
  const tokenUrl = () => `${server.address}/token`
  const lines: readonly [string, () => CredentialOptions, readonly string[], string?][] = [
    ['2 WSO2, in the header', oauth2, ['authorization: Bearer t1']],
    [
      '2 WSO2, in the form',
      () => ({ ...oauth2(), clientIn: 'form' }),
      ['authorization: Bearer t1'],
    ],
    ['3 lgspaccesstoken', () => lgsp({}), ['authorization: Bearer t1', 'lgspaccesstoken']],
    [
      '4 AuthHash of the official',
      () => lgsp({ officials: { 'canbo.demo': { keyName: 'k', keyPass: 'w' } } }),
      ['authorization: Bearer t1', 'lgspaccesstoken', `authhash: ${btoa('k:w')}`],
      'canbo.demo',
    ],
    [
      '5 token by header',
      () => ({ style: 'token-by-header', tokenUrl: `${server.address}/header-token`, auth: 'a' }),
      ['authorization: Bearer h1'],
    ],
    [
      '6 X-Road client',
      () => ({
        ...{ style: 'hashed-basic', username: 'u', secretKey: 's' },
        ...{ xroadClient: 'c', apiKey: 'k' },
      }),
      ['authorization', 'x-road-client: c', 'apikey: k', 'timestamp'],
    ],
    [
      '7 ESB source',
      () => ({ style: 'esb-source', sourceType: 'H99', username: 'u' }),
      ['esb_source_type: H99', 'esb_source_username: u'],
    ],
    [
      '8 application triple',
      () => ({ style: 'app-triple', appName: 'a', accessKey: 'b', secretKey: 'c' }),
      ['appname: a', 'accesskey: b', 'secretkey: c'],
    ],
    [
      '9 static bearer',
      () => ({ style: 'static-bearer', token: 'y', unitCode: 'H99', apiKey: 'k' }),
      ['authorization: Bearer y', 'madonvi: H99', 'apikey: k'],
    ],
  ]
  const lgsp = (more: object): CredentialOptions => ({
    ...{ style: 'lgsp', tokenUrl: tokenUrl(), accessKey: 'a', secretKey: 's' },
    ...{ appName: 'n', partnerCode: 'p', ...more },
  })

  it.each(lines)('%s', async (_, credentials, wanted, official = 'canbo.khac') => {
    expect(registry.validateAgainst(schema, credentials())).toEqual([])
    const connector = createRest(
      contextOf({
        http,
        options: {
          ...{ address: server.address, credentials: credentials() },
          check: { request: { path: '/me' }, answers: [{ at: '', exists: true, means: 'done' }] },
          lookups: [
            {
              ...{ name: 'ho-so', title: { vi: 'Hồ sơ', en: 'Dossier' } },
              ...{ fields: ['a'], parameters: { type: 'object', properties: {} } },
              request: { path: '/ho-so' },
              answers: [{ at: '', exists: true, means: 'none' }],
              answer: [{ to: '/a', from: '/a' }],
            },
          ],
        },
      }),
    )
    const question = {
      ...{ id: 'q', operation: 'ho-so', official, unit: 'H99.14', dossier: 'd', purpose: 'p' },
      ...{ fields: ['a'], parameters: {} },
    }
    await connector.lookup?.(question, steady)
    const { path, headers } = asked.at(-1) as SimulatorRequest
    expect(path).toBe('/ho-so')
    for (const one of wanted) {
      const [name = '', value = expect.any(String)] = one.split(': ')
      expect({ [name]: headers[name] }).toEqual({ [name]: value })
    }
  })

  it('has every style that the schema names, and every connector with credentials takes them all', async () => {
    const known = new Set(['none', 'basic', 'api-key', 'signed-headers'])
    for (const [, credentials] of lines) known.add(credentials().style)
    expect([...known].sort()).toEqual([...schema.properties.style.enum].sort())
    for (const id of readdirSync(folder)) {
      const { options: declared } = JSON.parse(
        readFileSync(join(folder, id, 'connector.json'), 'utf8'),
      )
      const own = declared.properties?.credentials
      if (own) expect({ [id]: own.$ref }).toEqual({ [id]: '#/$defs/credentials' })
    }
  })
}

function options() {
  const faults = (value: object) => registry.validateAgainst(schema, value)

  it.each([
    [{}, '/style'],
    [{ style: 'telepathy' }, '/style'],
    [{ style: 'basic', username: 'a' }, '/password'],
    [{ style: 'none', password: 'x' }, '/password'],
    [{ style: 'oauth2', tokenUrl: 'x', clientId: 'a', clientSecret: 'b' }, '/tokenUrl'],
    [{ style: 'app-triple', appName: 'a', accessKey: 'b', secretKey: 'c', token: 'd' }, '/token'],
  ])('refuses %j', (value, pointer) => {
    expect(faults(value).map((fault) => fault.pointer)).toContain(pointer)
  })

  it('takes secrets by reference only, wherever they lie', () => {
    const lgsp = {
      ...{ style: 'lgsp', tokenUrl: 'https://x.test/t', accessKey: 'a', secretKey: 'plain' },
      ...{ appName: 'n', partnerCode: 'p' },
      officials: { a: { keyName: 'k', keyPass: 'env:OFFICIAL_A' } },
    }
    expect(faults(lgsp)).toEqual([])
    expect(referenceFaults(schema, lgsp).map(({ pointer }) => pointer)).toEqual(['/secretKey'])
    const source = { environment: (name: string) => `value of ${name}`, file: () => undefined }
    expect(resolveSecrets(schema, { ...lgsp, secretKey: 'env:S' }, source)).toMatchObject({
      options: { secretKey: 'value of S', officials: { a: { keyPass: 'value of OFFICIAL_A' } } },
    })
  })
}

describe('credentials', () => {
  describe('fixed headers', fixed)
  describe('tokens', withTokens)
  describe('of the table of styles in use', chosen)
  describe('options', options)
})

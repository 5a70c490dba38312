import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import signing from '../../connectors/ky-so/fixtures/signed-file.lookup.json' with { type: 'json' }
import createConnector from '../../connectors/ky-so/index.ts'
import { defaultOptions } from '../../connectors/ky-so/options.ts'
import { refusalOf, requestOf } from '../../connectors/ky-so/translate.ts'
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
  readFileSync(join(root, 'connectors/ky-so/connector.json'), 'utf8'),
)
const steady = new AbortController().signal

const sign: LookupQuestion = signing.question
const who = { userId: '000000000001', authority: 'VNPT-CA' }
const certificate: LookupQuestion = {
  ...sign,
  operation: 'certificate',
  fields: ['transactionId', 'certificates'],
  parameters: who,
}

/** What a failure says to the engine. */
const failureOf = async (work: () => unknown): Promise<unknown> => {
  try {
    return { answered: await work() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const { kind, code } = error.outcome
    return `${kind} ${code}`
  }
}
const inDoubt = 'unknown answer-invalid'

const signed = { doc_id: 'tl-01', file_name: 'quyet-dinh.pdf', file_base64: 'U0lHTkVE' }
const data = {
  ...{ status_code: 200, serial_number: '5401aa', transaction_id: 'giao-dich-0001' },
  signFiles: [signed],
}

describe('connectors/ky-so', () => {
  it('has the defaults that the manifest declares', () => {
    const { paths, ...rest } = manifest.options.properties as Record<
      string,
      { default?: unknown; properties?: Record<string, { default?: unknown }> }
    >
    const defaultsOf = (properties: Record<string, { default?: unknown }>) =>
      Object.fromEntries(
        Object.entries(properties).flatMap(([name, one]) =>
          one.default === undefined ? [] : [[name, one.default]],
        ),
      )
    expect({ ...defaultsOf(rest), paths: defaultsOf(paths?.properties ?? {}) }).toEqual(
      defaultOptions,
    )
  })

  it('asks with sign_files, one file a call, its name composed', () => {
    const decomposed = { ...sign.parameters, fileName: 'Quyết định.pdf'.normalize('NFD') }
    expect(requestOf({ ...sign, parameters: decomposed })).toMatchObject({
      user_id: '000000000001',
      sign_files: [{ doc_id: 'tl-01', file_name: 'Quyết định.pdf'.normalize('NFC') }],
    })
    expect(requestOf(certificate)).toEqual({ user_id: '000000000001', ca_name: 'VNPT-CA' })
  })

  it.each([
    [401, 'auth session-refused'],
    [403, 'permanent target-forbidden'],
    [404, 'permanent target-rejected'],
    [429, 'retry target-rate-limited'],
    [500, 'unknown target-failed'],
    [503, 'unknown target-failed'],
    [504, 'unknown target-failed'],
    [0, 'unknown answer-wording-unknown'],
    [202, 'unknown answer-wording-unknown'],
    [-1, 'unknown answer-wording-unknown'],
  ])('reads the code %s as %s', async (code, failure) => {
    expect(
      await failureOf(() => {
        throw refusalOf(code)
      }),
    ).toBe(failure)
  })
})

describe('connectors/ky-so over HTTP', () => {
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
        system: 'ky-so',
        address: server.address,
        options: {
          baseUrl: `${server.address}/esign/`,
          credentials: { style: 'static-bearer', token: 'not-a-real-token' },
          ...more,
        },
      }),
    )
  const ask = (about: LookupQuestion, more?: object) =>
    failureOf(() => connect(more).lookup?.(about, steady))

  it('gives the signed file, and of it what was asked for', async () => {
    said = { body: { status_code: 200, data } }
    expect(await ask({ ...sign, fields: ['file', 'serialNumber'] })).toEqual({
      answered: { file: 'U0lHTkVE', serialNumber: '5401aa' },
    })
    said = { body: { data } }
    expect(await ask({ ...sign, fields: ['documentId'] })).toEqual({
      answered: { documentId: 'tl-01' },
    })
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /esign/sign_file',
      'POST /esign/sign_file',
    ])
    expect(asked[0]?.headers.authorization).toBe('Bearer not-a-real-token')
  })

  it.each<[string, SimulatorAnswer, string]>([
    [
      'an error without data',
      { body: { status_code: 400, message: 'x' } },
      'permanent target-rejected',
    ],
    [
      'an error of the server without data',
      { body: { status_code: 500 } },
      'unknown target-failed',
    ],
    [
      'success outside and refusal inside',
      { body: { status_code: 200, data: { ...data, status_code: 408 } } },
      'permanent target-rejected',
    ],
    ['success without data', { body: { status_code: 200, message: 'OK' } }, inDoubt],
    ['success with data null', { body: { status_code: 200, data: null } }, inDoubt],
    ['data without any code', { body: { data: { signFiles: [signed] } } }, inDoubt],
    [
      'the name of the request',
      { body: { status_code: 200, data: { ...data, signFiles: undefined, sign_files: [signed] } } },
      inDoubt,
    ],
    ['no file', { body: { status_code: 200, data: { ...data, signFiles: [] } } }, inDoubt],
    [
      'two files',
      { body: { status_code: 200, data: { ...data, signFiles: [signed, signed] } } },
      inDoubt,
    ],
    [
      'another document',
      {
        body: { status_code: 200, data: { ...data, signFiles: [{ ...signed, doc_id: 'tl-02' }] } },
      },
      inDoubt,
    ],
    [
      'another certificate',
      { body: { status_code: 200, data: { ...data, serial_number: '5402bb' } } },
      inDoubt,
    ],
    [
      'the file as it was sent',
      {
        body: {
          status_code: 200,
          data: { ...data, signFiles: [{ ...signed, file_base64: sign.parameters.file }] },
        },
      },
      inDoubt,
    ],
    [
      'a file that is no base64',
      {
        body: {
          status_code: 200,
          data: { ...data, signFiles: [{ ...signed, file_base64: '%PDF-' }] },
        },
      },
      inDoubt,
    ],
    ['a code as text', { body: { status_code: '200', data } }, inDoubt],
    ['a page', { body: '<html>Bảo trì</html>' }, inDoubt],
    ['nothing', {}, inDoubt],
    ['null', { body: 'null' }, inDoubt],
    ['a server error', { status: 502 }, 'unknown target-failed'],
    ['a refused account', { status: 401 }, 'auth session-refused'],
  ])('never takes %s for a signature', async (_, answer, failure) => {
    said = answer
    expect(await ask(sign)).toBe(failure)
    expect(asked).toHaveLength(1)
  })

  it.each<[string, SimulatorAnswer, unknown]>([
    [
      'an empty list',
      { body: { status_code: 200, data: { user_certificates: [] } } },
      { answered: undefined },
    ],
    ['a code that was confirmed', { body: { status_code: 404 } }, { answered: undefined }],
    ['another code', { body: { status_code: 400 } }, 'permanent target-rejected'],
    ['no list', { body: { status_code: 200, data: {} } }, inDoubt],
    ['no data', { body: { status_code: 200 } }, inDoubt],
  ])(
    'says that there is no certificate only where the gateway does: %s',
    async (_, answer, end) => {
      said = answer
      expect(await ask(certificate, { missingCodes: [404] })).toEqual(end)
    },
  )

  it('sends nothing that does not fit, and asks nothing that it does not know', async () => {
    const broken = { ...sign, parameters: { ...sign.parameters, file: 'UERGx' } }
    expect(await ask(broken)).toBe('permanent payload-invalid')
    expect(await ask({ ...sign, operation: 'toString' })).toBe('permanent operation-missing')
    expect(asked).toEqual([])
  })

  it('tests the connection by asking about nobody, never by signing', async () => {
    const stepsAfter = async (answer: SimulatorAnswer) => {
      said = answer
      const steps = await connect().check(steady)
      return steps.map(({ name, ok, tried = true }) => `${name} ${tried ? ok : 'not tried'}`)
    }
    const passed = ['tcp true', 'call true']
    expect(
      await stepsAfter({ body: { status_code: 200, data: { user_certificates: [] } } }),
    ).toEqual(passed)
    expect(await stepsAfter({ body: { status_code: 404, message: 'x' } })).toEqual(passed)
    expect(await stepsAfter({ body: { status_code: 500 } })).toEqual(['tcp true', 'call false'])
    expect(await stepsAfter({ status: 404 })).toEqual(['tcp true', 'call false'])
    expect(await stepsAfter({ body: { status_code: 403 } })).toEqual([
      'tcp true',
      'credentials false',
      'call not tried',
    ])
    expect(await stepsAfter({ status: 401 })).toEqual([
      'tcp true',
      'credentials false',
      'call not tried',
    ])
    expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/esign/get_certificate']))
    expect(asked[0]?.json()).toEqual({ user_id: '000000000000', ca_name: 'VNPT-CA' })
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import sample from '../../connectors/ky-so/fixtures/signed-file.lookup.json' with { type: 'json' }
import state from '../../connectors/ky-so/fixtures/state.json' with { type: 'json' }
import createGateway from '../../connectors/ky-so/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'

let gateway: Simulator
let server: TestHub
let key: string

const { id: _, operation, ...question } = sample.question
const systemOf = (change: Partial<SystemFile> = {}): SystemFile => ({
  id: 'ky-so',
  connector: 'ky-so',
  title: { vi: 'Ký số', en: 'Signatures' },
  timeoutMs: 5_000,
  options: {
    baseUrl: `${gateway.address}/esign`,
    credentials: { style: 'static-bearer', token: 'env:HUB_SECRET_ESIGN' },
  },
  ...change,
})
const sign = (parameters: object = {}) =>
  server.ask('POST', `/api/v1/lookups/ky-so/${operation}`, {
    key,
    body: { ...question, parameters: { ...question.parameters, ...parameters } },
  })
const lastInAudit = async () => {
  const { json } = await server.ask('GET', '/api/v1/lookups/audit', { key })
  return (json.items as Record<string, unknown>[])[0]
}

beforeAll(async () => {
  gateway = await createGateway({ port: 0, state: new Map(state as [string, unknown][]) })
  server = await openTestHub({
    systems: [systemOf()],
    secrets: { HUB_SECRET_ESIGN: 'not-a-real-token' },
  })
  key = await server.key('admin')
})
afterEach(() => gateway.behave())
afterAll(async () => {
  await server.close()
  await gateway.stop()
})

describe('a signature', () => {
  it('comes back as a signed file, and leaves nothing of it in the hub', async () => {
    const { status, json } = await sign()
    expect(status).toBe(200)
    expect(json.values).toEqual(sample.answer)
    expect(await lastInAudit()).toMatchObject({ operation, outcome: 'found', code: null })
    const rows = JSON.stringify(await lastInAudit()) + JSON.stringify(server.lines)
    for (const canary of [question.parameters.file, sample.answer.file, '000000000001'])
      expect(rows).not.toContain(canary)
  })

  it('is made of a file of three megabytes, and of none that is larger', async () => {
    const file = Buffer.alloc(3 * 1024 * 1024, 'x').toString('base64')
    const { status, json } = await sign({ file })
    expect(status).toBe(200)
    const { file: signed } = json.values as { file: string }
    expect(Buffer.from(signed, 'base64').toString()).toMatch(/^x{3145728}\n%signed 5401aa$/)

    const larger = await sign({ file: `${file}AAAA` })
    expect([larger.status, larger.json.code]).toEqual([400, 'request-invalid'])
    const tooLarge = await sign({ file: 'A'.repeat(6 * 1024 * 1024) })
    expect([tooLarge.status, tooLarge.json.code]).toEqual([413, 'body-too-large'])
  })

  it.each(['timeout-after', 'half-body', 'html-200', 'server-error', 'unknown-words'] as const)(
    'is in doubt after %s, and not asked for again',
    async (mode) => {
      await server.configure([
        systemOf({
          lookups: { timeoutMs: 700, perOfficialPerHour: 1000, perClientPerMinute: 1000 },
          circuit: { consecutive: 100 },
        }),
      ])
      gateway.misbehave({ mode, times: 1, on: 'read' })
      const { status, json } = await sign()
      expect([status, json.code]).toEqual([502, 'lookup-in-doubt'])
      expect(json.next).toContain('Không hỏi lại ngay')
      expect(await lastInAudit()).toMatchObject({ outcome: 'failed' })
      // The misbehaviour was for one call, and one call was all there was.
      expect((await sign()).status).toBe(200)
    },
  )

  it.each(['refuse', 'busy', 'rate-limit'] as const)(
    'has failed for sure after %s',
    async (mode) => {
      gateway.misbehave({ mode, times: 1, on: 'read' })
      expect((await sign()).json.code).toBe('lookup-failed')
    },
  )

  it('does not close the way for others because its signer did not answer in time', async () => {
    await server.configure([
      systemOf({ lookups: { timeoutMs: 500, perOfficialPerHour: 1000, perClientPerMinute: 1000 } }),
    ])
    gateway.misbehave({ mode: 'timeout-after', times: 12, on: 'read' })
    const ends = await Promise.all(Array.from({ length: 12 }, () => sign()))
    expect(new Set(ends.map(({ json }) => json.code))).toEqual(new Set(['lookup-in-doubt']))
    expect((await sign()).status).toBe(200)
  })
})

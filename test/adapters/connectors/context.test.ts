import { describe, expect, it } from 'vitest'
import { createCodeTables } from '../../../src/adapters/connectors/code-tables.ts'
import { createContext } from '../../../src/adapters/connectors/context.ts'
import type { ConnectorContext, HttpClient } from '../../../src/connector/index.ts'
import { HubError } from '../../../src/domain/errors.ts'
import type { Logger } from '../../../src/domain/log-events.ts'
import { thrownOutcome } from '../../support/outcome.ts'

const lines: unknown[] = []
const loggerOf = (bound: object): Logger => ({
  info: (event, fields) => void lines.push({ event, ...bound, ...fields }),
  warn: (event, fields) => void lines.push({ event, ...bound, ...fields }),
  error: () => {},
  child: (fields) => loggerOf({ ...bound, ...fields }),
})
const noHttp: HttpClient = {
  request: () => Promise.reject(new Error('not used here')),
}
const fault = { pointer: '/data/0/MaHoSo', rule: 'required', vi: 'thiếu', en: 'missing' }

const contextOf = (): ConnectorContext =>
  createContext({
    system: 'cong-thu',
    options: { address: 'https://x.example.test', nested: { list: [1, 2] } },
    province: 'H99',
    publicUrl: 'https://hub.example.test',
    http: noHttp,
    clock: { now: () => new Date(0) },
    log: loggerOf({}),
    codes: createCodeTables({}),
    validate: (schema, value) => (schema === 'thu/tot/v1' && value ? [] : [fault]),
    seal: (text) => `sealed ${text}`,
    open: (sealed) => {
      if (!sealed.startsWith('sealed ')) throw new HubError('body-unreadable')
      return sealed.slice(7)
    },
  })

describe('context', () => {
  it('cannot be changed, at any depth', () => {
    const context = contextOf()
    const options = context.options as { nested: { list: number[] } }
    expect(() => options.nested.list.push(3)).toThrow(TypeError)
    expect(() => Object.assign(context, { system: 'other' })).toThrow(TypeError)
    expect(() => Object.assign(context.options, { address: '' })).toThrow(TypeError)
  })

  it('lets out only what fits its schema', async () => {
    const context = contextOf()
    const value = { a: 1 }
    expect(context.outgoing('thu/tot/v1', value)).toBe(value)
    const outcome = await thrownOutcome(
      Promise.resolve().then(() => context.outgoing('thu/xau/v1', value)),
    )
    expect(outcome).toMatchObject({ kind: 'permanent', code: 'payload-invalid', faults: [fault] })
  })

  it('takes an answer that does not fit for no answer', async () => {
    const context = contextOf()
    expect(context.answer('thu/tot/v1', { a: 1 })).toEqual({ a: 1 })
    const outcome = await thrownOutcome(
      Promise.resolve().then(() => context.answer('thu/xau/v1', {})),
    )
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'answer-invalid', faults: [fault] })
  })

  it('names the system in every log line', () => {
    contextOf().log.warn('system.misconfigured', { durationMs: 5 })
    expect(lines.at(-1)).toEqual({
      event: 'system.misconfigured',
      system: 'cong-thu',
      durationMs: 5,
    })
  })

  it('opens only what it sealed', () => {
    const context = contextOf()
    expect(context.open(context.seal('https://files.example.test/1'))).toBe(
      'https://files.example.test/1',
    )
    expect(context.open('made elsewhere')).toBeUndefined()
  })

  it('keeps a session', async () => {
    let logins = 0
    const session = contextOf().session({
      lifetimeMs: 1000,
      login: async () => `token ${++logins}`,
    })
    const { signal } = new AbortController()
    expect(await session.use(async (token) => token, signal)).toBe('token 1')
    expect(await session.use(async (token) => token, signal)).toBe('token 1')
  })
})

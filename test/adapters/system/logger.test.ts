import { beforeEach, describe, expect, it } from 'vitest'
import { createLogger, type LoggerOptions } from '../../../src/adapters/system/logger.ts'
import { HubError } from '../../../src/domain/errors.ts'
import type { LogFields } from '../../../src/domain/log-events.ts'

let lines: string[]

const open = (options: Partial<LoggerOptions> = {}) =>
  createLogger({
    level: 'info',
    format: 'json',
    destination: { write: (line: string) => lines.push(line) },
    ...options,
  })

const parsed = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line))

beforeEach(() => {
  lines = []
})

describe('logger', () => {
  it('writes one JSON object a line with event, level, time and flat fields', () => {
    open({ fields: { role: 'worker' } }).info('delivery.attempted', { system: 'dvcqg', tries: 2 })

    expect(lines).toHaveLength(1)
    expect(lines[0]?.endsWith('}\n')).toBe(true)
    expect(parsed()[0]).toMatchObject({
      level: 'info',
      event: 'delivery.attempted',
      role: 'worker',
      system: 'dvcqg',
      tries: 2,
    })
    expect(parsed()[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  it('binds the fields of a child to its lines', () => {
    open({ fields: { role: 'api' } })
      .child({ request: 'r1' })
      .info('request.served', { status: 202 })

    expect(parsed()[0]).toMatchObject({ role: 'api', request: 'r1', status: 202 })
  })

  it('writes nothing below its level', () => {
    const log = open({ level: 'error' })
    log.info('process.ready')
    log.warn('lane.lost')
    log.error('drain.failed')

    expect(parsed().map((line) => line.event)).toEqual(['drain.failed'])
  })

  it.each([
    '\u0000',
    '\n',
    '\r',
    '\t',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u009b',
    '\u2028',
    '\u2029',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\ud800',
  ])('keeps one visible line of text that holds %j', (bad) => {
    open().info('access.refused', { agent: `a${bad}b` })
    open({ format: 'pretty' }).info('access.refused', { agent: `a${bad}b` })

    expect(lines).toHaveLength(2)
    for (const line of lines) {
      expect(line.slice(0, -1)).not.toContain(bad)
      expect(line.trimEnd().split('\n')).toHaveLength(1)
    }
    expect(String(JSON.parse(lines[0] ?? '').agent)).toMatch(/^a\\u[0-9a-f]{4}(\[31m)?b$/)
  })

  it('keeps Vietnamese and letters beyond the first plane as they are', () => {
    const text = 'Sở Tư pháp tỉnh – hồ sơ “quá hạn” 𠮷'
    open().info('system.paused', { reason: text })

    expect(parsed()[0]?.reason).toBe(text)
  })

  it('cuts text at 8 kB over all fields of a line', () => {
    open().info('request.failed', { a: 'x'.repeat(8_000), b: 'y'.repeat(8_000), c: 'z', d: 1 })
    const line = parsed()[0] ?? {}

    expect(String(line.a)).toHaveLength(8_000)
    expect(line.b).toBe(`${'y'.repeat(192)}…`)
    expect(line.c).toBe('…')
    expect(line.d).toBe(1)
    expect(lines[0]?.length).toBeLessThan(8_600)
  })

  it('never shows what is not flat, nor lets a field take the place of its own', () => {
    const hostile = {
      body: { name: 'Trần Thị Thử' },
      list: ['Trần Thị Thử'],
      make: () => 'Trần Thị Thử',
      event: 'process.ready',
      level: 'fatal',
      time: 'never',
    }
    open().info('message.accepted', hostile as unknown as LogFields)
    const line = parsed()[0] ?? {}

    expect(lines[0]).not.toContain('Trần')
    expect(line).toMatchObject({ event: 'message.accepted', level: 'info', body: '[object]' })
    expect(line.time).not.toBe('never')
  })

  it('tells type, code and place of an error, but not its words', () => {
    const cause = Object.assign(new TypeError('value "Trần Thị Thử" out of range'), {
      code: '22003',
    })
    open().error('drain.failed', { system: 'dvcqg' }, new Error('row (Trần Thị Thử)', { cause }))
    const line = parsed()[0] ?? {}

    expect(lines[0]).not.toContain('Trần')
    expect(line.error).toBe('Error < TypeError 22003')
    expect(line.stack).toContain('logger.test.ts')
    expect(String(line.stack)).toMatch(/^at /)
  })

  it('tells the words of an error of the hub, which carry no data', () => {
    const detail = { vi: 'Không kết nối được.', en: 'It does not answer.' }
    open().error('store.unavailable', {}, new HubError('store-unavailable', { detail }))

    expect(parsed()[0]).toMatchObject({
      error: 'HubError store-unavailable',
      words: 'It does not answer.',
    })
  })

  it.each([
    ['a string', 'secret'],
    ['null', null],
    ['a number', 7],
  ])('survives a cause that is %s', (_name, cause) => {
    open().error('sweep.failed', {}, cause)

    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('secret')
  })

  it('writes for a person when asked to', () => {
    open({ format: 'pretty' }).warn('system.paused', { system: 'dvcqg', reason: 'bảo trì' })

    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] WARN: system\.paused/)
    expect(lines[0]).toContain('"reason":"bảo trì"')
  })
})

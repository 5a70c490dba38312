import { describe, expect, it } from 'vitest'
import { completeSystem } from '../../src/app/config/defaults.ts'
import { ConnectorError, later, permanent, unknown } from '../../src/connector/errors.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import { HubError } from '../../src/domain/errors.ts'
import { createLookup } from '../../src/engine/lookups/lookup.ts'
import { quietLogger } from '../support/quiet-logger.ts'

const words = { vi: 'Ký', en: 'Sign' }
const parameters = { type: 'object', additionalProperties: false, properties: {} }
const manifestOf = (effect: boolean) =>
  ({
    ...{ id: 'ky', title: words, options: {}, operations: [] },
    lookups: [{ name: 'sign', title: words, fields: ['file'], parameters, effect }],
  }) as unknown as Manifest

async function codeOf(
  answer: () => Promise<Record<string, unknown>>,
  { effect = true, finish = async (): Promise<void> => {} } = {},
): Promise<string | undefined> {
  const system = completeSystem({ id: 'ky', connector: 'ky', title: words, options: {} })
  const lookup = createLookup({
    store: { begin: async () => ({ kind: 'begun' }), finish },
    clock: { now: () => new Date(), monotonicMs: () => performance.now() } as never,
    log: quietLogger,
    newId: () => '018f0000-0000-7000-8000-000000000001',
    hmac: () => new Uint8Array(32),
    target: () => ({
      system,
      manifest: manifestOf(effect),
      connector: { check: async () => [], close: async () => {}, lookup: answer },
    }),
    validate: () => [],
  })
  const question = {
    ...{ system: 'ky', operation: 'sign', official: 'canbo.demo', unit: 'H99', dossier: 'H99-1' },
    ...{ purpose: 'Ký quyết định', fields: ['file'], parameters: {} },
  }
  const client = { id: 'a', scopes: ['admin'] } as never
  return lookup.ask(question, client, new AbortController().signal).then(
    () => undefined,
    (error: unknown) => (error as HubError).code,
  )
}

const failing = (error: Error) => async () => Promise.reject(error)
const lostStore = async (): Promise<void> => {
  throw new HubError('store-unavailable')
}

describe('a lookup that does something', () => {
  it.each<[string, Error, string]>([
    ['an answer that was lost', unknown('connection-lost'), 'lookup-in-doubt'],
    ['an answer that nobody understands', unknown('answer-invalid'), 'lookup-in-doubt'],
    ['a bug of ours, perhaps after the deed', new TypeError('oops'), 'lookup-in-doubt'],
    ['a refusal', permanent('target-rejected'), 'lookup-failed'],
    ['a system that was not reached', later('connection-refused'), 'lookup-failed'],
    [
      'an account that is refused',
      new ConnectorError('auth', 'session-refused', {}),
      'lookup-failed',
    ],
  ])('is told rightly after %s', async (_, error, code) => {
    expect(await codeOf(failing(error))).toBe(code)
    expect(await codeOf(failing(error), { effect: false })).toBe('lookup-failed')
  })

  it('is in doubt when its end cannot be written down, and otherwise only late', async () => {
    const found = async () => ({ file: 'x' })
    expect(await codeOf(found, { finish: lostStore })).toBe('lookup-in-doubt')
    expect(await codeOf(found, { finish: lostStore, effect: false })).toBe('store-unavailable')
    expect(await codeOf(failing(permanent('target-rejected')), { finish: lostStore })).toBe(
      'store-unavailable',
    )
    expect(await codeOf(found)).toBe(undefined)
  })
})

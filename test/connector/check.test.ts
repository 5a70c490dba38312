/** The connection test that every connector shares: what is listed when something does not go well. */
import { describe, expect, it } from 'vitest'
import { checkInSteps } from '../../src/connector/check.ts'
import type { ConnectorContext } from '../../src/connector/contract.ts'
import { ConnectorError } from '../../src/connector/errors.ts'
import type { ErrorCode } from '../../src/domain/errors.ts'

const words = { vi: 'Được.', en: 'Well.' }
const context = { clock: { now: () => new Date() } } as unknown as ConnectorContext
const fails = (code: ErrorCode) => async () => {
  throw new ConnectorError('retry', code, {})
}
const well = async () => undefined
const steps = async (logIn: () => Promise<undefined>, call: () => Promise<undefined>) =>
  (
    await checkInSteps(context, [
      { name: 'credentials', passed: words, ask: logIn },
      { name: 'call', passed: words, ask: call },
    ])
  ).map(({ name, ok, tried }) => `${name} ${ok ? 'ok' : tried === false ? 'not tried' : 'failed'}`)

describe('a connection test', () => {
  it('lists what comes after the step that failed as not tried', async () => {
    expect(await steps(well, well)).toEqual(['tcp ok', 'credentials ok', 'call ok'])
    expect(await steps(fails('name-not-resolved'), well)).toEqual([
      ...['dns failed', 'credentials not tried', 'call not tried'],
    ])
    expect(await steps(fails('session-refused'), well)).toEqual([
      ...['tcp ok', 'credentials failed', 'call not tried'],
    ])
    expect(await steps(well, fails('tls-failed'))).toEqual([
      ...['tcp ok', 'credentials ok', 'tls failed', 'call not tried'],
    ])
    expect(await steps(well, fails('answer-invalid'))).toEqual([
      ...['tcp ok', 'credentials ok', 'call failed'],
    ])
  })
})

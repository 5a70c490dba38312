import { describe, expect, it } from 'vitest'
import type { LookupView } from '../../../../src/engine/ports/lookups.ts'
import { createCliWorld, hub, now } from '../../../support/cli.ts'

const lookup = (given: Partial<LookupView> = {}): LookupView => ({
  id: '01890000-0000-7000-8000-000000000001',
  at: now.toISOString(),
  client: 'mot-cua',
  system: 'dan-cu',
  operation: 'xac-thuc',
  official: 'canbo.demo',
  unit: 'H99.14',
  dossier: 'H99.14-260101-0001',
  purpose: 'Kiểm tra nơi thường trú',
  fields: ['exists'],
  citizen: 'ab'.repeat(32),
  question: 'cd'.repeat(32),
  answer: null,
  outcome: 'found',
  code: null,
  durationMs: 12,
  ...given,
})

describe('lookups', () => {
  it('lists who asked what, for whom, why, and how it ended', async () => {
    const world = createCliWorld({
      lookups: [
        lookup(),
        lookup({ outcome: 'missing' }),
        lookup({ outcome: 'failed', code: 'answer-timeout' }),
        lookup({ outcome: null }),
      ],
    })
    expect((await hub(world, 'lookups list --dossier H99.14-260101-0001')).out).toMatchSnapshot()
    expect((await hub(createCliWorld({}), 'lookups list')).out).toContain('Không có lượt tra cứu')
  })

  it('takes the hash of a citizen, and never the number', async () => {
    const world = createCliWorld({})
    const wrong = await hub(world, 'lookups list --citizen 000000000001')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('không phải số định danh')
    expect((await hub(world, `lookups list --citizen ${'ab'.repeat(32)}`)).code).toBe(0)
  })

  it('hashes a number that is not on the command line', async () => {
    const world = createCliWorld({})
    expect((await hub(world, 'lookups citizen')).code).toBe(2)
    world.answer = ' 000000000001\n'
    expect((await hub(world, 'lookups citizen')).out).toBe('1'.padStart(64, '0'))
  })

  it('counts a month', async () => {
    const counts = { asked: 12, found: 9, reused: 7, missing: 2, failed: 1 }
    const usage = [{ unit: 'H99.14', system: 'dan-cu', operation: 'xac-thuc', ...counts }]
    const world = createCliWorld({ usage })
    expect((await hub(world, 'lookups usage --month 2026-11')).out).toMatchSnapshot()
    expect((await hub(world, 'lookups usage --month 11-2026')).code).toBe(2)
    expect((await hub(createCliWorld({}), 'lookups usage --month 2026-11')).out).toContain(
      'không có lượt tra cứu nào',
    )
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { verdictWords } from '../../../../src/app/cli/verdict-words.ts'
import { createCliWorld, hub } from '../../../support/cli.ts'

describe('verify', () => {
  it('proves, and ends with 1 when a proof fails', async () => {
    const world = createCliWorld()
    world.verdicts = [{ name: 'conservation', ok: true, count: 1200, examples: [] }]
    world.audit = { ok: true, sealed: 10, unsealed: 1, head: 'ab12', broken: null }
    expect(await hub(world, 'verify')).toMatchObject({ code: 0 })
    expect((await hub(world, 'audit verify')).out).toContain('ab12')
    world.verdicts = [
      ...world.verdicts,
      { name: 'deliveries-were-sent-in-order', ok: false, count: 1, examples: ['9.2'] },
    ]
    world.audit = { ok: false, sealed: 10, unsealed: 0, head: null, broken: '7' }
    const proof = await hub(world, 'verify')
    expect(proof.code).toBe(1)
    expect(proof.out).toMatch(/✗ +Các lượt của một hồ sơ được gửi đúng thứ tự +1 +9\.2/)
    expect(await hub(world, 'audit verify --json')).toMatchObject({ code: 1 })
  })

  it('has words for every promise of the store', () => {
    const source = readFileSync('src/adapters/postgres/verify.ts', 'utf8')
    const names = [...source.matchAll(/^ {4}name: '(.+)',$/gm)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(5)
    expect(Object.keys(verdictWords).sort()).toEqual(names.sort())
  })
})

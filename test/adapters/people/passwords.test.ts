import { describe, expect, it } from 'vitest'
import { createPasswords } from '../../../src/adapters/people/passwords.ts'

describe('passwords', () => {
  it('keeps argon2id with the cost that OWASP asks for at least', async () => {
    const hash = await createPasswords().hash('con mèo vàng')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  it('knows its own hash, and nobody by none', async () => {
    const passwords = createPasswords()
    const hash = await passwords.hash('con mèo vàng')
    expect(await passwords.verify(hash, 'con mèo vàng')).toBe(true)
    expect(await passwords.verify(hash, 'con mèo vằn')).toBe(false)
    expect(await passwords.verify(null, 'nobody has this password')).toBe(false)
  })

  it('takes as long where there is nothing to compare with', async () => {
    const passwords = createPasswords()
    const hash = await passwords.hash('con mèo vàng')
    const least = { known: Number.POSITIVE_INFINITY, nobody: Number.POSITIVE_INFINITY }
    const measure = async (name: 'known' | 'nobody', compared: string | null) => {
      const start = performance.now()
      await passwords.verify(compared, 'x')
      least[name] = Math.min(least[name], performance.now() - start)
    }
    for (let round = 0; round < 15; round++) {
      await measure('known', hash)
      await measure('nobody', null)
    }
    // Without a hash to compare with it would be a thousandth.
    expect(least.nobody / least.known).toBeGreaterThan(0.3)
    expect(least.nobody / least.known).toBeLessThan(3)
  })

  it('makes others wait in line when many come at once', async () => {
    const passwords = createPasswords()
    const hashes = await Promise.all(Array.from({ length: 8 }, (_, n) => passwords.hash(`p${n}`)))
    const right = await Promise.all(hashes.map((hash, n) => passwords.verify(hash, `p${n}`)))
    expect(right).toEqual(Array.from({ length: 8 }, () => true))
  })
})

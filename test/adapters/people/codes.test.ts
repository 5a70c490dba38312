import { describe, expect, it } from 'vitest'
import { createCodes } from '../../../src/adapters/people/codes.ts'

/** `12345678901234567890` of RFC 6238, appendix B; its codes there have eight digits, the last six are ours. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

const at = (seconds: number): Date => new Date(seconds * 1000)

describe('codes', () => {
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
  ])('knows the code of second %i', async (seconds, code) => {
    const counter = Math.floor(seconds / 30)
    expect(await createCodes().counterOf(secret, code, at(seconds))).toBe(counter)
  })

  it('takes the code of half a minute before and after, and says of when it is', async () => {
    const codes = createCodes()
    expect(await codes.counterOf(secret, '005924', at(1234567890 + 30))).toBe(41152263)
    expect(await codes.counterOf(secret, '005924', at(1234567890 - 30))).toBe(41152263)
    expect(await codes.counterOf(secret, '005924', at(1234567890 + 61))).toBeUndefined()
    expect(await codes.counterOf(secret, '005924', at(1234567890 - 61))).toBeUndefined()
  })

  it.each(['', '12345', '1234567', 'abcdef', '00592４', ' 05924'])(
    'takes %j for no code',
    async (code) => {
      expect(await createCodes().counterOf(secret, code, at(1234567890))).toBeUndefined()
    },
  )

  it('makes secrets of 160 bits, and an address for apps', async () => {
    const codes = createCodes()
    const made = await codes.newSecret()
    expect(made).toMatch(/^[A-Z2-7]{32}$/)
    expect(await codes.newSecret()).not.toBe(made)
    const uri = new URL(await codes.uri(made, 'lan.nguyen', 'Liên thông Hub'))
    expect(uri.protocol).toBe('otpauth:')
    expect(uri.searchParams.get('secret')).toBe(made)
  })
})

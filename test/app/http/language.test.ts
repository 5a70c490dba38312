import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languageOf } from '../../../src/app/http/language.ts'

describe('language', () => {
  it.each([
    [undefined, 'vi'],
    ['', 'vi'],
    ['*', 'vi'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['vi,en', 'vi'],
    ['en,vi', 'vi'],
    ['en;q=0.9,vi;q=0.8', 'en'],
    ['fr,en;q=0.1', 'en'],
    ['en;q=0', 'vi'],
    ['english', 'vi'],
  ])('reads %s as %s', (header, language) => {
    expect(languageOf(header)).toBe(language)
  })

  it('finds a language in anything', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), (header) => {
        expect(['vi', 'en']).toContain(languageOf(header))
      }),
    )
  })
})

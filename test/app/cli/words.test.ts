import { describe, expect, it } from 'vitest'
import { countWords, durationWords, shortType, timeWords } from '../../../src/app/cli/words.ts'

describe('words', () => {
  it('tells the time of Vietnam, over midnight and over the year', () => {
    expect(timeWords('2026-12-31T17:30:00Z', 'vi')).toBe('01/01/2027 00:30:00')
    expect(timeWords('2026-12-31T23:30:00+07:00', 'en')).toBe('2026-12-31 23:30:00')
    expect(timeWords(new Date(0), 'en')).toBe('1970-01-01 07:00:00')
    expect(timeWords(null, 'vi')).toBe('–')
    expect(timeWords('không rõ', 'vi')).toBe('–')
  })

  it('tells durations by their two greatest units', () => {
    expect(durationWords(0, 'vi')).toBe('0 giây')
    expect(durationWords(61, 'vi')).toBe('1 phút 1 giây')
    expect(durationWords(93_784, 'vi')).toBe('1 ngày 2 giờ')
    expect(durationWords(3_600, 'en')).toBe('1 h')
  })

  it('groups digits as each language does', () => {
    expect(countWords(1_234_567, 'vi')).toBe('1.234.567')
    expect(countWords(1_234_567, 'en')).toBe('1,234,567')
  })

  it('shortens the types of the house only', () => {
    expect(shortType('vn.tthc.dossier.upserted.v1')).toBe('dossier.upserted')
    expect(shortType('vn.tthc.dossier.upserted.v2')).toBe('vn.tthc.dossier.upserted.v2')
  })
})

import { describe, expect, it } from 'vitest'
import { passwordFaults } from '../../src/domain/password-rule.ts'

const rules = (password: string): string[] =>
  passwordFaults(password, ['lan.nguyen', 'Nguyễn Thị Thử', 'Liên thông Hub']).map(
    ({ rule }) => rule,
  )

describe('password rule', () => {
  it.each([
    'con mèo vàng ngủ trên mái ngói',
    'mười hai con chim sẻ',
    'correct horse battery staple',
    'k8Tz!qv2#Lm9@xR4w',
    '83749201837465920',
  ])('takes %s', (password) => {
    expect(rules(password)).toEqual([])
  })

  it.each(['ngắn quá nhỉ?', 'con mèo vàng'])('finds %s too short', (password) => {
    expect(rules(password)).toEqual(['length'])
  })

  it.each([
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabc',
    '123456789012345',
    'qwertyuiopasdfghjkl',
    '1qaz2wsx3edc4rfv',
    'abcdefghijklmnop',
    'Lienthonghub@2026',
    'hubhubhubhubhubhub',
    'Password123456789',
    'QuanTri@123456789',
    'mật khẩu mật khẩu',
    'Nguyễn Thị Thử 2026',
    'lan.nguyen.lan.nguyen',
    'tinh tinh tinh tinh',
    'UBND tỉnh 123456',
    'admin admin admin 1',
  ])('finds %s too easy', (password) => {
    expect(rules(password)).toEqual(['common'])
  })

  it('repeats nothing of the password', () => {
    for (const fault of passwordFaults('Password123456789', []))
      expect(JSON.stringify(fault)).not.toContain('Password')
  })
})

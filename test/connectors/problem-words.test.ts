import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Manifest } from '../../src/connector/manifest.ts'
import { isErrorCode } from '../../src/domain/errors.ts'

it.each(['dvcqg', 'tthc', 'csdl-tthc', 'rest'])('%s says causes in both languages', (id) => {
  const path = new URL(`../../connectors/${id}/connector.json`, import.meta.url)
  const { problems = [] } = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  expect(problems.length).toBeGreaterThan(0)
  for (const { code, cause, next } of problems) {
    expect(isErrorCode(code)).toBe(true)
    for (const words of [cause.vi, cause.en, next.vi, next.en]) expect(words.trim()).not.toBe('')
  }
})

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mutants } from './mutants.ts'

describe('mutants', () => {
  it('are each of another kind, twelve at least', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(12)
    expect(new Set(mutants.map(({ bug }) => bug)).size).toBe(mutants.length)
  })

  it('are those of the table in docs/reliability.md', () => {
    const [, section = ''] = readFileSync('docs/reliability.md', 'utf8').split('## Seeded bugs')
    const rows = section.split('\n## ')[0]?.match(/^\| .+? \| `.+?` \|/gm)
    expect(rows).toEqual(
      mutants.flatMap(({ bug, caughtBy }) => caughtBy.map((test) => `| ${bug} | \`${test}\` |`)),
    )
  })

  // `npm run mutants` makes them; here it is only seen that it still can.
  it.each(mutants)('$bug', ({ file, find, replace, caughtBy }) => {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2)
    expect(replace).not.toBe(find)
    for (const test of caughtBy) expect(existsSync(test)).toBe(true)
  })
})

import { AssertionError } from 'node:assert/strict'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderBreakages } from './breakages/folder.ts'
import { leavingBreakages } from './breakages/leavings.ts'
import { sendingBreakages } from './breakages/sending.ts'
import { judge, rules, unknownWaivers } from './connector.ts'
import type { Rule } from './rules/rule.ts'
import { readShelf, root } from './shelf.ts'
import type { Subject } from './subject.ts'

const { subjects, broken } = await readShelf({
  shelves: [join(root, 'connectors'), join(root, 'test/conformance/fixtures')],
  schemas: [join(root, 'schemas'), join(root, 'test/conformance/fixtures/schemas')],
})
const echo = subjects.find(({ id }) => id === 'echo') as Subject
const breakages = [...folderBreakages, ...sendingBreakages, ...leavingBreakages]
const timeout = 60_000

const ruleNamed = (name: string): Rule => {
  const found = rules.find((rule) => rule.name === name)
  if (!found) throw new Error(`there is no rule ${name}`)
  return found
}
const waiving = (rule: string): Subject => ({
  ...echo,
  manifest: { ...echo.manifest, waivers: [{ rule, reason: 'only to see what a waiver does' }] },
})

describe('connector', () => {
  it('finds the example in a second folder', () => {
    expect(echo).toMatchObject({ id: 'echo', manifest: { stage: 'example' } })
    expect(broken.map(({ id }) => id)).not.toContain('echo')
  })

  it.each(rules.map((rule) => ({ name: rule.name, rule })))(
    'lets the example pass: $name',
    { timeout },
    ({ rule }) => judge(echo, rule),
  )

  describe.each(breakages)('notices a connector that $name', ({ rules: names, change }) => {
    it.each(names)('%s', { timeout }, async (name) => {
      await expect(judge(change(echo), ruleNamed(name))).rejects.toThrow(AssertionError)
    })
  })

  it('notices a timer that is left behind', { timeout }, async () => {
    const left: NodeJS.Timeout[] = []
    const subject: Subject = {
      ...echo,
      create(context) {
        left.push(setInterval(() => {}, 60_000))
        return echo.create(context)
      },
    }
    await expect(judge(subject, ruleNamed('leaves-nothing'))).rejects.toThrow(AssertionError)
    for (const timer of left) clearInterval(timer)
  })

  it('notices every rule being broken somewhere', () => {
    const noticed = new Set([...breakages.flatMap(({ rules: names }) => names), 'leaves-nothing'])
    expect(rules.map(({ name }) => name).filter((name) => !noticed.has(name))).toEqual([])
    expect(rules.map(({ name }) => name)).toHaveLength(new Set(rules.map(({ name }) => name)).size)
  })

  it('lets a waived rule fail, but not hold', async () => {
    const withoutReadme = { ...waiving('readme'), readme: '' }
    await judge(withoutReadme, ruleNamed('readme'))
    await expect(judge(waiving('readme'), ruleNamed('readme'))).rejects.toThrow(/stale/)
    expect(unknownWaivers(waiving('readme'))).toEqual([])
    expect(unknownWaivers(waiving('no-such-rule'))).toEqual(['no-such-rule'])
  })
})

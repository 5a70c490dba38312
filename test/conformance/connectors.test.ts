import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { judge, reasonToWaive, rules, unknownWaivers } from './connector.ts'
import { readShelf, root } from './shelf.ts'

const { subjects, broken } = await readShelf({
  shelves: [join(root, 'connectors')],
  schemas: [join(root, 'schemas')],
})

const waivers = subjects.flatMap(({ id, manifest }) =>
  (manifest.waivers ?? []).map(({ rule, reason }) => `${id} waives ${rule}: ${reason}`),
)

describe('connectors', () => {
  afterAll(() => {
    const sum = `conformance: ${subjects.length} connectors x ${rules.length} rules`
    process.stdout.write(`${[`${sum}, ${waivers.length} waived`, ...waivers].join('\n')}\n`)
  })

  it('can all be loaded', () => {
    expect(broken.map(({ id, problem }) => [id, problem.message, problem.faults])).toEqual([])
    expect(subjects.length).toBeGreaterThan(0)
  })

  describe.each(subjects.map((subject) => ({ id: subject.id, subject })))('$id', ({ subject }) => {
    it('waives only rules that exist', () => {
      expect(unknownWaivers(subject)).toEqual([])
    })

    for (const rule of rules) {
      const reason = reasonToWaive(subject, rule)
      const title = reason === undefined ? rule.title : `waived (${reason}): ${rule.title}`
      it(`${rule.name}: ${title}`, { timeout: 60_000 }, () => judge(subject, rule))
    }
  })
})

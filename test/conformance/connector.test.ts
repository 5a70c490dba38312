import { join } from 'node:path'
import { describe, it } from 'vitest'
import { judge, rules } from './connector.ts'
import { readShelf, root } from './shelf.ts'

const { subjects } = await readShelf({
  shelves: [join(root, 'test/conformance/fixtures')],
  schemas: [join(root, 'test/conformance/fixtures/schemas')],
})
describe('connector', () => {
  for (const subject of subjects)
    for (const rule of rules)
      it(`${rule.name}: ${rule.title}`, { timeout: 60_000 }, () => judge(subject, rule))
})

/** What holds for each screen of the console, in both languages and both shades. */
import { readFileSync } from 'node:fs'
import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleSession, hasChromium, withinConsole } from '../support/console.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'

const routes = readFileSync(
  new URL('../../src/app/console/routes.ts', import.meta.url),
  'utf8',
).matchAll(/path: '([^']+)'/g)

/** Those that need something to be there are looked at where they are tested. */
const addresses = [...routes].map(([, path]) => path ?? '').filter((path) => !path.includes(':'))

const admin = { name: 'quan.tri', roles: ['administrator'] }

interface Finding {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

async function findingsOf({ page }: ConsoleSession): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run()')) as { violations: readonly Finding[] }
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)
}

describe.skipIf(!hasChromium)('each screen (needs chromium)', () => {
  let hub: TestHub
  beforeAll(async () => {
    hub = await openTestHub({ systems: [], role: 'api' })
  }, 60_000)
  afterAll(() => hub.close())

  for (const language of ['vi', 'en'] as const)
    for (const shade of ['light', 'dark'] as const)
      it(`can be used by everybody: ${language}, ${shade}`, () =>
        withinConsole(hub, { person: admin }, async (console) => {
          await console.open('account')
          await console.look({ language, shade })
          const found: Record<string, readonly string[]> = {}
          for (const address of addresses) {
            await console.open(address)
            const findings = await findingsOf(console)
            if (findings.length > 0) found[address] = findings
          }
          expect(found).toEqual({})
        }))
})

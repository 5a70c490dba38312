/** What holds for each screen of the console, in both languages and both shades. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, withinConsole } from '../support/console.ts'
import { findingsOf } from '../support/findings.ts'
import { type LandWorld, openLandWorld, unknownProcedure } from '../support/land-world.ts'

const routes = readFileSync(
  new URL('../../src/app/console/routes.ts', import.meta.url),
  'utf8',
).matchAll(/path: '([^']+)'/g)
const paths = [...routes].map(([, path]) => path ?? '')

const admin = { name: 'quan.tri', roles: ['administrator'], mayReveal: true, mayRedrive: true }

/** An address for each screen of one thing, in a hub in which there is something of everything. */
async function examplesOf({ hub, submit, until, messageOf }: LandWorld) {
  const [dossier = ''] = await submit(unknownProcedure, 1, 2)
  await until('dead', 2)
  const key = await hub.key('admin')
  const ask = async (path: string, body?: object): Promise<Record<string, unknown>> =>
    (await hub.ask(body ? 'POST' : 'GET', `/api/v1/${path}`, { key, body })).json
  const firstOf = async (path: string): Promise<string> => {
    const { items } = (await ask(path)) as { items: readonly { id: unknown }[] }
    return String(items[0]?.id)
  }
  const filter = { system: 'ilis', state: 'dead' }
  const reason = 'Kiểm thử màn hình'
  await ask('plans', { action: 'redrive', filter, reason })
  await ask('corrections', {
    ...{ filter, reason },
    steps: [{ pointer: '/procedure/code', from: unknownProcedure, to: '1.012345' }],
  })
  const problem = await firstOf('problems')
  return {
    'problems/:id': `problems/${problem}`,
    'deliveries/:id': `deliveries/${await firstOf('deliveries')}`,
    'dossiers/:code': `dossiers/${dossier}`,
    'systems/:id': 'systems/ilis',
    'systems/:id/settings': 'systems/ilis/settings',
    'jobs/:id': `jobs/${await firstOf('jobs')}`,
    'revisions/:id': 'revisions/1',
    'audit/:id': `audit/${await firstOf('audit')}`,
    'clients/:id': `clients/${await firstOf('clients')}`,
    'users/:id': `users/${await firstOf('users')}`,
    'plans/:id': `plans/${await firstOf('plans')}`,
    'corrections/:id': `corrections/${await firstOf('corrections')}`,
    'messages/:id/edit': `messages/${await messageOf(dossier)}/edit`,
  } as Readonly<Record<string, string>>
}

describe.skipIf(!hasChromium)('each screen (needs chromium)', () => {
  let world: LandWorld
  beforeAll(async () => {
    world = await openLandWorld()
  }, 60_000)
  afterAll(() => world.close())

  // Both languages and both shades; colours do not know the language.
  it.each([
    ['vi', 'light'],
    ['en', 'dark'],
  ] as const)(
    'can be used by everybody: %s, %s',
    (language, shade) =>
      withinConsole(world.hub, { person: admin }, async ({ open, look, page }) => {
        const examples = await examplesOf(world)
        const addresses = paths.map((path) => (path.includes(':') ? examples[path] : path))
        expect(paths.filter((_, place) => !addresses[place])).toEqual([])
        await open('account')
        await look({ language, shade })
        const found: Record<string, readonly string[]> = {}
        for (const address of addresses) {
          await open(address ?? '')
          const findings = await findingsOf(page)
          if (
            await page
              .getByRole('alert')
              .filter({ hasText: /không có|not found/i })
              .count()
          )
            found[`${address} shows nothing`] = []
          if (findings.length > 0) found[address ?? ''] = findings
        }
        expect(found).toEqual({})
      }),
    90_000,
  )
})

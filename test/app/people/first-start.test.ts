import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodPassword, openBrowser } from '../../support/browser.ts'
import { openTestHub, type TestHub } from '../../support/hub-server.ts'

let hub: TestHub
const shown: string[] = []

describe('the first start', () => {
  beforeAll(async () => {
    const env = { HUB_PUBLIC_URL: 'https://lien-thong.h99.example/' }
    hub = await openTestHub({ systems: [], role: 'api', env, show: (line) => shown.push(line) })
  }, 60_000)
  afterAll(() => hub.close())

  it('shows the way in, to nobody but whoever started it', async () => {
    expect(shown).toHaveLength(1)
    const [, token = ''] =
      /quan-tri.*\n {2}https:\/\/lien-thong\.h99\.example\/console\/set-up#([\w-]{43})$/.exec(
        shown[0] ?? '',
      ) ?? []
    expect(token).not.toBe('')
    expect(JSON.stringify(hub.lines)).not.toContain(token)
    const rows = await hub.database.sql<{ row: string }>('select a::text as row from hub.audit a')
    expect(JSON.stringify(rows)).not.toContain(token)

    await hub.restart()
    // That link is still good: another would make it worthless.
    expect(shown).toHaveLength(1)
    const browser = openBrowser(hub)
    const body = { token, password: goodPassword }
    expect((await browser.ask('POST', '/api/v1/set-up', { body })).json).toEqual({
      name: 'quan-tri',
    })
    expect(await browser.signIn('quan-tri', goodPassword)).toBe('signed-in')
    expect((await browser.ask('GET', '/api/v1/session')).json).toMatchObject({
      roles: ['administrator'],
      mayReveal: false,
    })
  })

  it('shows it no more where somebody can sign in', async () => {
    await hub.restart()
    expect(shown).toHaveLength(1)
  })
})

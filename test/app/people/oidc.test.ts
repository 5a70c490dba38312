import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, byCli, openBrowser } from '../../support/browser.ts'
import { openTestHub, type TestHub } from '../../support/hub-server.ts'
import { clientSecret, openProvider, type TestProvider } from '../../support/oidc.ts'

const publicUrl = 'http://127.0.0.1:9'
const callback = `${publicUrl}/api/v1/session/oidc/callback`

let provider: TestProvider
let hub: TestHub
let folder: string

const envFor = (issuer: string, more: Record<string, string> = {}) => ({
  HUB_PUBLIC_URL: publicUrl,
  HUB_OIDC_ISSUER: issuer,
  HUB_OIDC_CLIENT_ID: 'lien-thong',
  HUB_OIDC_CLIENT_SECRET_FILE: join(folder, 'secret'),
  ...more,
})

const begin = async (browser: Browser): Promise<string> => {
  const answer = await browser.ask('GET', '/api/v1/session/oidc')
  expect(answer.status).toBe(303)
  return answer.headers.get('location') ?? ''
}

/** The browser opens what the provider has sent it to. Answers where the hub sends it on to. */
const finish = async (browser: Browser, answeredAt: string): Promise<string> => {
  const answer = await browser.ask('GET', answeredAt.slice(publicUrl.length))
  expect(answer.status).toBe(303)
  return answer.headers.get('location') ?? ''
}

const refused = '/console/sign-in?failed=oidc-refused'

const lastRefusal = async () =>
  (
    await hub.database.sql<{ detail: string }>(
      `select detail from hub.audit where action = 'session.refused' order by id desc limit 1`,
    )
  )[0]?.detail

const changed = (address: string, change: Readonly<Record<string, string | undefined>>): string => {
  const url = new URL(address)
  for (const [name, value] of Object.entries(change))
    if (value === undefined) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  return url.href
}

const link = (name: string, issuer: string, subject: string) =>
  hub.hub.people.users.create(
    {
      ...{ name, title: name, email: null, roles: ['viewer'], units: [], systems: [] },
      ...{ mayReveal: false, mayRedrive: false, oidc: { issuer, subject } },
    },
    byCli,
  )

function linked() {
  it('signs in whom an administrator has linked', async () => {
    await link('lan', provider.issuer, 'a1')
    const browser = openBrowser(hub)
    const url = await begin(browser)
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      ...{ response_type: 'code', code_challenge_method: 'S256', redirect_uri: callback },
      ...{ state: expect.stringMatching(/.{40}/), nonce: expect.stringMatching(/.{40}/) },
    })
    expect(await finish(browser, await provider.signIn(url))).toBe('/console/')
    expect([...browser.cookies.keys()]).toEqual(['__Host-hub'])
    const { json } = await browser.ask('GET', '/api/v1/session')
    expect(json.user).toMatchObject({ name: 'lan' })
    expect((await browser.ask('GET', '/api/v1/session/providers')).json).toEqual({
      local: true,
      oidc: { title: 'OpenID Connect' },
    })
  })

  it('comes back to where one wanted to be, within the console', async () => {
    const comesTo = async (to: string) => {
      const browser = openBrowser(hub)
      const begun = await browser.ask('GET', `/api/v1/session/oidc?${new URLSearchParams({ to })}`)
      if (begun.status !== 303) return begun.status
      return finish(browser, await provider.signIn(begun.headers.get('location') ?? ''))
    }
    expect(await comesTo('/console/problems?status=muted')).toBe('/console/problems?status=muted')
    expect(await comesTo('/console/..//elsewhere.test/')).toBe('/console/')
    expect(await comesTo('//elsewhere.test/console/')).toBe(400)
    expect(await comesTo('https://elsewhere.test/console/')).toBe(400)
  })

  it('refuses whom nobody has linked, and says in the audit trail who it was', async () => {
    provider.account = { sub: 'b2', name: 'Lê Văn Thử', preferred_username: 'thu2' }
    const browser = openBrowser(hub)
    expect(await finish(browser, await provider.signIn(await begin(browser)))).toBe(refused)
    expect(browser.cookies.size).toBe(0)
    expect(await lastRefusal()).toBe('no account for b2 from 127.0.0.1')
    provider.account = { sub: 'a1', name: 'Nguyễn Thị Thử', preferred_username: 'thu' }
  })

  it('refuses the same subject of another provider', async () => {
    await link('khac', 'https://id.khac.example', 'c3')
    provider.account = { sub: 'c3', name: 'Ai đó', preferred_username: 'ai' }
    const browser = openBrowser(hub)
    expect(await finish(browser, await provider.signIn(await begin(browser)))).toBe(refused)
    provider.account = { sub: 'a1', name: 'Nguyễn Thị Thử', preferred_username: 'thu' }
  })

  it('takes no local password of somebody who has none', async () => {
    expect(await openBrowser(hub).signIn('lan', '')).not.toBe('signed-in')
    expect(await openBrowser(hub).signIn('lan', 'x')).toBe('sign-in-refused')
  })
}

function attacks() {
  it('refuses an answer a second time', async () => {
    const browser = openBrowser(hub)
    const answeredAt = await provider.signIn(await begin(browser))
    const flow = browser.cookies.get('__Host-hub-oidc') ?? ''
    expect(await finish(browser, answeredAt)).toBe('/console/')
    browser.cookies.clear()
    browser.cookies.set('__Host-hub-oidc', flow)
    expect(await finish(browser, answeredAt)).toBe(refused)
    expect(await lastRefusal()).toContain('used before')
    expect(browser.cookies.has('__Host-hub')).toBe(false)
  })

  it('refuses a code that was used, put into a sign-in of one’s own', async () => {
    const victim = openBrowser(hub)
    const used = await provider.signIn(await begin(victim))
    expect(await finish(victim, used)).toBe('/console/')
    const thief = openBrowser(hub)
    const own = await provider.signIn(await begin(thief))
    const code = new URL(used).searchParams.get('code') ?? ''
    expect(await finish(thief, changed(own, { code }))).toBe(refused)
  })

  it('refuses a code of somebody else’s sign-in: the verifier is not his', async () => {
    const [victim, thief] = [openBrowser(hub), openBrowser(hub)]
    const stolen = await provider.signIn(await begin(victim))
    const own = await provider.signIn(await begin(thief))
    const code = new URL(stolen).searchParams.get('code') ?? ''
    expect(await finish(thief, changed(own, { code }))).toBe(refused)
    expect(thief.cookies.has('__Host-hub')).toBe(false)
  })

  it('refuses an answer in another browser than the one that began', async () => {
    const browser = openBrowser(hub)
    const answeredAt = await provider.signIn(await begin(browser))
    expect(await finish(openBrowser(hub), answeredAt)).toBe(refused)
    const other = openBrowser(hub)
    await begin(other)
    expect(await finish(other, answeredAt)).toBe(refused)
    // Whoever tried has used it up: nobody can go on with it.
    expect(await finish(browser, answeredAt)).toBe(refused)
  })

  it.each([
    ['no state', { state: undefined }],
    ['another state', { state: 'x'.repeat(43) }],
    ['another issuer', { iss: 'https://id.attacker.example' }],
    ['no issuer, from a provider that always names itself', { iss: undefined }],
    ['no code', { code: undefined }],
  ])('refuses an answer with %s', async (_, change) => {
    const browser = openBrowser(hub)
    const answeredAt = await provider.signIn(await begin(browser))
    expect(await finish(browser, changed(answeredAt, change))).toBe(refused)
    expect(browser.cookies.has('__Host-hub')).toBe(false)
  })

  it.each([
    ['a missing nonce', undefined],
    ['another nonce', 'y'.repeat(43)],
  ])('refuses an identity with %s', async (_, nonce) => {
    const browser = openBrowser(hub)
    const answeredAt = await provider.signIn(changed(await begin(browser), { nonce }))
    expect(await finish(browser, answeredAt)).toBe(refused)
    expect(browser.cookies.has('__Host-hub')).toBe(false)
  })

  it('finishes with no provider but the one it began with', async () => {
    const other = await openProvider(callback)
    const browser = openBrowser(hub)
    const answeredAt = await provider.signIn(await begin(browser))
    const second = await openTestHub({ systems: [], role: 'api', env: envFor(other.issuer) })
    try {
      // The same flow, known to a hub whose settings name another issuer.
      const url = await begin(openBrowser(second))
      expect(url.startsWith(other.issuer)).toBe(true)
      await second.database.sql('delete from hub.oidc_flow')
      expect(await finish(browser, changed(answeredAt, { iss: other.issuer }))).toBe(refused)
      expect(browser.cookies.has('__Host-hub')).toBe(false)
    } finally {
      await second.close()
      await other.close()
    }
  }, 60_000)
}

function byClaim() {
  let claimed: TestHub

  beforeAll(async () => {
    const env = envFor(provider.issuer, {
      HUB_OIDC_ROLES_CLAIM: 'roles',
      HUB_SIGN_IN_LOCAL: 'off',
    })
    claimed = await openTestHub({ systems: [], role: 'api', env })
  }, 60_000)
  afterAll(() => claimed?.close())

  const signIn = async (account: TestProvider['account']) => {
    provider.account = account
    const browser = openBrowser(claimed)
    const to = await finish(browser, await provider.signIn(await begin(browser)))
    return { browser, to }
  }

  it('makes an account for whom the provider gives a role, and follows what it says', async () => {
    const account = { sub: 'd4', name: 'Trần Văn Thử', preferred_username: 'Trần.Thử' }
    const { browser, to } = await signIn({ ...account, roles: ['operator', 'khac'] })
    expect(to).toBe('/console/')
    expect((await browser.ask('GET', '/api/v1/session')).json).toMatchObject({
      user: { name: 'tran.thu', title: 'Trần Văn Thử' },
      roles: ['operator'],
    })
    const later = await signIn({ ...account, roles: ['viewer'] })
    expect((await later.browser.ask('GET', '/api/v1/session')).json.roles).toEqual(['viewer'])
    // What was signed in with more has ended.
    expect((await browser.ask('GET', '/api/v1/session')).json.code).toBe('session-ended')
    const none = await signIn({ ...account, roles: [] })
    expect(none.to).toBe(refused)
    expect((await later.browser.ask('GET', '/api/v1/session')).json.code).toBe('session-ended')
  })

  it('gives nobody the name, and so the rights, of another', async () => {
    const { browser } = await signIn({
      ...{ sub: 'e5', name: 'Kẻ khác', preferred_username: 'tran.thu', roles: ['viewer'] },
    })
    const { json } = await browser.ask('GET', '/api/v1/session')
    expect((json.user as { name: string }).name).toMatch(/^tran\.thu-[0-9a-f]{6}$/)
  })

  it('lets nobody in without a role, disabled, or with a password', async () => {
    expect((await signIn({ sub: 'f6', name: 'x', preferred_username: 'x' })).to).toBe(refused)
    await claimed.hub.people.users.disable('tran.thu', byCli)
    expect(
      (await signIn({ sub: 'd4', name: 'x', preferred_username: 'x', roles: ['viewer'] })).to,
    ).toBe(refused)
    expect(await openBrowser(claimed).signIn('tran.thu', 'x')).toBe('sign-in-refused')
    expect((await openBrowser(claimed).ask('GET', '/api/v1/session/providers')).json.local).toBe(
      false,
    )
  })
}

describe('OpenID Connect', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'oidc-'))
    writeFileSync(join(folder, 'secret'), `${clientSecret}\n`)
    provider = await openProvider(callback)
    hub = await openTestHub({ systems: [], role: 'api', env: envFor(provider.issuer) })
  }, 60_000)
  afterAll(async () => {
    await hub?.close()
    await provider?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  describe('by link', linked)
  describe('attacks', attacks)
  describe('by claim', byClaim)

  it('says so when the provider does not answer', async () => {
    const dead = await openTestHub({ systems: [], role: 'api', env: envFor('http://127.0.0.1:9') })
    try {
      const answer = await openBrowser(dead).ask('GET', '/api/v1/session/oidc')
      expect([answer.status, answer.json.code]).toEqual([503, 'oidc-unavailable'])
    } finally {
      await dead.close()
    }
  }, 60_000)
})

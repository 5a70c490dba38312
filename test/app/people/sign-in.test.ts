import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPerson, byCli, goodPassword, nextCode, openBrowser } from '../../support/browser.ts'
import { openTestHub, type TestHub } from '../../support/hub-server.ts'

let hub: TestHub

const audit = () =>
  hub.database.sql<{ actor: string; action: string; object: string; detail: string }>(
    `select actor, action, object, detail from hub.audit where action ~ '^(user|session)' order by id`,
  )
const lastAudit = async () => (await audit()).at(-1)

/** The minutes pass for what is kept of tries. */
const letTriesPass = () => hub.database.sql('delete from hub.sign_in_try')

beforeAll(async () => {
  hub = await openTestHub({
    systems: [],
    role: 'api',
    env: { HUB_PUBLIC_URL: 'https://lien-thong.h99.example' },
  })
}, 60_000)
afterAll(() => hub.close())

function passwords() {
  it('signs in, answers as that person, and signs out', async () => {
    await addPerson(hub, 'xem', { roles: ['viewer'], mayReveal: true, units: ['000.00.14.H99'] })
    const browser = openBrowser(hub)
    expect(await browser.signIn('xem', goodPassword)).toBe('signed-in')
    const { json } = await browser.ask('GET', '/api/v1/session')
    expect(json).toMatchObject({
      user: { name: 'xem', title: 'Người thử xem' },
      roles: ['viewer'],
      units: ['H99.14'],
      systems: [],
      mayReveal: true,
    })
    expect(json.scopes).toContain('personal-data:read')
    expect(json.scopes).not.toContain('deliveries:write')
    const idle = Date.parse(String(json.idleEndsAt)) - Date.now()
    expect(idle).toBeGreaterThan(29 * 60_000)
    expect(idle).toBeLessThanOrEqual(30 * 60_000)
    expect((await browser.ask('GET', '/api/v1/deliveries')).status).toBe(200)
    expect(await lastAudit()).toMatchObject({ actor: 'user:xem', action: 'session.begun' })

    const token = browser.cookies.get('__Host-hub')
    expect((await browser.ask('POST', '/api/v1/session/end')).status).toBe(204)
    expect(browser.cookies.size).toBe(0)
    browser.cookies.set('__Host-hub', token ?? '')
    const gone = await browser.ask('GET', '/api/v1/deliveries')
    expect([gone.status, gone.json.code]).toEqual([401, 'session-ended'])
    expect(await lastAudit()).toMatchObject({ action: 'session.ended', object: 'xem' })
  })

  it('gives a cookie that only this host sees, and keeps the hash of its token only', async () => {
    const browser = openBrowser(hub)
    const body = { username: 'xem', password: goodPassword }
    const { headers } = await browser.ask('POST', '/api/v1/session', { body })
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-hub=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/),
    ])
    const token = browser.cookies.get('__Host-hub') ?? ''
    const [row] = await hub.database.sql<{ text: string }>(
      `select string_agg(s::text, ' ') as text from hub.web_session s`,
    )
    expect(row?.text).not.toContain(token)
    expect(row?.text).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
  })

  it('replaces the session at every sign-in', async () => {
    const browser = openBrowser(hub)
    await browser.signIn('xem', goodPassword)
    const before = browser.cookies.get('__Host-hub') ?? ''
    await browser.signIn('xem', goodPassword)
    expect(browser.cookies.get('__Host-hub')).not.toBe(before)
    browser.cookies.set('__Host-hub', before)
    expect((await browser.ask('GET', '/api/v1/session')).json.code).toBe('session-ended')
  })

  it.each([
    ['a wrong password', 'xem', 'wrong'],
    ['a name nobody has', 'nobody', goodPassword],
    ['somebody disabled', 'khoa', goodPassword],
    ['somebody who has set no password', 'moi', 'x'],
  ])('says the same to %s', async (_, username, password) => {
    await letTriesPass()
    if (username === 'khoa') {
      await addPerson(hub, 'khoa', { roles: ['viewer'] })
      await hub.hub.people.users.disable('khoa', byCli)
    }
    if (username === 'moi')
      await hub.hub.people.users.create(
        {
          ...{ name: 'moi', title: 'Mới', email: null, oidc: null, roles: ['viewer'] },
          ...{ mayReveal: false, mayRedrive: false, units: [], systems: [] },
        },
        byCli,
      )
    const answer = await openBrowser(hub).ask('POST', '/api/v1/session', {
      body: { username, password },
    })
    expect([answer.status, answer.json.code]).toEqual([401, 'sign-in-refused'])
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await lastAudit()).toMatchObject({
      actor: username === 'nobody' ? 'anonymous' : `user:${username}`,
      action: 'session.refused',
      detail: 'name or password from 127.0.0.1',
    })
  })

  it('lets the sixth try within five minutes wait, and whoever is right after that in', async () => {
    await letTriesPass()
    const browser = openBrowser(hub)
    for (let n = 0; n < 5; n++) expect(await browser.signIn('xem', 'wrong')).toBe('sign-in-refused')
    const body = { username: 'xem', password: goodPassword }
    const sixth = await browser.ask('POST', '/api/v1/session', { body })
    expect([sixth.status, sixth.json.code]).toEqual([429, 'rate-limited'])
    const seconds = Number(sixth.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(280)
    expect(seconds).toBeLessThanOrEqual(300)
    expect(await lastAudit()).toMatchObject({ detail: 'too many tries from 127.0.0.1' })
    const rows = (await audit()).length
    await browser.ask('POST', '/api/v1/session', { body })
    expect((await audit()).length).toBe(rows)
    // Asking again does not prolong it.
    await hub.database.sql(
      `update hub.sign_in_try set at = array(select t - interval '301 seconds' from unnest(at) t)`,
    )
    expect(await browser.signIn('xem', goodPassword)).toBe('signed-in')
  })

  it('counts what was wrong only', async () => {
    await letTriesPass()
    for (let n = 0; n < 7; n++)
      expect(await openBrowser(hub).signIn('xem', goodPassword)).toBe('signed-in')
  })

  it('counts tries that come at once one by one', async () => {
    await letTriesPass()
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => openBrowser(hub).signIn('xem', 'wrong')),
    )
    expect(answers.filter((answer) => answer === 'sign-in-refused').length).toBe(5)
    expect(answers.filter((answer) => answer === 'rate-limited').length).toBe(7)
    await letTriesPass()
  })

  it('changes the password, ends the other sessions and keeps this one under a new token', async () => {
    await addPerson(hub, 'doi', { roles: ['viewer'] })
    const [here, there] = [openBrowser(hub), openBrowser(hub)]
    await here.signIn('doi', goodPassword)
    await there.signIn('doi', goodPassword)
    const weak = { current: goodPassword, password: 'doidoidoidoidoi doi' }
    const refused = await here.ask('POST', '/api/v1/session/password', { body: weak })
    expect([refused.status, refused.json.code]).toEqual([422, 'password-weak'])
    const wrong = { current: 'wrong', password: 'mười hai con chim sẻ' }
    expect((await here.ask('POST', '/api/v1/session/password', { body: wrong })).json.code).toBe(
      'sign-in-refused',
    )
    const before = here.cookies.get('__Host-hub')
    const right = { ...wrong, current: goodPassword }
    expect((await here.ask('POST', '/api/v1/session/password', { body: right })).status).toBe(204)
    expect(here.cookies.get('__Host-hub')).not.toBe(before)
    expect((await here.ask('GET', '/api/v1/session')).status).toBe(200)
    expect((await there.ask('GET', '/api/v1/session')).status).toBe(401)
    expect(await there.signIn('doi', 'mười hai con chim sẻ')).toBe('signed-in')
  })
}

function codes() {
  it('asks an administrator for a second factor, sets it up, and takes each code once', async () => {
    await addPerson(hub, 'quan', { roles: ['administrator'] })
    const browser = openBrowser(hub)
    const body = { username: 'quan', password: goodPassword }
    const first = await browser.ask('POST', '/api/v1/session', { body })
    expect(first.json).toMatchObject({
      state: 'totp-enrolment-needed',
      enrolment: { uri: expect.stringMatching(/^otpauth:\/\/totp\/.*quan\?secret=/) },
    })
    const half = browser.cookies.get('__Host-hub') ?? ''
    for (const path of ['/api/v1/session', '/api/v1/users', '/api/v1/types'])
      expect((await browser.ask('GET', path)).json.code).toBe('code-needed')

    const other = openBrowser(hub)
    expect(await other.signIn('quan', goodPassword)).toBe('signed-in')
    expect((await other.ask('GET', '/api/v1/users')).status).toBe(200)
    expect((await audit()).map(({ action }) => action)).toContain('user.totp-enrolled')
    // The half session of before cannot put another secret in its place.
    browser.cookies.set('__Host-hub', half)
    const late = await browser.ask('POST', '/api/v1/session/totp', {
      body: { code: await nextCode('quan') },
    })
    expect(late.json.code).toBe('code-refused')

    expect((await openBrowser(hub).ask('POST', '/api/v1/session', { body })).json).toEqual({
      state: 'totp-needed',
    })
    const [row] = await hub.database.sql<{ totp: string }>(
      `select totp from hub.user where name = 'quan'`,
    )
    const { secret } = first.json.enrolment as { secret: string }
    expect(row?.totp).not.toContain(secret)
  })

  it('refuses a code a second time, and a sixth wrong one', async () => {
    await addPerson(hub, 'ma', { roles: ['security-officer'] })
    const browser = openBrowser(hub)
    await browser.signIn('ma', goodPassword)
    const body = { username: 'ma', password: goodPassword }
    const code = await nextCode('ma')
    await browser.ask('POST', '/api/v1/session', { body })
    expect((await browser.ask('POST', '/api/v1/session/totp', { body: { code } })).status).toBe(200)
    await browser.ask('POST', '/api/v1/session', { body })
    for (let n = 0; n < 5; n++) {
      const again = await browser.ask('POST', '/api/v1/session/totp', { body: { code } })
      expect([again.status, again.json.code]).toEqual([401, 'code-refused'])
    }
    const sixth = await browser.ask('POST', '/api/v1/session/totp', { body: { code } })
    expect(sixth.json.code).toBe('rate-limited')
    await letTriesPass()
  })

  it('sets the second factor up anew by a link that says so', async () => {
    const { url } = await hub.hub.people.users.setUpLink('quan', true, byCli)
    const token = url.split('#')[1]
    const browser = openBrowser(hub)
    const done = await browser.ask('POST', '/api/v1/set-up', {
      body: { token, password: goodPassword },
    })
    expect(done.json).toEqual({ name: 'quan' })
    const body = { username: 'quan', password: goodPassword }
    expect((await browser.ask('POST', '/api/v1/session', { body })).json.state).toBe(
      'totp-enrolment-needed',
    )
    const again = await browser.ask('POST', '/api/v1/set-up', {
      body: { token, password: goodPassword },
    })
    expect([again.status, again.json.code]).toEqual([410, 'set-up-link-invalid'])
  })

  it('refuses a link that is 24 hours old', async () => {
    const { url } = await hub.hub.people.users.setUpLink('xem', false, byCli)
    await hub.database.sql(
      `update hub.user set set_up_until = set_up_until - interval '24 hours' where name = 'xem'`,
    )
    const body = { token: url.split('#')[1], password: goodPassword }
    const answer = await openBrowser(hub).ask('POST', '/api/v1/set-up', { body })
    expect(answer.json.code).toBe('set-up-link-invalid')
  })
}

function sessions() {
  it('end when they were not used, and when their time is over', async () => {
    const browser = openBrowser(hub)
    await browser.signIn('xem', goodPassword)
    const { json } = await browser.ask('GET', '/api/v1/session')
    expect(Math.round((Date.parse(String(json.endsAt)) - Date.now()) / 3_600_000)).toBe(10)
    for (const change of [
      `seen_at = now() - interval '31 minutes'`,
      `ends_at = now() - interval '1 second'`,
    ]) {
      await browser.signIn('xem', goodPassword)
      await hub.database.sql(`update hub.web_session set ${change}`)
      expect((await browser.ask('GET', '/api/v1/session')).json.code).toBe('session-ended')
    }
  })

  it('are not prolonged by what a page asks by itself', async () => {
    await hub.database.sql('delete from hub.web_session')
    const browser = openBrowser(hub)
    await browser.signIn('xem', goodPassword)
    const seen = async () =>
      (await hub.database.sql<{ s: string }>('select seen_at::text as s from hub.web_session'))[0]
        ?.s
    await hub.database.sql(`update hub.web_session set seen_at = seen_at - interval '10 minutes'`)
    const before = await seen()
    const headers = { 'hub-background': '1' }
    expect((await browser.ask('GET', '/api/v1/deliveries', { headers })).status).toBe(200)
    expect(await seen()).toBe(before)
    expect((await browser.ask('GET', '/api/v1/deliveries')).status).toBe(200)
    expect(await seen()).not.toBe(before)
  })

  it('end at once here, and within seconds in another process, when rights change', async () => {
    const browser = openBrowser(hub)
    await addPerson(hub, 'len', { roles: ['viewer'] })
    await browser.signIn('len', goodPassword)
    expect((await browser.ask('GET', '/api/v1/session')).status).toBe(200)
    await hub.hub.people.users.change('len', { title: 'Tên khác' }, byCli)
    expect((await browser.ask('GET', '/api/v1/session')).status).toBe(200)
    const after = await hub.hub.people.users.change('len', { mayRedrive: true }, byCli)
    expect(after).toMatchObject({ mayRedrive: true, sessions: 0 })
    expect((await browser.ask('GET', '/api/v1/session')).json.code).toBe('session-ended')
    expect(await lastAudit()).toMatchObject({
      actor: 'test',
      action: 'user.changed',
      object: 'len',
      detail: expect.stringContaining('"reason":"Kiểm thử"'),
    })
    expect(JSON.parse(String((await lastAudit())?.detail))).toMatchObject({
      before: { roles: ['viewer'], mayRedrive: false },
      after: { roles: ['viewer'], mayRedrive: true },
      sessionsEnded: 1,
    })
    await browser.signIn('len', goodPassword)
    expect(await hub.hub.people.users.endSessions('len', byCli)).toBe(1)
    expect((await browser.ask('GET', '/api/v1/session')).json.code).toBe('session-ended')
  })

  it.each([
    ['without its own header', { 'hub-console': '' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sister of this site', { 'sec-fetch-site': 'same-site' }],
    ['with another origin', { origin: 'https://attacker.example' }],
    ['with no origin of its own', { origin: 'null' }],
  ])('change nothing %s', async (_, headers) => {
    const browser = openBrowser(hub)
    await browser.signIn('quan2', goodPassword)
    const answer = await browser.ask('POST', '/api/v1/session/end', { headers })
    expect([answer.status, answer.json.code]).toEqual([403, 'cross-site-refused'])
    expect((await browser.ask('GET', '/api/v1/session')).status).toBe(200)
  })

  it('take the origin of the hub, as the browser or the settings know it', async () => {
    for (const origin of [hub.address, 'https://lien-thong.h99.example']) {
      const browser = openBrowser(hub)
      await browser.signIn('quan2', goodPassword)
      const headers = { origin }
      expect((await browser.ask('POST', '/api/v1/session/end', { headers })).status).toBe(204)
    }
  })

  it('do not mix with keys: a key needs no header of the page, and a wrong one is not saved by a cookie', async () => {
    const browser = openBrowser(hub)
    await browser.signIn('quan2', goodPassword)
    const key = await hub.key('users:read', 'users:write')
    const headers = { 'x-api-key': key, 'hub-console': '' }
    const body = { reason: 'Kiểm thử' }
    const path = '/api/v1/users/xem/end-sessions'
    expect((await browser.ask('POST', path, { body, headers })).status).toBe(200)
    const wrong = { 'x-api-key': 'hub_test_nobody' }
    expect((await browser.ask('GET', '/api/v1/types', { headers: wrong })).json.code).toBe(
      'key-invalid',
    )
    expect((await browser.ask('GET', '/api/v1/session', { headers })).json.code).toBe(
      'session-ended',
    )
  })
}

function people() {
  it('decides nothing about oneself, and gives no more than one’s own reach', async () => {
    await addPerson(hub, 'xa14', { roles: ['administrator'], units: ['H99.14'] })
    const browser = openBrowser(hub)
    await browser.signIn('xa14', goodPassword)
    const reason = 'Kiểm thử'
    const own = await browser.ask('POST', '/api/v1/users/xa14/change', {
      body: { mayReveal: true, reason },
    })
    expect([own.status, own.json.code]).toEqual([409, 'state-conflict'])
    const create = (name: string, units: readonly string[]) =>
      browser.ask('POST', '/api/v1/users', {
        body: { name, title: name, roles: ['viewer'], units, reason },
      })
    expect((await create('rong', [])).status).toBe(403)
    expect((await create('khac', ['H99.141'])).status).toBe(403)
    const made = await create('thon', ['H99.14.02'])
    expect(made.status).toBe(201)
    const widen = await browser.ask('POST', '/api/v1/users/thon/change', {
      body: { units: ['H99'], reason },
    })
    expect(widen.status).toBe(403)
    const all = (await browser.ask('GET', '/api/v1/users')).json.items as { name: string }[]
    expect(all.map(({ name }) => name)).toEqual(['thon', 'xa14', 'xem'])
    expect((await browser.ask('GET', '/api/v1/users/quan2')).status).toBe(404)
  })

  it('shows a hub without people the way in, once', async () => {
    expect(await hub.hub.people.first()).toBeUndefined()
    await hub.database.sql('delete from hub.web_session')
    await hub.database.sql('delete from hub.user')
    const links = await Promise.all([hub.hub.people.first(), hub.hub.people.first()])
    const shown = links.filter((link) => link !== undefined)
    expect(shown.length).toBe(1)
    expect(await hub.hub.people.first()).toBeUndefined()
    expect(shown[0]?.url).toMatch(/\/console\/set-up#[\w-]{43}$/)
    await hub.database.sql(`update hub.user set set_up_until = now() - interval '1 second'`)
    expect((await hub.hub.people.first())?.user).toBe('quan-tri')
  })

  it('leaves no password, token or code in log and audit trail', async () => {
    const rows = JSON.stringify(await audit())
    const lines = JSON.stringify(hub.lines)
    for (const text of [rows, lines]) {
      expect(text).not.toContain(goodPassword)
      expect(text).not.toMatch(/(?<![\w-])[\w-]{43}(?![\w-])/)
      expect(text).not.toContain('argon2')
    }
  })
}

describe('sign-in', () => {
  describe('with a password', passwords)
  describe('with a code', codes)
  describe('sessions', () => {
    beforeAll(() => addPerson(hub, 'quan2', { roles: ['viewer'] }))
    sessions()
  })
  describe('people', people)
})

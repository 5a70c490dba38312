import { generate } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPerson, authenticator, goodPassword } from '../support/browser.ts'
import { hasChromium, openConsole, withinConsole } from '../support/console.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'

let hub: TestHub
const lan = { name: 'lan', roles: ['operator'] }

describe.skipIf(!hasChromium)('signing in (needs chromium)', () => {
  beforeAll(async () => {
    hub = await openTestHub({ systems: [], role: 'api' })
  })
  afterAll(() => hub.close())

  it('says why not, lets in, keeps the address that was asked for, and asks nobody but the hub', async () => {
    await (await openConsole(hub, { person: lan })).close()
    const console = await openConsole(hub)
    const { page } = console
    try {
      const answer = await page.goto(`${hub.address}/console/problems?status=muted`)
      const policy = answer?.headers()['content-security-policy'] ?? ''
      expect(policy).toContain("script-src 'self';")
      expect(policy).not.toContain('unsafe')
      await page.getByLabel('Tên đăng nhập').fill('lan')
      await page.getByLabel('Mật khẩu').fill('sai mật khẩu rồi nhé')
      await page.getByRole('button', { name: 'Đăng nhập' }).click()
      await page.getByRole('alert').waitFor()
      await console.shot('sign-in')
      await page.getByLabel('Mật khẩu').fill(goodPassword)
      await page.getByRole('button', { name: 'Đăng nhập' }).click()
      await page.getByRole('heading', { name: 'Vướng mắc', level: 1 }).waitFor()
      expect(page.url()).toContain('/console/problems?status=muted')
      await page.getByText('Không có dòng nào khớp bộ lọc').waitFor()
      await console.shot('problems-empty')
      expect(console.requests.filter((request) => !request.includes(hub.address))).toEqual([])
      expect(console.complaints).toEqual([])
    } finally {
      await console.close()
    }
  })

  it('asks again over what one was doing when the session has ended', async () => {
    const console = await openConsole(hub, { person: lan })
    const { page } = console
    try {
      await console.open('problems')
      await console.context.clearCookies()
      await page.getByText('Im lặng').click()
      const dialog = page.getByRole('dialog', { name: 'Phiên đã hết hạn' })
      await dialog.waitFor()
      await dialog.getByLabel('Tên đăng nhập').fill('lan')
      await dialog.getByLabel('Mật khẩu').fill(goodPassword)
      await dialog.getByRole('button', { name: 'Đăng nhập' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await page.getByText('Không có dòng nào khớp bộ lọc').waitFor()
      expect(page.url()).toContain('status=muted')
    } finally {
      await console.close()
    }
  })

  it('shows nothing of what one had on the screen to somebody else who signs in over it', () =>
    withinConsole(hub, { person: lan }, async ({ page, open, context }) => {
      await addPerson(hub, 'minh', { roles: ['viewer'] })
      await open('deliveries?subject=H99.14-261122-0777')
      await page.evaluate('window.isSamePage = true')
      // Typed, and not sent yet: it is nowhere but on this screen.
      await page.getByLabel('Mã đơn vị').fill('H99.14')
      await context.clearCookies()
      await page.getByLabel('Loại bản tin').fill('vn.tthc')
      await page.getByLabel('Loại bản tin').press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Phiên đã hết hạn' })
      await dialog.getByLabel('Tên đăng nhập').fill('minh')
      await dialog.getByLabel('Mật khẩu').fill(goodPassword)
      await dialog.getByRole('button', { name: 'Đăng nhập' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await page.getByRole('button', { name: 'minh' }).waitFor()
      expect(await page.getByLabel('Mã đơn vị').inputValue()).toBe('')
      // The page went on, so what was asked for the first person had to be forgotten.
      expect(await page.evaluate('window.isSamePage')).toBe(true)
    }))

  it('goes on when somebody has signed in beside it', () =>
    withinConsole(hub, { person: lan }, async ({ page, open, context }) => {
      await open('problems')
      const cookies = await context.cookies()
      await context.clearCookies()
      await page.getByText('Im lặng').click()
      const dialog = page.getByRole('dialog', { name: 'Phiên đã hết hạn' })
      await dialog.waitFor()
      await context.addCookies(cookies)
      await page.evaluate(`dispatchEvent(new Event('focus'))`)
      await dialog.waitFor({ state: 'hidden' })
      expect(page.url()).toContain('status=muted')
    }))

  it('signs in somebody whose role needs a second factor, from the first code on', async () => {
    await addPerson(hub, 'moi.toanh', { roles: ['administrator'] })
    await withinConsole(hub, {}, async (console) => {
      const { page } = console
      await page.goto(`${hub.address}/console/users`)
      await page.getByLabel('Tên đăng nhập').fill('moi.toanh')
      await page.getByLabel('Mật khẩu').fill(goodPassword)
      await page.getByRole('button', { name: 'Đăng nhập' }).click()
      await page.getByRole('img', { name: 'Mã QR' }).waitFor()
      await console.shot('sign-in-enrol')
      const text = (await page.locator('main').textContent()) ?? ''
      const secret = (/(?:[A-Z2-7]{4} ){4,}[A-Z2-7]{1,4}/.exec(text)?.[0] ?? '').replaceAll(' ', '')
      authenticator.set('moi.toanh', { secret, step: 0 })
      await page.getByLabel('Mã 6 chữ số').fill(await generate({ secret }))
      await page.getByRole('button', { name: 'Đăng nhập' }).click()
      await page.getByRole('heading', { name: 'Người dùng', level: 1 }).waitFor()
      expect(page.url()).toContain('/console/users')
    })
  })

  it('says why the identity provider has not signed somebody in, and nothing that an address makes up', () =>
    withinConsole(hub, {}, async ({ page, shot }) => {
      await page.goto(`${hub.address}/console/sign-in?failed=oidc-refused`)
      await page.getByText('chưa được gắn với ai ở đây').waitFor()
      await shot('sign-in-failed')
      await page.goto(`${hub.address}/console/sign-in?failed=G%E1%BB%8Di%20s%E1%BB%91%201900`)
      await page.getByText('Thử lại; nếu vẫn vậy').waitFor()
      expect(await page.getByText('1900').count()).toBe(0)
    }))
})

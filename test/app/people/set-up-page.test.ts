import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodPassword, openBrowser } from '../../support/browser.ts'
import { openTestHub, type TestHub } from '../../support/hub-server.ts'

const browserPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
/** A machine may lack the program; CI must not. */
const hasBrowser = existsSync(browserPath) || process.env.CI === 'true'

let hub: TestHub
const shown: string[] = []

describe('the page behind a set-up link', () => {
  beforeAll(async () => {
    hub = await openTestHub({ systems: [], role: 'api', show: (line) => shown.push(line) })
  }, 60_000)
  afterAll(() => hub.close())

  it.skipIf(!hasBrowser)(
    'sets a password in Chromium, says why not, and keeps the token to itself (needs chromium)',
    async () => {
      const [token = ''] = /[\w-]{43}$/.exec(shown[0] ?? '') ?? []
      const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
      try {
        const page = await browser.newPage({ viewport: { width: 390, height: 800 } })
        const asked: string[] = []
        page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
        const answered = await page.goto(`${hub.address}/console/set-up#${token}`)
        expect(answered?.headers()['content-security-policy']).not.toContain('unsafe')
        const said = page.locator('#said')
        const send = async (password: string, again = password) => {
          await page.fill('#password', password)
          await page.fill('#again', again)
          await page.click('#send')
        }
        await send(goodPassword, `${goodPassword}!`)
        await said.filter({ hasText: 'không giống nhau' }).waitFor()
        await send('aaaaaaaaaaaaaaaaaaaa')
        await said.filter({ hasText: 'Mật khẩu chưa đủ mạnh' }).waitFor()
        expect(await said.getAttribute('class')).toBe('bad')
        await send(goodPassword)
        await said.filter({ hasText: 'Đã đặt mật khẩu của quan-tri' }).waitFor()
        expect(new URL(page.url()).hash).toBe('')
        expect(await page.locator('#form').isVisible()).toBe(false)
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
        expect(asked.filter((one) => one.includes(token))).toEqual([])
        expect(asked.every((one) => one.includes(hub.address))).toBe(true)
      } finally {
        await browser.close()
      }
      expect(await openBrowser(hub).signIn('quan-tri', goodPassword)).toBe('signed-in')
    },
    60_000,
  )
})

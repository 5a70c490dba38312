import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../../../src/app/http/operations.ts'
import { scopes } from '../../../../src/app/http/scopes.ts'
import { errorTable } from '../../../../src/domain/errors.ts'
import { knownType } from '../../../support/fake-hub.ts'
import { type Api, startApi } from '../../../support/http-api.ts'

const browserPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
/** A machine may lack the program; CI must not. */
const hasBrowser = existsSync(browserPath) || process.env.CI === 'true'

let api: Api
const read = async (language: string) => (await api.ask('GET', `/docs?lang=${language}`)).text

function content() {
  it('shows every operation, scope, error code and message type, in both languages', async () => {
    for (const language of ['vi', 'en'] as const) {
      const page = await read(language)
      for (const { id, path, summary } of operations) {
        expect(page).toContain(`id="${id}"`)
        expect(page).toContain(`<code>${path}</code>`)
        expect(page).toContain(summary[language])
      }
      for (const code of Object.keys(errorTable)) expect(page).toContain(`id="error-${code}"`)
      for (const scope of Object.keys(scopes)) expect(page).toContain(`id="scope-${scope}"`)
      expect(page).toContain(knownType)
      expect(page).toContain('curl &quot;$HUB/api/v1/messages&quot;')
    }
  })

  it('is Vietnamese unless asked otherwise', async () => {
    const page = await api.ask('GET', '/docs', { headers: { 'accept-language': 'en' } })
    expect(page.text).toContain('<html lang="vi">')
    expect(page.headers['content-language']).toBe('vi')
    expect(await read('en')).toContain('<html lang="en">')
    expect((await api.ask('GET', '/docs?lang=fr')).json.code).toBe('request-invalid')
  })

  it('shows members of a message through their references', async () => {
    const page = await read('vi')
    expect(page).toContain('Tên bước xử lý.')
    expect(page).toContain('<strong>Mã</strong>')
    expect(page).toContain('^H99')
  })

  it('links only to what is on the page', async () => {
    const page = await read('vi')
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })

  it('has every id once', async () => {
    const ids = [...(await read('vi')).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('holds no script, no inline style and nothing from elsewhere', async () => {
    const page = await read('vi')
    expect(page).not.toMatch(/<script|<img|<link|<iframe| style=| on[a-z]+=|url\(|@import/i)
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//i)
  })
}

describe('page', () => {
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.close())

  content()

  it.skipIf(!hasBrowser)(
    'is shown by Chromium with its style, without a violation, a request elsewhere or sideways scrolling',
    async () => {
      const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
      try {
        const page = await browser.newPage({ viewport: { width: 390, height: 800 } })
        const told: string[] = []
        const asked: string[] = []
        page.on('console', (message) => told.push(message.text()))
        page.on('pageerror', (error) => told.push(error.message))
        page.on('request', (request) => asked.push(request.url()))
        await page.goto(`${api.url}/docs`)

        expect(asked).toEqual([`${api.url}/docs`])
        expect(told).toEqual([])
        expect(
          await page.evaluate("getComputedStyle(document.querySelector('header.top')).display"),
        ).toBe('flex')
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)

        await page.goto(`${api.url}/docs#schema-CloudEvent`)
        expect(await page.locator('#schema-CloudEvent').isVisible()).toBe(true)
      } finally {
        await browser.close()
      }
    },
  )
})

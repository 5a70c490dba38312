/** The console in a real browser, before a real hub; counts what somebody does there, and keeps what he sees. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { isConsoleFresh } from '../../scripts/console-build.ts'
import { addPerson, type Browser, goodPassword, type NewPerson, openBrowser } from './browser.ts'
import type { TestHub } from './hub-server.ts'

const browserPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
/** A machine may lack the program; CI must not. */
export const hasChromium = existsSync(browserPath) || process.env.CI === 'true'

/** `npm run screens` puts them into the documents. */
const shotsFolder = process.env.CONSOLE_SHOTS ?? join(import.meta.dirname, '../../dist/screens')

export type Look = { readonly language?: 'vi' | 'en'; readonly shade?: 'light' | 'dark' }

export interface ConsoleSession {
  readonly page: Page
  readonly context: BrowserContext
  /** Requests that were made, as `GET https://…`. */
  readonly requests: readonly string[]
  /** What the browser complained of: errors of scripts, refusals of the content policy. */
  readonly complaints: readonly string[]
  /** What counts as an interaction of a journey: a click, a key, a text typed or pasted, a choice. */
  readonly steps: () => number
  click(target: Locator): Promise<void>
  type(target: Locator, text: string): Promise<void>
  press(key: string): Promise<void>
  /** Shows an address below /console/ and waits until it has come to rest. */
  open(path: string): Promise<void>
  /** Of language or shade; loads the page again. */
  look(look: Look): Promise<void>
  /** Keeps what is shown as `<name>.png`. */
  shot(name: string): Promise<void>
  close(): Promise<void>
}

export interface OpenConsole {
  /** Signed in; made where there is nobody of this name yet. Left out: nobody is signed in. */
  readonly person?: { readonly name: string } & NewPerson
  readonly viewport?: { readonly width: number; readonly height: number }
}

/** What fits the screens of most offices. */
const office = { width: 1366, height: 768 }

/** Sessions that are open, by hub and person: a code of a second factor is good once, and comes twice a minute. */
const sessions = new WeakMap<TestHub, Map<string, Browser>>()

async function sessionOf(hub: TestHub, person: { name: string } & NewPerson): Promise<Browser> {
  const known = sessions.get(hub) ?? new Map<string, Browser>()
  sessions.set(hub, known)
  const open = known.get(person.name)
  if (open && (await open.ask('GET', '/api/v1/session')).status === 200) return open
  const browser = openBrowser(hub)
  let state = await browser.signIn(person.name, goodPassword)
  if (state !== 'signed-in') {
    await addPerson(hub, person.name, person)
    state = await browser.signIn(person.name, goodPassword)
  }
  if (state !== 'signed-in') throw new Error(`${person.name} could not sign in: ${state}`)
  known.set(person.name, browser)
  return browser
}

async function signIn(hub: TestHub, context: BrowserContext, person: { name: string } & NewPerson) {
  const browser = await sessionOf(hub, person)
  await context.addCookies(
    [...browser.cookies].map(([name, value]) => ({
      ...{ name, value, secure: true, httpOnly: true, sameSite: 'Strict' as const },
      ...{ domain: new URL(hub.address).hostname, path: '/' },
    })),
  )
}

export async function openConsole(
  hub: TestHub,
  options: OpenConsole = {},
): Promise<ConsoleSession> {
  if (!isConsoleFresh()) throw new Error('the console is not built: npm run build:console')
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
  const context = await browser.newContext({
    viewport: options.viewport ?? office,
    timezoneId: 'Asia/Ho_Chi_Minh',
    locale: 'vi-VN',
  })
  if (options.person) await signIn(hub, context, options.person)
  const page = await context.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  let steps = 0
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // A refused request is said by the page itself; the browser's own line about it tells no more.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text())
  })
  const rest = async () => {
    await page.locator('h1').first().waitFor()
    await page.locator('.ant-skeleton-active').first().waitFor({ state: 'detached' })
  }
  return {
    ...{ page, context, requests, complaints, steps: () => steps },
    async click(target) {
      steps += 1
      await target.click()
    },
    async type(target, text) {
      steps += 1
      await target.fill(text)
    },
    async press(key) {
      steps += 1
      // What opens takes the focus first: whoever is slower than a machine presses after that.
      if (key === 'Escape') await page.locator('[role=dialog]:focus-within').first().waitFor()
      await page.keyboard.press(key)
    },
    async open(path) {
      await page.goto(`${hub.address}/console/${path}`)
      await rest()
    },
    async look({ language, shade }) {
      const wanted = { 'hub-language': language, 'hub-shade': shade }
      for (const [key, value] of Object.entries(wanted))
        if (value) await page.evaluate(`localStorage.setItem('${key}', '${value}')`)
      await page.reload()
      await rest()
    },
    async shot(name) {
      mkdirSync(shotsFolder, { recursive: true })
      await page.screenshot({ path: join(shotsFolder, `${name}.png`), animations: 'disabled' })
    },
    close: () => browser.close(),
  }
}

/** Works with a console of its own, in which nothing was complained of and nobody but the hub was asked. */
export async function withinConsole(
  hub: TestHub,
  options: OpenConsole,
  work: (console: ConsoleSession) => Promise<void>,
): Promise<void> {
  const console = await openConsole(hub, options)
  try {
    await work(console)
    expect(console.complaints).toEqual([])
    const own = (request: string) =>
      request.includes(` ${hub.address}/`) || request.includes(' data:')
    expect(console.requests.filter((request) => !own(request))).toEqual([])
  } catch (error) {
    await console.shot('failed')
    throw error
  } finally {
    await console.close()
  }
}

/** A console that follows what happens: without being touched, without moving what is read, and when it cannot. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, withinConsole } from '../support/console.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'
import { waitUntil } from '../support/wait.ts'

const operator = { name: 'lan', roles: ['operator'] }
const codes = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `H99.14-261122-${String(from + at).padStart(4, '0')}`)

describe.skipIf(!hasChromium)('a console that is looked at (needs chromium)', () => {
  let world: ConsoleWorld
  beforeAll(async () => {
    world = await openConsoleWorld()
    await world.submit(...codes(1, 60))
    await world.until('delivered', 60)
  }, 60_000)
  afterAll(() => world.close())

  it('shows what has failed and what has been put right, without being touched', () =>
    withinConsole(world.hub, { person: operator }, async ({ page, open, look, shot, requests }) => {
      await open('now')
      await page.getByRole('status').getByText('Trực tiếp').waitFor()
      await page.getByText('Mọi hệ thống').waitFor()
      world.answer(400)
      await world.submit('H99.14-261122-0900')
      await world.until('dead', 1)
      await page.getByRole('link', { name: 'Hệ thống đích từ chối' }).waitFor()
      await page.getByRole('status').getByText('Trực tiếp').hover()
      await page.getByText('Màn hình tự đổi theo những gì đang xảy ra').waitFor()
      await shot('live')
      const streams = requests.filter((request) => request.endsWith('/api/v1/live'))
      expect(streams).toHaveLength(1)
      await look({ shade: 'dark' })
      await page.getByRole('status').getByText('Trực tiếp').waitFor()
      await shot('live-dark')
    }))

  it('asks no more than once in two seconds, and leaves a list where it is read', () =>
    withinConsole(world.hub, { person: operator }, async ({ page, open, press, requests }) => {
      world.answer(200)
      await open('deliveries')
      const list = page.locator('.list')
      await page.getByRole('status').getByText('Trực tiếp').waitFor()
      await list.evaluate((box) => box.scrollTo(0, 900))
      const at = 'H99.14-261122-0040'
      const placeOf = async () => (await page.getByRole('link', { name: at }).boundingBox())?.y ?? 0
      const asked = () =>
        requests.filter((request) => request.includes('/api/v1/deliveries?')).length
      await page.getByRole('link', { name: at }).waitFor()
      const [place, before, beganMs] = [await placeOf(), asked(), performance.now()]
      for (let round = 0; round < 8; round++) {
        await world.submit(...codes(100 + round * 5, 5))
        await page.waitForTimeout(600)
      }
      await waitUntil('all of them', () => page.getByText(/10\d dòng/).count(), Boolean)
      const seconds = (performance.now() - beganMs) / 1000
      expect(asked() - before).toBeLessThanOrEqual(Math.ceil(seconds / 2) + 1)
      expect(Math.abs((await placeOf()) - place)).toBeLessThan(3)
      // Nor does the row that somebody stands on change.
      await list.hover()
      await page.mouse.wheel(0, -5_000)
      await page.evaluate('document.activeElement.blur()')
      await press('j')
      await press('j')
      const code = await page.locator('.row-at a').first().textContent()
      await world.submit('H99.14-261122-0950')
      await page.getByRole('link', { name: 'H99.14-261122-0950' }).waitFor()
      expect(await page.locator('.row-at a').first().textContent()).toBe(code)
      await press('Enter')
      await page.getByRole('heading', { name: new RegExp(code ?? '') }).waitFor()
    }))

  it('does not miss what changes while a list is being asked for', () =>
    withinConsole(world.hub, { person: operator }, async ({ page, context, open }) => {
      await open('deliveries')
      await page.getByRole('status').getByText('Trực tiếp').waitFor()
      let isHeld = false
      const path = (url: URL) => url.pathname === '/api/v1/deliveries'
      await context.route(path, async (route) => {
        const response = await route.fetch()
        isHeld = true
        await new Promise((done) => setTimeout(done, 3_000))
        await route.fulfill({ response })
      })
      await world.submit('H99.14-261122-0970')
      await waitUntil('it is asked', () => isHeld, Boolean)
      await world.submit('H99.14-261122-0971')
      await page.getByRole('link', { name: 'H99.14-261122-0971' }).waitFor({ timeout: 15_000 })
      await context.unroute(path)
    }))

  it('says so when it cannot follow, asks every half minute, and goes on when it can', () =>
    withinConsole(world.hub, { person: operator }, async ({ page, context, open, shot }) => {
      await page.clock.install()
      await open('deliveries')
      const sign = page.getByRole('status')
      await sign.getByText('Trực tiếp').waitFor()
      let cut = 0
      await context.route('**/api/v1/live', (route) => {
        cut += 1
        return route.abort()
      })
      await page.evaluate(`
        Object.defineProperty(document, 'hidden', { value: true, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
        delete document.hidden
        document.dispatchEvent(new Event('visibilitychange'))
      `)
      await sign.getByText('Đang nối lại').waitFor()
      for (let tries = 1; tries < 3; tries++) {
        await waitUntil(
          'a try',
          async () => cut,
          (count) => count >= tries,
        )
        await page.clock.runFor(3_000)
      }
      await sign.getByText('Hỏi lại mỗi 30 giây').waitFor()
      await shot('live-asking')
      await world.submit('H99.14-261122-0960')
      await world.until('delivered', 104)
      await page.clock.runFor(31_000)
      await page.getByRole('link', { name: 'H99.14-261122-0960' }).waitFor()
      await context.unroute('**/api/v1/live')
      await page.clock.runFor(31_000)
      await sign.getByText('Trực tiếp').waitFor()
    }))

  it('acknowledges the problem that is shown by a key', () =>
    withinConsole(world.hub, { person: operator }, async ({ page, open, press, type, shot }) => {
      await open('problems')
      await page.getByRole('link', { name: /Hệ thống đích từ chối/ }).click()
      await page.getByRole('button', { name: /Nhận biết/ }).waitFor()
      await press('?')
      await page.getByText('Nhận biết vướng mắc đang xem').waitFor()
      await shot('keys')
      await press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await press('a')
      const dialog = page.getByRole('dialog')
      await type(dialog.getByLabel('Lý do'), 'Đang gọi Sở Nội vụ')
      await shot('problem-acknowledge')
      await dialog.getByRole('button', { name: /Nhận biết/ }).click()
      await page.getByText('Đã nhận biết').waitFor()
      await dialog.waitFor({ state: 'hidden' })
      // Whoever goes elsewhere by `g` and a letter is asked nothing here.
      await press('g')
      await press('n')
      await page.getByRole('heading', { name: 'Lúc này', level: 1 }).waitFor()
    }))
})

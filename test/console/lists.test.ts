/** Lists in which administrators work: what they find in them, and what they do to several rows at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, withinConsole } from '../support/console.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'

const lost = 'H99.14-261122-0007'
const lan = { person: { name: 'lan', roles: ['operator'], mayRedrive: true } }

describe.skipIf(!hasChromium)('lists of the console (needs chromium)', () => {
  let world: ConsoleWorld
  beforeAll(async () => {
    world = await openConsoleWorld()
    world.answer(400)
    await world.submit(lost, 'H99.15-261122-0008', 'H99.15-261122-0009')
    await world.until('dead', 3)
  }, 60_000)
  afterAll(() => world.close())

  it('lead from the figure of blocked dossiers to a plan for some of them', () =>
    withinConsole(world.hub, lan, async ({ page, open, shot }) => {
      await open('now')
      await page.getByRole('link', { name: /^Hồ sơ bị chặn ?3/ }).click()
      await page.getByRole('heading', { name: 'Hồ sơ bị chặn', level: 1 }).waitFor()
      await page.getByRole('link', { name: lost }).waitFor()
      await shot('blocked')
      const byAgency = async (code: string) => {
        await page.getByLabel('Mã đơn vị').fill(code)
        await page.getByLabel('Mã đơn vị').press('Enter')
      }
      await byAgency('H99.15')
      await page.getByText('Không có dòng nào khớp bộ lọc.').waitFor()
      await byAgency('000.00.14.H99')
      await page.getByRole('link', { name: lost }).waitFor()
      const rows = page.getByRole('checkbox', { name: /^Chọn \d+\.1$/ })
      expect(await rows.count()).toBe(3)
      await rows.nth(0).check()
      await rows.nth(1).check()
      await page.getByRole('link', { name: 'Lập kế hoạch cho 2 dòng' }).click()
      await page.waitForURL(/plans\/new\?ids=\d+\.1,\d+\.1$/)
      await page.goBack()
      await page.getByRole('link', { name: lost }).waitFor()
      expect(page.url()).toContain('unit=000.00.14.H99')
    }))

  it('open at the first row with a key, and let several problems be taken on at once', () =>
    withinConsole(world.hub, lan, async ({ page, open, press }) => {
      await open('problems')
      await page.getByRole('link', { name: /Hệ thống đích từ chối/ }).waitFor()
      await press('j')
      await press('x')
      await page.getByRole('button', { name: 'Nhận biết 1 vướng mắc' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Lý do').fill('Đang gọi Sở Nội vụ')
      await dialog.getByRole('button', { name: 'Nhận biết 1 vướng mắc' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await page.getByRole('cell', { name: 'Đã nhận biết' }).waitFor()
      await page.getByRole('button', { name: 'Giao 1 vướng mắc' }).click()
      await dialog.getByLabel('Lý do').fill('Theo phân công')
      await dialog.getByRole('button', { name: 'Giao 1 vướng mắc' }).click()
      await page.getByRole('cell', { name: 'lan', exact: true }).waitFor()
      await page.getByLabel('Người phụ trách').fill('minh')
      await page.getByLabel('Người phụ trách').press('Enter')
      await page.getByText('Không có dòng nào khớp bộ lọc.').waitFor()
      expect(page.url()).toContain('owner=minh')
    }))

  it('do not ask over and over for a page that cannot be had', () =>
    withinConsole(world.hub, lan, async ({ page, open, context }) => {
      let asked = 0
      const path = (url: URL) => url.pathname === '/api/v1/deliveries'
      await context.route(path, async (route) => {
        if (route.request().url().includes('cursor=')) {
          asked += 1
          const json = { ...{ title: 'x', status: 503, code: 'store-unavailable' }, next: 'y' }
          return route.fulfill({ status: 503, json, contentType: 'application/problem+json' })
        }
        const response = await route.fetch()
        await route.fulfill({ response, json: { ...(await response.json()), next: 'bmV4dA' } })
      })
      await open('deliveries?state=dead')
      await page.getByRole('button', { name: 'Thử lại' }).waitFor()
      await page.getByRole('link', { name: lost }).click()
      await page.getByRole('heading', { name: new RegExp(`^${lost}`) }).waitFor()
      await page.waitForTimeout(1_500)
      expect(asked).toBeGreaterThan(0)
      expect(asked).toBeLessThanOrEqual(4)
      await context.unroute(path)
    }))

  it('go from row to row by keys, also when what was put right has left the list', () =>
    withinConsole(world.hub, lan, async ({ page, open, press }) => {
      await open('deliveries?state=dead')
      await page.getByRole('link', { name: 'H99.15-261122-0008' }).click()
      await page.getByRole('heading', { name: /^H99\.15-261122-0008/ }).waitFor()
      await press('[')
      await page.getByRole('heading', { name: /^H99\.15-261122-0009/ }).waitFor()
      await press(']')
      await page.getByRole('heading', { name: /^H99\.15-261122-0008/ }).waitFor()
      world.answer(200)
      await press('r')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Lý do').fill('Sở đã sửa')
      await dialog.getByRole('button', { name: 'Gửi lại' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await world.until('delivered', 1)
      await page.getByText('Đã gửi', { exact: true }).first().waitFor()
      await press(']')
      await page.getByRole('heading', { name: new RegExp(`^${lost}`) }).waitFor()
    }))
})

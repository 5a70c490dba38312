/** What somebody has typed is his until he gives it up: dialogs, double presses, ways out of a screen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, withinConsole } from '../support/console.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'

const person = { name: 'quan.tri', roles: ['administrator'], mayRedrive: true }
const act = { actor: 'test', reason: 'Trục liên thông báo bảo trì' }
const unanswered = 'Không liên lạc được với liên thông'

describe.skipIf(!hasChromium)('what was typed (needs chromium)', () => {
  let world: ConsoleWorld
  beforeAll(async () => {
    world = await openConsoleWorld()
    world.answer(400)
    await world.submit('H99.14-261122-0001', 'H99.14-261122-0002')
    await world.until('dead', 2)
  }, 60_000)
  afterAll(() => world.close())

  it('stays in its dialog when the state moves on, and when Esc or a click beside it hits', () =>
    withinConsole(world.hub, { person }, async ({ page, open, press, shot }) => {
      await open('deliveries?state=dead')
      await page.getByRole('link', { name: 'H99.14-261122-0001' }).click()
      await page.waitForURL(/deliveries\/[^?]+/)
      const id = new URL(page.url()).pathname.split('/').at(-1)
      const button = page.getByRole('button', { name: 'Bỏ qua', exact: true })
      await button.click()
      const dialog = page.getByRole('dialog')
      const reason = dialog.getByLabel('Lý do')
      await press('Escape')
      await dialog.waitFor({ state: 'hidden' })
      await button.click()
      await reason.fill('Hồ sơ đã rút tại một cửa')
      await press('Escape')
      await page.mouse.click(5, 400)
      const key = await world.hub.key('admin')
      const path = `/api/v1/deliveries/${id}/discard`
      const body = { reason: 'Người khác đã bỏ' }
      expect((await world.hub.ask('POST', path, { key, body })).status).toBeLessThan(300)
      await dialog.getByText('Trạng thái vừa thay đổi').waitFor()
      expect(await reason.inputValue()).toBe('Hồ sơ đã rút tại một cửa')
      await shot('dialog-stale')
      await dialog.getByRole('button', { name: 'Bỏ qua', exact: true }).click()
      await dialog.getByRole('alert').last().waitFor()
      // The way back asks first.
      const question = page.getByRole('dialog', { name: 'Rời màn hình mà chưa lưu?' })
      await page.goBack()
      await question.getByRole('button', { name: 'Ở lại' }).click()
      await question.waitFor({ state: 'hidden' })
      expect(await reason.inputValue()).toBe('Hồ sơ đã rút tại một cửa')
      await dialog.getByRole('button', { name: 'Thôi' }).click()
      await dialog.waitFor({ state: 'hidden' })
    }))

  it('is still there when the second step of two fails, and the first is not done again', () =>
    withinConsole(world.hub, { person }, async ({ page, open, shot, requests }) => {
      await world.hub.hub.systems.pause('noi-vu', act)
      await open('systems/noi-vu')
      await page.getByRole('button', { name: 'Cho chạy lại' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Gửi lại cả những lượt đã bị dừng').click()
      await dialog.getByLabel('Lý do').fill('Cổng của Sở Nội vụ đã chạy lại')
      await page.route('**/api/v1/plans', (route) =>
        route.request().method() === 'POST' ? route.abort() : route.continue(),
      )
      const send = dialog.getByRole('button', { name: 'Cho chạy lại' })
      await send.click()
      await page.getByRole('button', { name: 'Tạm dừng' }).waitFor()
      await dialog.getByText(unanswered).waitFor()
      await dialog.getByText('Trạng thái vừa thay đổi').waitFor()
      await shot('drain-refused')
      await page.unroute('**/api/v1/plans')
      await send.click()
      await page.getByRole('heading', { name: /Kế hoạch \d+/, level: 1 }).waitFor()
      expect(requests.filter((request) => request.endsWith('/resume'))).toHaveLength(1)
    }))

  it('is sent once, however often it is pressed', () =>
    withinConsole(world.hub, { person }, async ({ page, open, requests }) => {
      await open('systems/noi-vu')
      await page.getByRole('button', { name: 'Tạm dừng' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Lý do').fill('Sở Nội vụ bảo trì')
      await page.evaluate(`{
        const form = document.querySelector('[role="dialog"] form')
        form.requestSubmit()
        form.requestSubmit()
      }`)
      await page.getByRole('button', { name: 'Cho chạy lại' }).waitFor()
      await dialog.waitFor({ state: 'hidden' })
      expect(requests.filter((request) => request.endsWith('/pause'))).toHaveLength(1)
    }))

  it('in settings is not left without a question: by the menu, by keys, by signing out', () =>
    withinConsole(world.hub, { person }, async ({ page, open, press, shot }) => {
      await open('jobs/ho-so-noi-vu')
      await page.getByText('Hợp lệ').waitFor()
      const title = page.getByLabel(/Tiếng Việt/)
      await title.fill('Hồ sơ gửi Sở Nội vụ')
      const question = page.getByRole('dialog', { name: 'Rời màn hình mà chưa lưu?' })
      const menu = page.getByRole('navigation').getByRole('link', { name: 'Vướng mắc' })
      await menu.click()
      await shot('leave-question')
      await question.getByRole('button', { name: 'Ở lại' }).click()
      await question.waitFor({ state: 'hidden' })
      await page.getByRole('heading', { level: 1 }).click()
      await press('g')
      await press('p')
      await question.waitFor()
      await press('Escape')
      await question.waitFor({ state: 'hidden' })
      expect(await title.inputValue()).toBe('Hồ sơ gửi Sở Nội vụ')
      const asked = await page.evaluate<boolean>(
        '!dispatchEvent(new Event("beforeunload", { cancelable: true }))',
      )
      expect(asked).toBe(true)
      await page.getByRole('button', { name: /quan\.tri|Quản/ }).click()
      await page.getByText('Đăng xuất').click()
      await question.getByRole('button', { name: 'Ở lại' }).click()
      await question.waitFor({ state: 'hidden' })
      await menu.click()
      await question.getByRole('button', { name: 'Bỏ và rời đi' }).click()
      await page.getByRole('heading', { name: 'Vướng mắc', level: 1 }).waitFor()
    }))

  it('a way out that fails is said', () =>
    withinConsole(world.hub, { person }, async ({ page, open, context }) => {
      await open('now')
      await context.route('**/api/v1/session/end', (route) => route.abort())
      await page.getByRole('button', { name: /quan\.tri|Quản/ }).click()
      await page.getByText('Đăng xuất').click()
      await page.getByRole('dialog').getByText(unanswered).waitFor()
    }))
})

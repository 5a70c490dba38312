/** From a code to its cause, and what may be seen on the way. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, withinConsole } from '../support/console.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'

const lost = 'H99.14-261122-0007'
const cause = 'Hệ thống đích từ chối'

describe.skipIf(!hasChromium)('a dossier in the console (needs chromium)', () => {
  let world: ConsoleWorld
  beforeAll(async () => {
    world = await openConsoleWorld()
    await world.submit('H99.14-261122-0001', 'H99.14-261122-0002')
    await world.until('delivered', 2)
    world.answer(400)
    await world.submit(lost, 'H99.15-261122-0008')
    await world.until('dead', 2)
  }, 60_000)
  afterAll(() => world.close())

  it('is found with its cause in three interactions', () =>
    withinConsole(
      world.hub,
      { person: { name: 'xem', roles: ['viewer'] } },
      async ({ page, open, press, type, steps, shot }) => {
        await open('now')
        await page.getByRole('heading', { name: 'Lúc này', level: 1 }).waitFor()
        await page.getByRole('link', { name: /Sở Nội vụ/ }).waitFor()
        await shot('now')
        await press('/')
        await type(page.getByLabel('Mã hồ sơ, mã bản tin hoặc mã lượt gửi'), lost)
        await page.getByRole('button', { name: lost }).waitFor()
        await shot('jump')
        await press('Enter')
        await page.getByRole('heading', { name: lost, level: 1 }).waitFor()
        const alert = page.getByRole('alert').filter({ hasText: cause })
        await alert.getByText('Làm gì tiếp:').waitFor()
        expect(steps()).toBeLessThanOrEqual(3)
        expect(await alert.getByRole('button', { name: 'Gửi lại' }).count()).toBe(0)
        await page.getByText('Ở từng hệ thống').waitFor()
        await shot('dossier')
      },
    ))

  it('is opened by pasting its code, and redriven from there', () =>
    withinConsole(
      world.hub,
      { person: { name: 'lan', roles: ['operator'], mayRedrive: true } },
      async ({ page, open, shot }) => {
        await open('problems')
        await page.getByRole('link', { name: new RegExp(cause) }).waitFor()
        await page.evaluate(`
          const clipboardData = new DataTransfer()
          clipboardData.setData('text', 'H99.15-261122-0008')
          document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
        `)
        await page.getByRole('heading', { name: 'H99.15-261122-0008', level: 1 }).waitFor()
        world.answer(200)
        await page.getByRole('button', { name: 'Gửi lại', exact: true }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel('Lý do').fill('Sở Nội vụ đã mở lại')
        await dialog.getByRole('button', { name: 'Gửi lại' }).click()
        await dialog.waitFor({ state: 'hidden' })
        await world.until('delivered', 3)
        await page.reload()
        await page.getByText('Khớp').waitFor()
        await shot('dossier-in-step')
      },
    ))

  it('shows its content masked, whole for a reason, and neither to everybody', () =>
    withinConsole(
      world.hub,
      { person: { name: 'mo.che', roles: ['viewer'], mayReveal: true } },
      async ({ page, open, shot }) => {
        await open('deliveries?state=dead')
        await page.getByRole('link', { name: lost }).click()
        await page.getByRole('heading', { name: `${lost} → noi-vu` }).waitFor()
        await page.getByRole('button', { name: 'Xem nội dung' }).click()
        await page.getByText('chỗ có dữ liệu cá nhân được che').waitFor()
        expect(await page.locator('pre').textContent()).toContain('"name": "***"')
        await shot('delivery')
        await page.getByRole('button', { name: 'Bỏ che' }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel('Lý do').fill('Công dân gọi hỏi')
        await dialog.getByRole('button', { name: 'Bỏ che' }).click()
        await page.getByText('Đang hiện đầy đủ').waitFor()
        expect(await page.locator('pre').textContent()).not.toContain('***')
        const [row] = await world.hub.database.sql(
          `select actor, detail from hub.audit where action = 'message.revealed'`,
        )
        expect(row).toEqual({ actor: 'user:mo.che', detail: 'Công dân gọi hỏi' })
        await page.getByRole('button', { name: 'Che lại' }).click()
        expect(await page.locator('pre').textContent()).toContain('"name": "***"')
      },
    ))

  it('is listed by filters that live in the address', () =>
    withinConsole(
      world.hub,
      { person: { name: 'xem', roles: ['viewer'] } },
      async ({ page, open, shot }) => {
        await open('deliveries')
        await page.getByRole('link', { name: 'H99.14-261122-0001' }).waitFor()
        await shot('deliveries')
        await page.getByLabel('Trạng thái').click()
        await page.getByTitle('Bị dừng').click()
        await page.waitForURL(/state=dead/)
        await page.getByRole('link', { name: 'H99.14-261122-0001' }).waitFor({ state: 'detached' })
        await page.goBack()
        await page.getByRole('link', { name: 'H99.14-261122-0001' }).click()
        await page.getByText('Các lần thử (1)').waitFor()
        await page.goBack()
        await page.getByRole('link', { name: lost }).waitFor()
      },
    ))

  it('belongs to a problem with its side, its cause and what to do', () =>
    withinConsole(
      world.hub,
      { person: { name: 'lan', roles: ['operator'], mayRedrive: true } },
      async ({ page, open, shot }) => {
        await open('problems')
        await page.getByRole('link', { name: new RegExp(cause) }).click()
        await page.getByText('14 ngày qua').first().waitFor()
        await page.getByRole('button', { name: 'Ghi chú' }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel('Lý do').fill('Đã gọi Sở Nội vụ, họ sửa trong chiều nay.')
        await dialog.getByRole('button', { name: 'Ghi chú' }).click()
        await dialog.waitFor({ state: 'hidden' })
        await page.getByText('Đã gọi Sở Nội vụ').waitFor()
        await shot('problem')
      },
    ))

  it('goes to a system that can be tested, paused and resumed', () =>
    withinConsole(
      world.hub,
      { person: { name: 'lan', roles: ['operator'], mayRedrive: true } },
      async ({ page, open, shot }) => {
        await open('systems')
        await page.getByRole('link', { name: /Sở Nội vụ/ }).click()
        await page.getByRole('button', { name: 'Kiểm tra kết nối' }).click()
        await page.getByText('Mọi bước đều đạt.').or(page.getByText('Dừng ở bước')).waitFor()
        await page.getByRole('button', { name: 'Tạm dừng gửi' }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel('Lý do').fill('Sở nâng cấp phần mềm')
        await dialog.getByRole('button', { name: 'Tạm dừng gửi' }).click()
        await page.getByText('Sở nâng cấp phần mềm').waitFor()
        await shot('system')
        await page.getByRole('button', { name: 'Cho chạy lại' }).click()
        await dialog.getByLabel('Lý do').fill('Sở báo đã xong')
        await dialog.getByRole('button', { name: 'Cho chạy lại' }).click()
        await page.getByRole('button', { name: 'Tạm dừng gửi' }).waitFor()
      },
    ))

  it('is fetched with others as a file, by the filter that is shown', () =>
    withinConsole(
      world.hub,
      { person: { name: 'xem', roles: ['viewer'] } },
      async ({ page, open, shot }) => {
        await open('deliveries?state=delivered')
        await page.getByRole('button', { name: 'Xuất' }).click()
        const arrives = page.waitForEvent('download')
        await page.getByRole('link', { name: 'CSV' }).click()
        const file = await arrives
        expect(file.suggestedFilename()).toMatch(/^luot-gui-.*\.csv$/)
        const text = readFileSync(await file.path(), 'utf8')
        expect(text).toContain('H99.14-261122-0001')
        expect(text).not.toContain('Bị dừng')
        await shot('export')
      },
    ))
})

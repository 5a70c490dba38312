/** How systems do, seen by an administrator whose system is broken; its rate, and its maintenance windows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, withinConsole } from '../support/console.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'
import { waitUntil } from '../support/wait.ts'

const person = { name: 'lan', roles: ['operator'] }
const phone = { width: 390, height: 844 }

describe.skipIf(!hasChromium)('systems in the console (needs chromium)', () => {
  let world: ConsoleWorld
  const counted = (attempts: number) =>
    waitUntil(
      `${attempts} attempts in the store`,
      () =>
        world.hub.database.sql<{ sum: number }>(
          'select coalesce(sum(attempts), 0)::int as sum from hub.system_minute',
        ),
      ([row]) => (row?.sum ?? 0) >= attempts,
    )
  beforeAll(async () => {
    world = await openConsoleWorld()
    await world.submit(...Array.from({ length: 12 }, (_, n) => `H99.14-261122-01${10 + n}`))
    await world.until('delivered', 12)
    await counted(12)
  }, 60_000)
  afterAll(() => world.close())

  it('show whose side it is on when a system breaks', () =>
    withinConsole(world.hub, { person }, async ({ page, open, look, shot }) => {
      await open('systems/noi-vu')
      await page.getByText('Chưa ai kiểm tra.').waitFor()
      await page.getByText('15 phút qua').waitFor()
      world.answer(500)
      await world.submit('H99.15-261122-0200')
      await counted(13)
      await page.getByRole('button', { name: 'Kiểm tra kết nối' }).click()
      await page.getByText('Vướng ở phía hệ thống đích: kết nối được').waitFor()
      await page.reload()
      await page.getByText('Lần gần nhất:').waitFor()
      await page.getByText('bởi lan').waitFor()
      await page.getByText('Vướng ở phía hệ thống đích').waitFor()
      await shot('system-broken')
      await look({ shade: 'dark' })
      await page.getByText('Lần gần nhất:').waitFor()
      await shot('system-broken-dark')
      await open('systems')
      await page.getByRole('columnheader', { name: 'Tỷ lệ lỗi' }).waitFor()
      await shot('systems-dark')
      await look({ shade: 'light' })
      await page.getByRole('link', { name: /Sở Nội vụ/ }).waitFor()
      await shot('systems')
      world.answer(200)
    }))

  it('take a rate and a maintenance window, each for a reason, and end it', () =>
    withinConsole(world.hub, { person }, async ({ page, open, shot }) => {
      await open('systems/noi-vu')
      const dialog = page.getByRole('dialog')
      await page.getByRole('button', { name: 'Đổi tốc độ' }).click()
      await dialog.getByLabel('Lời gọi mỗi giây').fill('2.5')
      await dialog.getByLabel('Lý do').fill('Sở đề nghị gửi chậm lại')
      await dialog.getByRole('button', { name: 'Đổi tốc độ' }).click()
      await page.getByText('2,5 lời gọi/giây').waitFor()
      await page.getByRole('button', { name: 'Thêm thời gian bảo trì' }).click()
      await dialog.getByText('Hằng tuần').click()
      await dialog.getByRole('checkbox').last().check()
      await dialog.getByLabel('Từ').fill('23:00')
      await dialog.getByLabel('Đến').fill('02:00')
      await dialog.getByLabel('Lý do').fill('Sao lưu hằng tuần')
      await shot('system-window-form')
      await dialog.getByRole('button', { name: 'Thêm thời gian bảo trì' }).click()
      await page.getByText('Sao lưu hằng tuần').waitFor()
      await dialog.waitFor({ state: 'hidden' })
      const local = (hours: number) =>
        new Date(Date.now() + (7 + hours) * 3_600_000).toISOString().slice(0, 16)
      await page.getByRole('button', { name: 'Thêm thời gian bảo trì' }).click()
      await dialog.getByLabel('Từ').fill(local(1))
      await dialog.getByLabel('Đến').fill(local(-1))
      await dialog.getByLabel('Lý do').fill('Nâng cấp máy chủ')
      await dialog.getByRole('button', { name: 'Thêm thời gian bảo trì' }).click()
      await dialog.getByText('Thời điểm kết thúc phải sau thời điểm bắt đầu.').waitFor()
      await dialog.getByLabel('Từ').fill(local(-1))
      await dialog.getByLabel('Đến').fill(local(1))
      await dialog.getByRole('button', { name: 'Thêm thời gian bảo trì' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await page.getByText('Đang diễn ra').waitFor()
      await page.getByText('Bảo trì', { exact: true }).waitFor()
      await shot('system-windows')
      await page.getByRole('button', { name: 'Kết thúc ngay' }).click()
      await dialog.getByLabel('Lý do').fill('Sở báo đã xong sớm')
      await dialog.getByRole('button', { name: 'Kết thúc ngay' }).click()
      await page.getByText('Đang diễn ra').waitFor({ state: 'detached' })
      const rows = await world.hub.database.sql<{ action: string; actor: string }>(
        `select action, actor from hub.audit where action like 'system.%' and object = 'noi-vu'
           and action <> 'system.checked' order by id`,
      )
      expect(rows).toEqual(
        ['rate', 'windows', 'windows', 'windows'].map((what) => ({
          ...{ action: `system.${what}`, actor: 'user:lan' },
        })),
      )
    }))

  it('can be read on a phone, and are configured by those without limits only', () =>
    withinConsole(
      world.hub,
      { person: { name: 'so-noi-vu', roles: ['operator'], systems: ['noi-vu'] }, viewport: phone },
      async ({ page, open, shot }) => {
        await open('systems/noi-vu')
        await page.getByText('15 phút qua').waitFor()
        expect(await page.getByRole('button', { name: 'Đổi tốc độ' }).count()).toBe(0)
        const wide = await page.evaluate('document.documentElement.scrollWidth')
        expect(wide).toBeLessThanOrEqual(phone.width)
        await shot('system-phone')
        await open('now')
        await page.getByText('Gửi xong mỗi phút').waitFor()
        await shot('now-phone')
      },
    ))

  it('stand on the first screen with what comes in, what goes out, and who sends', () =>
    withinConsole(world.hub, { person }, async ({ page, open, shot }) => {
      const certificate = { host: 'cong:443', subject: 'noi-vu.h99.example' }
      const expiresAt = new Date(Date.now() + 5.5 * 86_400_000).toISOString()
      await world.hub.database.sql('update hub.system_check set certificates = $1', [
        JSON.stringify([{ ...certificate, expiresAt }]),
      ])
      await open('now')
      await page.getByText('Vào / ra mỗi phút').waitFor()
      await page.getByText('Chứng thư sắp hết hạn').waitFor()
      await page.getByText('còn 5 ngày').first().waitFor()
      expect(await page.getByText('Không có tiến trình gửi').count()).toBe(0)
      expect(await page.getByText('Không có gì cần bạn').count()).toBe(0)
      await shot('now-figures')
    }))
})

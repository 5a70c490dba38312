/** Administration in the console: clients and keys, users, one's own account, the audit trail, the hub about itself. */
import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPerson, goodPassword } from '../support/browser.ts'
import { hasChromium, withinConsole } from '../support/console.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'

let hub: TestHub
const admin = { name: 'quan.tri', roles: ['administrator'] }

const reasonOf = (page: Page) => page.getByRole('dialog').getByLabel('Lý do')
const inDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true })

describe.skipIf(!hasChromium)('administration (needs chromium)', () => {
  beforeAll(async () => {
    hub = await openTestHub({ systems: [], role: 'all' })
    await addPerson(hub, 'lan.nguyen', { roles: ['operator'], mayRedrive: true, units: ['H99.14'] })
    const act = { actor: 'test', reason: 'Kiểm thử' }
    await hub.hub.clients.create(
      {
        ...{ id: 'dat-dai', title: 'Phần mềm đất đai', scopes: ['messages:write', 'files:write'] },
        ...{ sources: ['/h99/dat-dai'], types: ['*'] },
      },
      act,
    )
    await hub.hub.clients.issueKey('dat-dai', 12, act)
  }, 60_000)
  afterAll(() => hub.close())

  it('makes a client, shows its key once, rotates with overlap, and has all of it on record', () =>
    withinConsole(hub, { person: admin }, async (console) => {
      const { page } = console
      await console.open('clients')
      await page.getByText('Khoá sắp hết hạn').waitFor()
      await page.getByRole('button', { name: 'Tạo hệ thống khách' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Mã', { exact: true }).fill('mot-cua')
      await dialog.getByLabel('Tên hiển thị').fill('Phần mềm một cửa')
      await dialog.getByLabel('Nguồn được dùng').fill('/h99/mot-cua')
      await dialog.getByLabel('Nguồn được dùng').press('Enter')
      await reasonOf(page).fill('Khai trương một cửa')
      await console.shot('client-create')
      await inDialog(page, 'Tạo hệ thống khách').click()
      const shown = page.getByRole('dialog', { name: 'Khoá của mot-cua' })
      const key = (await shown.locator('.mono').textContent()) ?? ''
      expect((await hub.ask('GET', '/api/v1/types', { key })).status).toBe(200)
      await console.shot('client-key')
      await shown.getByRole('button', { name: 'Tôi đã chép khoá' }).click()
      await page.getByRole('heading', { name: 'Phần mềm một cửa', level: 1 }).waitFor()

      await page.getByRole('button', { name: 'Cấp khoá mới' }).click()
      // While a dialog opens it moves, and a click may miss; it takes the focus when it has come to rest.
      await page.locator('[role=dialog]:focus-within').waitFor()
      await page.getByRole('dialog').getByLabel('Thêm 1 ngày').check()
      await reasonOf(page).fill('Đổi khoá định kỳ')
      await inDialog(page, 'Cấp khoá mới').click()
      await page.getByRole('button', { name: 'Tôi đã chép khoá' }).click()
      expect((await hub.ask('GET', '/api/v1/types', { key })).status).toBe(200)
      await page.getByText('còn hiệu lực').nth(1).waitFor()
      await console.shot('client')

      await page.getByRole('link', { name: 'Nhật ký về hệ thống này' }).click()
      await page.getByRole('link', { name: 'Tạo hệ thống khách' }).click()
      await page.getByRole('heading', { name: /Dòng nhật ký/ }).waitFor()
      await page.getByText('Khai trương một cửa').waitFor()
      await page.getByRole('cell', { name: '/h99/mot-cua' }).waitFor()
      await console.shot('audit-row')
    }))

  it('makes a user, shows the link once, and lets nobody decide about himself', () =>
    withinConsole(hub, { person: admin }, async (console) => {
      const { page } = console
      await console.open('users')
      await page.getByRole('button', { name: 'Tạo người dùng' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Tên đăng nhập').fill('binh.tran')
      await dialog.getByLabel('Họ tên').fill('Trần Văn Thử')
      await dialog.getByLabel('Vai trò').click()
      await page.getByTitle('Người vận hành').click()
      await page.keyboard.press('Escape')
      await reasonOf(page).fill('Trực một cửa xã')
      await inDialog(page, 'Tạo người dùng').click()
      const shown = page.getByRole('dialog', { name: 'Đường dẫn đặt mật khẩu của binh.tran' })
      expect(await shown.textContent()).toMatch(/\/console\/set-up#\S{20,}/)
      await shown.getByRole('button', { name: 'Tôi đã chép đường dẫn' }).click()
      await page.getByText('Chờ đặt mật khẩu').waitFor()
      await console.shot('user')
      await console.open('users')
      await page.getByText('H99.14').waitFor()
      await console.shot('users')
      await console.open('users/quan.tri')
      await page.getByText('Đây là tài khoản của bạn').waitFor()
      expect(await page.getByRole('button', { name: 'Khoá' }).count()).toBe(0)
    }))

  it('finds in the audit trail by address, verifies the chain, and hides what is not for the eyes of others', () =>
    withinConsole(hub, { person: admin }, async (console) => {
      const { page } = console
      await console.open('audit')
      await page.getByRole('link', { name: 'Tạo người dùng' }).first().waitFor()
      await console.shot('audit')
      await page.getByLabel('Việc', { exact: true }).click()
      await page.keyboard.type('client')
      await page.getByTitle('Cả nhóm client').click()
      await page.waitForURL(/action=client\.\*/)
      await page.getByRole('link', { name: 'Tạo hệ thống khách' }).first().waitFor()
      await page
        .getByRole('link', { name: 'Tạo người dùng' })
        .first()
        .waitFor({ state: 'detached' })
      await page.goBack()
      await page.getByRole('link', { name: 'Tạo người dùng' }).first().waitFor()
      await page.getByRole('button', { name: 'Kiểm tra chuỗi' }).click()
      await inDialog(page, 'Kiểm tra chuỗi').click()
      await page.getByText('Chuỗi nguyên vẹn').waitFor()
      await console.shot('audit-verified')
    }))

  it('leads a security officer to nothing that is not for him', () =>
    withinConsole(
      hub,
      { person: { name: 'an.toan', roles: ['security-officer'] } },
      async ({ page, open }) => {
        for (const screen of ['now', 'problems', 'systems']) {
          await open(screen)
          await page.getByRole('heading', { level: 1 }).waitFor()
          if (screen === 'now') await page.getByText('Hồ sơ bị chặn').waitFor()
          expect(await page.locator('a[href*="/deliveries"], a[href*="/dossiers"]').count()).toBe(0)
        }
      },
    ))

  it('shows an operator no administration', () =>
    withinConsole(
      hub,
      { person: { name: 'lan.nguyen', roles: ['operator'] } },
      async ({ page, open }) => {
        await open('audit')
        await page.getByRole('heading', { name: 'Không có màn hình này' }).waitFor()
        expect(await page.getByRole('link', { name: 'Nhật ký kiểm toán' }).count()).toBe(0)
      },
    ))

  it('says how the hub is', () =>
    withinConsole(hub, { person: admin }, async (console) => {
      const { page } = console
      await console.open('about')
      await page.getByRole('cell', { name: 'Node.js' }).waitFor()
      await console.shot('about-doctor')
      await page.getByRole('tab', { name: 'Thiết lập' }).click()
      await page.getByText('HUB_DATABASE_URL', { exact: true }).waitFor()
      await console.shot('about-settings')
      await page.getByRole('tab', { name: 'Dung lượng' }).click()
      await page.getByText('Nhật ký kiểm toán').last().waitFor()
      await page.getByRole('tab', { name: 'Phiên bản' }).click()
      await page
        .getByText('0018-administration.sql')
        .or(page.getByText(/00\d\d-/))
        .first()
        .waitFor()
      await console.shot('about-versions')
    }))

  it('lets somebody set up a second factor of his own will, and end another session', () =>
    withinConsole(hub, { person: { name: 'an.le', roles: ['viewer'] } }, async (console) => {
      const { page } = console
      const elsewhere = await fetch(`${hub.address}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'an.le', password: goodPassword }),
      })
      expect(elsewhere.status).toBe(200)
      await console.open('account')
      await page.getByRole('button', { name: 'Kết thúc' }).click()
      await page.getByRole('button', { name: 'Kết thúc' }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Đặt xác thực lần hai' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Mật khẩu hiện tại').fill(goodPassword)
      await dialog.getByRole('button', { name: 'Tiếp tục' }).click()
      await dialog.getByRole('img', { name: 'Mã QR' }).waitFor()
      await console.shot('account-totp')
      const secret = await dialog.locator('.mono').textContent()
      const code = await generate({ secret: (secret ?? '').replaceAll(' ', '') })
      await dialog.getByLabel('Mã 6 chữ số').fill(code)
      await dialog.getByRole('button', { name: 'Xác nhận mã' }).click()
      await page.getByText('Đã đặt. Mất điện thoại').waitFor()
      await console.shot('account')
    }))
})

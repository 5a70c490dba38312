/** What failed is understood and repaired: a code table, a corrected message, the same correction for many. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, withinConsole } from '../support/console.ts'
import { findingsOf } from '../support/findings.ts'
import {
  knownProcedure,
  type LandWorld,
  openLandWorld,
  unknownProcedure,
} from '../support/land-world.ts'

const lan = { name: 'lan.nguyen', roles: ['operator'], mayRedrive: true, mayReveal: true } as const
const binh = { name: 'binh.tran', roles: ['operator'], mayRedrive: true, mayReveal: true } as const

describe.skipIf(!hasChromium)('repairs in the console (needs chromium)', () => {
  let world: LandWorld
  beforeAll(async () => {
    world = await openLandWorld()
  }, 60_000)
  afterAll(() => world.close())

  it('300 dossiers of a procedure that no table knows take at most 12 interactions', async () => {
    await world.submit(unknownProcedure, 1, 300)
    await world.until('dead', 300)
    await withinConsole(
      world.hub,
      { person: lan },
      async ({ page, open, click, type, steps, shot }) => {
        const button = (name: string) => page.getByRole('button', { name, exact: true })
        await open('now')
        await click(page.getByRole('row').filter({ hasText: unknownProcedure }).getByRole('link'))
        await click(button('Thêm mã còn thiếu'))
        await type(page.getByLabel('Mã tại hệ thống'), 'QT-TACH-THUA')
        await type(page.getByLabel('Lý do'), 'Thủ tục mới từ hôm nay')
        await shot('codes-add')
        await click(button('Lưu vào bảng mã'))
        await shot('codes-saved')
        await click(button('Gửi lại những lượt bị dừng'))
        await type(page.getByLabel('Lý do'), 'Đã thêm mã vào bảng')
        await type(page.getByLabel('Số lượt mỗi phút'), '6000')
        await shot('plan-new')
        await click(button('Lập kế hoạch'))
        await page.getByText('Chờ bắt đầu').waitFor()
        await shot('plan-ready')
        await click(button('Bắt đầu'))
        await page.getByText('Xong', { exact: true }).waitFor({ timeout: 60_000 })
        expect(steps()).toBeLessThanOrEqual(12)
        await world.until('delivered', 300)
        await shot('plan-finished')
        await click(page.getByText('Từng lượt gửi'))
        await page.getByText('H99.14-260302-0001').first().waitFor()
        await shot('plan-items')
      },
    )
  }, 120_000)

  it('one message is corrected by one person and approved by another', async () => {
    await world.submit('1.088888', 400, 1)
    await world.until('dead', 1)
    const id = await world.messageOf('H99.14-260302-0400')
    await withinConsole(world.hub, { person: lan }, async ({ page, open, shot, requests }) => {
      const button = (name: string) => page.getByRole('button', { name, exact: true })
      await open(`messages/${id}/edit`)
      await page.getByText('Bản tin có dữ liệu cá nhân').waitFor()
      expect(await page.getByLabel('Mã hồ sơ').count()).toBe(0)
      await shot('edit-reason')
      await page.getByLabel('Lý do').fill('Nhập nhầm mã thủ tục')
      await button('Mở để sửa').click()
      await page.getByText('Đúng lược đồ').waitFor()
      const code = page.getByLabel(/Mã thủ tục/)
      await code.fill('')
      await page.getByText(/lỗi/).first().waitFor()
      await shot('edit-fault')
      expect(await findingsOf(page)).toEqual([])
      await page.getByText('JSON', { exact: true }).first().click()
      const json = page.getByRole('textbox', { name: 'JSON' })
      const text = await json.inputValue()
      await json.fill(text.slice(0, -3))
      await page.getByText('Chưa phải JSON').waitFor()
      await shot('edit-json')
      // What is half typed is not what would be sent: nothing may be done with it but to go back.
      await page.getByText('Chưa đọc được').waitFor()
      expect(await page.getByText('Đúng lược đồ').count()).toBe(0)
      for (const name of ['Xin duyệt', 'Chạy thử', 'Lưu nháp'])
        expect(await button(name).isDisabled()).toBe(true)
      expect(await page.getByRole('radio', { name: 'Biểu mẫu' }).isDisabled()).toBe(true)
      await button('Về bản gốc').click()
      expect(JSON.parse(await json.inputValue()).procedure.code).toBe('1.088888')
      await page.getByText('Biểu mẫu', { exact: true }).click()
      // The hundred and first letter goes where the others went.
      await code.fill('1'.repeat(100))
      await code.pressSequentially('22')
      expect(await code.inputValue()).toBe(`${'1'.repeat(100)}22`)
      await code.fill(knownProcedure)
      await page.getByText('Đúng lược đồ').waitFor()
      await button('Chạy thử').click()
      await page.getByText('Sẽ gửi').first().waitFor()
      await shot('edit')
      // A check that is not answered is said, and asked for again.
      await page.route('**/api/v1/corrections/check', (route) => route.abort())
      await code.fill('1.012346')
      await page.getByText('Chưa kiểm tra được').waitFor({ timeout: 15_000 })
      await page.unroute('**/api/v1/corrections/check')
      await button('Thử lại').click()
      await code.fill(knownProcedure)
      await page.getByText('Đúng lược đồ').waitFor()
      // What is made and then not sent is not made twice.
      await page.route('**/api/v1/corrections/*/ask', (route) => route.abort())
      await button('Xin duyệt').click()
      await page.getByText(/được giữ ở bản sửa/).waitFor()
      await shot('edit-kept')
      await page.unroute('**/api/v1/corrections/*/ask')
      await button('Xin duyệt').click()
      await page.getByRole('heading', { name: /Bản sửa/ }).waitFor()
      await shot('correction-asked')
      expect(requests.filter((request) => /POST .*\/corrections$/.test(request))).toHaveLength(1)
      expect(await button('Duyệt').count()).toBe(0)
    })
    await withinConsole(world.hub, { person: binh }, async ({ page, open, shot }) => {
      await open('corrections?state=asked')
      await page.getByRole('link', { name: /H99\.14-260302-0400/ }).click()
      await page.getByRole('button', { name: 'Duyệt và gửi' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Lý do').fill('Đúng thủ tục trong hồ sơ giấy')
      await shot('correction-approve')
      expect(await findingsOf(page)).toEqual([])
      // Approved, and then not sent: said where it was asked for, and tried again from there.
      await page.route('**/api/v1/corrections/*/send', (route) => route.abort())
      await dialog.getByRole('button', { name: 'Duyệt và gửi' }).click()
      await page.getByText('Có thể gửi.').waitFor()
      await dialog.getByText('Không liên lạc được với liên thông').waitFor()
      await dialog.getByText('Trạng thái vừa thay đổi').waitFor()
      await shot('correction-not-sent')
      await page.unroute('**/api/v1/corrections/*/send')
      await dialog.getByRole('button', { name: 'Duyệt và gửi' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await world.until('delivered', 301)
      await open('corrections')
      await shot('corrections')
    })
  }, 120_000)

  it('the same correction repairs many, after a look at each', async () => {
    await world.submit('1.077777', 500, 3)
    await world.until('dead', 3)
    await withinConsole(world.hub, { person: lan }, async ({ page, open, shot }) => {
      const button = (name: string) => page.getByRole('button', { name, exact: true })
      await open('problems')
      await page.getByRole('row').filter({ hasText: '1.077777' }).getByRole('link').click()
      await button('Cùng một cách sửa').click()
      await page.getByLabel('Trường (JSON Pointer)').fill('procedure')
      await page.getByLabel('Lý do').fill('Thủ tục đã đổi mã')
      await button('Xem trước').click()
      await page.getByText('Bắt đầu bằng /').waitFor()
      await page.getByLabel('Trường (JSON Pointer)').fill('/procedure/code')
      await page.getByLabel('Giá trị cũ').fill('1.077777')
      await page.getByLabel('Giá trị mới').fill(knownProcedure)
      await shot('correct-many')
      await button('Xem trước').click()
      await page.getByRole('heading', { name: /Bản sửa/ }).waitFor()
      await page.getByText('H99.14-260302-0502').waitFor()
      await shot('correction-many')
      await button('Xin duyệt').click()
      await page.getByText('Bạn là người lập bản sửa này').waitFor()
    })
    await withinConsole(world.hub, { person: binh }, async ({ page, open }) => {
      await open('corrections?state=asked')
      await page.getByRole('link', { name: 'Cùng một cách sửa cho nhiều bản tin' }).click()
      await page.getByRole('button', { name: 'Duyệt và gửi' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Lý do').fill('Đúng công bố mới')
      await dialog.getByRole('button', { name: 'Duyệt và gửi' }).click()
      await page.getByRole('heading', { name: /Kế hoạch/ }).waitFor()
      await world.until('delivered', 304)
    })
  }, 120_000)
})

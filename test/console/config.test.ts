/** The configuration in the console: a job as a form and as YAML, its revisions, the studio. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleSession, hasChromium, withinConsole } from '../support/console.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'

const admin = { name: 'quan.tri', roles: ['administrator'] }
const job = 'ho-so-noi-vu'
const dossier = 'H99.14-261122-0001'

const yamlOf = ({ page }: ConsoleSession) => page.getByLabel('YAML', { exact: true })
const save = async ({ page }: ConsoleSession, reason: string) => {
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Lý do').fill(reason)
  await dialog.getByRole('button', { name: 'Lưu' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText(/Đã lưu thành bản cấu hình/).waitFor()
}

describe.skipIf(!hasChromium)('the configuration in the console (needs chromium)', () => {
  let world: ConsoleWorld
  beforeAll(async () => {
    world = await openConsoleWorld()
    await world.submit(dossier, 'H99.14-261122-0002')
    await world.until('delivered', 2)
  }, 60_000)
  afterAll(() => world.close())

  it('has a job as a form and as YAML, each in step with the other, saved for a reason', () =>
    withinConsole(world.hub, { person: admin }, async (console) => {
      const { page, open, shot } = console
      await open('jobs')
      await page.getByRole('link', { name: 'Sở Nội vụ' }).click()
      await page.getByRole('heading', { name: `Một công việc: ${job}` }).waitFor()
      await page.getByText('Hợp lệ').waitFor()
      const yaml = yamlOf(console)
      await page.getByLabel(/Tiếng Việt/).fill('Hồ sơ gửi Sở Nội vụ')
      expect(await yaml.inputValue()).toContain('vi: Hồ sơ gửi Sở Nội vụ')
      const text = await yaml.inputValue()
      await yaml.fill(text.replace('to: noi-vu', 'to: khong-co'))
      await page.getByText('1 lỗi').first().waitFor()
      await page.getByText(/\(dòng \d+\)/).waitFor()
      await shot('job-faults')
      await yaml.fill(`${text}\n  sai: [`)
      await page.getByText('biểu mẫu tạm đứng yên').waitFor()
      await yaml.fill(text.replace('policy: block', 'policy: skip'))
      await page.getByText('Hợp lệ').waitFor()
      await page.getByText('/policy').waitFor()
      await page.getByRole('button', { name: 'Chạy thử' }).click()
      await page.getByText('2 bản tin').waitFor()
      await page.getByText('Như cũ: 2').waitFor()
      await save(console, 'Sở Nội vụ đề nghị không chờ')
      await page.getByText('Sở Nội vụ đề nghị không chờ').waitFor()
      await shot('job')
      expect(world.hub.hub.revisions.running()?.configuration.jobs[0]).toMatchObject({
        ...{ policy: 'skip', title: { vi: 'Hồ sơ gửi Sở Nội vụ' } },
      })
    }))

  it('refuses what somebody else has changed meanwhile, and says so', () =>
    withinConsole(world.hub, { person: admin }, async (console) => {
      const { page, open } = console
      await open(`jobs/${job}`)
      await page.getByText('Hợp lệ').waitFor()
      const key = await world.hub.key('config:read', 'config:write')
      const path = `/api/v1/jobs/${job}/settings`
      const { json } = await world.hub.ask('GET', path, { key })
      const yaml = String(json.yaml).replace('policy: skip', 'policy: block')
      const body = { yaml, base: json.revision, reason: 'Đổi lại' }
      expect((await world.hub.ask('POST', path, { key, body })).status).toBe(200)
      await yamlOf(console).fill(String(json.yaml).replace('enabled: true', 'enabled: false'))
      await page.getByText(/Nếu có người đổi chính mục này/).waitFor()
      await page.getByRole('button', { name: 'Lưu', exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Lý do').fill('Tạm ngừng gửi')
      await dialog.getByRole('button', { name: 'Lưu' }).click()
      await dialog.getByText(/đã được người khác đổi/).waitFor()
    }))

  it('makes a new job, with the next runs of a schedule', () =>
    withinConsole(world.hub, { person: admin }, async (console) => {
      const { page, open, shot } = console
      await open('jobs')
      await page.getByRole('button', { name: 'Thêm công việc' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Mã').fill('ho-so-2')
      await shot('job-new')
      await dialog.getByRole('button', { name: 'Soạn' }).click()
      await page
        .getByText(/\d lỗi/)
        .first()
        .waitFor()
      await yamlOf(console).fill(
        [
          ...['id: ho-so-2', 'title: { vi: Hồ sơ bổ sung, en: More }', 'kind: push'],
          ...['enabled: false', 'to: noi-vu', 'types: [vn.tthc.dossier.progressed.v1]'],
        ].join('\n'),
      )
      await page.getByText('Hợp lệ').waitFor()
      await save(console, 'Chuẩn bị cho đợt sau')
      await open('jobs')
      await page.getByRole('link', { name: 'Hồ sơ bổ sung' }).waitFor()
      await page.getByText('Đang tắt').waitFor()
      await shot('jobs')
    }))

  it('lists its revisions, shows what each changed, and goes back to one', () =>
    withinConsole(world.hub, { person: admin }, async (console) => {
      const { page, open, shot } = console
      await open('revisions')
      await page.getByText('Đang dùng').waitFor()
      await page.getByText('Chuẩn bị cho đợt sau').waitFor()
      await shot('revisions')
      await page.getByRole('link', { name: 'Bản cấu hình 2', exact: true }).click()
      await page.getByText('/policy').waitFor()
      await page.getByText('− block').waitFor()
      await page.getByText('+ skip').waitFor()
      await shot('revision')
      await page.getByRole('button', { name: 'Quay về bản này' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Lý do').fill('Bản 3 và 4 là nhầm')
      await dialog.getByRole('button', { name: 'Quay về bản này' }).click()
      await page.getByText('nay là bản 5').waitFor()
      expect(world.hub.hub.revisions.running()).toMatchObject({
        ...{ id: 5, configuration: { jobs: [{ id: job, policy: 'skip' }] } },
      })
    }))

  it('shows in the studio what a real message becomes', () =>
    withinConsole(world.hub, { person: admin }, async (console) => {
      const { page, open, shot } = console
      await open('studio')
      await page.getByText('Chọn một công việc để bắt đầu').waitFor()
      await open(`studio?job=${job}`)
      await page.getByRole('button', { name: dossier }).click()
      await page.getByText('Sẽ gửi tới noi-vu').waitFor()
      await page.getByText(/POST http:/).waitFor()
      await page.getByText(/\d+\/\d+ trường/).waitFor()
      await page.getByRole('button', { name: 'Chạy thử' }).click()
      await page.getByText('Sẽ gửi: 2').waitFor()
      await shot('studio')
      await open(`studio?job=${job}&dossier=${dossier}`)
      await page.getByRole('button', { name: dossier }).waitFor()
    }))

  it('is looked at, and not changed, by an operator; a system has its settings too', () =>
    withinConsole(
      world.hub,
      { person: { name: 'lan', roles: ['operator'] } },
      async ({ page, open, shot }) => {
        await open('systems/noi-vu/settings')
        await page.getByText('cần quyền config:write').waitFor()
        await page.getByText('Hợp lệ').waitFor()
        await page.getByLabel('YAML', { exact: true }).waitFor()
        await shot('system-settings')
      },
    ))

  it.each([
    ['dark', { width: 1366, height: 768 }],
    ['light', { width: 390, height: 844 }],
  ] as const)('can be read: %s, %o', (shade, viewport) =>
    withinConsole(world.hub, { person: admin, viewport }, async ({ page, open, look, shot }) => {
      await open('account')
      await look({ language: 'vi', shade })
      const addresses = { revisions: 'revisions', revision: 'revisions/2', job: `jobs/${job}` }
      const [message] = await world.hub.database.sql('select id::text from hub.message limit 1')
      const studio = `studio?job=${job}&message=${message?.id}`
      for (const [name, address] of Object.entries({ ...addresses, studio })) {
        await open(address)
        await page
          .getByText(name === 'studio' ? /trường$/ : /./)
          .first()
          .waitFor()
        await shot(`${name}-${shade}-${viewport.width}`)
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect([address, overflow]).toEqual([address, 0])
      }
    }),
  )
})

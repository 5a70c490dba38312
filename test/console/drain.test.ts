/** After an outage of a portal: what has piled up goes again, safely, by few steps, and its end is seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleSession, hasChromium, withinConsole } from '../support/console.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'
import { waitUntil } from '../support/wait.ts'

const administrator = { name: 'quan.tri', roles: ['administrator'], mayRedrive: true }
const act = { actor: 'test', reason: 'Trục liên thông báo bảo trì' }
const mostSteps = 5

describe.skipIf(!hasChromium)('after an outage (needs chromium)', () => {
  let world: ConsoleWorld
  beforeAll(async () => {
    world = await openConsoleWorld()
  }, 60_000)
  afterAll(() => world.close())

  /** The portal refuses some, is paused, some more pile up behind; then it is well again. */
  const outage = async (day: string, isPaused: boolean) => {
    const code = (number: number) => `H99.14-${day}-000${number}`
    world.answer(400)
    await world.submit(code(1), code(2), code(3))
    await world.until('dead', 3)
    if (isPaused) {
      await world.hub.hub.systems.pause('noi-vu', act)
      await waitUntil(
        'the worker has seen it',
        async () => (await world.hub.hub.metrics()).body,
        (body) => /hub_system_paused\{.*system="noi-vu".*\} 1/.test(body),
      )
      await world.submit(code(4), code(5), code(6))
      await world.until('waiting', 3)
    }
    world.answer(200)
  }

  /** From the first screen to the end of the drain, without loading anything again. */
  const drain = async (
    { page, open, click, type, steps, shot }: ConsoleSession,
    name: string,
    picture: string,
    choice?: string,
  ) => {
    await open('now')
    await click(page.getByRole('link', { name: /Sở Nội vụ/ }))
    await click(page.getByRole('button', { name }))
    const dialog = page.getByRole('dialog')
    if (choice) await click(dialog.getByLabel(choice))
    await type(dialog.getByLabel('Lý do'), 'Cổng của Sở Nội vụ đã chạy lại')
    await shot(picture)
    await click(dialog.getByRole('button', { name }))
    await page.getByRole('heading', { name: /Kế hoạch \d+: Gửi lại/, level: 1 }).waitFor()
    await page.getByText('Xong', { exact: true }).waitFor()
    await shot(`${picture}-done`)
    expect(steps()).toBeLessThanOrEqual(mostSteps)
  }

  it('in which the portal was paused, all goes on by one decision', () =>
    withinConsole(world.hub, { person: administrator }, async (console) => {
      await outage('261122', true)
      await drain(console, 'Cho chạy lại', 'drain-paused', 'Gửi lại cả những lượt đã bị dừng')
      await world.until('delivered', 6)
      const rows = await world.hub.database.sql<{ action: string }>(
        `select distinct action from hub.audit where actor = 'user:quan.tri'
         and detail like '%đã chạy lại%' order by action`,
      )
      expect(rows.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['delivery.redrive', 'system.resumed']),
      )
    }))

  it('in which it was not, what was given up goes again, slowly', () =>
    withinConsole(world.hub, { person: administrator }, async (console) => {
      await outage('261123', false)
      await console.page.setViewportSize({ width: 390, height: 844 })
      await drain(console, 'Gửi lại mọi lượt bị dừng', 'drain-narrow')
      await world.until('delivered', 9)
    }))
})

/** What the first screen costs a slow line: script that is loaded, and how much of the page jumps about. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, withinConsole } from '../support/console.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'

const mostScriptBytes = 350_000

describe.skipIf(!hasChromium)('the first load (needs chromium)', () => {
  let hub: TestHub
  beforeAll(async () => {
    hub = await openTestHub({ systems: [], role: 'api' })
  }, 60_000)
  afterAll(() => hub.close())

  it('brings less than 350 kB of script, compressed, and nothing moves once it is shown', () =>
    withinConsole(
      hub,
      { person: { name: 'lan', roles: ['operator'] } },
      async ({ page, context, open }) => {
        const browser = await context.newCDPSession(page)
        await browser.send('Network.enable')
        const scripts = new Set<string>()
        let bytes = 0
        browser.on('Network.responseReceived', ({ requestId, type }) => {
          if (type === 'Script') scripts.add(requestId)
        })
        // Bodies as they come over the line, without the heads of some fifty answers.
        browser.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
          if (scripts.has(requestId)) bytes += encodedDataLength
        })
        await page.addInitScript(`
          window.shifts = 0
          new PerformanceObserver((list) => {
            for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifts += shift.value
          }).observe({ type: 'layout-shift', buffered: true })
        `)
        await open('')
        // The line that tells of changes stays open, so the network is never idle.
        await page.getByText('Trực tiếp').waitFor()
        await page.waitForTimeout(500)
        expect(scripts.size).toBeGreaterThan(0)
        expect(bytes).toBeGreaterThan(mostScriptBytes / 3)
        expect(bytes).toBeLessThan(mostScriptBytes)
        expect(await page.evaluate('window.shifts')).toBeLessThan(0.02)
      },
    ))
})

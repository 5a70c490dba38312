import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { endProcess } from '../support/hub-process.ts'
import { createOneStop, makeLoad } from '../support/one-stop.ts'
import { openProvince, type Province } from '../support/province.ts'
import { waitUntil } from '../support/wait.ts'

let province: Province
afterEach(() => province.close())

// Keeps modes and times, as a backup does.
const copy = (from: string, to: string): void => {
  rmSync(to, { recursive: true, force: true })
  execFileSync('cp', ['-a', from, to])
}

describe('restored', () => {
  it('sends nothing blindly after a backup was put back, and takes from the source again what was lost', async () => {
    province = await openProvince({ embedded: true })
    const cluster = join(province.folder, 'postgres', 'cluster')
    const backup = join(province.folder, 'backup')
    province.portal.misbehave({ mode: 'slow', ms: 30 })
    const load = makeLoad(30, 301)
    const half = Math.floor(load.messages.length / 2)
    const before = await province.start('all')
    await createOneStop(province).send(load.messages.slice(0, half))
    await waitUntil('some have arrived', province.portal.applied, (seen) => seen >= half / 3)
    await endProcess(before)
    copy(cluster, backup)
    const atBackup = province.portal.applied()
    expect(atBackup).toBeLessThan(half)

    const lost = await province.start('all')
    province.portal.behave()
    await createOneStop(province).send(load.messages.slice(half))
    await waitUntil('all is done', province.open, (open) => open === 0, 30_000)
    await endProcess(lost)
    const applied = province.portal.applied()
    copy(backup, cluster)

    const said = await province.run('restored', '--reason', 'Đĩa hỏng', '--json')
    expect(said.code).toBe(0)
    expect(JSON.parse(said.stdout).doubted).toBeGreaterThan(0)
    await province.start('all')
    const oneStop = createOneStop(province)
    await oneStop.send(load.messages)
    const statuses = [...oneStop.said.values()].map(({ status }) => status)
    expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(half)
    // Two beats and more: nothing may be sent while the sources are still at it.
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect(province.portal.applied()).toBe(applied)
    for (const system of ['tthc', 'dvcqg'])
      expect(
        (await province.run('systems', 'resume', system, '--reason', 'Đã nhận lại đủ')).code,
      ).toBe(0)
    await province.judge(load.byDossier, 40_000)
    expect(province.portal.applied()).toBe(applied)
    expect((await province.run('audit', 'verify')).code).toBe(0)
  }, 120_000)
})

import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createOneStop, makeLoad } from '../support/one-stop.ts'
import { openProvince, type Province } from '../support/province.ts'
import { waitUntil } from '../support/wait.ts'

/** A disk of its own for a folder; undefined where this user may not mount one. */
function mountDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'hub-disk-'))
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]
    execFileSync('mount', options, { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true, force: true })
    return undefined
  }
}

const disk = mountDisk(220)
let province: Province | undefined
afterEach(async () => {
  await province?.close()
  if (!disk) return
  execFileSync('umount', [disk])
  rmSync(disk, { recursive: true, force: true })
})

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, 'w')
  const piece = Buffer.alloc(64 * 1024)
  try {
    for (;;) writeSync(file, piece)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(file)
  }
}

describe('full-disk', () => {
  it.skipIf(!disk)(
    'refuses while the disk of the database is full, and goes on when there is room (needs the right to mount)',
    async () => {
      province = await openProvince({ embedded: true, parent: disk ?? '' })
      const { portal, judge } = province
      await province.start('all')
      portal.misbehave({ mode: 'slow', ms: 20 })
      const load = makeLoad(120, 401)
      const oneStop = createOneStop(province)
      const third = Math.floor(load.messages.length / 3)
      await oneStop.send(load.messages.slice(0, third))
      const ballast = join(disk ?? '', 'ballast')
      fill(ballast)
      const before = oneStop.said.size
      const sending = oneStop.send(load.messages.slice(third))
      await waitUntil(
        'it refuses',
        () => oneStop.refusals.length,
        (n) => n >= 3,
        30_000,
      )
      rmSync(ballast)
      await sending
      expect(oneStop.said.size).toBeGreaterThan(before)
      for (const { status, contentType } of oneStop.refusals) {
        expect(status).toBe(503)
        expect(contentType).toContain('application/problem+json')
      }
      await judge(load.byDossier, 60_000)
    },
    180_000,
  )
})

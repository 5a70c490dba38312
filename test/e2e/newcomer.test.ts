import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endProcess, forkHub, processesOf, runHub } from '../support/hub-process.ts'
import { waitUntil } from '../support/wait.ts'

let folder: string
const env = (): NodeJS.ProcessEnv => ({ HUB_DATA_DIR: folder, HUB_HTTP_PORT: '0' })

/** `nhận 1320 · đã đồng bộ 980 · …`: the newest count of what was delivered. */
const deliveredIn = (text: string): number =>
  Number([...text.matchAll(/đã đồng bộ (\d+)/g)].at(-1)?.[1] ?? 0)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-newcomer-'))
})
afterAll(() => {
  expect(processesOf(folder)).toEqual([])
  rmSync(folder, { recursive: true, force: true })
})

describe('newcomer', () => {
  it('is killed in the middle of the demo, starts it again, and it is sound', async () => {
    const demo = forkHub(['demo', '--once'], env())
    let text = ''
    demo.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    // Late enough that both simulated systems have something to remember.
    await waitUntil(
      'it is half-way',
      () =>
        demo.exitCode !== null ||
        (text.includes('đã vào qua cửa của Cổng') && deliveredIn(text) > 400),
      Boolean,
      60_000,
    )
    expect(demo.exitCode).toBe(null)
    await endProcess(demo, 'SIGKILL')
    expect(text).not.toContain('Đạt:')

    const { code, stdout } = await runHub(['demo', '--once'], env())
    expect(stdout).toContain('Đạt: không mất, không nhân đôi, không sai thứ tự.')
    expect(stdout).toMatch(/gửi trùng \/ duplicates +[1-9]/)
    expect(code).toBe(0)
  }, 150_000)

  it('starts the demo once more, and it goes on with other dossiers', async () => {
    const { code, stdout } = await runHub(['demo', '--once'], env())
    expect(stdout).toContain('Đạt: không mất, không nhân đôi, không sai thứ tự.')
    expect(stdout).toMatch(/gửi trùng \/ duplicates +0\n/)
    expect(code).toBe(0)
  }, 120_000)

  it('gets an end, not a process that hangs, from a demo that cannot start', async () => {
    const empty = join(folder, 'empty')
    mkdirSync(empty)
    const demo = forkHub(['demo'], { ...env(), HUB_CONFIG_DIR: empty })
    try {
      await waitUntil('it has ended', () => demo.exitCode !== null, Boolean, 60_000)
      expect(demo.exitCode).toBe(1)
    } finally {
      await endProcess(demo, 'SIGKILL')
    }
  }, 90_000)
})

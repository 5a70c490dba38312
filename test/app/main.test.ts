import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const environment = { PATH: process.env.PATH, HOME: process.env.HOME }
const hub = (args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['bin/hub.js', ...args], {
    encoding: 'utf8',
    env: { ...environment, ...env },
  })

describe('main', () => {
  it('runs a command and ends with its code', () => {
    const { status, stdout, stderr } = hub(['config', 'check', '--json'])
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, folder: 'config' })
    expect(status).toBe(0)
  })

  it('names every fault of its environment and does not start', () => {
    const { status, stdout, stderr } = hub(['start'], {
      HUB_ROLE: 'x',
      HUB_TYPO: 'y',
      HUB_LANG: 'en',
    })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('HUB_ROLE: must be api | worker | all')
    expect(stderr).toContain('HUB_TYPO: there is no such setting')
  })

  it('loads a command only when it is called', () => {
    const folder = 'src/app/cli/groups'
    const files = [
      ...readdirSync(folder).map((file) => `${folder}/${file}`),
      'src/app/cli/program.ts',
    ]
    expect(files.length).toBeGreaterThan(5)
    for (const file of files)
      expect(readFileSync(file, 'utf8')).not.toMatch(
        / from '.*\/(commands|compose|adapters|config)\//,
      )
  })
})

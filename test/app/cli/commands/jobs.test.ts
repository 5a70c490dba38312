import { describe, expect, it } from 'vitest'
import { createCliWorld, hub, now } from '../../../support/cli.ts'
import { makeFolder } from '../../../support/folder.ts'
import { soundFiles } from '../../config/sound-files.ts'

describe('jobs', () => {
  it('shows jobs and runs a pull', async () => {
    const pull = {
      job: 'lay-ve',
      nextRunAt: now.toISOString(),
      nextRuns: [now.toISOString(), '2026-11-22T04:00:00.000Z'],
      running: false,
      lastRunAt: now.toISOString(),
      lastCode: null,
      lastMessages: 7,
    }
    const world = createCliWorld({ pulls: [pull] })
    const on = soundFiles['jobs/lay-ve.yaml'].replace('enabled: false\n', '')
    const files = makeFolder({ ...soundFiles, 'jobs/lay-ve.yaml': on })
    await hub(world, `config apply --dir ${files} --reason 'bản đầu'`)
    expect((await hub(world, 'jobs list')).out).toMatchSnapshot()
    expect((await hub(world, 'jobs show ho-so')).out).toContain('dossier.progressed')
    expect((await hub(world, 'jobs show lay-ve')).out).toContain('7 bản tin')
    expect((await hub(world, 'jobs show lay-ve')).out).toContain('22/11/2026 11:00:00')
    expect((await hub(world, 'jobs run lay-ve')).code).toBe(0)
    expect((await hub(world, 'jobs run ho-so')).code).toBe(2)
    expect((await hub(world, 'jobs run khong-co')).code).toBe(4)
  })
})

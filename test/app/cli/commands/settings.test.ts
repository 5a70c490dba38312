import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { makeFolder } from '../../../support/folder.ts'

describe('config', () => {
  it('shows what a revision changed', async () => {
    const shown = await hub(createCliWorld(), 'config show 3')
    expect(shown.out).toMatch(/Bản 3 .* user:lan\nĐổi lịch chạy/)
    expect(shown.out).toContain('So với bản 2:')
    expect(shown.out).toContain('/jobs/ho-so/enabled')
    expect((await hub(createCliWorld(), 'config show 9')).code).toBe(4)
  })

  it('goes back to an old revision with a reason only', async () => {
    const world = createCliWorld()
    expect((await hub(world, 'config restore 2')).code).toBe(2)
    const done = await hub(world, 'config restore 2 --reason Nham')
    expect(done.out).toMatch(/bản 2 nay là bản 4/)
    expect(world.hub.acts).toMatchObject([{ what: 'restore 2 any' }])
  })

  it('gives one job as YAML, and takes it back', async () => {
    const world = createCliWorld()
    expect((await hub(world, 'config get jobs/ho-so')).out).toBe('id: ho-so\nkind: push')
    expect((await hub(world, 'config get ho-so')).code).toBe(2)
    const file = join(makeFolder({}), 'ho-so.yaml')
    writeFileSync(file, 'sai: sai')
    const wrong = await hub(world, `config set jobs/ho-so --file ${file} --reason Lich`)
    expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining(`${file}:1`)])
    writeFileSync(file, 'id: ho-so')
    const checked = await hub(world, `config set jobs/ho-so --file ${file} --check`)
    expect(checked.out).toContain('/jobs/ho-so/enabled')
    expect(world.hub.acts).toEqual([])
    const done = await hub(world, `config set jobs/ho-so --file ${file} --reason Lich`)
    expect(done.out).toContain('Đã thành bản 4')
    expect(world.hub.acts).toMatchObject([{ what: 'save jobs/ho-so 3 id: ho-so' }])
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { makeFolder } from '../../../support/folder.ts'
import { soundFiles } from '../../config/sound-files.ts'

const faulty = {
  ...soundFiles,
  'systems/cong.yaml': soundFiles['systems/cong.yaml']
    .replace('env:HUB_SECRET_CONG', 'mat-khau-that')
    .replace('concurrency', 'concurency'),
  'jobs/ho-so.yaml': soundFiles['jobs/ho-so.yaml'].replace('to: cong', 'to: cnog'),
}

describe('config', () => {
  it('checks sound files without a database', async () => {
    const world = createCliWorld({ storeAway: true })
    const ran = await hub(world, `config check --dir ${makeFolder(soundFiles)}`)
    expect(ran).toEqual({
      code: 0,
      out: '✓ Cấu hình hợp lệ: 2 hệ thống, 2 luồng đồng bộ, 1 bảng mã.',
      err: '',
    })
  })

  it('shows all faults with file, line and field', async () => {
    const folder = makeFolder(faulty)
    const ran = await hub(createCliWorld(), `config check --dir ${folder}`)
    expect(ran.code).toBe(1)
    expect(ran.out.replaceAll(folder, 'config')).toMatchSnapshot()
    expect(ran.out).not.toContain('mat-khau-that')
    const json = JSON.parse(
      (await hub(createCliWorld(), `config check --json --dir ${folder}`)).out,
    )
    expect(json).toMatchObject({
      ok: false,
      faults: [{ file: 'jobs/ho-so.yaml', line: 5 }, {}, {}],
    })
  })

  it('finds the folder by HUB_CONFIG_DIR, whatever else is wrong there', async () => {
    const env = { HUB_CONFIG_DIR: makeFolder(soundFiles) }
    expect((await hub(createCliWorld(), 'config check', env)).code).toBe(0)
  })

  it('checks the configuration that ships with the hub', async () => {
    const { openLaw } = await import('../../../../src/app/compose/law.ts')
    const world = createCliWorld()
    world.ports = { configLaw: openLaw }
    expect(await hub(world, 'config check --dir config')).toMatchObject({ code: 0 })
  })

  it('applies, compares, tells the history and writes it out again', async () => {
    const world = createCliWorld()
    const first = makeFolder(soundFiles)
    const applied = await hub(world, `config apply --dir ${first} --reason 'bản đầu'`)
    expect(applied.code).toBe(0)
    expect(applied.out).toContain('Đã thành bản 1')
    expect((await hub(world, `config diff --dir ${first}`)).out).toBe('Không khác bản 1.')

    const changed = makeFolder({
      ...soundFiles,
      'systems/cong.yaml': soundFiles['systems/cong.yaml'].replace(
        'concurrency: 4',
        'concurrency: 9',
      ),
    })
    const diff = await hub(world, `config diff --dir ${changed}`)
    expect(diff.out).toBe('~ /systems/cong/concurrency  4 → 9')
    await hub(world, `config apply --dir ${changed} --reason 'tăng tải'`)
    const again = await hub(world, `config apply --dir ${changed} --reason 'tăng tải' --json`)
    expect(JSON.parse(again.out)).toEqual({ revision: 2, changed: false, changes: [] })
    expect((await hub(world, 'config history --lang en')).out).toMatchSnapshot()

    const back = JSON.parse(
      (await hub(world, `config diff --dir ${changed} --revision 1 --json`)).out,
    )
    expect(back).toEqual({
      revision: 1,
      changes: [{ path: '/systems/cong/concurrency', before: 4, after: 9 }],
    })

    const target = join(makeFolder({}), 'ra')
    expect((await hub(world, `config export --to ${target}`)).code).toBe(0)
    expect(readFileSync(join(target, 'systems/cong.yaml'), 'utf8')).toContain('concurrency: 9')
    expect((await hub(world, `config diff --dir ${target}`)).out).toBe('Không khác bản 2.')
    expect((await hub(world, `config export --to ${target}`)).code).toBe(2)
  })

  it('applies nothing that has a fault', async () => {
    const world = createCliWorld()
    const ran = await hub(world, `config apply --dir ${makeFolder(faulty)} --reason 'thử'`)
    expect(ran.code).toBe(1)
    expect(world.revisions).toEqual([])
    expect(world.opened.count).toBe(0)
  })

  it('says when there is nothing to export or to compare with', async () => {
    const world = createCliWorld()
    const target = join(makeFolder({}), 'ra')
    expect((await hub(world, `config export --to ${target}`)).code).toBe(4)
    expect(existsSync(target)).toBe(false)
    const diff = await hub(world, `config diff --dir ${makeFolder(soundFiles)}`)
    expect(diff.out.split('\n').every((line) => /^[+~] \//.test(line))).toBe(true)
    expect(
      (await hub(world, `config diff --dir ${makeFolder(soundFiles)} --revision 7`)).code,
    ).toBe(4)
  })
})

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { firstFileId } from '../../../support/fake-hub.ts'
import { aPdf } from '../../../support/files.ts'
import { makeFolder } from '../../../support/folder.ts'

it('files are put, shown and got, and what is damaged is not left behind', async () => {
  const folder = makeFolder({})
  writeFileSync(join(folder, 'don.pdf'), aPdf(100_000))
  const world = createCliWorld()
  const put = await hub(world, `files put ${folder}/don.pdf --name 'Đơn.pdf' --json`)
  expect(put.code).toBe(0)
  expect(JSON.parse(put.out)).toMatchObject({ id: firstFileId, name: 'Đơn.pdf', size: 100_000 })
  expect(world.hub.kept.rows.get(firstFileId)?.client).toBe('cli:quan-tri')
  const shown = await hub(world, `files show ${firstFileId}`)
  expect(shown.out).toContain('application/pdf')
  const got = await hub(world, `files get ${firstFileId} --to ${folder}/ra.pdf`)
  expect(got.code).toBe(0)
  expect(readFileSync(join(folder, 'ra.pdf')).equals(aPdf(100_000))).toBe(true)
  // What is there is not written over.
  expect((await hub(world, `files get ${firstFileId} --to ${folder}/don.pdf`)).code).not.toBe(0)
  expect(existsSync(join(folder, 'don.pdf'))).toBe(true)
  world.hub.kept.contents.get(firstFileId)?.fill(1, 80_000, 80_001)
  const damaged = await hub(world, `files get ${firstFileId} --to ${folder}/hong.pdf`)
  expect([damaged.code, existsSync(join(folder, 'hong.pdf'))]).toEqual([4, false])
  expect(damaged.err).toContain('file-unreadable')
  expect((await hub(world, 'files show 7d3f1c52-0000-4000-8000-00000000000f')).code).toBe(4)
})

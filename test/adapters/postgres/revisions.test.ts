import { beforeEach, describe, expect, it } from 'vitest'
import { createRevisionStore } from '../../../src/adapters/postgres/revisions.ts'
import { createGateStore } from '../../../src/adapters/postgres/sweep.ts'
import { completeSystem } from '../../../src/app/config/defaults.ts'
import type { Configuration } from '../../../src/domain/configuration.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { revisionOf } from '../../support/engine.ts'
import { act } from './material.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  return () => database.close()
})

const configuration = (bodiesDays: number): Configuration => {
  const { configuration: empty } = revisionOf([])
  return {
    ...empty,
    hub: { ...empty.hub, retention: { bodiesDays, evidenceDays: 90, filesDays: 90 } },
  }
}
const open = () => createRevisionStore(database.database)
const trail = () =>
  database.sql(
    `select actor, object, detail from hub.audit where action = 'revision.applied' order by id`,
  )

describe('revisions', () => {
  it('has none at first', async () => {
    expect(await open().current()).toBeUndefined()
    expect(await open().list(10)).toEqual([])
    expect(await open().get(1)).toBeUndefined()
  })

  it('keeps each as it was applied, by whom and why, and the newest is in force', async () => {
    const store = open()
    expect(await store.apply(configuration(1), act)).toEqual({ id: 1, changed: true })
    const other = { actor: 'cli:minh', reason: 'giữ lâu hơn' }
    expect(await store.apply(configuration(2), other)).toEqual({ id: 2, changed: true })
    expect(await store.current()).toEqual({ id: 2, configuration: configuration(2) })
    expect(await store.get(1)).toEqual({ id: 1, configuration: configuration(1) })
    const list = await store.list(10)
    expect(list).toMatchObject([
      { id: 2, author: 'cli:minh', reason: 'giữ lâu hơn' },
      { id: 1, author: act.actor, reason: act.reason },
    ])
    expect(Date.parse(list[0]?.at ?? '')).toBeGreaterThan(Date.now() - 60_000)
    expect(await store.list(1)).toEqual(list.slice(0, 1))
    expect(await trail()).toEqual([
      { actor: act.actor, object: '1', detail: act.reason },
      { actor: 'cli:minh', object: '2', detail: 'giữ lâu hơn' },
    ])
  })

  it('makes no new one of what is in force already, however its keys are ordered', async () => {
    const store = open()
    await store.apply(configuration(1), act)
    const turned = (value: unknown): unknown =>
      value instanceof Object && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([name, inner]) => [name, turned(inner)]),
          )
        : value
    expect(await store.apply(turned(configuration(1)) as Configuration, act)).toEqual({
      id: 1,
      changed: false,
    })
    expect(await trail()).toHaveLength(1)
  })

  it('makes one of an older one that is applied again', async () => {
    const store = open()
    await store.apply(configuration(1), act)
    await store.apply(configuration(2), act)
    expect(await store.apply(configuration(1), act)).toEqual({ id: 3, changed: true })
  })

  it('has a changed system probed at once, although its circuit is open', async () => {
    const store = open()
    const gates = createGateStore(database.database)
    const systems = ['alpha', 'beta'].map((id) =>
      completeSystem({ id, connector: 'test', title: { vi: id, en: id }, options: {} }),
    )
    const first = { ...configuration(1), systems }
    await store.apply(first, act)
    for (const system of ['alpha', 'beta'])
      await gates.openCircuit(system, 30_000, 'connection-refused')
    const moved = systems.map((system) =>
      system.id === 'alpha' ? { ...system, options: { address: 'moved' } } : system,
    )
    await store.apply({ ...first, systems: moved }, act)
    expect(await gates.takeProbe('alpha', 30_000)).toBe(true)
    expect(await gates.takeProbe('alpha', 30_000)).toBe(false)
    expect(await gates.takeProbe('beta', 30_000)).toBe(false)
  })

  it('takes no part of what it cannot write', async () => {
    const odd = { ...configuration(1), codes: { a: [{ canonical: '\0' }] } } as never
    await expect(open().apply(odd, act)).rejects.toThrow()
    expect(await open().current()).toBeUndefined()
    expect(await trail()).toEqual([])
  })

  it('saves one when several processes apply the same, and all when they differ', async () => {
    const stores = Array.from({ length: 5 }, () => createRevisionStore(database.open(1)))
    const same = await Promise.all(stores.map((store) => store.apply(configuration(1), act)))
    expect(same.map((one) => one.id)).toEqual([1, 1, 1, 1, 1])
    expect(same.filter((one) => one.changed)).toHaveLength(1)
    const other = await Promise.all(
      stores.map((store, index) => store.apply(configuration(10 + index), act)),
    )
    expect(other.map((one) => one.id).toSorted()).toEqual([2, 3, 4, 5, 6])
    expect(await trail()).toHaveLength(6)
  })
})

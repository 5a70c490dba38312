import { beforeEach, describe, expect, it } from 'vitest'
import { addAudit, auditDetail } from '../../../../src/adapters/postgres/audit.ts'
import { createAuditQueries } from '../../../../src/adapters/postgres/queries/audit.ts'
import { createAuditStore } from '../../../../src/adapters/postgres/seal.ts'
import { HubError } from '../../../../src/domain/errors.ts'
import type { AuditFilter, AuditQueries } from '../../../../src/engine/ports/audit.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { waitUntil } from '../../../support/wait.ts'
import { type Look, watchPlans } from '../watch-plans.ts'

let database: TestDatabase
let queries: AuditQueries
beforeEach(async () => {
  database = await createTestDatabase()
  queries = createAuditQueries(database.database)
  return () => database.close()
})

const row = (actor: string, action: string, object: string, detail = 'Vì thế') =>
  addAudit(database.database.run, { actor, action, object, detail })

/** All pages of a filter, as `action object`. */
async function walk(filter: Partial<AuditFilter>, limit = 2): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await queries.audit({ ...filter, limit, ...(cursor && { cursor }) })
    found.push(...page.items.map(({ action, object }) => `${action} ${object}`))
    cursor = page.next
  }
  return found
}

async function fill(): Promise<void> {
  await row('client:mot-cua', 'message.accepted', 'm-1')
  await row('user:lan', 'user.created', 'an')
  await row('client:mot-cua', 'message.refused', 'm-2')
  await row('user:lan', 'system.paused', 'dvcqg')
  await row('user:an', 'user.changed', 'lan')
  await row('anonymous', 'session.refused', 'sign-in')
  await row('client:mot-cua', 'message.accepted', 'm-3')
}

describe('the audit trail as people read it', () => {
  it('shows the newest first, page by page, and leaves out what has a list of its own', async () => {
    await fill()
    expect(await walk({})).toEqual([
      'session.refused sign-in',
      'user.changed lan',
      'system.paused dvcqg',
      'message.refused m-2',
      'user.created an',
    ])
    expect(await walk({ action: 'message.accepted' }, 1)).toEqual([
      'message.accepted m-3',
      'message.accepted m-1',
    ])
  })

  it.each([
    [{ actor: 'user:lan' }, ['system.paused dvcqg', 'user.created an']],
    [{ action: 'user.*' }, ['user.changed lan', 'user.created an']],
    [{ action: 'user.*', actor: 'user:an' }, ['user.changed lan']],
    [{ object: 'lan' }, ['user.changed lan']],
    [{ object: 'lan', action: 'system.*' }, []],
    [{ outcome: 'refused' }, ['session.refused sign-in', 'message.refused m-2']],
    [{ outcome: 'refused', action: 'message.*' }, ['message.refused m-2']],
    [{ outcome: 'done', actor: 'anonymous' }, []],
    [{ action: 'nothing.here' }, []],
    [{ action: 'user.changed', outcome: 'refused' }, []],
    [{ action: 'message.accepted', object: 'm-1' }, ['message.accepted m-1']],
  ] as const)('finds by %j', async (filter, expected) => {
    await fill()
    for (const limit of [1, 2, 50]) expect(await walk(filter, limit)).toEqual(expected)
  })

  it('finds by time, and pages through rows of one and the same moment', async () => {
    await database.sql(
      `insert into hub.audit (at, actor, action, object, detail)
       select timestamptz '2026-03-01T00:00:00Z' + (n / 4) * interval '1 hour', 'user:lan', 'x.done', n::text, ''
       from generate_series(0, 11) n`,
    )
    const all = Array.from({ length: 12 }, (_, n) => `x.done ${11 - n}`)
    expect(await walk({}, 3)).toEqual(all)
    expect(await walk({ action: 'x.*' }, 5)).toEqual(all)
    const bounds = { from: '2026-03-01T01:00:00Z', to: '2026-03-01T02:00:00Z' }
    expect(await walk(bounds)).toEqual(all.slice(4, 8))
  })

  it('refuses a cursor that is none', async () => {
    await expect(queries.audit({ limit: 5, cursor: 'eHg' })).rejects.toBeInstanceOf(HubError)
  })

  it('lists the actions there are', async () => {
    expect(await queries.auditActions()).toEqual([])
    await fill()
    expect(await queries.auditActions()).toEqual([
      ...['message.refused', 'session.refused', 'system.paused', 'user.changed', 'user.created'],
    ])
  })

  it('tells before and after, and the link that holds a row', async () => {
    await row(
      'user:lan',
      'client.changed',
      'mot-cua',
      auditDetail({
        reason: 'Đổi tên',
        before: { title: 'Cũ' },
        after: { title: 'Mới' },
        ended: 2,
      }),
    )
    await row('user:lan', 'job.dry-run', 'x', '{no json')
    const [odd, changed] = (await queries.audit({ limit: 5 })).items
    expect(odd).toMatchObject({ reason: '{no json', before: null, more: {}, sealed: false })
    expect(changed).toMatchObject({
      ...{
        reason: 'Đổi tên',
        before: { title: 'Cũ' },
        after: { title: 'Mới' },
        more: { ended: 2 },
      },
      ...{ outcome: 'done', sealed: false },
    })
    const id = changed?.id ?? ''
    expect(await queries.auditEntry(id)).toMatchObject({ id, seal: null })
    const store = createAuditStore(database.database)
    await waitUntil(
      'the rows are sealed',
      async () => {
        await store.seal()
        return queries.auditEntry(id)
      },
      (entry) => entry?.seal !== null,
    )
    const entry = await queries.auditEntry(id)
    expect(entry).toMatchObject({ sealed: true, seal: { from: '1' } })
    expect(entry?.seal?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await queries.auditEntry('999999')).toBeUndefined()
  })

  it('reads no more of a long trail than a page needs', async () => {
    await database.sql(
      `insert into hub.audit (at, actor, action, object, detail)
       select now() - n * interval '1 second', 'client:mot-cua', 'message.accepted', n::text, ''
       from generate_series(1, 20000) n`,
    )
    await database.sql(
      `insert into hub.audit (at, actor, action, object, detail)
       select now() - n * interval '1 second', 'user:u' || n % 50, 'kind.a' || n % 7, 'o' || n, ''
       from generate_series(1, 5000) n`,
    )
    await database.sql('analyze hub.audit')
    const looks: Look[] = []
    const watched = createAuditQueries(watchPlans(database.database, (look) => looks.push(look)))
    for (const filter of [
      {},
      { actor: 'user:u3' },
      { action: 'kind.*' },
      { object: 'o4000' },
      { outcome: 'refused' as const },
      { from: '2020-01-01T00:00:00Z', action: 'message.accepted' },
    ])
      await watched.audit({ ...filter, limit: 50 })
    expect(looks.length).toBeGreaterThan(6)
    expect(looks.filter(({ scanned, rows }) => scanned.length > 0 || rows > 1_000)).toEqual([])
  })
})

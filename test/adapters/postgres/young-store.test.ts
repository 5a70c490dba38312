import { beforeEach, expect, it } from 'vitest'
import { createClaim } from '../../../src/adapters/postgres/claim.ts'
import { reseat } from '../../../src/adapters/postgres/reseat.ts'
import { useDatabase } from '../../support/database.ts'
import { type Look, watchPlans } from './watch-plans.ts'

const database = useDatabase()

/** Nobody has counted its rows yet, and one dossier has more waiting than all others together. */
beforeEach(async () => {
  const { sql } = database()
  await sql('truncate hub.message, hub.body, hub.lane, hub.delivery restart identity cascade')
  for (const table of ['message', 'body', 'lane', 'delivery'])
    await sql(`alter table hub.${table} set (autovacuum_enabled = false)`)
  await sql(`insert into hub.lane (system, subject, last_number, wake_at)
    select 'portal', 'S' || n, case when n = 1 then 3000 else 1 end,
      now() - interval '1 hour' + n * interval '1 second' from generate_series(1, 3000) n`)
  await sql(`insert into hub.delivery (lane, number, message_id, system, job, revision, policy, snapshot)
    select l.id, n, gen_random_uuid(), 'portal', 'j', 1, 'block', false
    from hub.lane l, generate_series(1, l.last_number) n`)
})

it('claims the head of a long dossier, and works its place out anew, without reading all of it', async () => {
  const looks: Look[] = []
  const watched = watchPlans(database().database, (look) => looks.push(look))
  const request = { system: 'portal', lanes: 1, runAhead: 4, leaseMs: 60_000 }
  const [lane] = await createClaim(watched, 'one')(request)
  expect(lane?.deliveries.map((one) => one.number)).toEqual([1, 2, 3, 4])
  await database().sql('update hub.lane set lease_until = null')
  await watched.transaction((run) => reseat(run, [{ lane: lane?.lane ?? '', number: 1 }]))
  expect(looks.map((look) => look.name.split(' ')[0])).toEqual([
    'claim-1',
    'claim-1',
    'reseat',
    'reseat',
  ])
  expect(looks.filter((look) => look.rows > 100 || look.scanned.length > 0)).toEqual([])
})

it('plans once what it runs all the time, and each time what people ask for', async () => {
  const mode = 'show plan_cache_mode'
  const generic = [{ plan_cache_mode: 'force_generic_plan' }]
  expect(await database().database.run('mode', mode, [])).toEqual(generic)
  expect(await database().database.ask(mode, [])).toEqual([
    { plan_cache_mode: 'force_custom_plan' },
  ])
  expect(await database().database.run('mode', mode, [])).toEqual(generic)
})

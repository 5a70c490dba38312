import { afterEach, describe, expect, it } from 'vitest'
import type { PlanDetail } from '../../src/engine/ports/plans.ts'
import { endProcess } from '../support/hub-process.ts'
import { createOneStop, makeLoad } from '../support/one-stop.ts'
import { openProvince, type Province } from '../support/province.ts'
import { waitUntil } from '../support/wait.ts'

const dossiers = 500

let province: Province
afterEach(() => province.close())

const plan = async (): Promise<PlanDetail> =>
  (await province.get('/api/v1/plans/1')) as unknown as PlanDetail
const sql = async (text: string) => (await province.database?.sql(text)) ?? []

describe('killed-plan', () => {
  it('goes on where it was: each of 500 dead letters is sent again once, and on record once', async () => {
    province = await openProvince()
    const hub = await province.start('all')
    province.portal.misbehave({ mode: 'refuse' })
    const load = makeLoad(dossiers, 404)
    const openings = new Map(
      [...load.byDossier].map(([code, messages]) => [code, messages.slice(0, 1)]),
    )
    await createOneStop(province).send([...openings.values()].flat())
    const dead = `select count(*)::int as count from hub.delivery where state = 'dead'`
    await waitUntil(
      'all are refused',
      async () => (await sql(dead))[0]?.count === dossiers,
      Boolean,
      60_000,
    )
    province.portal.behave()
    const made = await province.post('/api/v1/plans', {
      ...{ action: 'redrive', filter: { system: 'dvcqg' }, reason: 'Cổng đã sửa' },
      ...{ ratePerMinute: 6_000, paused: false },
    })
    expect(made.status).toBe(201)
    await waitUntil('a third is done', plan, ({ counts }) => counts.done > dossiers / 3)
    await endProcess(hub, 'SIGKILL')
    // As if its lease had run out: the next process need not wait for that.
    await sql('update hub.plan set lease_until = now()')
    await province.start('all')
    // What was open at the kill may open the circuit, and then a person lets the plan go on.
    const over = async (): Promise<PlanDetail> => {
      const now = await plan()
      if (now.stopped?.code === 'circuit-open')
        await province.post('/api/v1/plans/1/resume', { reason: 'Cổng hoạt động lại' })
      return now
    }
    const { counts, failures } = await waitUntil(
      'it is finished',
      over,
      ({ state }) => state === 'finished',
      90_000,
    )
    expect(counts).toMatchObject({ total: dossiers, ok: dossiers, failed: 0, skipped: 0 })
    expect(failures).toEqual([])
    const rows = await sql(
      `select count(*)::int as rows, count(distinct object)::int as deliveries from hub.audit
       where action = 'delivery.redrive'`,
    )
    expect(rows).toEqual([{ rows: dossiers, deliveries: dossiers }])
    await province.judge(openings)
    const audit = await province.run('audit', 'verify', '--json')
    expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, broken: null })
    const result = await province.run('plans', 'result', '1')
    expect(result.stdout.trimEnd().split('\n')).toHaveLength(dossiers + 1)
  }, 180_000)
})

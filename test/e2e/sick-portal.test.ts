import { afterEach, describe, expect, it } from 'vitest'
import { handIn, missingAt, portalBorn } from '../../src/app/demo/portal-born.ts'
import { createOneStop, makeLoad } from '../support/one-stop.ts'
import { openProvince, type Province } from '../support/province.ts'
import { waitUntil } from '../support/wait.ts'

interface WaitsFor {
  readonly kind: string
  readonly until?: string
  readonly delivery?: string
  readonly words: { readonly vi: string }
}
interface Dossier {
  readonly systems: readonly { readonly system: string; readonly waitsFor: WaitsFor }[]
}
interface Delivery {
  readonly id: string
  readonly subject: string
  readonly type: string
}

let province: Province

const waitsFor = async (code: string): Promise<WaitsFor | undefined> => {
  const dossier = (await province.get(`/api/v1/dossiers/${code}`)) as unknown as Dossier
  return dossier.systems.find(({ system }) => system === 'dvcqg')?.waitsFor
}
const deadOnes = async (): Promise<readonly Delivery[]> =>
  (await province.get('/api/v1/deliveries?state=dead&limit=50')).items as readonly Delivery[]

afterEach(() => province.close())

describe('sick-portal', () => {
  it('finds out by asking what became of requests that were never answered', async () => {
    province = await openProvince()
    await province.start('all')
    province.portal.misbehave({ mode: 'timeout-after', times: 3 })
    province.portal.misbehave({ mode: 'timeout-before', times: 3 })
    const load = makeLoad(25, 301)
    await createOneStop(province).send(load.messages)
    await province.judge(load.byDossier, 30_000)
    const followed = await province.database?.sql<{ next: string }>(
      `select next from (
         select kind, outcome, lead(kind) over (partition by lane, number order by started_at) as next
         from hub.attempt) a
       where kind = 'send' and outcome = 'unknown'`,
    )
    expect(followed?.length).toBeGreaterThanOrEqual(6)
    expect(new Set(followed?.map(({ next }) => next))).toEqual(new Set(['confirm']))
  }, 90_000)

  it('waits for a portal that is away, says so, and holds nobody else up', async () => {
    province = await openProvince()
    await province.start('all')
    const load = makeLoad(25, 302)
    const [first] = load.byDossier.keys()
    const half = Math.floor(load.messages.length / 2)
    const oneStop = createOneStop(province)
    await oneStop.send(load.messages.slice(0, half))
    await province.portal.stop()
    await oneStop.send(load.messages.slice(half))
    const circuit = await waitUntil(
      'the circuit is open',
      () => waitsFor(first ?? ''),
      (waits) => waits?.kind === 'circuit',
    )
    expect(circuit?.words.vi).toMatch(/Hệ thống đích lỗi liên tiếp/)
    const born = portalBorn(0, 5)
    expect(await handIn(province, born)).toBe(5)
    const arrived = () => missingAt(province.tthc.state(), born)
    await waitUntil('the other system gets its own', arrived, (missing) => missing === 0, 5_000)
    expect(await province.open()).toBeGreaterThan(0)
    // Longer than the first retries: three of them have been made, in vain.
    const retries = async (): Promise<number> =>
      (
        await province.database?.sql<{ n: number }>(
          'select count(*)::int as n from hub.attempt where try > 1',
        )
      )?.[0]?.n ?? 0
    await waitUntil('three retries have failed', retries, (made) => made >= 3, 40_000)
    expect(await waitsFor(first ?? '')).toMatchObject({ kind: 'circuit' })
    await province.portal.start()
    await province.judge(load.byDossier, 30_000)
  }, 90_000)

  it('holds only the dossier whose message was refused, until a person decides', async () => {
    province = await openProvince()
    await province.start('all')
    const load = makeLoad(12, 303)
    const oneStop = createOneStop(province)
    const [again, given] = [...load.byDossier.keys()].slice(0, 2)
    if (!again || !given) throw new Error('the load has no dossiers')
    const [head, ...rest] = load.byDossier.get(again) ?? []
    province.portal.misbehave({ mode: 'refuse', times: 1 })
    await oneStop.send(head ? [head] : [])
    const [refused] = await waitUntil('it is refused', deadOnes, (dead) => dead.length === 1)
    await oneStop.send(rest)
    const waits = await waitsFor(again)
    expect(waits).toMatchObject({ kind: 'person', delivery: refused?.id })
    expect(waits?.words.vi).toContain('Chờ người xử lý')

    const [opening, second, ...later] = load.byDossier.get(given) ?? []
    await oneStop.send(opening ? [opening] : [])
    const delivered = () => waitsFor(given)
    await waitUntil('the opening is there', delivered, (now) => now?.kind === 'nothing')
    province.portal.misbehave({ mode: 'refuse', times: 1 })
    await oneStop.send(second ? [second] : [])
    const dead = await waitUntil('so is another', deadOnes, (found) => found.length === 2)
    const another = dead.find(({ subject }) => subject === given)
    await oneStop.send(later)
    const others = load.messages.filter(({ subject }) => subject !== again && subject !== given)
    await oneStop.send(others)
    const stuck = rest.length + 1 + later.length + 1
    await waitUntil('the others are there', province.open, (open) => open === stuck)

    for (const [action, id] of [
      ['redrive', refused?.id],
      ['discard', another?.id],
    ]) {
      const answer = await province.post(`/api/v1/deliveries/${id}/${action}`, {
        reason: 'Đã xem xét',
      })
      expect(answer.status).toBe(200)
    }
    const mustBeThere = new Map(load.byDossier)
    mustBeThere.set(given, [...(opening ? [opening] : []), ...later])
    await province.judge(mustBeThere)
    const decided = await province.database?.sql(
      `select action, object, actor from hub.audit
        where action like '%redrive%' or action like '%discard%' order by id`,
    )
    expect(decided).toMatchObject([{ object: refused?.id }, { object: another?.id }])
    const audit = await province.run('audit', 'verify', '--json')
    expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, broken: null })
    expect(audit.code).toBe(0)
  }, 90_000)

  it('takes up a changed configuration while it runs, a wrong one and its repair included', async () => {
    province = await openProvince()
    const processes = await Promise.all([province.start('api'), province.start('worker')])
    const load = makeLoad(40, 304)
    const oneStop = createOneStop(province)
    const half = Math.floor(load.messages.length / 2)
    const toAddress = (adapterUrl: string, concurrency: number) =>
      province.configure((system) => ({
        ...system,
        concurrency,
        options: { ...system.options, adapterUrl },
      }))
    province.portal.misbehave({ mode: 'slow', ms: 20 })
    await oneStop.send(load.messages.slice(0, half))
    const narrow = await province.configure((system) => ({ ...system, concurrency: 2 }))
    expect(narrow.code).toBe(0)

    // So slow that the rest cannot be through before the processes have heard of the wrong address.
    province.portal.behave()
    province.portal.misbehave({ mode: 'slow', ms: 150 })
    const sending = oneStop.send(load.messages.slice(half))
    expect((await toAddress('http://127.0.0.1:9', 2)).code).toBe(0)
    const stopped = () =>
      province.get('/api/v1/deliveries?state=waiting&code=connection-refused&limit=1')
    await waitUntil('it cannot go on', stopped, ({ items }) => (items as unknown[]).length > 0)
    expect((await toAddress(province.portal.address, 16)).code).toBe(0)
    province.portal.behave()
    await sending
    await province.judge(load.byDossier, 30_000)
    expect(processes.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).toEqual([
      null,
      null,
    ])
  }, 90_000)
})

import type { ChildProcess } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { endProcess } from '../support/hub-process.ts'
import { createOneStop, type Load, makeLoad, type OneStop, type Said } from '../support/one-stop.ts'
import { openProvince, type Province } from '../support/province.ts'
import { waitUntil } from '../support/wait.ts'

const pace = { mode: 'slow', ms: 25 } as const
const dossiers = 40

let province: Province
const effects = (count: number) =>
  waitUntil(`the portal has taken ${count}`, province.portal.applied, (seen) => seen >= count)
/** Acceptance and delivery are both in the middle. */
const bothRun = async (oneStop: OneStop, load: Load): Promise<void> => {
  await effects(1)
  await waitUntil(
    'half is taken',
    () => oneStop.said.size,
    (n) => n > load.messages.length / 2,
  )
}
const refused = (said: ReadonlyMap<string, Said>) =>
  [...said.values()].filter(({ status }) => status === 'refused')

afterEach(() => province.close())

describe('killed-hub', () => {
  it('delivers once and in order while one of two workers is killed three times', async () => {
    province = await openProvince()
    await province.start('api')
    let [, victim] = await Promise.all([province.start('worker'), province.start('worker')])
    province.portal.misbehave({ mode: 'slow', ms: 60 })
    const load = makeLoad(dossiers, 101)
    const oneStop = createOneStop(province)
    const part = Math.ceil(load.messages.length / 3)
    for (const kill of [0, 1, 2]) {
      const before = province.portal.applied()
      const sending = oneStop.send(load.messages.slice(kill * part, (kill + 1) * part))
      await effects(before + 20)
      await endProcess(victim, 'SIGKILL')
      expect(await province.open()).toBeGreaterThan(0)
      // After the last one the survivor is alone with what is left.
      if (kill < 2) victim = await province.start('worker')
      await sending
    }
    expect(refused(oneStop.said)).toEqual([])
    await province.judge(load.byDossier)
    const verify = await province.run('verify', '--json')
    expect(JSON.parse(verify.stdout)).toMatchObject({ ok: true })
    expect(verify.code).toBe(0)
  }, 150_000)

  it('goes on after a kill of everything, and knows what it had accepted', async () => {
    province = await openProvince({ embedded: true })
    let hub = await province.start('all')
    province.portal.misbehave(pace)
    const load = makeLoad(dossiers, 102)
    const oneStop = createOneStop(province)
    const sending = oneStop.send(load.messages)
    await bothRun(oneStop, load)
    const before = new Map(oneStop.said)
    await endProcess(hub, 'SIGKILL')
    hub = await province.start('all')
    await sending
    expect(oneStop.refusals.length).toBeGreaterThan(0)
    await oneStop.send(load.messages.filter((message) => before.has(message.eventId)))
    for (const [event, { id }] of before)
      expect(oneStop.said.get(event)).toEqual({ status: 'duplicate', id })
    await province.judge(load.byDossier)
  }, 90_000)

  it('stops by SIGTERM in the middle of load, with code 0, and goes on where it was', async () => {
    province = await openProvince()
    const hub: ChildProcess = await province.start('all')
    province.portal.misbehave(pace)
    const load = makeLoad(dossiers, 103)
    const oneStop = createOneStop(province)
    const sending = oneStop.send(load.messages)
    await bothRun(oneStop, load)
    const from = performance.now()
    await endProcess(hub, 'SIGTERM')
    expect(hub.exitCode).toBe(0)
    expect(performance.now() - from).toBeLessThan(25_000)
    await province.start('all')
    await sending
    expect(refused(oneStop.said)).toEqual([])
    await province.judge(load.byDossier)
  }, 90_000)
})

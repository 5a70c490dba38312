import { expect, it } from 'vitest'
import { createCorrectionStore } from '../../src/adapters/postgres/corrections/store.ts'
import { createPlanRunStore } from '../../src/adapters/postgres/plans.ts'
import { createCorrectionQueries } from '../../src/adapters/postgres/queries/corrections.ts'
import { findDelivery } from '../../src/adapters/postgres/queries/deliveries.ts'
import { findMessage } from '../../src/adapters/postgres/queries/messages.ts'
import { digest } from '../../src/adapters/system/digest.ts'
import { uuidv7 } from '../../src/adapters/system/ids.ts'
import type { Fault } from '../../src/domain/errors.ts'
import { everything } from '../../src/domain/unit.ts'
import { createCorrectionDesk } from '../../src/engine/corrections/correction-desk.ts'
import { createPlanRunner } from '../../src/engine/plans/plan-runner.ts'
import { type Bench, describeEngine } from '../support/backends.ts'
import { revisionOf, type World } from '../support/engine.ts'
import { keepingLogger } from '../support/quiet-logger.ts'
import { appliedUnheard, createTarget, rejected } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const lan = { actor: 'user:lan', reason: 'Nguồn gõ sai mã' }
const minh = { actor: 'user:minh', reason: 'Đã đối chiếu hồ sơ giấy' }

const tooLarge: Fault = { pointer: '/n', rule: 'maximum', vi: 'lớn quá', en: 'too large' }

/** `personal`: every message holds personal data. Numbers above 900 do not fit. */
function correctionsOf(world: World, { personal = false, approval = true } = {}) {
  const { database, cipher } = world
  const keys = { keyring: cipher, withKeys: async <T>(_: unknown, work: () => T) => work() }
  const queries = createCorrectionQueries(database, keys)
  const desk = createCorrectionDesk({
    ...{ store: createCorrectionStore(database, keys), digest, cipher, newId: uuidv7, approval },
    schemas: {
      validateMessage: (_, data) => ((data as { n: number }).n > 900 ? [tooLarge] : []),
      ...{ subjectOf: () => undefined, unitOf: () => undefined },
      holdsPersonalData: () => personal,
    },
    revision: () => revisionOf([]),
    wakeups: { wake: () => world.wake() },
  })
  const messageOf = async (subject: string, number: number): Promise<string> => {
    const { lane } = await world.place(subject, number)
    const [row] = await database.ask<{ id: string }>(
      'select message_id as id from hub.delivery where lane = $1 and number = $2',
      [lane, number],
    )
    return row?.id ?? ''
  }
  const one = async (subject: string, number: number, data: object) => {
    const message = await messageOf(subject, number)
    return desk.create(await desk.prepare({ message, data }, everything), lan)
  }
  return { desk, queries, messageOf, one, keys }
}

const arrivals = (world: World) =>
  world.target.arrivals.map(({ subject, n, key }) => ({ subject, n, key }))

const blockedAt = async (bench: Bench, subject: string, count: number) => {
  const target = createTarget({ repeat: 'ask' })
  const world = await bench.world({ target })
  target.script(subject, 1, rejected)
  await world.accept(subject, ...Array.from({ length: count }, (_, index) => index + 1))
  await world.worker()
  await world.until(subject, ['dead', ...Array(count - 1).fill('waiting')].join(' '))
  return world
}

const auditOf = (world: World, object: string) =>
  world.database.ask<{ action: string; actor: string; detail: string }>(
    'select action, actor, detail from hub.audit where object = $1 order by id',
    [object],
  )

function courses(bench: Bench): void {
  it('sends a corrected message in the very place of the blocker, before all that waits behind', async () => {
    const subject = 'H99.14-260101-0001'
    const world = await blockedAt(bench, subject, 3)
    const { desk, queries, messageOf, one } = correctionsOf(world)
    const original = await messageOf(subject, 1)
    const before = arrivals(world)
    const id = await one(subject, 1, { n: 101 })
    // Nothing is sent by a draft.
    expect(await world.states(subject)).toBe('dead waiting waiting')
    expect(await desk.send(id, {}, everything, lan)).toBeNull()
    // The original moves behind: it is the last of the lane now, and over.
    await world.until(subject, 'delivered delivered delivered superseded')
    const after = arrivals(world).slice(before.length)
    expect(after.map(({ n }) => n)).toEqual([101, 2, 3])
    expect(after[0]?.key).not.toBe(before[0]?.key)
    const corrected = await messageOf(subject, 1)
    expect(await messageOf(subject, 4)).toBe(original)
    expect(await findMessage(world.database, corrected)).toMatchObject({ corrects: original })
    expect(await findMessage(world.database, original)).toMatchObject({
      correctedBy: [corrected],
      deliveries: [{ state: 'superseded', code: 'target-rejected', tries: 1 }],
    })
    expect(await queries.correction(id)).toMatchObject({
      ...{ state: 'sent', kind: 'one', pointers: ['/n'], endedBy: 'user:lan' },
      counts: { messages: 1, faulty: 0, deliveries: 1, replaced: 1 },
    })
    const { lane } = await world.place(subject, 1)
    expect((await queries.correctionItems(id, { limit: 9 })).items).toEqual([
      {
        ...{ message: original, corrected, subject, type: 'progress', pointers: ['/n'] },
        deliveries: [{ id: `${lane}.1`, system: world.system.id, replaced: `${lane}.4` }],
        changes: [{ pointer: '/n', before: 1, after: 101 }],
        faults: [],
      },
    ])
  })

  it('keeps on record who has corrected what, why and where, and what the system had said', async () => {
    const subject = 'H99.14-260101-0002'
    const world = await blockedAt(bench, subject, 2)
    const { desk, messageOf, one } = correctionsOf(world)
    const original = await messageOf(subject, 1)
    const id = await one(subject, 1, { n: 102, added: 'x' })
    await desk.send(id, {}, everything, minh)
    await world.until(subject, 'delivered delivered superseded')
    const { lane } = await world.place(subject, 1)
    const place = { lane, number: 3 }
    const replaced = await findDelivery(world.database, world.cipher, undefined, place)
    // Its attempts are its own still, and can be read under the number that they were sealed with.
    expect(replaced?.attempts).toMatchObject([{ outcome: 'permanent', code: 'target-rejected' }])
    const inPlace = { lane, number: 1 }
    const sent = await findDelivery(world.database, world.cipher, undefined, inPlace)
    expect(sent?.attempts).toMatchObject([{ number: 1, outcome: 'delivered' }])
    const corrected = await messageOf(subject, 1)
    const [row] = await auditOf(world, corrected)
    expect(row).toMatchObject({ action: 'message.corrected', actor: 'user:minh' })
    expect(JSON.parse(row?.detail ?? '')).toMatchObject({
      ...{ corrects: original, correction: id, changed: ['/n', '/added'] },
    })
    expect((await auditOf(world, `correction:${id}`)).map(({ action }) => action)).toEqual([
      ...['correction.created', 'correction.sent'],
    ])
    expect(await auditOf(world, `${lane}.1`)).toMatchObject([
      { action: 'delivery.corrected', actor: 'user:minh', detail: minh.reason },
    ])
    expect(await auditOf(world, `${lane}.3`)).toMatchObject([
      { action: 'delivery.superseded', detail: `${lane}.1` },
    ])
  })

  it('corrects a correction that fails again', async () => {
    const subject = 'H99.14-260101-0003'
    const world = await blockedAt(bench, subject, 2)
    const { desk, one } = correctionsOf(world)
    world.target.script(subject, 103, rejected)
    await desk.send(await one(subject, 1, { n: 103 }), {}, everything, lan)
    await world.until(subject, 'dead waiting superseded')
    await desk.send(await one(subject, 1, { n: 104 }), {}, everything, lan)
    await world.until(subject, 'delivered delivered superseded superseded')
  })
}

function secondPersons(bench: Bench): void {
  it('waits for another person where the message holds personal data', async () => {
    const subject = 'H99.14-260101-0004'
    const world = await blockedAt(bench, subject, 2)
    const { desk, queries, one } = correctionsOf(world, { personal: true })
    const id = await one(subject, 1, { n: 105 })
    const refused = { code: 'state-conflict' }
    await expect(desk.send(id, {}, everything, lan)).rejects.toMatchObject(refused)
    await expect(desk.approve(id, minh)).rejects.toMatchObject(refused)
    await desk.ask(id, lan)
    await expect(desk.send(id, {}, everything, minh)).rejects.toMatchObject(refused)
    await expect(desk.approve(id, lan)).rejects.toMatchObject(refused)
    expect(await world.states(subject)).toBe('dead waiting')
    await desk.approve(id, minh)
    expect(await queries.correction(id)).toMatchObject({
      ...{ state: 'approved', decidedBy: 'user:minh', decidedWhy: minh.reason },
    })
    await desk.send(id, {}, everything, lan)
    await world.until(subject, 'delivered delivered superseded')
  })

  it('keeps nothing of what was refused or withdrawn', async () => {
    const subject = 'H99.14-260101-0005'
    const world = await blockedAt(bench, subject, 2)
    const { desk, queries, one } = correctionsOf(world, { personal: true })
    const refused = await one(subject, 1, { n: 106 })
    await desk.ask(refused, lan)
    await expect(desk.refuse(refused, lan)).rejects.toMatchObject({ code: 'state-conflict' })
    await desk.refuse(refused, minh)
    const withdrawn = await one(subject, 1, { n: 107 })
    await desk.withdraw(withdrawn, lan)
    for (const id of [refused, withdrawn]) {
      await expect(desk.send(id, {}, everything, lan)).rejects.toMatchObject({
        code: 'state-conflict',
      })
      const { items } = await queries.correctionItems(id, { limit: 9 })
      expect(items).toMatchObject([{ pointers: ['/n'], changes: null, corrected: null }])
    }
    const rows = await world.database.ask(
      'select 1 from hub.correction_message where correction = any ($1) and bytes is not null',
      [[refused, withdrawn]],
    )
    expect(rows).toEqual([])
  })

  it('needs nobody else where the setting says so', async () => {
    const subject = 'H99.14-260101-0006'
    const world = await blockedAt(bench, subject, 1)
    const { desk, one } = correctionsOf(world, { personal: true, approval: false })
    await desk.send(await one(subject, 1, { n: 108 }), {}, everything, lan)
    await world.until(subject, 'delivered superseded')
  })
}

function limits(bench: Bench): void {
  it('refuses what does not fit, changes nothing, or has nothing to replace', async () => {
    const subject = 'H99.14-260101-0007'
    const world = await blockedAt(bench, subject, 2)
    const { one } = correctionsOf(world)
    await expect(one(subject, 1, { n: 901 })).rejects.toMatchObject({
      code: 'schema-violation',
      faults: [{ pointer: '/data/n', rule: 'maximum' }],
    })
    await expect(one(subject, 1, { n: 1 })).rejects.toMatchObject({ code: 'request-invalid' })
    await expect(one(subject, 2, { n: 109 })).rejects.toMatchObject({ code: 'state-conflict' })
  })

  it('does not send behind the back of a redrive, nor twice', async () => {
    const subject = 'H99.14-260101-0008'
    const world = await blockedAt(bench, subject, 1)
    const { desk, queries, one } = correctionsOf(world)
    const first = await one(subject, 1, { n: 110 })
    const second = await one(subject, 1, { n: 111 })
    await desk.send(first, {}, everything, lan)
    await world.until(subject, 'delivered superseded')
    const refused = { code: 'state-conflict' }
    await expect(desk.send(first, {}, everything, lan)).rejects.toMatchObject(refused)
    // What it was for is over; as if it had not been tried, it can be withdrawn.
    await expect(desk.send(second, {}, everything, lan)).rejects.toMatchObject(refused)
    expect(await queries.correction(second)).toMatchObject({ state: 'draft' })
    expect(await world.states(subject)).toBe('delivered superseded')
  })

  it('puts nothing in the place of what may have arrived', async () => {
    const subject = 'H99.14-260101-0010'
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target })
    target.script(subject, 1, appliedUnheard)
    await world.accept(subject, 1)
    const worker = await world.worker()
    await world.until(subject, 'unknown')
    await world.intervene(subject, 1, 'give-up')
    const { desk, one } = correctionsOf(world)
    const id = await one(subject, 1, { n: 113 })
    const refused = { code: 'state-conflict', detail: { en: expect.stringMatching(/may have/) } }
    await expect(desk.send(id, {}, everything, lan)).rejects.toMatchObject(refused)
    // A store that was lost may have sent it.
    await worker.kill()
    await world.database.ask('update hub.delivery set given_up = false, doubtful = true', [])
    await expect(desk.send(id, {}, everything, lan)).rejects.toMatchObject(refused)
    expect(await world.states(subject)).toBe('dead')
    expect(target.applied(subject)).toEqual([1])
    await world.intervene(subject, 1, 'redrive')
    await world.database.ask('update hub.delivery set doubtful = false', [])
    target.script(subject, 1, rejected)
    await world.worker()
    await world.until(subject, 'dead')
    await desk.send(id, {}, everything, lan)
    await world.until(subject, 'delivered superseded')
  })

  it('does not overtake what has reached the system since', async () => {
    const subject = 'H99.14-260101-0009'
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'skip' })
    target.script(subject, 1, rejected)
    await world.accept(subject, 1, 2)
    await world.worker()
    await world.until(subject, 'dead delivered')
    const { desk, one } = correctionsOf(world)
    const id = await one(subject, 1, { n: 112 })
    await expect(desk.send(id, {}, everything, lan)).rejects.toMatchObject({
      code: 'order-would-break',
    })
    expect(await world.states(subject)).toBe('dead delivered')
  })

  it('makes the same correction for many, as a plan that leaves alone what it was not meant for', async () => {
    const subjects = [1, 2, 3, 4].map((n) => `H99.15-260101-000${n}`)
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    for (const subject of subjects) target.script(subject, 1, rejected)
    for (const subject of subjects) await world.accept(subject, 1, 2)
    // Its content is another one.
    target.script('H99.15-260101-0009', 5, rejected)
    await world.accept('H99.15-260101-0009', 5)
    await world.worker()
    for (const subject of subjects) await world.until(subject, 'dead waiting')
    await world.until('H99.15-260101-0009', 'dead')
    const { desk, queries } = correctionsOf(world)
    const steps = [
      { pointer: '/n', from: 1, to: 201 },
      { pointer: '/note', to: 'bổ sung' },
    ]
    const filter = { system: world.system.id }
    const id = await desk.create(await desk.prepare({ filter, steps }, everything), lan)
    expect(await queries.correction(id)).toMatchObject({
      ...{ kind: 'many', pointers: ['/n', '/note'], more: false },
      counts: { messages: 5, faulty: 1, deliveries: 5, replaced: 0 },
    })
    const faulty = await queries.correctionItems(id, { faulty: true, limit: 9 })
    expect(faulty.items).toMatchObject([
      { subject: 'H99.15-260101-0009', faults: [{ pointer: '/n', rule: 'expected' }] },
    ])
    const plan = await desk.send(id, { ratePerMinute: 60_000 }, everything, lan)
    const runner = createPlanRunner({
      store: createPlanRunStore(world.database),
      wakeups: { wake: () => world.wake() },
      ...{ log: keepingLogger().log, process: 'corrections', systems: () => [world.system] },
      ...{ stepMs: 5, lookMs: 10 },
    })
    const stop = new AbortController()
    const finished = async () => {
      await runner.runDue(stop.signal)
      const [row] = await world.database.ask<{ state: string }>(
        'select state from hub.plan where id = $1',
        [plan],
      )
      return row?.state
    }
    await waitUntil('the plan is finished', finished, (state) => state === 'finished')
    stop.abort()
    await runner.idle()
    for (const subject of subjects) {
      expect(await world.states(subject)).toBe('delivered delivered superseded')
      const sent = target.arrivals.filter((one) => one.subject === subject)
      expect(sent.map(({ n }) => n)).toEqual([1, 201, 2])
    }
    expect(await world.states('H99.15-260101-0009')).toBe('dead')
    expect(await queries.correction(id)).toMatchObject({ plan, counts: { replaced: 4 } })
  })
}

describeEngine('corrections', ['postgres'], (bench) => {
  courses(bench)
  secondPersons(bench)
  limits(bench)
})

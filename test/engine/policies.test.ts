import { expect, it } from 'vitest'
import { type Bench, bothBackends, describeEngine } from '../support/backends.ts'
import { appliedUnheard, busy, createTarget, lost, rejected, type Step } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const patient = { retry: { stepsSeconds: [3_600], giveUpAfterHours: 100 } }

function block(bench: Bench): void {
  it('block: nothing passes a dead letter, and a redrive moves the lane on in order', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'block' })
    target.script('A', 1, rejected)
    await world.accept('A', 1, 2, 3)
    await world.worker()
    await world.until('A', 'dead waiting waiting')
    await world.intervene('A', 1, 'redrive')
    await world.until('A', 'delivered delivered delivered')
    expect(target.sent('A')).toEqual([1, 1, 2, 3])
  })

  it('block: a dead letter that lies behind another one blocks in its turn', async () => {
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target, policy: 'block' })
    await world.accept('A', 1, 2, 3)
    // As a person leaves it who has given up the second of two that were in doubt.
    await bench.database().sql('alter table hub.delivery disable trigger check_transition')
    await bench.database().sql(
      `update hub.delivery set state = 'dead', code = 'outcome-unknown'
       where number = 2 and system = $1`,
      [world.system.id],
    )
    await bench.database().sql('alter table hub.delivery enable trigger check_transition')
    await bench.database().sql(
      `insert into hub.failure (lane, number, system, message_id, state, code)
       select lane, number, system, message_id, state, code from hub.delivery
       where number = 2 and system = $1`,
      [world.system.id],
    )
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered dead waiting')
    await world.accept('B', 1)
    await world.until('B', 'delivered')
    expect(await world.states('A')).toBe('delivered dead waiting')
    expect(target.sent('A')).toEqual([1])
    await world.intervene('A', 2, 'discard')
    await world.until('A', 'delivered discarded delivered')
  })
}

function skip(bench: Bench): void {
  it('skip: the lane passes a dead letter, which stays on the list', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'skip' })
    target.script('A', 1, rejected)
    target.script('A', 3, rejected)
    await world.accept('A', 1, 2, 3, 4)
    await world.worker()
    await world.until('A', 'dead delivered dead delivered')
    expect(target.sent('A')).toEqual([1, 2, 3, 4])
    const { lane } = await world.place('A', 1)
    const failures = await bench
      .database()
      .sql('select number from hub.failure where lane = $1 order by number', [lane])
    expect(failures).toEqual([{ number: 1 }, { number: 3 }])
    await expect(world.intervene('A', 1, 'redrive')).rejects.toMatchObject({
      code: 'order-would-break',
    })
  })

  it('skip: an unknown one is waited for all the same', async () => {
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target, policy: 'skip' })
    target.script('A', 1, lost)
    await world.accept('A', 1, 2)
    await world.worker()
    await world.until('A', 'unknown waiting')
    await world.intervene('A', 1, 'give-up')
    await world.until('A', 'dead delivered')
  })
}

function supersede(bench: Bench): void {
  it('supersede: a newer snapshot replaces older ones that were not sent, and only those', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede' })
    await world.acceptSnapshot('A', 1, 2)
    await world.accept('A', 3)
    await world.acceptSnapshot('A', 4, 5)
    await world.accept('A', 6)
    expect(await world.states('A')).toBe('superseded superseded waiting superseded waiting waiting')
    await world.worker()
    await world.until('A', 'superseded superseded delivered superseded delivered delivered')
    expect(target.sent('A')).toEqual([3, 5, 6])
    const { lane } = await world.place('A', 1)
    const audit = await bench.database().sql(
      `select object, detail from hub.audit where action = 'delivery.superseded' and object like $1
         order by id`,
      [`${lane}.%`],
    )
    expect(audit).toEqual([
      { object: `${lane}.1`, detail: `${lane}.2` },
      { object: `${lane}.2`, detail: `${lane}.5` },
      { object: `${lane}.4`, detail: `${lane}.5` },
    ])
  })

  it('supersede: what has been sent, or may have been, is never replaced', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede', system: { settleMs: 400 } })
    target.script('A', 1, appliedUnheard)
    await world.acceptSnapshot('A', 1)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'unknown')
    await world.acceptSnapshot('A', 2)
    await world.acceptSnapshot('A', 3)
    expect(await world.states('A')).toBe('unknown superseded waiting')
    await world.until('A', 'delivered superseded delivered')
    expect(target.applied('A')).toEqual([1, 3])
    // New snapshots do not cut its settle time short.
    const [sent, asked] = target.arrivals
    expect(asked?.kind).toBe('confirm')
    expect((asked?.atMs ?? 0) - (sent?.atMs ?? 0)).toBeGreaterThanOrEqual(399)
  })

  it('supersede: a snapshot that is on its way while a newer comes is sent to its end', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede' })
    let open = (): void => undefined
    const until = new Promise<void>((resolve) => {
      open = resolve
    })
    const slow: Step = { outcome: { kind: 'delivered' }, applies: 'now', until }
    target.script('A', 1, slow)
    await world.acceptSnapshot('A', 1)
    await world.worker({ beatMs: 50 })
    await waitUntil('it is on its way', () => target.arrivals.length === 1)
    await world.acceptSnapshot('A', 2)
    await world.acceptSnapshot('A', 3)
    open()
    await world.until('A', 'delivered superseded delivered')
    expect(target.sent('A')).toEqual([1, 3])
  })

  it('supersede: a newer snapshot frees a lane whose dead head it replaces', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede' })
    target.script('A', 1, rejected)
    await world.acceptSnapshot('A', 1)
    await world.accept('A', 2)
    await world.worker()
    await world.until('A', 'dead waiting')
    await world.acceptSnapshot('A', 3)
    await world.until('A', 'dead delivered delivered')
    expect(target.sent('A')).toEqual([1, 2, 3])
  })

  it('supersede: the same when the newer was there before the older died', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede' })
    let open = (): void => undefined
    const until = new Promise<void>((resolve) => {
      open = resolve
    })
    target.script('A', 1, { ...rejected, until })
    await world.acceptSnapshot('A', 1)
    await world.worker()
    await waitUntil('it is on its way', () => target.arrivals.length === 1)
    await world.acceptSnapshot('A', 2)
    open()
    await world.until('A', 'dead delivered')
  })

  it('supersede: a dead snapshot blocks again when a person discards the one that replaced it', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede' })
    for (const n of [1, 2]) target.script('A', n, rejected)
    await world.acceptSnapshot('A', 1)
    await world.worker()
    await world.until('A', 'dead')
    await world.acceptSnapshot('A', 2)
    await world.until('A', 'dead dead')
    await world.accept('A', 3)
    await world.intervene('A', 2, 'discard')
    await world.accept('B', 1)
    await world.until('B', 'delivered')
    expect(await world.states('A')).toBe('dead discarded waiting')
    expect(await world.faults()).toEqual([])
    await world.intervene('A', 1, 'discard')
    await world.until('A', 'discarded discarded delivered')
    expect(target.sent('A')).toEqual([1, 2, 3])
  })

  it('supersede: a dead progress row is replaced by nothing', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede' })
    target.script('A', 1, rejected)
    await world.accept('A', 1)
    await world.worker()
    await world.until('A', 'dead')
    await world.acceptSnapshot('A', 2)
    await world.accept('B', 1)
    await world.until('B', 'delivered')
    expect(await world.states('A')).toBe('dead waiting')
  })

  it('supersede: a head that rests before its next try keeps its time', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede', system: patient })
    target.script('A', 1, busy)
    await world.accept('A', 1)
    const worker = await world.worker({ beatMs: 50 })
    await waitUntil(
      'it was refused once',
      async () => (await world.rows('A'))[0]?.code === 'target-busy',
    )
    const wakeAt = async () => {
      const { lane } = await world.place('A', 1)
      return bench.database().sql('select wake_at from hub.lane where id = $1', [lane])
    }
    const before = await wakeAt()
    for (const n of [2, 3, 4]) await world.acceptSnapshot('A', n)
    expect(await wakeAt()).toEqual(before)
    await worker.sweep.beat()
    expect(target.sent('A')).toEqual([1])
    expect(await world.states('A')).toBe('waiting superseded superseded waiting')
  })

  it('supersede: a snapshot that rests gives its place to the newer at once', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede', system: patient })
    target.script('A', 1, busy)
    await world.acceptSnapshot('A', 1)
    await world.worker()
    await waitUntil(
      'it was refused once',
      async () => (await world.rows('A'))[0]?.code === 'target-busy',
    )
    await world.acceptSnapshot('A', 2)
    await world.until('A', 'superseded delivered')
  })

  it('supersede: snapshots are superseded under concurrent batches without harm', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'supersede' })
    await world.worker()
    const numbers = Array.from({ length: 30 }, (_, n) => n + 1)
    await Promise.all(
      numbers.map((n) => (n % 3 === 0 ? world.accept('A', n) : world.acceptSnapshot('A', n))),
    )
    await waitUntil('all is final', async () =>
      (await world.rows('A')).every((row) => ['delivered', 'superseded'].includes(row.state)),
    )
    const rows = await world.rows('A')
    expect(rows).toHaveLength(30)
    expect(rows.at(-1)?.state).toBe('delivered')
  })
}

describeEngine('policies', bothBackends, (bench) => {
  block(bench)
  skip(bench)
})
describeEngine('policies', bothBackends, supersede)

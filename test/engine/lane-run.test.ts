import { expect, it } from 'vitest'
import { later } from '../../src/connector/errors.ts'
import { type Bench, bothBackends, describeEngine } from '../support/backends.ts'
import type { World } from '../support/engine.ts'
import {
  appliedUnheard,
  busy,
  createTarget,
  delivered,
  refusedSession,
  rejected,
  type Step,
} from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

function order(bench: Bench): void {
  it('stops the lane at a retry and hands the rest of its run back untried', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 2, busy, busy)
    await world.accept('A', 1, 2, 3, 4)
    await world.worker()
    await world.until('A', 'delivered delivered delivered delivered')
    expect(target.sent('A')).toEqual([1, 2, 2, 2, 3, 4])
    expect((await world.rows('A')).map((row) => row.tries)).toEqual([1, 3, 1, 1])
  })

  it('stops at a dead letter; what follows waits for a person', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 2, rejected)
    await world.accept('A', 1, 2, 3, 4)
    await world.worker()
    await world.until('A', 'delivered dead waiting waiting')
    await world.accept('A', 5)
    await world.accept('B', 1)
    await world.until('B', 'delivered')
    expect(await world.states('A')).toBe('delivered dead waiting waiting waiting')
    expect(target.sent('A')).toEqual([1, 2])
    const rows = await world.rows('A')
    expect(rows.map((row) => row.code)).toEqual([null, 'target-rejected', null, null, null])
    expect(rows.map((row) => row.tries)).toEqual([1, 1, 0, 0, 0])
  })

  it('gives every attempt of a delivery the same key, and no two deliveries one key', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, busy, busy, busy)
    await world.accept('A', 1, 2)
    await world.worker()
    await world.until('A', 'delivered delivered')
    const keys = target.arrivals.map((one) => [one.n, one.key, one.attempt] as const)
    expect(keys.map(([n, , attempt]) => [n, attempt])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
      [2, 1],
    ])
    expect(new Set(keys.map(([, key]) => key)).size).toBe(2)
    expect(new Set(keys.slice(0, 4).map(([, key]) => key)).size).toBe(1)
  })

  it('records each attempt: kind, number, outcome, code and what the system said, sealed', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    const said = { remoteMessage: 'Hồ sơ của ông Nguyễn Văn Thử \0 bị từ chối' }
    const detail = { vi: 'mã \0 lạ', en: 'odd \ud800 code' }
    const faults = [{ pointer: '/a\0', rule: 'x', vi: 'sai', en: 'wrong' }]
    const outcome = { kind: 'permanent', code: 'target-rejected', evidence: said, detail, faults }
    target.script('A', 1, busy, { outcome })
    await world.accept('A', 1)
    await world.worker()
    await world.until('A', 'dead')
    const { lane } = await world.place('A', 1)
    const attempts = await bench
      .database()
      .sql<Record<string, unknown>>('select * from hub.attempt where lane = $1 order by try', [
        lane,
      ])
    expect(attempts).toMatchObject([
      { kind: 'send', try: 1, outcome: 'retry', code: 'target-busy', evidence: null },
      { kind: 'send', try: 2, outcome: 'permanent', code: 'target-rejected', detail, faults },
    ])
    const evidence = attempts[1]?.evidence as Buffer
    expect(evidence.includes('Nguyễn')).toBe(false)
    const plain = world.cipher.decrypt(1, evidence, `attempt:${lane}.1`)
    expect(JSON.parse(Buffer.from(plain).toString())).toEqual(said)
  })
}

function follows(bench: Bench): void {
  const followed = async (world: World, subject: string) => {
    const rows = await bench
      .database()
      .sql<{ state: unknown }>('select state from hub.follow where system = $1 and subject = $2', [
        world.system.id,
        subject,
      ])
    return rows.map(({ state }) => state)
  }
  const withFollow = (n: number, step: Step = delivered): Step => ({
    ...step,
    outcome: { ...Object(step.outcome), follow: { n } },
  })

  it('follows what the newest delivery says that asks for it, also when a later one fails', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, withFollow(1))
    target.script('A', 2, withFollow(2))
    target.script('A', 4, rejected)
    await world.accept('A', 1, 2, 3, 4)
    await world.accept('B', 1)
    await world.worker()
    await world.until('A', 'delivered delivered delivered dead')
    await world.until('B', 'delivered')
    expect(await followed(world, 'A')).toEqual([{ n: 2 }])
    expect(await followed(world, 'B')).toEqual([])
  })

  it('follows what a question finds out that has arrived', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, appliedUnheard)
    target.script('B', 1, appliedUnheard)
    target.answerQuestions('A', 1, () => ({ answer: 'applied', follow: { n: 7 } }))
    await world.accept('A', 1)
    await world.accept('B', 1)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered')
    await world.until('B', 'delivered')
    expect(await followed(world, 'A')).toEqual([{ n: 7 }])
    expect(await followed(world, 'B')).toEqual([])
  })

  it('follows what travels in batches', async () => {
    const target = createTarget({ repeat: 'harmless', batch: { max: 4, maxWaitMs: 20 } })
    const world = await bench.world({ target })
    target.script('A', 1, withFollow(1))
    target.script('B', 1, rejected)
    await world.accept('A', 1)
    await world.accept('B', 1)
    await world.worker()
    await world.until('A', 'delivered')
    await world.until('B', 'dead')
    expect(await followed(world, 'A')).toEqual([{ n: 1 }])
    expect(await followed(world, 'B')).toEqual([])
  })
}

function memory(bench: Bench): void {
  const remember = (memo: object, step: Step = delivered): Step => ({
    ...step,
    outcome: { ...Object(step.outcome), memo },
  })

  it('passes what a connector remembers along the lane, within a run and over claims', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { runAhead: 2 } })
    target.script('A', 1, remember({ rows: ['a'] }))
    target.script('A', 2, remember({ rows: ['a', 'b'] }))
    await world.accept('A', 1, 2, 3, 4)
    await world.accept('B', 1)
    await world.worker()
    await world.until('A', 'delivered delivered delivered delivered')
    await world.until('B', 'delivered')
    const memoOf = (subject: string) =>
      target.arrivals.filter((one) => one.subject === subject).map((one) => one.memo)
    expect(memoOf('A')).toEqual([
      undefined,
      { rows: ['a'] },
      { rows: ['a', 'b'] },
      { rows: ['a', 'b'] },
    ])
    expect(memoOf('B')).toEqual([undefined])
  })

  it('keeps what was remembered even when the attempt failed', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, remember({ half: 1 }, busy), { throws: later('target-busy') })
    target.script('A', 2, remember({ half: 2 }, rejected))
    await world.accept('A', 1, 2)
    await world.worker()
    await world.until('A', 'delivered dead')
    await world.intervene('A', 2, 'redrive')
    await world.until('A', 'delivered delivered')
    expect(target.arrivals.map((one) => one.memo)).toEqual([
      undefined,
      { half: 1 },
      { half: 1 },
      { half: 1 },
      { half: 2 },
    ])
  })
}

function faults(bench: Bench): void {
  it.each([
    ['throws what is no connector error', { throws: new TypeError('x is not a function') }],
    ['throws what is no error at all', { throws: 'oops' }],
    ['answers with nothing', { outcome: undefined }],
    ['answers with something else', { outcome: { kind: 'fine' } }],
  ])('makes it a dead letter and loud when a connector %s', async (_, step) => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, step)
    await world.accept('A', 1, 2)
    const worker = await world.worker()
    await world.until('A', 'dead waiting')
    const [row] = await world.rows('A')
    expect(row).toMatchObject({ code: 'bug', tries: 1 })
    const loud = worker.lines.filter((line) => line.level === 'error')
    expect(loud).toHaveLength(1)
    expect(loud[0]?.fields).toEqual({ delivery: `${row?.lane}.1` })
    // After the fix it goes on from where it stood.
    await world.intervene('A', 1, 'redrive')
    await world.until('A', 'delivered delivered')
  })

  it('makes a type that no operation takes a dead letter, without a request', async () => {
    const target = createTarget({ repeat: 'ask' })
    const bare = { ...target, manifest: { ...target.manifest, operations: [] } }
    const world = await bench.world({ target: bare })
    await world.accept('A', 1)
    await world.worker()
    await world.until('A', 'dead')
    expect((await world.rows('A'))[0]?.code).toBe('operation-missing')
    expect(target.arrivals).toEqual([])
  })

  it('makes a body that cannot be read a dead letter, and sends nothing', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.accept('A', 1)
    await bench.database().sql(
      `update hub.body set bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1) where message_id =
         (select message_id from hub.delivery where lane = $1)`,
      [(await world.place('A', 1)).lane],
    )
    await world.worker()
    await world.until('A', 'dead')
    expect((await world.rows('A'))[0]?.code).toBe('body-unreadable')
    expect(target.arrivals).toEqual([])
  })

  it('pauses the system on a refused session and costs the message no try', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, refusedSession)
    await world.accept('A', 1, 2)
    await world.accept('B', 1)
    const worker = await world.worker()
    const state = () =>
      bench
        .database()
        .sql<{ paused_code: string | null; paused_by: string }>(
          'select paused_code, paused_by from hub.system_state where system = $1',
          [world.system.id],
        )
    await waitUntil(
      'the system is paused',
      state,
      (rows) => rows[0]?.paused_code === 'session-refused',
    )
    await waitUntil('nothing is in work', () => worker.drain.open().length === 0)
    expect((await world.rows('A')).map((row) => [row.state, row.tries])).toEqual([
      ['waiting', 0],
      ['waiting', 0],
    ])
    expect((await state())[0]?.paused_by).toBe('hub')
    const act = { actor: 'user:tests', reason: 'đã cấp lại mật khẩu' }
    await world.gates.resume(world.system.id, act)
    await world.until('A', 'delivered delivered')
    await world.until('B', 'delivered')
    expect((await world.rows('A')).map((row) => row.tries)).toEqual([1, 1])
  })
}

describeEngine('lane-run', bothBackends, (bench) => {
  order(bench)
  memory(bench)
  follows(bench)
  faults(bench)
})

import { describe, expect, it, vi } from 'vitest'
import { createAcceptStore } from '../../src/adapters/postgres/accept.ts'
import { createCatalogueStore } from '../../src/adapters/postgres/catalogues.ts'
import { createPullStore } from '../../src/adapters/postgres/pull.ts'
import { listProblems } from '../../src/adapters/postgres/queries/problems.ts'
import { listPulls } from '../../src/adapters/postgres/queries/systems.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { digest } from '../../src/adapters/system/digest.ts'
import { uuidv7 } from '../../src/adapters/system/ids.ts'
import type { Connector, Followed, PullPage, PullRequest } from '../../src/connector/contract.ts'
import { later } from '../../src/connector/errors.ts'
import type { PullJob } from '../../src/domain/configuration.ts'
import type { IncomingMessage } from '../../src/domain/message.ts'
import { createAccept } from '../../src/engine/accept/accept.ts'
import { createCatalogue } from '../../src/engine/pulls/catalogue.ts'
import { createPull } from '../../src/engine/pulls/pull.ts'
import { useDatabase } from '../support/database.ts'
import { createTestCipher, revisionOf, silentMetrics } from '../support/engine.ts'
import { keepingLogger } from '../support/quiet-logger.ts'

const database = useDatabase()
const act = { actor: 'user:lan', reason: 'cần ngay' }
const never = new AbortController().signal
const hourMs = 3_600_000

const message = (subject: string, n: number, change: Partial<IncomingMessage> = {}) => ({
  source: 'urn:portal',
  eventId: `${subject}-${n}`,
  type: 'progress',
  subject,
  time: '2026-03-02T08:00:00+07:00',
  data: { n },
  ...change,
})

type Answer = (request: PullRequest) => Promise<PullPage> | PullPage

let jobs = 0

/** One pull job with a source that answers page after page as it is told. */
function open(answers: Answer[], change: Partial<PullJob> = {}) {
  jobs += 1
  const { log, lines } = keepingLogger()
  const requests: Omit<PullRequest, 'followed' | 'due' | 'latest' | 'timesOf'>[] = []
  const job: PullJob = {
    kind: 'pull',
    id: `fetch-${jobs}`,
    title: { vi: '', en: '' },
    enabled: true,
    from: `portal-${jobs}`,
    operation: 'changes',
    schedule: 'hourly',
    overlapSeconds: 600,
    catchUp: 'one',
    ...change,
  }
  const connector: Connector = {
    check: async () => [],
    close: async () => undefined,
    pull: async (request) => {
      const { followed: _, latest: __, held: ___, due: ____, timesOf: _____, ...asked } = request
      requests.push(asked)
      const answer = answers.shift()
      return answer ? answer(request) : { messages: [], cursor: request.cursor, more: false }
    },
  }
  const store = createPullStore(database().database)
  const accept = createAccept({
    store: createAcceptStore(database().database),
    schemas: {
      validateMessage: (type) => (type === 'unheard-of' ? undefined : []),
      subjectOf: () => undefined,
      unitOf: () => undefined,
    },
    cipher: createTestCipher(),
    digest,
    newId: uuidv7,
    revision: () => revisionOf([]),
    isSnapshot: () => false,
    wakeups: { wake: () => undefined },
    metrics: silentMetrics,
    log,
  })
  const catalogue = createCatalogue({
    ...{ store: createCatalogueStore(database().database), digest, clock: systemClock, log },
    sourceOf: (name) => `/h99/catalogues/${name}`,
  })
  /** As the hub uses it, but what was started has ended when `runDue` resolves. */
  const process = (name: string, more: Partial<Parameters<typeof createPull>[0]> = {}) => {
    const pull = createPull({
      store,
      accept,
      catalogue,
      log,
      process: name,
      nextRun: (_, after) => new Date(after.getTime() + hourMs),
      jobs: () => [job],
      connector: () => connector,
      isOpen: () => true,
      isPrompt: () => false,
      latest: async () => undefined,
      ...more,
    })
    return {
      ...pull,
      async runDue(signal: AbortSignal) {
        const began = await pull.runDue(signal)
        await pull.idle()
        return began
      },
    }
  }
  const row = async () => {
    const [found] = await database().sql<{
      cursor: string | null
      last_code: string | null
      last_messages: number
      next_run_at: Date
      owner: string | null
      skipped_at: Date | null
      lease_until: Date | null
    }>('select * from hub.pull where job = $1', [job.id])
    return found
  }
  return {
    job,
    store,
    accept,
    catalogue,
    connector,
    process,
    requests,
    row,
    lines,
    pull: process('one'),
  }
}

const page =
  (messages: IncomingMessage[], cursor: string | undefined, more = false): Answer =>
  () => ({
    messages,
    cursor,
    more,
  })
const subjects = async (prefix: string) =>
  (
    await database().sql<{ subject: string }>(
      'select subject from hub.message where subject like $1 order by id',
      [`${prefix}%`],
    )
  ).map((one) => one.subject)

/** The first run of a job comes at its first time; here it is wanted now. */
async function runNow(world: ReturnType<typeof open>): Promise<number> {
  await world.pull.runDue(never)
  await world.store.runNow(world.job.id, act)
  return world.pull.runDue(never)
}

function pages(): void {
  it('plans a new job for its first time, and reads nothing before', async () => {
    const world = open([])
    expect(await world.pull.runDue(never)).toBe(0)
    expect(world.requests).toEqual([])
    expect((await world.row())?.next_run_at.getTime()).toBeGreaterThan(Date.now() + hourMs / 2)
  })

  it('reads page after page, each with the cursor of the one before, and plans the next run', async () => {
    const world = open([
      page([message('A1', 1), message('A2', 1)], 'c1', true),
      page([message('A3', 1)], 'c2', true),
      page([], 'c2'),
    ])
    expect(await runNow(world)).toBe(1)
    const always = { operation: 'changes', startedFrom: undefined, refused: [] }
    expect(world.requests).toEqual([
      { ...always, cursor: undefined, overlapSeconds: 600 },
      { ...always, cursor: 'c1', overlapSeconds: 0 },
      { ...always, cursor: 'c2', overlapSeconds: 0 },
    ])
    expect(await subjects('A')).toEqual(['A1', 'A2', 'A3'])
    expect(await world.row()).toMatchObject({
      cursor: 'c2',
      last_code: null,
      last_messages: 3,
      owner: null,
    })
    expect(await world.pull.runDue(never)).toBe(0)
  })

  it('goes on from the last committed page after a failure between pages', async () => {
    const world = open([
      page([message('B1', 1)], 'c1', true),
      () => {
        throw later('connection-refused')
      },
      page([message('B1', 1), message('B2', 1)], 'c2'),
    ])
    await runNow(world)
    expect(await world.row()).toMatchObject({ cursor: 'c1', last_code: 'connection-refused' })
    expect(await subjects('B')).toEqual(['B1'])
    await world.store.runNow(world.job.id, act)
    await world.pull.runDue(never)
    expect(world.requests.at(-1)).toMatchObject({
      cursor: 'c1',
      startedFrom: 'c1',
      overlapSeconds: 600,
    })
    // What the overlap brings again is there already.
    expect(await subjects('B')).toEqual(['B1', 'B2'])
    expect(await world.row()).toMatchObject({ cursor: 'c2', last_messages: 1, last_code: null })
  })

  it('goes on from the last committed page after a process was lost between pages', async () => {
    const lost = open([page([message('C1', 1)], 'c1', true), () => new Promise(() => undefined)])
    await lost.pull.runDue(never)
    await lost.store.runNow(lost.job.id, act)
    void lost.process('lost').runDue(never)
    await expect.poll(() => lost.requests.length, { timeout: 10_000 }).toBe(2)
    // Held by the lost one until its lease runs out.
    expect(await lost.process('two').runDue(never)).toBe(0)
    await database().sql(`update hub.pull set lease_until = now() where job = $1`, [lost.job.id])
    await expect.poll(() => lost.process('two').runDue(never), { timeout: 10_000 }).toBe(1)
    expect(lost.requests.at(-1)).toMatchObject({ cursor: 'c1', startedFrom: 'c1' })
  })

  it('saves neither messages nor cursor of a page once another process has the job', async () => {
    const world = open([])
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    let taken = false
    const answers: Answer = async () => {
      await database().sql(
        `update hub.pull set lease_until = now() - interval '1 s' where job = $1`,
        [world.job.id],
      )
      taken =
        (await world.store.claimPull([{ job: world.job.id, prompt: null }], 'thief', 60_000)) !==
        undefined
      return { messages: [message('D1', 1)], cursor: 'mine', more: false }
    }
    const slow = world.process('slow', { connector: () => connectorOf(answers) })
    await slow.runDue(never)
    expect(taken).toBe(true)
    expect(await subjects('D')).toEqual([])
    expect(await world.row()).toMatchObject({ cursor: null, owner: 'thief' })
  })

  it('tells the source what of the page behind the cursor was refused, in the next page and the next run', async () => {
    const strange = 'tên\u0000lạ\ud800'
    const bad = [
      message('refusal1', 1, { type: 'unheard-of' }),
      message('refusal1', 2, { eventId: strange }),
      message('refusal2', 1, { data: { n: 'other bytes' } }),
    ]
    const world = open([
      page([message('refusal2', 1)], 'c1', true),
      page([message('refusal3', 1), ...bad], 'c2', true),
      page([message('refusal4', 1)], 'c3', true),
      page(bad, 'c4'),
    ])
    await runNow(world)
    const named = ['refusal1-1', strange, 'refusal2-1']
    expect(world.requests.map(({ refused }) => refused)).toEqual([[], [], named, []])
    await world.store.runNow(world.job.id, act)
    await world.process('another').runDue(never)
    expect(world.requests.at(-1)).toMatchObject({ cursor: 'c4', startedFrom: 'c4', refused: named })
    await world.store.runNow(world.job.id, act)
    await world.pull.runDue(never)
    // The page behind it is another by now, and nothing of it was refused.
    expect(world.requests.at(-1)).toMatchObject({ cursor: 'c4', refused: [] })
  })

  it('tells it again to whoever goes on where a process was lost, and to a run after one that failed', async () => {
    const lost = open([
      page([message('resumed1', 1, { type: 'unheard-of' })], 'c1', true),
      () => new Promise(() => undefined),
      () => {
        throw later('connection-refused')
      },
    ])
    await lost.store.plan([{ id: lost.job.id, nextRunAt: new Date(0) }])
    void lost.process('lost').runDue(never)
    await expect.poll(() => lost.requests.length, { timeout: 10_000 }).toBe(2)
    await database().sql(`update hub.pull set lease_until = now() where job = $1`, [lost.job.id])
    await expect.poll(() => lost.process('two').runDue(never), { timeout: 10_000 }).toBe(1)
    await lost.store.runNow(lost.job.id, act)
    await lost.process('three').runDue(never)
    expect(lost.requests.map(({ refused }) => refused)).toEqual([
      [],
      ['resumed1-1'],
      ['resumed1-1'],
      ['resumed1-1'],
    ])
  })

  it('tells the times of the messages that it has accepted, by the source and the id', async () => {
    const time = '2026-03-02T09:00:00+07:00'
    const world = open([
      page(
        [message('timed1', 1, { time }), message('timed2', 1, { type: 'unheard-of' })],
        'c1',
        true,
      ),
      async ({ timesOf }) => {
        told = [
          await timesOf('urn:portal', ['timed1-1', 'timed2-1', 'timed3-1']),
          await timesOf('urn:x', ['timed1-1']),
        ]
        return { messages: [], cursor: 'c2', more: false }
      },
    ])
    let told: ReadonlyMap<string, string>[] = []
    await runNow(world)
    expect(told).toEqual([new Map([['timed1-1', time]]), new Map()])
  })

  it('goes by the clock of the store, whatever that of the machine says', async () => {
    const world = open([])
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 10 * hourMs })
    try {
      await runNow(world)
    } finally {
      vi.useRealTimers()
    }
    // Otherwise the job would be due again at once, and again, for ten hours.
    expect(await world.pull.runDue(never)).toBe(0)
    expect((await world.row())?.next_run_at.getTime()).toBeGreaterThan(Date.now() + hourMs / 2)
  })

  it('runs a due job in one process only', async () => {
    const world = open([page([message('E1', 1)], 'c1'), page([message('E1', 1)], 'c1')])
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    const ran = await Promise.all(['a', 'b', 'c'].map((name) => world.process(name).runDue(never)))
    expect(ran.toSorted()).toEqual([0, 0, 1])
    expect(world.requests).toHaveLength(1)
  })
}

function connectorOf(answer: Answer): Connector {
  return {
    check: async () => [],
    close: async () => undefined,
    pull: async (request) => answer(request),
  }
}

function oddSources(): void {
  it('ends a run that finds no last page, says so, and goes on from there', async () => {
    const world = open([])
    let n = 0
    const connector = connectorOf(() => ({ messages: [], cursor: `c${++n}`, more: true }))
    const endless = world.process('endless', { connector: () => connector, mostPages: 25 })
    await endless.runDue(never)
    await world.store.runNow(world.job.id, act)
    await endless.runDue(never)
    expect(n).toBe(25)
    expect(await world.row()).toMatchObject({ cursor: 'c25', last_code: 'answer-invalid' })
  })

  it('ends a run of pages that goes round in circles, and says so', async () => {
    const world = open([
      page([message('F1', 1)], 'c1', true),
      page([message('F2', 1)], 'c2', true),
      page([message('F3', 1)], 'c1', true),
      page([message('F4', 1)], 'c2', true),
    ])
    await runNow(world)
    expect(world.requests).toHaveLength(3)
    expect(await world.row()).toMatchObject({ last_code: 'answer-invalid' })
    expect(await subjects('F')).toEqual(['F1', 'F2', 'F3'])
  })

  it('ends a run whose source says "more" without saying where', async () => {
    const world = open([page([], undefined, true)])
    await runNow(world)
    expect(await world.row()).toMatchObject({ last_code: 'answer-invalid' })
  })

  it('does not lose its cursor to a source that says none', async () => {
    const world = open([page([message('G1', 1)], 'c1'), page([], undefined)])
    await runNow(world)
    await world.store.runNow(world.job.id, act)
    await world.pull.runDue(never)
    expect(await world.row()).toMatchObject({ cursor: 'c1', last_code: null })
  })

  it('keeps what it must refuse as an audit row and a problem, and takes the rest', async () => {
    const odd = message('H\0', 2)
    const world = open([
      page(
        [message('H1', 1), message('H2', 1, { type: 'unheard-of' }), odd, message('H3', 1)],
        'c1',
      ),
    ])
    await runNow(world)
    expect(await subjects('H')).toEqual(['H1', 'H3'])
    expect(await world.row()).toMatchObject({
      cursor: 'c1',
      last_code: 'type-unknown',
      last_messages: 2,
    })
    const audit = await database().sql<{ object: string; detail: string }>(
      `select object, detail from hub.audit where action = 'message.refused' and actor = $1
       order by id`,
      [`pull:${world.job.id}`],
    )
    expect(audit.map((row) => [row.object, JSON.parse(row.detail).code])).toEqual([
      ['H2', 'type-unknown'],
      ['H\ufffd', 'event-invalid'],
    ])
    const { items: problems } = await listProblems(database().database, { limit: 200 })
    const own = problems.filter((problem) => problem.system === world.job.from)
    expect(own.map((problem) => problem.code).toSorted()).toEqual(['event-invalid', 'type-unknown'])
  })

  it('makes a source that is broken a failed run, loud, and tries again at its time', async () => {
    const world = open([
      () => {
        throw new TypeError('x is not a function')
      },
    ])
    await runNow(world)
    expect(await world.row()).toMatchObject({ last_code: 'bug', cursor: null })
    expect(world.lines.some((line) => line.level === 'error')).toBe(true)
    expect((await world.row())?.next_run_at.getTime()).toBeGreaterThan(Date.now() + hourMs / 2)
  })

  it('says when its system has no connector that can be asked', async () => {
    const world = open([])
    const without = world.process('x', { connector: () => undefined })
    await without.runDue(never)
    await world.store.runNow(world.job.id, act)
    await without.runDue(never)
    expect(await world.row()).toMatchObject({ last_code: 'system-misconfigured' })
  })
}

function schedules(): void {
  it('comes sooner when its schedule does, and never later than once planned', async () => {
    const world = open([])
    const every = (ms: number) =>
      world.process('x', { nextRun: (_, after) => new Date(after.getTime() + ms) })
    const next = async () => (await world.row())?.next_run_at.getTime() ?? 0
    await every(1_000 * hourMs).runDue(never)
    expect(await next()).toBeGreaterThan(Date.now() + 900 * hourMs)
    await every(hourMs).runDue(never)
    expect(await next()).toBeLessThan(Date.now() + 2 * hourMs)
    const before = await next()
    await every(10 * hourMs).runDue(never)
    expect(await next()).toBe(before)
  })

  it('lets the jobs of a system wait that must not be spoken to, and runs them when it may be', async () => {
    const world = open([page([message('K1', 1)], 'c1')])
    let isOpen = false
    const pull = world.process('x', { isOpen: () => isOpen })
    await pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    expect(await pull.runDue(never)).toBe(0)
    expect(world.requests).toEqual([])
    isOpen = true
    expect(await pull.runDue(never)).toBe(1)
    expect(await subjects('K')).toEqual(['K1'])
  })

  it('keeps no job waiting for a slow source', async () => {
    const stop = new AbortController()
    const slow = open([() => new Promise(() => undefined)])
    const quick = open([page([message('L1', 1)], 'c1')])
    const both = (jobs: PullJob[]) =>
      createPull({
        store: slow.store,
        accept: slow.accept,
        catalogue: slow.catalogue,
        log: keepingLogger().log,
        process: 'both',
        nextRun: (_, after) => new Date(after.getTime() + hourMs),
        jobs: () => jobs,
        connector: (system) => (system === slow.job.from ? slow.connector : quick.connector),
        isOpen: () => true,
        isPrompt: () => false,
        latest: async () => undefined,
      })
    const pull = both([slow.job, quick.job])
    await pull.runDue(stop.signal)
    for (const { job } of [slow, quick]) await slow.store.runNow(job.id, act)
    expect(await pull.runDue(stop.signal)).toBe(2)
    await expect.poll(() => subjects('L'), { timeout: 10_000 }).toEqual(['L1'])
    // And the slow one is not started a second time beside itself.
    expect(await pull.runDue(stop.signal)).toBe(0)
  })

  it('leaves a job alone that is switched off', async () => {
    const world = open([page([], 'c1')], { enabled: false })
    expect(await world.pull.runDue(never)).toBe(0)
    expect(await world.store.runNow(world.job.id, act)).toBe(false)
    expect(await world.row()).toBeUndefined()
  })

  it('stops between two pages when the hub stops', async () => {
    const stop = new AbortController()
    const world = open([
      () => {
        stop.abort()
        return { messages: [message('I1', 1)], cursor: 'c1', more: true }
      },
      page([message('I2', 1)], 'c2'),
    ])
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    await world.pull.runDue(stop.signal)
    expect(await subjects('I')).toEqual(['I1'])
    // It has not ended: whoever is there goes on with it, and not at its next time only.
    expect(await world.row()).toMatchObject({ cursor: 'c1', owner: 'one', last_code: null })
    expect(await world.process('two').runDue(never)).toBe(1)
    expect(await subjects('I')).toEqual(['I1', 'I2'])
    expect(await world.row()).toMatchObject({ cursor: 'c2', owner: null })
    expect(await world.process('two').runDue(never)).toBe(0)
  })

  it('is listed with what came of its last run', async () => {
    const world = open([page([message('J1', 1)], 'c1')])
    await runNow(world)
    const pulls = await listPulls(database().database)
    expect(pulls.find((pull) => pull.job === world.job.id)).toMatchObject({
      running: false,
      lastCode: null,
      lastMessages: 1,
    })
  })
}

/** The hub was down, or the job's system closed, for so long. */
const missed = (world: ReturnType<typeof open>, ms: number) =>
  database().sql(
    `update hub.pull set next_run_at = now() - $2 * interval '1 millisecond' where job = $1`,
    [world.job.id, ms],
  )

function policies(): void {
  it('makes up for any number of missed times by one run', async () => {
    const world = open([page([message('TM1', 1)], 'c1')])
    await world.pull.runDue(never)
    await missed(world, 6 * hourMs)
    expect(await world.pull.runDue(never)).toBe(1)
    expect(await world.pull.runDue(never)).toBe(0)
    expect(world.requests).toHaveLength(1)
    expect((await world.row())?.next_run_at.getTime()).toBeGreaterThan(Date.now() + hourMs / 2)
  })

  it('passes over missed times where it is told to, and says which', async () => {
    const world = open([page([message('TN1', 1)], 'c1')], { catchUp: 'skip' })
    await world.pull.runDue(never)
    await missed(world, 6 * hourMs)
    const planned = (await world.row())?.next_run_at
    expect(await world.pull.runDue(never)).toBe(0)
    expect(world.requests).toEqual([])
    expect((await world.row())?.next_run_at.getTime()).toBeGreaterThan(Date.now() + hourMs / 2)
    expect((await world.row())?.skipped_at).toEqual(planned)
    expect(world.lines.filter(({ event }) => event === 'pull.skipped')).toHaveLength(1)
    // A run that is only a little late has not been missed.
    await missed(world, 30_000)
    expect(await world.pull.runDue(never)).toBe(1)
  })

  it('goes on with a run that was lost, although missed times are passed over', async () => {
    const world = open(
      [page([message('TO1', 1)], 'c1', true), () => new Promise(() => undefined)],
      {
        catchUp: 'skip',
      },
    )
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    void world.process('lost').runDue(never)
    await expect.poll(() => world.requests.length, { timeout: 10_000 }).toBe(2)
    await database().sql(
      `update hub.pull set lease_until = now(), next_run_at = now() - interval '1 hour' where job = $1`,
      [world.job.id],
    )
    expect(await world.process('two').runDue(never)).toBe(1)
    expect(world.requests.at(-1)).toMatchObject({ cursor: 'c1' })
    expect((await world.row())?.skipped_at).toBeNull()
  })

  it('does not start, nor plan, what runs already', async () => {
    const world = open([() => new Promise(() => undefined)])
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    void world.process('busy').runDue(never)
    await expect.poll(() => world.requests.length, { timeout: 10_000 }).toBe(1)
    expect(await world.store.runNow(world.job.id, act)).toBe(true)
    await missed(world, hourMs)
    expect(await world.process('two').runDue(never)).toBe(0)
  })

  it('runs once more when that was asked for while it ran', async () => {
    const asked: Answer = async () => {
      await world.store.runNow(world.job.id, act)
      return { messages: [], cursor: 'c1', more: false }
    }
    const world: ReturnType<typeof open> = open([asked, page([], 'c2'), page([], 'c3')])
    expect(await runNow(world)).toBe(1)
    expect(await world.pull.runDue(never)).toBe(1)
    expect(await world.pull.runDue(never)).toBe(0)
    expect(world.requests).toHaveLength(2)
  })

  it('runs once more, too, behind a broken run that went on', async () => {
    const world = open([
      page([message('TR1', 1)], 'c1', true),
      () => new Promise(() => undefined),
      page([], 'c2'),
      page([], 'c3'),
    ])
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    void world.process('lost').runDue(never)
    await expect.poll(() => world.requests.length, { timeout: 10_000 }).toBe(2)
    expect(await world.store.runNow(world.job.id, act)).toBe(true)
    await database().sql('update hub.pull set lease_until = now() where job = $1', [world.job.id])
    const two = world.process('two')
    for (const began of [1, 1, 0]) expect(await two.runDue(never)).toBe(began)
    expect(world.requests).toHaveLength(4)
  })

  it('keeps a run whose pages are slow, whatever its lease was', async () => {
    let turnPage = () => {}
    const slow = new Promise<void>((resolve) => {
      turnPage = resolve
    })
    const world = open([() => slow.then(() => ({ messages: [], cursor: 'c1', more: false }))])
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    const running = world.process('slow', { renewEveryMs: 20 }).runDue(never)
    await expect.poll(() => world.requests.length, { timeout: 10_000 }).toBe(1)
    const shorten = () =>
      database().sql('update hub.pull set lease_until = now() where job = $1', [world.job.id])
    const lease = async () => {
      const [row] = await database().sql<{ left: number }>(
        `select extract(epoch from lease_until - now())::float8 as left from hub.pull where job = $1`,
        [world.job.id],
      )
      return row?.left ?? 0
    }
    await shorten()
    await expect.poll(lease, { timeout: 10_000 }).toBeGreaterThan(5)
    turnPage()
    await running
    expect(await world.row()).toMatchObject({ cursor: 'c1', owner: null, lease_until: null })
  })
}

/** A source that always has another page. */
function endless() {
  const world = open([])
  let n = 0
  const connector = connectorOf(async (request) => {
    world.requests.push(request)
    n += 1
    await new Promise((resolve) => setTimeout(resolve, 10))
    return { messages: [message(`${world.job.id}-${n}`, 1)], cursor: `c${n}`, more: true }
  })
  return { ...world, endless: { connector: () => connector, renewEveryMs: 20 } }
}

function pauses(): void {
  it('is paused with a reason and resumed, once each, and both are on record', async () => {
    const world = open([page([message('TP1', 1)], 'c1')])
    expect(await world.store.pause(world.job.id, act)).toBe(false)
    await world.pull.runDue(never)
    expect(await world.store.pause(world.job.id, act)).toBe(true)
    expect(await world.store.pause(world.job.id, act)).toBe(false)
    expect(await world.store.runNow(world.job.id, act)).toBe(false)
    await missed(world, hourMs)
    expect(await world.pull.runDue(never)).toBe(0)
    const paused = async () =>
      (await listPulls(database().database)).find(({ job }) => job === world.job.id)?.paused
    expect(await paused()).toEqual({
      since: expect.stringMatching(/Z$/),
      ...{ by: act.actor, reason: act.reason, resumeAt: null, code: null },
    })
    expect(await world.store.resume(world.job.id, act)).toBe(true)
    expect(await world.store.resume(world.job.id, act)).toBe(false)
    expect(await paused()).toBeNull()
    expect(await world.pull.runDue(never)).toBe(1)
    const audit = await database().sql<{ action: string; actor: string; detail: string }>(
      `select action, actor, detail from hub.audit where object = $1 and action like 'pull.%' order by id`,
      [world.job.id],
    )
    expect(audit).toEqual(
      ['pull.paused', 'pull.resumed'].map((action) => {
        return { action, actor: act.actor, detail: act.reason }
      }),
    )
  })

  it('runs again by itself when its pause is over', async () => {
    const world = open([page([], 'c1')])
    await world.pull.runDue(never)
    await missed(world, hourMs)
    expect(await world.store.pause(world.job.id, act, new Date(Date.now() + hourMs))).toBe(true)
    expect(await world.pull.runDue(never)).toBe(0)
    await database().sql('update hub.pull set resume_at = now() where job = $1', [world.job.id])
    expect(await world.pull.runDue(never)).toBe(1)
  })

  it('reads again from where it is sent back to, which is on record', async () => {
    const world = open([page([message('WA1', 1)], 'c1'), page([message('WA1', 1)], 'c2')])
    const back = (cursor: string | undefined) => cursor && `before ${cursor}`
    expect(await world.store.rewind(world.job.id, back, { ...act, to: 'start' })).toBe(false)
    await runNow(world)
    expect(await world.store.rewind(world.job.id, back, { ...act, to: 'x' })).toBe(true)
    await world.store.runNow(world.job.id, act)
    await world.pull.runDue(never)
    expect(world.requests.at(-1)).toMatchObject({ cursor: 'before c1', startedFrom: 'before c1' })
    // What it brings again is there already.
    expect(await subjects('WA')).toEqual(['WA1'])
    expect(await world.row()).toMatchObject({ cursor: 'c2', last_messages: 0, last_code: null })
    await world.store.rewind(world.job.id, () => undefined, { ...act, to: 'start' })
    expect(await world.row()).toMatchObject({ cursor: null })
    const audit = await database().sql<{ actor: string; detail: string }>(
      `select actor, detail from hub.audit where object = $1 and action = 'pull.rewound' order by id`,
      [world.job.id],
    )
    expect(audit.map(({ actor, detail }) => [actor, JSON.parse(detail)])).toEqual(
      ['x', 'start'].map((to) => [act.actor, { to, reason: act.reason }]),
    )
  })

  it('breaks a running one off when it is sent back, so that it does not go on', async () => {
    const world = open([])
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    const answers: Answer = async () => {
      await world.store.rewind(world.job.id, () => 'early', { ...act, to: 'x' })
      return { messages: [message('WB1', 1)], cursor: 'late', more: true }
    }
    const slow = world.process('slow', { connector: () => connectorOf(answers) })
    await slow.runDue(never)
    await slow.idle()
    expect(await world.row()).toMatchObject({ cursor: 'early', owner: null })
    expect(await subjects('WB')).toEqual([])
  })

  it('stops a running one behind its page, and goes on from there', async () => {
    const world = endless()
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    const running = world.process('one', world.endless).runDue(never)
    await expect.poll(() => world.requests.length, { timeout: 10_000 }).toBeGreaterThan(3)
    expect(await world.store.pause(world.job.id, act)).toBe(true)
    expect(await running).toBe(1)
    const read = world.requests.length
    expect(await world.row()).toMatchObject({ cursor: `c${read}`, last_code: null })
    expect(await world.process('one', world.endless).runDue(never)).toBe(0)
    await world.store.resume(world.job.id, act)
    expect(await world.pull.runDue(never)).toBe(1)
    expect(world.requests.at(-1)).toMatchObject({ cursor: `c${read}` })
  })

  it('stops a running one when its system must not be spoken to any more', async () => {
    const world = endless()
    let isOpen = true
    await world.pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    const running = world.process('one', { ...world.endless, isOpen: () => isOpen }).runDue(never)
    await expect.poll(() => world.requests.length, { timeout: 10_000 }).toBeGreaterThan(3)
    isOpen = false
    await running
    expect(await world.row()).toMatchObject({
      cursor: `c${world.requests.length}`,
      last_code: null,
    })
  })
}

interface Row {
  readonly subject: string
  readonly state: unknown
  readonly asked: boolean
}

/** Sets these as a delivery does; the state is the number. */
const follow = (system: string, subjects: readonly string[], state = 1) =>
  database().sql(
    `insert into hub.follow (system, subject, state)
     select $1, subject, json_build_object('n', $3::int) from unnest($2::text[]) as t (subject)
     on conflict (system, subject) do update set version = default, state = excluded.state`,
    [system, subjects, state],
  )
const followsOf = (system: string) =>
  database().sql<Row>(
    `select subject, state, asked_at is not null as asked from hub.follow
     where system = $1 order by subject`,
    [system],
  )

function prompt(): void {
  it('begins at once when there is something new to follow, and only then', async () => {
    const moved: Answer = async ({ followed }) => {
      const rows = await followed(undefined, 10)
      const moved = rows.map(({ subject, state }) => ({ subject, state }))
      return { messages: [], follows: moved, cursor: '', more: false }
    }
    const world = open([moved, moved])
    const pull = world.process('prompt', { isPrompt: () => true })
    expect(await pull.runDue(never)).toBe(0)
    await follow('another', ['P0'])
    expect(await pull.runDue(never)).toBe(0)
    for (const subject of ['P1', 'P2']) {
      await follow(world.job.from, [subject])
      expect(await world.pull.runDue(never), 'one that is not prompt').toBe(0)
      expect(await pull.runDue(never)).toBe(1)
      expect(await pull.runDue(never)).toBe(0)
    }
    expect((await world.row())?.next_run_at.getTime()).toBeGreaterThan(Date.now() + hourMs / 2)
  })

  it('is told what has been said of a subject', async () => {
    const seen: unknown[] = []
    const world = open([
      async ({ latest }) => {
        seen.push(await latest('P9', ['progress']))
        return { messages: [], cursor: '', more: false }
      },
    ])
    const said = { ...message('P9', 1), id: '1' }
    const latest = async (subject: string, types: readonly string[]) =>
      subject === 'P9' && types.includes('progress') ? said : undefined
    const pull = world.process('latest', { latest })
    await pull.runDue(never)
    await world.store.runNow(world.job.id, act)
    await pull.runDue(never)
    expect(seen).toEqual([said])
  })
}

function dueFollows(): void {
  it('gives what is due, the longest overdue first, each once in a run', async () => {
    const seen: string[][] = []
    const asking: Answer = async ({ due }) => {
      for (;;) {
        const rows = await due(2)
        seen.push(rows.map(({ subject }) => subject))
        if (rows.length < 2) break
      }
      return { messages: [], cursor: '', more: false }
    }
    const world = open([asking])
    await follow(world.job.from, ['E1', 'E2', 'E3', 'E4', 'E5'])
    await database().sql(
      `update hub.follow set due_at = now() + (case subject when 'E1' then 1 when 'E3' then -2
         when 'E5' then -3 else -1 end) * interval '1 hour' where system = $1`,
      [world.job.from],
    )
    await runNow(world)
    expect(seen).toEqual([['E5', 'E3'], ['E2', 'E4'], []])
  })

  it('ends a run whose subjects stay due, and asks about them in the next', async () => {
    const seen: string[] = []
    const asking: Answer = async ({ due }) => {
      const rows = await due(1)
      const [row] = rows
      seen.push(row?.subject ?? '–')
      const next = new Date(Date.now() - hourMs).toISOString()
      const follows = rows.map(({ subject, state }) => ({ subject, state, next }))
      return { messages: [], cursor: `c${seen.length}`, more: rows.length > 0, follows }
    }
    const world = open([asking, asking, asking, asking, asking])
    await follow(world.job.from, ['D1', 'D2'])
    await runNow(world)
    expect(seen).toEqual(['D1', 'D2', '–'])
    await world.store.runNow(world.job.id, act)
    await world.pull.runDue(never)
    expect(seen.length).toBeGreaterThan(3)
  })

  it('gives of what is due only what is new, and nothing before its time', async () => {
    const seen: string[][] = []
    const hour = new Date(Date.now() + hourMs).toISOString()
    const asking: Answer = async ({ due }) => {
      const fresh = await due(10, 'new')
      seen.push(fresh.map(({ subject }) => subject))
      seen.push((await due(10)).map(({ subject }) => subject))
      const follows = fresh.map(({ subject, state }) =>
        subject === 'F1' ? { subject, state, next: hour } : { subject, state },
      )
      return { messages: [], cursor: `c${seen.length}`, more: false, follows }
    }
    const world = open([asking, asking, asking])
    await follow(world.job.from, ['F1', 'F2'])
    await runNow(world)
    await follow(world.job.from, ['F3'])
    await world.store.runNow(world.job.id, act)
    await world.pull.runDue(never)
    expect(seen).toEqual([['F1', 'F2'], ['F1', 'F2'], ['F3'], ['F2', 'F3']])
  })
}

function follows(): void {
  it('gives what is followed, of its own system, page by page', async () => {
    const seen: unknown[] = []
    const world = open([
      async ({ followed }) => {
        for (let after: string | undefined; ; ) {
          const rows = await followed(after, 2)
          seen.push(rows.map(({ subject, state }) => [subject, state]))
          after = rows.at(-1)?.subject
          if (after === undefined) return { messages: [], cursor: undefined, more: false }
        }
      },
    ])
    await follow(world.job.from, ['Đ1', 'b1', 'a1', 'B1', 'a2'])
    await follow('another', ['a0'])
    await runNow(world)
    const row = (subject: string) => [subject, { n: 1 }]
    expect(seen).toEqual([[row('B1'), row('a1')], [row('a2'), row('b1')], [row('Đ1')], []])
  })

  it('moves on and ends what it was given, with the messages of the page', async () => {
    const world = open([
      async ({ followed }) => {
        await followed(undefined, 10)
        const follows = [
          { subject: 'M1', state: { n: 2 } },
          { subject: 'M2', state: null },
        ]
        return { messages: [message('M1', 1)], cursor: 'c1', more: false, follows }
      },
    ])
    await follow(world.job.from, ['M1', 'M2', 'M3'])
    await runNow(world)
    expect(await followsOf(world.job.from)).toEqual([
      { subject: 'M1', state: { n: 2 }, asked: true },
      { subject: 'M3', state: { n: 1 }, asked: false },
    ])
    expect(await subjects('M')).toEqual(['M1'])
  })

  it.each([[{ n: 9 }], [null]])(
    'neither overwrites nor ends what a delivery has set anew meanwhile: %j',
    async (state) => {
      const world = open([
        async ({ followed }) => {
          await followed(undefined, 10)
          await follow(world.job.from, ['N1'], 5)
          const follows = [{ subject: 'N1', state }]
          return { messages: [], cursor: 'c1', more: false, follows }
        },
      ])
      await follow(world.job.from, ['N1'])
      await runNow(world)
      expect(await followsOf(world.job.from)).toMatchObject([{ subject: 'N1', state: { n: 5 } }])
      expect(await world.row()).toMatchObject({ cursor: 'c1', last_code: null })
    },
  )

  it('is moved on by one of two pulls that have read the same, and left by the other', async () => {
    const moving =
      (state: object | null, before: () => Promise<unknown>): Answer =>
      async ({ followed }) => {
        await followed(undefined, 10)
        await before()
        const follows = [{ subject: 'W1', state: state as Followed['state'] | null }]
        return { messages: [], cursor: '', more: false, follows }
      }
    for (const late of [{ n: 9 }, null]) {
      const first = open([moving({ n: 2 }, async () => undefined)])
      const job = { ...first.job, id: `${first.job.id}-2` }
      const second = open([moving(late, () => runNow(first))], job)
      await follow(first.job.from, ['W1'])
      await runNow(second)
      expect(await followsOf(first.job.from)).toMatchObject([{ subject: 'W1', state: { n: 2 } }])
      expect(await second.row()).toMatchObject({ cursor: '', last_code: null })
    }
  })

  it('follows on where a message of the subject was refused, or is another than before', async () => {
    const world = open([
      page([message('O2', 1)], 'c0'),
      async ({ followed }) => {
        await followed(undefined, 10)
        return {
          messages: [
            message('O1', 1, { type: 'unheard-of' }),
            message('O2', 1, { data: { n: 'other' } }),
            message('O3', 1),
          ],
          cursor: 'c1',
          more: false,
          follows: ['O1', 'O2', 'O3'].map((subject) => ({ subject, state: null })),
        }
      },
    ])
    await follow(world.job.from, ['O1', 'O2', 'O3'])
    await runNow(world)
    await world.store.runNow(world.job.id, act)
    await world.pull.runDue(never)
    expect((await followsOf(world.job.from)).map(({ subject }) => subject)).toEqual(['O1', 'O2'])
    expect(await subjects('O')).toEqual(['O2', 'O3'])
  })

  it('moves nothing on once another process has the job', async () => {
    const world = open([
      async ({ followed }) => {
        await followed(undefined, 10)
        await database().sql('update hub.pull set fence = fence + 1 where job = $1', [world.job.id])
        const follows = [{ subject: 'P1', state: null }]
        return { messages: [message('P1', 1)], cursor: 'c1', more: false, follows }
      },
    ])
    await follow(world.job.from, ['P1'])
    await runNow(world)
    expect(await followsOf(world.job.from)).toHaveLength(1)
    expect(await subjects('P')).toEqual([])
  })

  it('takes a connector that moves on what it was not given for broken', async () => {
    const follows = [{ subject: 'Q1', state: null }]
    const world = open([
      () => ({ messages: [message('Q1', 1)], cursor: 'c', more: false, follows }),
    ])
    await follow(world.job.from, ['Q1'])
    await runNow(world)
    expect(await world.row()).toMatchObject({ last_code: 'bug', cursor: null })
    expect(await followsOf(world.job.from)).toHaveLength(1)
  })

  it('keeps a record that could not be read as an audit row and a problem', async () => {
    const unread = [{ subject: 'R1', code: 'code-untranslated' as const, pointers: ['/trangThai'] }]
    const again = unread.map((one) => ({ ...one, again: true }))
    const world = open([
      () => ({ messages: [message('R2', 1)], cursor: 'c1', more: false, unread }),
      () => ({ messages: [], cursor: 'c1', more: false, unread: again }),
    ])
    await runNow(world)
    await world.store.runNow(world.job.id, act)
    await world.pull.runDue(never)
    expect(await world.row()).toMatchObject({ cursor: 'c1', last_code: 'code-untranslated' })
    expect(await subjects('R')).toEqual(['R2'])
    const [row, ...more] = await database().sql<{ object: string; detail: string }>(
      `select object, detail from hub.audit where actor = $1`,
      [`pull:${world.job.id}`],
    )
    expect(row?.object).toBe('R1')
    expect(more).toEqual([])
    expect(JSON.parse(row?.detail ?? '')).toMatchObject({ pointers: ['/trangThai'] })
  })
}

describe('pull', () => {
  policies()
  pauses()
  pages()
  follows()
  dueFollows()
  oddSources()
  schedules()
  prompt()
})

import { describe, expect, it, vi } from 'vitest'
import { createAcceptStore } from '../../src/adapters/postgres/accept.ts'
import { createCatalogueStore } from '../../src/adapters/postgres/catalogues.ts'
import { createPullStore } from '../../src/adapters/postgres/pull.ts'
import { listProblems, listPulls } from '../../src/adapters/postgres/queries/systems.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { digest } from '../../src/adapters/system/digest.ts'
import { uuidv7 } from '../../src/adapters/system/ids.ts'
import type { Connector, PullPage, PullRequest } from '../../src/connector/contract.ts'
import { later } from '../../src/connector/errors.ts'
import type { PullJob } from '../../src/domain/configuration.ts'
import type { IncomingMessage } from '../../src/domain/message.ts'
import { createAccept } from '../../src/engine/accept.ts'
import { createCatalogue } from '../../src/engine/catalogue.ts'
import { createPull } from '../../src/engine/pull.ts'
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
  const requests: PullRequest[] = []
  const job: PullJob = {
    kind: 'pull',
    id: `fetch-${jobs}`,
    title: { vi: '', en: '' },
    enabled: true,
    from: `portal-${jobs}`,
    operation: 'changes',
    schedule: 'hourly',
    overlapSeconds: 600,
    ...change,
  }
  const connector: Connector = {
    check: async () => [],
    close: async () => undefined,
    pull: async (request) => {
      const { held: _, ...asked } = request
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
    expect(world.requests).toEqual([
      { operation: 'changes', cursor: undefined, overlapSeconds: 600, startedFrom: undefined },
      { operation: 'changes', cursor: 'c1', overlapSeconds: 0, startedFrom: undefined },
      { operation: 'changes', cursor: 'c2', overlapSeconds: 0, startedFrom: undefined },
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
      taken = (await world.store.claimPull([world.job.id], 'thief', 60_000)) !== undefined
      return { messages: [message('D1', 1)], cursor: 'mine', more: false }
    }
    const slow = world.process('slow', { connector: () => connectorOf(answers) })
    await slow.runDue(never)
    expect(taken).toBe(true)
    expect(await subjects('D')).toEqual([])
    expect(await world.row()).toMatchObject({ cursor: null, owner: 'thief' })
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
    const problems = await listProblems(database().database)
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
    expect(await world.row()).toMatchObject({ cursor: 'c1', owner: null })
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

describe('pull', () => {
  pages()
  oddSources()
  schedules()
})

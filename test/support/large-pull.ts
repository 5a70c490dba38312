/** A pull of very many rows by a worker that is a process of its own, so that its memory is its own and it can be killed. */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { endProcess, forkHub, hubReady } from './hub-process.ts'
import { openTestHub, type TestHub, type TestHubOptions } from './hub-server.ts'
import { waitUntil } from './wait.ts'

const act = { actor: 'test', reason: 'Đo' }

export interface LargePull {
  readonly server: TestHub
  /** Messages that have been accepted. */
  taken(): Promise<number>
  /** Begins a run, waits until so many messages are there, kills the worker, and lets another one finish. */
  runThroughAKill(taken: number, healed?: () => void): Promise<void>
  /** One run, undisturbed; how long it took. */
  run(): Promise<{ readonly seconds: number }>
  /** The subjects of all messages, sorted. */
  subjects(): Promise<readonly string[]>
  /** The most that the present worker has ever held in memory, MB. */
  peakMegabytes(): number
  close(): Promise<void>
}

/** `job`: the id of the one pull that the options declare. */
export async function openLargePull(
  job: string,
  options: Omit<TestHubOptions, 'role'>,
): Promise<LargePull> {
  const server = await openTestHub({ ...options, role: 'api' })
  let worker: ChildProcess | undefined
  const startWorker = async (): Promise<void> => {
    const secrets = options.secrets ?? {}
    worker = forkHub(['start'], {
      ...{ ...server.env, ...secrets, HUB_ROLE: 'worker', HUB_LOG: 'json' },
    })
    await hubReady(worker)
  }
  const stopWorker = async (signal?: NodeJS.Signals): Promise<void> => {
    if (worker) await endProcess(worker, signal)
    worker = undefined
  }
  const taken = async (): Promise<number> => {
    const [row] = await server.database.sql<{ n: number }>(
      'select count(*)::int as n from hub.message',
    )
    return row?.n ?? 0
  }
  const state = async () =>
    (
      await server.database.sql<{
        owner: string | null
        last_run_at: Date | null
        last_code: string | null
      }>('select owner, last_run_at, last_code from hub.pull')
    )[0]
  const begin = () => server.hub.pulls.runNow(job, act)
  /** The run that was begun, or goes on, has come to its end. */
  const finished = async (before: Date | null | undefined): Promise<void> => {
    const row = await waitUntil(
      'the run has ended',
      state,
      (one) => one?.owner === null && one.last_run_at?.getTime() !== before?.getTime(),
      900_000,
    )
    expect(row?.last_code).toBeNull()
  }
  return {
    server,
    taken,
    async runThroughAKill(enough, healed) {
      await startWorker()
      await begin()
      await waitUntil(`${enough} have come`, taken, (seen) => seen >= enough, 600_000)
      await stopWorker('SIGKILL')
      expect((await state())?.owner).not.toBeNull()
      healed?.()
      // As if its lease had run out.
      await server.database.sql('update hub.pull set lease_until = now()')
      const before = (await state())?.last_run_at
      await startWorker()
      await finished(before)
    },
    async run() {
      if (!worker) await startWorker()
      const before = (await state())?.last_run_at
      const startedMs = performance.now()
      await begin()
      await finished(before)
      return { seconds: (performance.now() - startedMs) / 1000 }
    },
    async subjects() {
      const rows = await server.database.sql<{ subject: string }>('select subject from hub.message')
      return rows.map(({ subject }) => subject).sort()
    },
    peakMegabytes() {
      const status = readFileSync(`/proc/${worker?.pid}/status`, 'utf8')
      return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024)
    },
    async close() {
      await stopWorker()
      await server.close()
    },
  }
}

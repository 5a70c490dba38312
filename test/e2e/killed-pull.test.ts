import type { ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createDossierGenerator } from '../../connectors/tthc/simulator/dossier-generator.ts'
import type { DossierRecord } from '../../connectors/tthc/simulator/dossier-store.ts'
import type { TthcSimulator } from '../../connectors/tthc/simulator.ts'
import type { Dossier } from '../../src/connector/index.ts'
import { endProcess } from '../support/hub-process.ts'
import { openProvince, type Province } from '../support/province.ts'
import { waitUntil } from '../support/wait.ts'

const dossiers = 2_500
/** More of them: PULL_KILLS=20 npx vitest run test/e2e/killed-pull.test.ts */
const kills = Number(process.env.PULL_KILLS ?? 2)
const job = `id: lay-ve
title: { vi: Lấy hồ sơ thay đổi, en: Pull changed dossiers }
kind: pull
from: tthc
operation: dossiers
# Far away: it runs when it is told to, and when a run was broken off.
schedule: "0 0 1 1 *"
`

let province: Province
let simulator: TthcSimulator
afterEach(() => province.close())

/** Invented dossiers, each changed ten seconds after the one before. */
function fill(): void {
  const [first] = createDossierGenerator(21, { dossiersPerDay: 20 }).life().messages
  if (!first) throw new Error('no message')
  const { dossier } = first.data as { dossier: Dossier }
  for (let n = 0; n < dossiers; n++) {
    const code = `${dossier.code.slice(0, -4)}${String(n).padStart(4, '0')}`
    simulator.put({
      code,
      version: 1,
      updatedAt: new Date(Date.UTC(2026, 2, 2) + n * 10_000).toISOString(),
      dossier: { ...dossier, code },
      steps: [],
    })
  }
}
const records = () => [...simulator.state().values()] as unknown as DossierRecord[]

/** Somebody works on dossiers that were read long ago: they come once more, in their new version. */
function change(count: number): void {
  const newest = Math.max(...records().map(({ updatedAt }) => Date.parse(updatedAt)))
  for (const [index, record] of records().slice(0, count).entries()) {
    const updatedAt = new Date(newest + (index + 1) * 1_000).toISOString()
    simulator.put({ ...record, version: record.version + 1, updatedAt })
  }
}

interface PullRow {
  readonly owner: string | null
  readonly last_run_at: Date | null
  readonly last_code: string | null
}
const sql = async <T extends object>(text: string): Promise<T[]> =>
  (await province.database?.sql<T & Record<string, unknown>>(text)) ?? []
const pullRow = async (): Promise<PullRow | undefined> =>
  (await sql<PullRow>('select owner, last_run_at, last_code from hub.pull'))[0]
const taken = async (): Promise<number> =>
  (await sql<{ count: number }>('select count(*)::int as count from hub.message'))[0]?.count ?? 0

/** Every version that the source ends with has come, and nothing has come twice. */
async function judge(): Promise<void> {
  const messages = await sql<{ event_id: string; subject: string }>(
    'select event_id, subject from hub.message',
  )
  const ids = messages.map(({ event_id }) => event_id)
  expect(new Set(ids).size).toBe(ids.length)
  const missing = records().filter(({ code, version }) => !ids.includes(`${code}.v${version}`))
  expect(missing).toEqual([])
  const versions = new Map(records().map(({ code, version }) => [code, version]))
  const invented = messages.filter(
    ({ event_id, subject }) =>
      !(Number(event_id.split('.v').at(-1)) <= (versions.get(subject) ?? 0)),
  )
  expect(invented).toEqual([])
}

describe('killed-pull', () => {
  it(
    'misses and doubles nothing while its process is killed in the middle, again and again',
    async () => {
      province = await openProvince()
      simulator = province.tthc as TthcSimulator
      fill()
      simulator.misbehave({ mode: 'slow', ms: 40, on: 'read', times: 1_000_000 })
      const jobs = join(province.folder, 'config/jobs')
      rmSync(jobs, { recursive: true })
      mkdirSync(jobs)
      writeFileSync(join(jobs, 'lay-ve.yaml'), job)
      let hub: ChildProcess = await province.start('all')
      await waitUntil('it is planned', pullRow)
      const started = await province.post('/api/v1/pulls/lay-ve/run', {})
      expect(started.status).toBe(202)
      for (let kill = 0; kill < kills; kill++) {
        const before = await taken()
        await waitUntil('a page is taken', taken, (count) => count > before)
        // Anywhere: while it asks, translates, accepts, or between.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
        await endProcess(hub, 'SIGKILL')
        expect((await pullRow())?.owner).not.toBeNull()
        change(20)
        // As if its lease had run out: the next process need not wait for that.
        await sql('update hub.pull set lease_until = now()')
        hub = await province.start('all')
      }
      simulator.behave()
      await waitUntil('the run has ended', pullRow, (row) => row?.owner === null, 30_000)
      expect(await pullRow()).toMatchObject({ last_code: null })
      await judge()
    },
    60_000 + kills * 20_000,
  )
})

/**
 * A department's own PostgreSQL, read by the hub: through the API, the schedule and a hub that is killed.
 *
 * More rows, more kills: SQL_ROWS=10000 SQL_KILLS=5 npx vitest run test/e2e/sql.test.ts
 */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import { endProcess } from '../support/hub-process.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { openProvince, type Province } from '../support/province.ts'
import { openPostgresSource, optionsFor, type SqlSource } from '../support/sql-source.ts'
import { waitUntil } from '../support/wait.ts'

const many = Number(process.env.SQL_ROWS ?? 600)
const kills = Number(process.env.SQL_KILLS ?? 1)
const words = { vi: 'Nông nghiệp', en: 'Agriculture' }

const pulls = (pageSize: number) => [
  {
    ...{ name: 'questions', title: words, types: ['vn.tthc.question.asked.v1'], table: 'cau_hoi' },
    watermark: { column: 'cap_nhat', key: ['ma'], first: '2026-01-01T00:00:00+07:00' },
    pageSize,
    message: {
      ...{ subject: '/ma', time: '/cap_nhat' },
      data: [
        { to: '/id', from: '/ma' },
        { to: '/agency/code', constant: 'H99.14' },
        { to: '/agency/name', constant: 'Uỷ ban nhân dân xã An Thử' },
        { to: '/content', from: '/noi_dung' },
        { to: '/askedAt', from: '/cap_nhat' },
      ],
    },
  },
]
const lookups = [
  {
    ...{ name: 'question', title: words, fields: ['content', 'askedAt'], citizen: 'id' },
    parameters: {
      ...{ type: 'object', additionalProperties: false, required: ['id'] },
      properties: { id: { type: 'string', minLength: 1, maxLength: 50 } },
    },
    select: 'select noi_dung, cap_nhat from cau_hoi where ma = :id',
    answer: [
      { to: '/content', from: '/noi_dung' },
      { to: '/askedAt', from: '/cap_nhat' },
    ],
  },
]
const systemOf = (source: SqlSource, pageSize: number, change: object = {}): SystemFile => ({
  ...{ id: 'nong-nghiep', connector: 'sql', title: words, timeoutMs: 10_000 },
  options: {
    ...{ ...optionsFor(source), password: 'env:HUB_SECRET_PROVINCE' },
    ...{ pulls: pulls(pageSize), lookups, ...change },
  },
})

let source: SqlSource
beforeEach(async () => {
  source = await openPostgresSource()
})
afterEach(() => source.close())

/** Rows of which twenty at a time have one watermark. */
const fill = (count: number): Promise<unknown> =>
  source.sql(`
    insert into cau_hoi (ma, noi_dung, cap_nhat)
    select 'HD-99-' || lpad(n::text, 6, '0'), 'Câu hỏi thử thứ ' || n,
      timestamp '2026-03-02 08:00' + (n / 20) * interval '1 second'
    from generate_series(1, ${count}) n`)

describe('sql', () => {
  let server: TestHub
  let key: string
  beforeEach(async () => {
    server = await openTestHub({
      systems: [systemOf(source, 5)],
      jobs: [
        {
          ...{ kind: 'pull', id: 'lay-cau-hoi', title: words, from: 'nong-nghiep' },
          ...{ operation: 'questions', schedule: '0 3 1 1 *' },
        },
      ],
      secrets: { HUB_SECRET_PROVINCE: source.password },
    })
    key = await server.key('admin')
  })
  afterEach(() => server.close())

  const ask = (id: string) =>
    server.ask('POST', '/api/v1/lookups/nong-nghiep/question', {
      key,
      body: {
        ...{ official: 'can-bo-thu', unit: 'H99.14', dossier: 'H99.14-260302-0001' },
        ...{ purpose: 'Kiểm tra câu hỏi', fields: ['askedAt'], parameters: { id } },
      },
    })
  const finished = () => server.lines.filter(({ event }) => event === 'pull.finished').length
  const pull = async (): Promise<void> => {
    const before = finished()
    const run = () => server.ask('POST', '/api/v1/pulls/lay-cau-hoi/run', { key })
    await waitUntil('a run begins', async () => (await run()).status === 202)
    await waitUntil('it has ended', finished, (runs) => runs > before)
  }
  const subjects = async (): Promise<string[]> =>
    (
      await server.database.sql<{ subject: string }>('select subject from hub.message order by id')
    ).map(({ subject }) => subject)

  it('is read by schedule: every version of a row becomes one message', async () => {
    await fill(12)
    await pull()
    expect(new Set(await subjects()).size).toBe(12)
    await pull()
    expect(await subjects()).toHaveLength(12)
    await source.sql(
      `update cau_hoi set noi_dung = 'Đã sửa', cap_nhat = '2026-03-03 09:00' where ma = 'HD-99-000007'`,
    )
    await pull()
    const all = await subjects()
    expect(all).toHaveLength(13)
    expect(all.at(-1)).toBe('HD-99-000007')
  })

  it('is looked up on behalf of an official', async () => {
    await fill(3)
    expect((await ask('HD-99-000002')).json).toMatchObject({
      found: true,
      values: { askedAt: '2026-03-02T08:00:00+07:00' },
    })
    expect((await ask("x' or 'a' = 'a")).json).toMatchObject({ found: false })
    await server.configure([
      systemOf(source, 2, { lookups: [{ ...lookups[0], select: 'select * from cau_hoi' }] }),
    ])
    const twice = await ask('HD-99-000002')
    expect(twice.status).toBe(502)
    expect(JSON.stringify(twice.json)).toContain('answer-invalid')
    expect(JSON.stringify([twice.json, server.lines])).not.toContain('Câu hỏi thử thứ')
  })

  it('is tested step by step, and an account that may write does not pass', async () => {
    await fill(1)
    const check = async () =>
      (await server.ask('POST', '/api/v1/systems/nong-nghiep/check', { key })).json
    expect(await check()).toMatchObject({ ok: true })
    await server.configure([systemOf(source, 2, { user: source.writer })])
    const found = await check()
    expect(found).toMatchObject({ ok: false })
    expect(JSON.stringify(found)).toContain('cau_hoi')
    expect(JSON.stringify([found, server.lines])).not.toContain(source.password)
  })
})

describe('sql under a hub that is killed', () => {
  let province: Province
  afterEach(() => province.close())
  const sql = async <T extends object>(text: string): Promise<T[]> =>
    (await province.database?.sql<T & Record<string, unknown>>(text)) ?? []
  const count = async (): Promise<number> =>
    (await sql<{ count: number }>('select count(*)::int as count from hub.message'))[0]?.count ?? 0
  const owner = async () =>
    (
      await sql<{ owner: string | null; last_run_at: Date | null }>(
        'select owner, last_run_at from hub.pull',
      )
    )[0]

  /** The most memory the process has had, in MB. */
  const peak = (child: ChildProcess): number =>
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024

  it(
    'misses and doubles nothing',
    async () => {
      await fill(many)
      province = await openProvince()
      const config = join(province.folder, 'config')
      rmSync(join(config, 'jobs'), { recursive: true })
      mkdirSync(join(config, 'jobs'))
      writeFileSync(
        join(config, 'jobs/lay-cau-hoi.yaml'),
        JSON.stringify({
          ...{ kind: 'pull', id: 'lay-cau-hoi', title: words, from: 'nong-nghiep' },
          ...{ operation: 'questions', schedule: '0 0 1 1 *' },
        }),
      )
      writeFileSync(
        join(config, 'systems/nong-nghiep.yaml'),
        JSON.stringify(systemOf(source, many > 2_000 ? 500 : 50)),
      )
      let hub = await province.start('all')
      await waitUntil('it is planned', owner)
      const began = performance.now()
      expect((await province.post('/api/v1/pulls/lay-cau-hoi/run', {})).status).toBe(202)
      let mostMemory = 0
      for (let kill = 0; kill < kills; kill++) {
        const before = await count()
        await waitUntil('a page is taken', count, (now) => now > before)
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 50))
        mostMemory = Math.max(mostMemory, peak(hub))
        await endProcess(hub, 'SIGKILL')
        // Somebody works on rows that were read long ago.
        await source.sql(
          `update cau_hoi set cap_nhat = timestamp '2026-03-03 08:00' + interval '1 second' * ${kill}
           where ma <= 'HD-99-000010'`,
        )
        await sql('update hub.pull set lease_until = now()')
        hub = await province.start('all')
      }
      await waitUntil(
        'the run has ended',
        owner,
        (row) => row?.owner === null && row.last_run_at !== null,
        60_000 + many * 30,
      )
      mostMemory = Math.max(mostMemory, peak(hub))
      const rows = await sql<{ subject: string; time: string }>(
        'select subject, time from hub.message',
      )
      const seconds = (performance.now() - began) / 1000
      if (process.env.SQL_ROWS)
        console.info(
          `${rows.length} messages in ${seconds.toFixed(1)} s (${Math.round(rows.length / seconds)}/s), peak ${Math.round(mostMemory)} MB`,
        )
      const seen = rows.map(({ subject, time }) => `${subject} ${time}`)
      expect(new Set(seen).size).toBe(seen.length)
      const wanted = (await source.sql(
        `select ma || ' ' || to_char(cap_nhat, 'YYYY-MM-DD"T"HH24:MI:SS') || '+07:00' as one from cau_hoi`,
      )) as { rows: { one: string }[] }
      expect(wanted.rows).toHaveLength(many)
      const found = new Set(seen)
      const missing = wanted.rows.filter(({ one }) => !found.has(one)).length
      expect(missing).toBe(0)
      if (process.env.SQL_ROWS) expect(mostMemory).toBeLessThan(300)
    },
    120_000 + kills * 30_000 + many * 30,
  )
})

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ConformanceReport } from '../../src/app/cli/ports.ts'
import type { CreateSimulator } from '../../src/connector/index.ts'
import { rules } from '../conformance/connector.ts'
import { makeFolder } from '../support/folder.ts'
import { runHub } from '../support/hub-process.ts'
import { openTestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

const id = 'kho-tri-thuc'
const env = { HUB_ENV: 'test', HUB_LANG: 'vi' }

async function makeConnector(): Promise<{ home: string; folder: string }> {
  const home = makeFolder({})
  const made = await runHub(['connector', 'new', id, '--in', home], env)
  expect(made.code).toBe(0)
  return { home, folder: join(home, 'connectors', id) }
}

async function judge(folder: string): Promise<ConformanceReport & { code: number | null }> {
  const { code, stdout } = await runHub(['connector', 'test', folder, '--json'], env)
  return { ...JSON.parse(stdout), code }
}
const failed = ({ verdicts }: ConformanceReport): string[] =>
  verdicts.filter(({ result }) => result !== 'pass').map(({ rule }) => rule)

describe('new connector', () => {
  it('passes every rule as it is written, outside of this repository', async () => {
    const { folder } = await makeConnector()
    const report = await judge(folder)
    expect(report).toMatchObject({ ok: true, code: 0, id, problem: null })
    expect(failed(report)).toEqual([])
    expect(report.verdicts.map(({ rule }) => rule)).toEqual(rules.map(({ name }) => name))
  })

  it('is told rule by rule what is wrong with it', async () => {
    const { folder } = await makeConnector()
    rmSync(join(folder, 'fixtures/state.json'))
    writeFileSync(join(folder, 'README.md'), `# Hệ thống ${id}\n`)
    const report = await judge(folder)
    expect(report.code).toBe(1)
    expect(failed(report)).toEqual(['readme', 'fixtures', 'pulls'])
    expect(report.verdicts.find(({ rule }) => rule === 'readme')?.why).toContain('Quyền truy cập')
  })

  it('is told why it cannot be judged at all', async () => {
    const { home, folder } = await makeConnector()
    const manifest = join(folder, 'connector.json')
    const sound = readFileSync(manifest, 'utf8')
    writeFileSync(manifest, sound.replace('"stage": "example"', '"stage": "done"'))
    const misfit = await judge(folder)
    expect(misfit).toMatchObject({ code: 1, problem: { vi: expect.stringContaining('/stage') } })
    writeFileSync(manifest, sound)
    writeFileSync(join(home, 'schemas', id, 'saved/v1.schema.json'), '{"type": 7}')
    expect(await judge(folder)).toMatchObject({ code: 1, verdicts: [] })
  })

  it('works in a hub that finds it among its extensions: sends, and pulls while rows move', async () => {
    const { home, folder } = await makeConnector()
    const { default: createSimulator } = (await import(
      pathToFileURL(join(folder, 'simulator.ts')).href
    )) as { default: CreateSimulator }
    const state = new Map<string, unknown>(
      JSON.parse(readFileSync(join(folder, 'fixtures/state.json'), 'utf8')),
    )
    const simulator = await createSimulator({ port: 0, state })
    const manifest = JSON.parse(readFileSync(join(folder, 'connector.json'), 'utf8'))
    const [example] = manifest.options.examples
    const title = { vi: 'Kho tri thức', en: 'Knowledge' }
    const clientSecret = 'env:HUB_SECRET_KHO'
    const options = JSON.parse(JSON.stringify(example).replaceAll('{{address}}', simulator.address))
    const server = await openTestHub({
      extensionsDir: home,
      systems: [
        {
          ...{ id: 'kho', connector: id, title },
          options: { ...options, credentials: { ...options.credentials, clientSecret } },
        },
      ],
      jobs: [
        { id: 'gui', kind: 'push', title, types: ['vn.tthc.question.asked.v1'], to: 'kho' },
        {
          ...{ id: 'lay', kind: 'pull', title, from: 'kho', operation: 'answers' },
          schedule: '0 0 1 1 *',
        },
      ],
      secrets: { HUB_SECRET_KHO: 'not-a-real-secret' },
    })
    try {
      const key = await server.key('messages:write', 'systems:write')
      const body = JSON.parse(readFileSync(join(folder, 'fixtures/question.message.json'), 'utf8'))
      const sent = await server.ask('POST', '/api/v1/messages', {
        key,
        body,
        headers: { 'content-type': 'application/cloudevents+json' },
      })
      expect(sent.status).toBeLessThan(300)
      const arrived = () => simulator.received().filter(({ applied }) => applied).length
      await waitUntil('the question arrives', arrived)

      simulator.misbehave({ mode: 'slow', ms: 100, on: 'read', times: 100 })
      const planned = () => server.database.sql('select 1 from hub.pull')
      await waitUntil('the pull is planned', planned, (rows) => rows.length > 0)
      expect((await server.ask('POST', '/api/v1/pulls/lay/run', { key })).status).toBe(202)
      const pulled = async () =>
        (
          await server.database.sql<{ subject: string }>(
            `select subject from hub.message where type = 'vn.tthc.question.answered.v1' order by subject`,
          )
        ).map(({ subject }) => subject)
      await waitUntil('two answers are in', pulled, (subjects) => subjects.length >= 2)
      // The first answer is corrected: it moves to the end, and all others move up.
      const first = state.get('HD-99-0101') as Record<string, string>
      ;(simulator.state() as Map<string, unknown>).set('HD-99-0101', {
        ...first,
        changedAt: '2026-03-09T08:00:00+07:00',
      })
      await waitUntil('all are in', pulled, (subjects) => subjects.length === 6)
      expect(await pulled()).toEqual([
        ...['HD-99-0101', 'HD-99-0101', 'HD-99-0102', 'HD-99-0103', 'HD-99-0104', 'HD-99-0105'],
      ])
    } finally {
      await server.close()
      await simulator.stop()
    }
  })
})

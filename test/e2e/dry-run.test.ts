/** A job run dry through the whole hub: the history is real, and so are both systems, who notice nothing. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import dvcqg from '../../connectors/dvcqg/connector.json' with { type: 'json' }
import create from '../../connectors/dvcqg/fixtures/create.message.json' with { type: 'json' }
import createPortal from '../../connectors/dvcqg/simulator.ts'
import rest from '../../connectors/rest/connector.json' with { type: 'json' }
import progress from '../../connectors/rest/fixtures/progress.message.json' with { type: 'json' }
import createSimulator from '../../connectors/rest/simulator.ts'
import cloudEvent from '../../schemas/cloudevents/event/v1.schema.json' with { type: 'json' }
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { DryRunReport } from '../../src/app/hub.ts'
import type { Simulator } from '../../src/connector/index.ts'
import type { CodeRow } from '../../src/domain/configuration.ts'
import type { DryPullReport } from '../../src/engine/dry-run/dry-pull.ts'
import type { DryPushReport } from '../../src/engine/dry-run/dry-push.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { createAnswerCheck } from '../support/openapi-check.ts'
import { waitUntil } from '../support/wait.ts'

const words = { vi: 'Thử', en: 'Trial' }
const state = new Map<string, unknown>(
  JSON.parse(
    readFileSync(new URL('../../connectors/rest/fixtures/state.json', import.meta.url), 'utf8'),
  ),
)

let simulator: Simulator
let portal: Simulator
let server: TestHub
let key: string

const optionsOf = (manifest: { options: { examples: unknown[] } }, address: string) =>
  JSON.parse(JSON.stringify(manifest.options.examples[0]).replaceAll('{{address}}', address))

const restSystem = (): SystemFile => ({
  ...{ id: 'nong-nghiep', connector: 'rest', title: words },
  options: {
    ...optionsOf(rest, simulator.address),
    credentials: { style: 'api-key', header: 'X-Api-Key', key: 'env:HUB_SECRET_REST' },
  },
})
const portalSystem = (): SystemFile => ({
  ...{ id: 'cong', connector: 'dvcqg', title: words },
  options: { ...optionsOf(dvcqg, portal.address), password: 'env:HUB_SECRET_CONG' },
})

/** The system with the text of its options changed: what an operator's slip of the pen does. */
const changed = (system: SystemFile, from: string | RegExp, to: string): SystemFile => {
  const text = JSON.stringify(system)
  expect(text).toMatch(from)
  return JSON.parse(text.replace(from, to))
}

const submit = (message: object) =>
  server.ask('POST', '/api/v1/messages', {
    key,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: message,
  })

const checkAnswer = createAnswerCheck(cloudEvent)

/** Whatever is answered is what the API document says. */
async function dryRun(job: string, body: object, by = key) {
  const path = `/api/v1/jobs/${job}/dry-run`
  const answer = await server.ask('POST', path, { key: by, body })
  const headers = Object.fromEntries(answer.headers)
  const text = JSON.stringify(answer.json)
  checkAnswer({ method: 'POST', path, status: answer.status, headers, text })
  return answer
}
const pushed = async (job: string, body: object) => {
  const { status, json } = await dryRun(job, body)
  expect(status, JSON.stringify(json)).toBe(200)
  return json as unknown as DryRunReport & DryPushReport
}
const pulled = async (body: object) => {
  const { status, json } = await dryRun('lay-cau-hoi', body)
  expect(status, JSON.stringify(json)).toBe(200)
  return json as unknown as DryRunReport & DryPullReport
}

const rowsOf = async (): Promise<unknown> => {
  const tables = ['message', 'body', 'delivery', 'attempt', 'lane', 'pull', 'follow', 'file']
  const [counts] = await server.database.sql(
    `select ${tables.map((name) => `(select count(*)::int from hub.${name}) as "${name}"`).join(', ')},
       (select json_agg(cursor) from hub.pull) as cursors`,
  )
  return counts
}
const dryRunsOnRecord = async (): Promise<number> => {
  const [row] = await server.database.sql<{ n: number }>(
    `select count(*)::int as n from hub.audit where action = 'job.dry-run'`,
  )
  return row?.n ?? 0
}

const statuses = ['processing', 'accepted', 'processing', 'processing']
const progressAt = (index: number, status: string) => {
  const code = `H99.14-260302-100${index}`
  const [step] = progress.data.steps
  return {
    ...{ ...progress, id: `chay-thu.${index}`, subject: code },
    data: { code, steps: [{ ...step, status }] },
  }
}

beforeAll(async () => {
  simulator = await createSimulator({ port: 0, state })
  portal = await createPortal({ port: 0 })
  server = await openTestHub({
    systems: [restSystem(), portalSystem()],
    jobs: [
      {
        ...{ kind: 'push', id: 'tien-do', title: words, to: 'nong-nghiep' },
        types: [progress.type],
      },
      { ...{ kind: 'push', id: 'len-cong', title: words, to: 'cong' }, types: [create.type] },
      {
        ...{ kind: 'pull', id: 'lay-cau-hoi', title: words, from: 'nong-nghiep' },
        ...{ operation: 'questions', schedule: '0 3 1 1 *' },
      },
    ],
    secrets: { HUB_SECRET_REST: 'not-a-real-key', HUB_SECRET_CONG: 'not-a-real-secret' },
    env: { HUB_EXPRESSIONS: 'on' },
  })
  key = await server.key('admin')
  for (const [index, status] of statuses.entries()) await submit(progressAt(index, status))
  await submit(create)
  await waitUntil(
    'all is delivered',
    () => server.ask('GET', '/api/v1/deliveries?state=delivered', { key }),
    ({ json }) => (json.items as unknown[]).length === statuses.length + 1,
    20_000,
  )
  // What the hub writes by itself is written before anybody counts.
  const planned = () => server.database.sql('select job from hub.pull')
  await waitUntil('the pull is planned', planned, ({ length }) => length === 1)
}, 60_000)
afterAll(async () => {
  await server.close()
  await simulator.stop()
  await portal.stop()
})

describe('dry-run of a push', () => {
  it('shows what the last messages become, sends nothing and writes down who has asked', async () => {
    const before = await rowsOf()
    const [calls, onRecord] = [simulator.calls(), await dryRunsOnRecord()]
    const report = await pushed('tien-do', { last: 3 })
    expect(report).toMatchObject({
      ...{ kind: 'push', job: 'tien-do', hasCandidate: false, complete: true, itemsLeft: 0 },
      summary: { messages: 3, verdicts: { leaves: 3 }, purged: 0, untranslated: [], faults: [] },
    })
    // Newest first.
    expect(report.items.map(({ subject }) => subject)).toEqual(
      [3, 2, 1].map((index) => `H99.14-260302-100${index}`),
    )
    expect(report.items[0]?.current).toMatchObject({
      ...{ kind: 'leaves', schema: 'rest/body/v1', code: null, faults: [] },
      body: { MaHoSo: 'H99.14-260302-1003', Nguon: 'H99', Buoc: [{ Luc: '20260302083000' }] },
      request: {
        method: 'PUT',
        url: `${simulator.address}/api/ho-so/H99.14-260302-1003/tien-do?nguon=%2Fh99%2Fmot-cua`,
      },
    })
    expect(JSON.stringify(report)).not.toContain('HUB_SECRET')
    expect([await rowsOf(), simulator.calls()]).toEqual([before, calls])
    expect(await dryRunsOnRecord()).toBe(onRecord + 1)
  })

  it('takes one message of the store by its id, and none that the job does not route', async () => {
    const ids = await server.database.sql<{ id: string; type: string }>(
      'select id::text, type from hub.message',
    )
    const one = ids.find(({ type }) => type === progress.type)?.id
    const report = await pushed('tien-do', { messages: ids.map(({ id }) => id) })
    expect(report.summary.messages).toBe(statuses.length)
    const single = await pushed('tien-do', { messages: [one] })
    expect(single.items.map(({ message }) => message)).toEqual([one])
    expect((await dryRun('lay-cau-hoi', { messages: [one] })).json.code).toBe('request-invalid')
    expect((await dryRun('tien-do', { messages: ['x'] })).status).toBe(400)
  })

  it('gives the same twice', async () => {
    const [{ at: _, ...one }, { at: __, ...two }] = [
      await pushed('len-cong', { last: 10 }),
      await pushed('len-cong', { last: 10 }),
    ]
    expect(one).toEqual(two)
    expect(one.items).toHaveLength(1)
    expect(one.items[0]?.current).toMatchObject({
      kind: 'leaves',
      body: { service: 'DongBoHoSoMC', isUpdating: 'False', session: 'dry-run' },
    })
  })

  it('says of every message that a sound candidate changes nothing', async () => {
    const report = await pushed('tien-do', { last: 10, configuration: { systems: [restSystem()] } })
    expect(report.summary).toMatchObject({ messages: 4, verdicts: { same: 4 }, changes: [] })
  })

  it.each([
    [
      'a row of the mapping is gone',
      { from: '{"to":"/Nguon","constant":"H99"},', to: '' },
      { verdicts: { changed: 4 }, changes: [{ in: 'body', pointer: '/Nguon', messages: 4 }] },
    ],
    [
      'the form of a date is another',
      { from: 'yyyyMMddHHmmss"},{"to":"/NoiDung', to: 'dd/MM/yyyy HH:mm:ss"},{"to":"/NoiDung' },
      { verdicts: { changed: 4 }, changes: [{ in: 'body', pointer: '/Buoc/*/Luc', messages: 4 }] },
    ],
    [
      'a required field has another name',
      { from: '"from":"/officer"', to: '"from":"/canBo"' },
      {
        verdicts: { 'newly-failing': 4 },
        faults: [
          {
            ...{ code: 'mapping-failed', rule: 'required', messages: 4 },
            pointer: '/data/steps/*/canBo',
          },
        ],
      },
    ],
    [
      'what is told in the address is another thing',
      { from: '"nguon":"{/source}"', to: '"nguon":"{/type}"' },
      { verdicts: { changed: 4 }, changes: [{ in: 'request', pointer: '/url', messages: 4 }] },
    ],
  ])('reports a planted regression: %s', async (_, { from, to }, expected) => {
    const configuration = { systems: [changed(restSystem(), from, to)] }
    const report = await pushed('tien-do', { last: 10, configuration })
    expect(report.summary).toMatchObject({ messages: 4, ...expected })
    expect(report.items.every(({ current, candidate }) => current && candidate)).toBe(true)
  })

  it('reports a row of a code table that is gone, by table and code', async () => {
    const table = 'dvcqg-dossier-status'
    const rows = server.hub.revisions.running()?.configuration.codes[table] as CodeRow[]
    const without = rows.filter(({ canonical }) => canonical !== 'processing')
    expect(without).toHaveLength(rows.length - 1)
    const report = await pushed('tien-do', {
      ...{ last: 10, configuration: { codes: { [table]: without } } },
    })
    expect(report.summary).toMatchObject({
      verdicts: { 'newly-failing': 3, same: 1 },
      untranslated: [{ table, code: 'processing', messages: 3 }],
      faults: [{ code: 'code-untranslated', pointer: '/data/steps/*/status', messages: 3 }],
    })
    const back = await pushed('len-cong', {
      ...{ last: 10, configuration: { codes: { 'dvcqg-channel': [] } } },
    })
    expect(back.summary.verdicts).toEqual({ 'newly-failing': 1 })
  })

  it('shows what an expression makes of each message', async () => {
    const other = changed(restSystem(), '"constant":"H99"', `"expression":"'T-' & subject"`)
    const report = await pushed('tien-do', { last: 4, configuration: { systems: [other] } })
    expect(report.summary.verdicts).toEqual({ changed: 4 })
    for (const { candidate, subject } of report.items)
      expect(candidate?.body).toMatchObject({ Nguon: `T-${subject}` })
  })
})

describe('dry-run', () => {
  it('takes samples, judged as submitted messages are', async () => {
    const samples = [progressAt(7, 'processing'), progressAt(8, 'processing')]
    const report = await pushed('tien-do', { samples })
    expect(report.items.map(({ sample, message, verdict }) => [sample, message, verdict])).toEqual([
      [0, null, 'leaves'],
      [1, null, 'leaves'],
    ])
    const wrong = await dryRun('tien-do', {
      samples: [
        { ...progressAt(7, 'processing'), data: { code: 'H99.14-260302-1007', steps: [{}] } },
        { ...progressAt(8, 'processing'), subject: 'H99.14-260302-9999' },
        { ...create },
        { id: 'x' },
      ],
    })
    expect([wrong.status, wrong.json.code]).toEqual([400, 'request-invalid'])
    const pointers = (wrong.json.errors as { pointer: string }[]).map(({ pointer }) => pointer)
    expect(pointers).toEqual(expect.arrayContaining(['/samples/1/subject', '/samples/2/type']))
    expect(pointers.some((one) => one.startsWith('/samples/0/data/steps/0'))).toBe(true)
    expect(pointers.some((one) => one.startsWith('/samples/3'))).toBe(true)
  })

  it('counts bodies that are gone, and says so', async () => {
    const [gone] = await server.database.sql<{ message_id: string }>(
      `delete from hub.body where message_id =
         (select id from hub.message where subject = 'H99.14-260302-1001') returning message_id`,
    )
    expect(gone).toBeDefined()
    const report = await pushed('tien-do', { last: 10 })
    expect(report.summary).toMatchObject({
      ...{ messages: 4, purged: 1, verdicts: { leaves: 3, unreadable: 1 } },
    })
  })

  it('hides every value from who may not see personal data', async () => {
    const operator = await server.key('systems:write')
    const configuration = { systems: [changed(restSystem(), '"constant":"H99"', '"constant":"T"')] }
    const { status, headers, json } = await dryRun('tien-do', { last: 4, configuration }, operator)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    const text = JSON.stringify(json.items)
    expect(text).not.toContain('Trần Thị Thử Nghiệm')
    expect(text).toContain('/Nguon')
    // What a candidate takes for a code is no code.
    const asCode = changed(
      restSystem(),
      '"from":"/officer"',
      '"from":"/officer","codes":"dvcqg-channel"',
    )
    const named = await dryRun(
      'tien-do',
      { last: 4, configuration: { systems: [asCode] } },
      operator,
    )
    expect(JSON.stringify(named.json)).toContain('code-untranslated')
    expect(JSON.stringify(named.json)).not.toContain('Trần Thị Thử Nghiệm')
    expect(json.items).toMatchObject([
      { candidate: { body: { MaHoSo: '***', Buoc: [{ NguoiXuLy: '***' }] } } },
      {},
      {},
    ])
  })

  it('refuses in plain words', async () => {
    const nobody = await server.key('systems:read', 'personal-data:read')
    const ask = async (job: string, body: object, by = key) => {
      const { status, json } = await dryRun(job, body, by)
      return [status, json.code, (json.errors as { pointer: string }[] | undefined)?.[0]?.pointer]
    }
    const samples = Array.from({ length: 101 }, () => progressAt(1, 'processing'))
    expect(await ask('khong-co', {})).toEqual([404, 'not-found', undefined])
    expect(await ask('tien-do', {}, nobody)).toEqual([403, 'scope-missing', undefined])
    expect(await ask('tien-do', { samples })).toEqual([400, 'request-invalid', '/samples'])
    expect(await ask('tien-do', { last: 1001 })).toEqual([400, 'request-invalid', '/last'])
    expect(await ask('tien-do', { fromStart: true })).toEqual([
      ...[400, 'request-invalid', '/fromStart'],
    ])
    expect(await ask('lay-cau-hoi', { samples: [create] })).toEqual([
      ...[400, 'request-invalid', '/samples'],
    ])
    const [unsound, nameless] = [
      changed(restSystem(), '"connector":"rest"', '"connector":"khong-co"'),
      changed(restSystem(), '"id":"nong-nghiep"', '"id":"../x"'),
    ]
    expect(await ask('tien-do', { configuration: { systems: [unsound] } })).toEqual([
      ...[400, 'request-invalid', '/configuration/systems/0/connector'],
    ])
    expect(await ask('tien-do', { configuration: { systems: [nameless] } })).toEqual([
      ...[400, 'request-invalid', '/configuration/systems/0/id'],
    ])
    const plain = changed(restSystem(), 'env:HUB_SECRET_REST', 'written-out')
    expect(await ask('tien-do', { configuration: { systems: [plain] } })).toEqual([
      ...[400, 'request-invalid', '/configuration/systems/0/options/credentials/key'],
    ])
  })

  it('reads a page of a pull and keeps nothing of it', async () => {
    const before = await rowsOf()
    const report = await pulled({ last: 1 })
    expect(report).toMatchObject({ kind: 'pull', from: 'start', messages: 2, itemsLeft: 1 })
    expect(report.verdicts).toEqual({ new: 2, duplicate: 0, conflict: 0, refused: 0 })
    expect(report.items).toMatchObject([{ verdict: 'new', type: 'vn.tthc.question.asked.v1' }])
    expect(await rowsOf()).toEqual(before)
    const wrong = changed(restSystem(), '{"to":"/content","from":"/NoiDung"},', '')
    const refused = await pulled({ configuration: { systems: [wrong] } })
    expect(refused.verdicts.refused).toBe(2)
    expect(refused.items[0]).toMatchObject({
      ...{ verdict: 'refused', code: 'schema-violation', faults: [{ rule: 'required' }] },
    })
    expect(await rowsOf()).toEqual(before)
  })

  it('lets a candidate of a pull connect nowhere else, and no paused source be asked', async () => {
    const elsewhere = changed(restSystem(), simulator.address, portal.address)
    const other = changed(restSystem(), 'env:HUB_SECRET_REST', 'env:HUB_SECRET_CONG')
    const calls = [simulator.calls(), portal.calls()]
    const otherAccount = changed(restSystem(), '"header":"X-Api-Key"', '"header":"X-Key"')
    const otherPath = changed(
      restSystem(),
      '"path":"/hoi-dap"},"answers"',
      '"path":"/huy"},"answers"',
    )
    for (const system of [elsewhere, other, otherAccount, otherPath]) {
      const { status, json } = await dryRun('lay-cau-hoi', { configuration: { systems: [system] } })
      expect([status, json.code]).toEqual([409, 'dry-run-impossible'])
    }
    const act = { actor: 'test', reason: 'Kiểm thử' }
    await server.hub.systems.pause('nong-nghiep', act)
    const { status, json } = await dryRun('lay-cau-hoi', {})
    expect([status, json.code]).toEqual([409, 'state-conflict'])
    expect([simulator.calls(), portal.calls()]).toEqual(calls)
    // What is sent can be tried while its system is paused: that is when one wants to.
    expect((await pushed('tien-do', { last: 1 })).summary.messages).toBe(1)
    await server.hub.systems.resume('nong-nghiep', act)
  })

  it('knows what a pull has brought before', async () => {
    await server.hub.pulls.runNow('lay-cau-hoi', { actor: 'test', reason: '' })
    await waitUntil(
      'the pull has run',
      () => server.ask('GET', '/api/v1/pulls', { key }),
      ({ json }) => (json.items as { lastRunAt: string | null }[])[0]?.lastRunAt !== null,
      20_000,
    )
    expect((await pulled({ fromStart: true })).verdicts).toMatchObject({ new: 0, duplicate: 2 })
    expect((await pulled({})).from).toBe('cursor')
  })
})

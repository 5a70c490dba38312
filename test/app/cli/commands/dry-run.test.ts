import { describe, expect, it } from 'vitest'
import type { DryRunReport } from '../../../../src/app/hub.ts'
import type { Fault } from '../../../../src/domain/errors.ts'
import type { DryOutput } from '../../../../src/engine/dry-run/dry-run.ts'
import type { DryItem } from '../../../../src/engine/dry-run/report.ts'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { makeFolder } from '../../../support/folder.ts'
import { soundFiles } from '../../config/sound-files.ts'

const common = { job: 'ho-so', revision: 7, at: '2026-11-22T03:04:05.000Z' }
const type = 'vn.tthc.dossier.progressed.v1'

const leaves = (body: unknown): DryOutput => ({
  ...{ kind: 'leaves', schema: 'rest/body/v1', body, code: null, detail: null },
  request: { method: 'PUT', url: 'https://cong.example/ho-so/H99-1', headers: {} },
  ...{ faults: [], codes: [] },
})
const fault: Fault = {
  ...{ pointer: '/data/steps/0/status', rule: 'code-table' },
  ...{ vi: 'mã chưa có trong bảng trang-thai', en: 'the code is not in the table trang-thai' },
}
const fails: DryOutput = {
  ...{ kind: 'fails', schema: null, body: null, request: null, code: 'code-untranslated' },
  ...{ detail: null, faults: [fault] },
  codes: [{ table: 'trang-thai', code: 'dang-xu-ly', pointer: fault.pointer }],
}
const item = (subject: string, change: Partial<DryItem>): DryItem => ({
  ...{ message: null, sample: 0, subject, type, verdict: 'leaves' },
  ...{ current: null, candidate: null, changes: [], ...change },
})
const nothing = { verdicts: {}, purged: 0, untranslated: [], faults: [], changes: [], more: false }

const compared: DryRunReport = {
  ...{ ...common, hasCandidate: true, kind: 'push', itemsLeft: 0, complete: true },
  summary: {
    ...{ ...nothing, messages: 4, purged: 1 },
    verdicts: { same: 1, changed: 1, 'newly-failing': 1, unreadable: 1 },
    untranslated: [{ table: 'trang-thai', code: 'dang-xu-ly', messages: 1 }],
    faults: [
      {
        ...{ code: 'code-untranslated', rule: 'code-table', messages: 1 },
        pointer: '/data/steps/*/status',
      },
    ],
    changes: [{ in: 'body', pointer: '/Buoc/*/Luc', messages: 1 }],
  },
  items: [
    item('H99-1', {
      ...{ verdict: 'changed', current: leaves({ Luc: '1' }), candidate: leaves({ Luc: '2' }) },
      changes: [{ in: 'body', pointer: '/Buoc/0/Luc', before: '1', after: '2' }],
    }),
    item('H99-2', { verdict: 'newly-failing', current: leaves({}), candidate: fails }),
    item('H99-3', { verdict: 'same' }),
  ],
}
const alone: DryRunReport = {
  ...{ ...common, hasCandidate: false, kind: 'push', itemsLeft: 0, complete: true },
  summary: { ...nothing, messages: 1, verdicts: { leaves: 1 } },
  items: [item('H99-1', { current: leaves({ MaHoSo: 'H99-1' }) })],
}
const read: DryRunReport = {
  ...{ ...common, hasCandidate: false, kind: 'pull', from: 'start', messages: 2, more: true },
  verdicts: { new: 1, duplicate: 0, conflict: 0, refused: 1 },
  items: [
    {
      ...{ source: '/h99/a', eventId: '1', type, subject: 'H99-1', time: common.at },
      ...{ verdict: 'refused', code: 'schema-violation', faults: [fault], data: {} },
    },
  ],
  ...{ itemsLeft: 1, unread: [], catalogue: null },
}

const worldWith = (report: DryRunReport) => createCliWorld({ dryRun: async () => report })

describe('jobs dry-run', () => {
  it('tells what a candidate changes, and fails when something newly fails', async () => {
    const world = worldWith(compared)
    const folder = makeFolder(soundFiles)
    const ran = await hub(world, `jobs dry-run ho-so --last 10000 --config ${folder}`)
    expect(ran.code).toBe(1)
    expect(ran.out).toMatchSnapshot()
    expect(world.hub.dryRuns.asked).toMatchObject([
      { job: 'ho-so', last: 10_000, candidate: { jobs: [{ id: 'ho-so' }, { id: 'lay-ve' }] } },
    ])
    expect(world.hub.acts).toMatchObject([{ act: { actor: 'cli:quan-tri' } }])
    const json = await hub(world, `jobs dry-run ho-so --json --config ${folder}`)
    expect([json.code, JSON.parse(json.out)]).toEqual([1, JSON.parse(JSON.stringify(compared))])
  })

  it('shows what leaves, and says so in English too', async () => {
    const world = worldWith(alone)
    const ran = await hub(world, 'jobs dry-run ho-so')
    expect(ran.code).toBe(0)
    expect(ran.out).toMatchSnapshot()
    expect(world.hub.dryRuns.asked).toEqual([{ job: 'ho-so', mostBytes: 64 * 1024 * 1024 }])
    expect((await hub(world, 'jobs dry-run ho-so --lang en')).out).toContain('Would be sent')
  })

  it('shows what a pull would bring', async () => {
    const world = worldWith(read)
    const ran = await hub(world, 'jobs dry-run lay-ve --from-start --last 5')
    expect(ran.code).toBe(1)
    expect(ran.out).toMatchSnapshot()
    expect(world.hub.dryRuns.asked).toMatchObject([{ fromStart: true, last: 5 }])
  })

  it('takes samples from files, one event or many', async () => {
    const world = worldWith(alone)
    const folder = makeFolder({ 'mot.json': '{"id":"1"}', 'nhieu.json': '[{"id":"2"},{"id":"3"}]' })
    const line = `jobs dry-run ho-so --sample ${folder}/mot.json --sample ${folder}/nhieu.json`
    expect((await hub(world, line)).code).toBe(0)
    expect(world.hub.dryRuns.asked).toMatchObject([
      { samples: [{ id: '1' }, { id: '2' }, { id: '3' }] },
    ])
  })

  it('refuses what cannot be tried, without opening the hub', async () => {
    const world = worldWith(alone)
    const many = JSON.stringify(Array.from({ length: 101 }, () => ({})))
    const folder = makeFolder({ 'hong.json': '{', 'nhieu.json': many })
    for (const options of [
      '--last 10001',
      '--last 0',
      `--sample ${folder}/khong-co.json`,
      `--sample ${folder}/hong.json`,
      `--sample ${folder}/nhieu.json`,
    ])
      expect((await hub(world, `jobs dry-run ho-so ${options}`)).code, options).toBe(2)
    const unsound = makeFolder({
      ...soundFiles,
      'jobs/ho-so.yaml': soundFiles['jobs/ho-so.yaml'].replace('to: cong', 'to: cnog'),
    })
    const ran = await hub(world, `jobs dry-run ho-so --config ${unsound}`)
    expect(ran.code).toBe(1)
    expect(ran.out).toContain('/to')
    expect(world.opened.count).toBe(0)
  })
})

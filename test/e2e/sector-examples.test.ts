/**
 * The examples of config/examples that speak to invented systems of a sector, as they are written there: only addresses
 * and patience are changed. Every direction that an example declares goes through the whole hub, over real HTTP.
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import createPortal, { account } from '../../connectors/dvcqg/simulator.ts'
import createTthc from '../../connectors/tthc/simulator.ts'
import dossier from '../../schemas/tthc/dossier-upserted/examples/valid/citizen-online-processing.json' with {
  type: 'json',
}
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator, SimulatorEntry } from '../../src/connector/index.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import { exampleFiles } from '../support/examples.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { sectors } from '../support/sectors.ts'
import { waitUntil } from '../support/wait.ts'

type Id = keyof typeof sectors

interface Case {
  readonly push: { readonly message: object; readonly operation: string; readonly taken: object }
  readonly pull: {
    readonly operation: string
    readonly job: string
    /** Where it goes on to, what of it is compared, and with what. */
    readonly at: 'tthc' | 'portal'
    readonly of: (content: never) => unknown
    readonly arrived: readonly unknown[]
  }
  readonly lookup: {
    readonly operation: string
    readonly there: object
    readonly nowhere: object
    readonly values: object
  }
}

const event = (source: string, type: string, subject: string, data: object) => ({
  ...{ specversion: '1.0', id: `${subject}.1`, source, type, subject, data },
  ...{ time: '2026-03-02T08:30:00+07:00', datacontenttype: 'application/json' },
})
const code = 'H99.14-260302-0001'
const progress = {
  code,
  steps: [
    {
      ...{ officer: 'Trần Thị Thử', at: '2026-03-02T08:30:00+07:00' },
      ...{ content: 'Chuyển chuyên môn', status: 'processing' },
    },
  ],
}
const question = {
  ...{ id: 'HD-99-0001', agency: { code: 'H99.14', name: 'Sở Giáo dục và Đào tạo tỉnh Mẫu' } },
  ...{ content: 'Chuyển trường cần giấy tờ gì?', askedAt: '2026-03-02T09:00:00+07:00' },
}
type Progress = { readonly code: string; readonly steps: readonly { at: string; status: string }[] }
const stepOf = ({ code: of, steps }: Progress) => [of, steps[0]?.at, steps[0]?.status]

const cases: Readonly<Record<Id, Case>> = {
  'y-te': {
    push: {
      operation: 'ho-so',
      message: event('/h99/so-y-te', 'vn.tthc.dossier.upserted.v1', dossier.dossier.code, dossier),
      taken: {
        transaction_id: expect.stringMatching(/./),
        code: dossier.dossier.code,
        procedure_code: '9.000001',
        applicant: { name: 'Nguyễn Văn Thử' },
        submitted_at: '2024-01-01T07:30:00',
        due_at: '2024-01-03T17:00:00',
        state: 'IN_REVIEW',
        files: dossier.dossier.components.map(({ name, url }) => ({ name, url })),
      },
    },
    pull: {
      ...{ operation: 'tien-do', job: 'progress-from-y-te', at: 'tthc', of: stepOf },
      arrived: [
        [code, '2026-03-03T09:15:00+07:00', 'processing'],
        ['H99.14-260302-0002', '2026-03-04T09:15:00+07:00', 'supplement-requested'],
        [code, '2026-03-05T09:15:00+07:00', 'finished'],
      ],
    },
    lookup: {
      operation: 'giay-phep-hanh-nghe',
      there: { number: 'H99-0001', identityNumber: '000000000099' },
      nowhere: { number: 'H99-0001', identityNumber: '000000000098' },
      values: {
        ...{ number: 'H99-0001', scope: 'Khám bệnh đa khoa', issuedOn: '2024-05-06' },
        state: 'valid',
      },
    },
  },
  'nong-nghiep': {
    push: {
      operation: 'tien-do',
      message: event('/h99/so-nong-nghiep', 'vn.tthc.dossier.progressed.v1', code, progress),
      taken: {
        ...{ Tinh: 'H99', MaHoSo: code },
        // Before 1 July 2026: the old code.
        Buoc: [
          {
            ...{ CanBo: 'Trần Thị Thử', Luc: '20260302083000', YKien: 'Chuyển chuyên môn' },
            TrangThai: 2,
          },
        ],
      },
    },
    pull: {
      ...{ operation: 'ket-qua-kiem-tra', job: 'inspections-from-nong-nghiep' },
      ...{ at: 'tthc', of: stepOf },
      arrived: [
        [code, '2026-06-30T16:00:00+07:00', 'processing'],
        [code, '2026-07-01T08:00:00+07:00', 'processing'],
        ...Array.from({ length: 58 }, (_, n) => [
          `H99.14-260303-${String(n).padStart(4, '0')}`,
          `2026-07-02T08:${String(n).padStart(2, '0')}:00+07:00`,
          'finished',
        ]),
      ],
    },
    lookup: {
      operation: 'co-so-du-dieu-kien',
      there: { certificate: 'ATTP-0001' },
      nowhere: { certificate: 'ATTP-0002' },
      values: {
        ...{ name: 'Hợp tác xã Thử Nghiệm', kind: 'livestock-farm', validUntil: '2027-12-31' },
        inspected: true,
      },
    },
  },
  'giao-duc': {
    push: {
      operation: 'cau-hoi',
      message: event('/h99/dvcqg', 'vn.tthc.question.asked.v1', question.id, question),
      taken: {
        ...{ maCauHoi: 'HD-99-0001', maCoQuan: 'H99.14', noiDung: 'Chuyển trường cần giấy tờ gì?' },
        hoiLuc: '02/03/2026 09:00:00',
      },
    },
    pull: {
      ...{ operation: 'tra-loi', job: 'answers-from-giao-duc', at: 'portal' },
      of: ({ HOIDAPID, NOIDUNGTRALOI }: Record<string, string>) => [HOIDAPID, NOIDUNGTRALOI],
      arrived: ['HD-99-0001', 'HD-99-0002', 'HD-99-0003'].map((id) => [
        id,
        'Nộp học bạ và giấy khai sinh.',
      ]),
    },
    lookup: {
      operation: 'van-bang',
      there: { number: 'TN/0001' },
      nowhere: { number: 'TN/0002' },
      values: {
        ...{ kind: 'upper-secondary', school: 'THPT An Thử', issuedOn: '2020-06-30' },
        genuine: true,
      },
    },
  },
}

const applied = (at: Simulator): readonly SimulatorEntry[] =>
  at.received().filter((entry) => entry.applied)

describe.each(Object.keys(cases) as Id[])('the example %s', (id) => {
  const { push, pull, lookup } = cases[id]
  let sector: Simulator
  let tthc: Simulator
  let portal: Simulator
  let server: TestHub
  let key: string
  let system: SystemFile
  let folder: string

  beforeAll(async () => {
    ;[sector, tthc, portal] = await Promise.all([
      sectors[id].start(),
      createTthc({ port: 0 }),
      createPortal({ port: 0 }),
    ])
    const files = await exampleFiles([id], {
      [`https://${id}.h99.example`]: sector.address,
      'https://mot-cua.h99.example': tthc.address,
      'https://may-chu-bao-mat.h99.example': portal.address,
      'tinh-h99': account.username,
    })
    const { systems, jobs } = files
    folder = files.folder
    const impatient = { timeoutMs: 500, settleMs: 50, retry: { stepsSeconds: [1] } }
    server = await openTestHub({
      systems: systems.map((one) => ({ ...one, ...impatient })),
      jobs,
      env: { HUB_CONFIG_DIR: folder },
      secrets: {
        ...{ HUB_SECRET_TTHC_API_KEY: 'not-a-real-key' },
        ...{ HUB_SECRET_DVCQG_PASSWORD: account.password, ...sectors[id].secrets },
      },
    })
    key = await server.key('admin')
    system = systems.find((one) => one.id === id) as SystemFile
  })
  afterAll(async () => {
    await server.close()
    await Promise.all([sector, tthc, portal].map((one) => one.stop()))
    rmSync(folder, { recursive: true })
  })

  const ask = (parameters: object) =>
    server.ask('POST', `/api/v1/lookups/${id}/${lookup.operation}`, {
      key,
      body: {
        ...{ official: 'can-bo-thu', unit: 'H99.14', dossier: code, parameters },
        ...{ purpose: 'Thẩm định hồ sơ', fields: Object.keys(lookup.values) },
      },
    })

  it('has a case here for every direction that it declares', () => {
    const { operations = [], pulls = [], lookups = [] } = system.options as Partial<Manifest>
    const declared = [...operations, ...pulls, ...lookups].map(({ name }) => name)
    expect(declared).toEqual([push.operation, pull.operation, lookup.operation])
  })

  it('is reached with its account, and says so where the account is wrong', async () => {
    const check = () => server.ask('POST', `/api/v1/systems/${id}/check`, { key })
    expect((await check()).json).toMatchObject({ ok: true })
    const { systems } = server.hub.revisions.running()?.configuration ?? { systems: [] }
    const wrong = { ...system.options, credentials: { style: 'none' } }
    await server.configure(
      systems.map((one) => (one.id === id ? { ...one, options: wrong } : one)) as SystemFile[],
    )
    expect((await check()).json).toMatchObject({ ok: false })
    await server.configure(systems as SystemFile[])
    expect((await check()).json).toMatchObject({ ok: true })
  })

  /** Submits it, and waits until its delivery to the sector has this state. */
  const submit = async (message: object, wanted: string) => {
    const { json } = await server.ask('POST', '/api/v1/messages', {
      key,
      headers: { 'content-type': 'application/cloudevents+json' },
      body: message,
    })
    const deliveries = (json.deliveries ?? []) as { id: string; system: string }[]
    const delivery = deliveries.find((one) => one.system === id)
    expect(delivery, JSON.stringify(json)).toBeDefined()
    return waitUntil(
      `it is ${wanted}`,
      async () => (await server.ask('GET', `/api/v1/deliveries/${delivery?.id}`, { key })).json,
      ({ state }) => state === wanted,
    )
  }

  it('is sent what its mapping says, once, though the answer is lost', async () => {
    sector.misbehave({ mode: 'timeout-after', times: 1 })
    await submit(push.message, 'delivered')
    expect(applied(sector).map(({ operation, content }) => [operation, content])).toEqual([
      [push.operation, push.taken],
    ])
  })

  it('stops for a person what the system refuses', async () => {
    sector.misbehave({ mode: 'refuse', times: 1 })
    const refused = await submit({ ...push.message, id: 'refused.1' }, 'dead')
    expect(refused).toMatchObject({ code: 'target-rejected' })
  })

  it('is read by schedule, page by page, and what it had goes on', async () => {
    const at = pull.at === 'tthc' ? tthc : portal
    const before = applied(at).length
    const run = () => server.ask('POST', `/api/v1/pulls/${pull.job}/run`, { key })
    await waitUntil('a run begins', async () => (await run()).status === 202)
    const arrived = () =>
      applied(at)
        .slice(before)
        .map(({ content }) => pull.of(content as never))
    await waitUntil(
      'all have come',
      () => arrived().length,
      (count) => count >= pull.arrived.length,
      30_000,
    )
    const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort()
    expect(sorted(arrived())).toEqual(sorted(pull.arrived))
  })

  it('is looked up for a purpose, and knows what it does not have', async () => {
    expect((await ask(lookup.there)).json).toMatchObject({ found: true, values: lookup.values })
    expect((await ask(lookup.nowhere)).json).toMatchObject({ found: false })
  })
})

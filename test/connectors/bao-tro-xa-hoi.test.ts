import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import sample from '../../connectors/bao-tro-xa-hoi/fixtures/tra-ket-qua.message.json' with {
  type: 'json',
}
import createConnector from '../../connectors/bao-tro-xa-hoi/index.ts'
import { defaultOptions } from '../../connectors/bao-tro-xa-hoi/options.ts'
import createSimulator from '../../connectors/bao-tro-xa-hoi/simulator.ts'
import { type Edge, pushOf } from '../../connectors/bao-tro-xa-hoi/translate.ts'
import {
  type Connector,
  ConnectorError,
  childAt,
  childrenNamed,
  readXml,
  type Simulator,
  type SocialProtectionUpserted,
  textAt,
} from '../../src/connector/index.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import { closeContexts, codes, contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'

const root = join(import.meta.dirname, '../..')
const manifest: Manifest = JSON.parse(
  readFileSync(join(root, 'connectors/bao-tro-xa-hoi/connector.json'), 'utf8'),
)
const edge: Edge = {
  codes,
  at: new Date('2026-01-15T09:30:00+07:00'),
  options: { acceptKey: 'khoa-thu' },
}
const steady = new AbortController().signal

type Draft = {
  -readonly [Key in keyof SocialProtectionUpserted]: SocialProtectionUpserted[Key]
}
const changed = (change: (draft: Draft) => void): SocialProtectionUpserted => {
  const draft = structuredClone(sample.data) as SocialProtectionUpserted
  change(draft)
  return draft
}
const failureOf = (work: () => unknown): unknown => {
  try {
    return { made: work() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const { kind, code, faults } = error.outcome
    return { kind, code, pointers: faults?.map(({ pointer }) => pointer) }
  }
}

describe('connectors/bao-tro-xa-hoi options', () => {
  it('have the defaults that the manifest declares', () => {
    const declared = Object.entries(
      manifest.options.properties as Record<string, { default?: unknown }>,
    ).flatMap(([name, property]) =>
      property.default === undefined ? [] : [[name, property.default]],
    )
    expect(Object.fromEntries(declared)).toEqual(defaultOptions)
  })
})

describe('connectors/bao-tro-xa-hoi push', () => {
  it('carries papers as XML that reads back to the very same texts', () => {
    const name = 'Đơn <mới> & "bản sao" ]]> của bà\u00a0Mẫu.pdf'
    const message = changed(({ dossier }) => {
      const [component] = dossier.components
      if (component) component.name = name
    })
    const push = pushOf(edge, message)
    const papers = readXml(Buffer.from(push.CertificateExtentData))
    const list = childAt(papers, 'DanhSachTaiLieuNop')
    const [first, second] = list ? childrenNamed(list, 'TaiLieuNop') : []
    expect(first && childAt(first, 'TenTepDinhKem')?.text).toBe(name)
    expect(second && textAt(second, 'DuocTaiSuDung')).toBe('1')
    const results = childAt(papers, 'DanhSachGiayToKetQua')
    expect(results && textAt(results, 'GiayToKetQua', 'MaGiayToKetQua')).toBe('KQ.G99.000301')
    expect(registry.validate('bao-tro-xa-hoi/dossier-push/v1', push)).toEqual([])
  })

  it('refuses what XML cannot carry', () => {
    const message = changed(({ dossier }) => {
      const [component] = dossier.components
      if (component) component.name = 'Đơn\u0001.pdf'
    })
    expect(failureOf(() => pushOf(edge, message))).toMatchObject({
      kind: 'permanent',
      code: 'mapping-failed',
    })
  })

  it.each([
    ['a gender', '/beneficiary/gender', (draft: Draft) => (draft.beneficiary.gender = 'other')],
    [
      'a procedure that is not to be sent',
      '/dossier/procedure/code',
      (draft: Draft) => (draft.dossier.procedure.code = '9.000001'),
    ],
    [
      'a database',
      '/dossier/databasesConsulted/0',
      (draft: Draft) => (draft.dossier.databasesConsulted = ['land']),
    ],
  ])('names %s that no table translates', (_, pointer, change) => {
    expect(
      failureOf(() =>
        pushOf(
          edge,
          changed((draft) => void change(draft)),
        ),
      ),
    ).toEqual({
      kind: 'permanent',
      code: 'code-untranslated',
      pointers: [pointer],
    })
  })

  it('holds back several databases until somebody has said how they are written', () => {
    const message = changed(({ dossier }) => {
      dossier.databasesConsulted = ['population', 'population']
    })
    expect(failureOf(() => pushOf(edge, message))).toEqual({
      kind: 'permanent',
      code: 'mapping-failed',
      pointers: ['/dossier/databasesConsulted'],
    })
    const told = { ...edge, options: { ...edge.options, databaseSeparator: ';' } }
    expect(pushOf(told, message).MaCSDL).toBe('1;1')
  })

  it('invents nothing: what the source does not have is empty', () => {
    const message = changed((draft) => {
      delete draft.decision
      delete draft.dossier.acceptedAt
      delete draft.beneficiary.ethnicityCode
      const [component] = draft.dossier.components
      if (component) delete component.fileId
    })
    const push = pushOf(edge, message)
    expect(push).toMatchObject({ SoQuyetDinh: '', NgayBanHanh: '', NgayTiepNhan: '', DanTocId: '' })
    expect(push.CertificateExtentData).toContain('<TaiLieuNop><TepDinhKemId/>')
  })
})

describe('connectors/bao-tro-xa-hoi answers', () => {
  let simulator: Simulator
  let connector: Connector

  const connect = (more: object = {}): Connector => {
    const example = JSON.stringify((manifest.options.examples as object[])[0])
    const options = JSON.parse(example.replaceAll('{{address}}', simulator.address))
    return createConnector(
      contextOf({
        system: 'bao-tro-xa-hoi',
        address: simulator.address,
        options: { ...options, ...more },
      }),
    )
  }
  const send = async (): Promise<unknown> => {
    const { id: eventId, source, type, subject, time, data } = sample
    try {
      return await connector.send?.(
        {
          id: '1.1',
          idempotencyKey: 'k',
          attempt: 1,
          operation: 'push-dossier',
          message: { id: 'm', eventId, source, type, subject, time, data },
          memo: undefined,
        },
        steady,
      )
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      return error.outcome
    }
  }

  beforeAll(async () => {
    simulator = await createSimulator({ port: 0 })
  })
  afterAll(() => simulator.stop())
  beforeEach(() => {
    connector = connect()
  })
  afterEach(() => {
    simulator.behave()
    closeContexts()
  })

  it('are success only by a code of success', async () => {
    expect(await send()).toMatchObject({ kind: 'delivered', evidence: { remoteCode: '0' } })
    connector = connect({ successCodes: ['00'] })
    expect(await send()).toMatchObject({ kind: 'permanent', code: 'target-rejected' })
  })

  it('that refuse the key stop at a person, with the code of the system', async () => {
    connector = connect({ acceptKey: 'wrong' })
    expect(await send()).toMatchObject({
      kind: 'permanent',
      code: 'target-rejected',
      evidence: { remoteCode: '1' },
    })
  })

  it('without a code are not known', async () => {
    simulator.misbehave({ mode: 'unknown-words', times: 1 })
    expect(await send()).toMatchObject({ kind: 'unknown', code: 'answer-invalid' })
  })

  it('of another page fail the connection test', async () => {
    connector = connect({ path: 'apiBTXH/KhongCo' })
    const steps = await connector.check(steady)
    expect(steps.at(-1)).toMatchObject({ name: 'call', ok: false })
  })
})

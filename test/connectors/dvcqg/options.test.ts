import { describe, expect, it } from 'vitest'
import { defaultOptions, readOptions } from '../../../connectors/dvcqg/options.ts'
import { codeRows, readJson, registry } from '../../support/dvcqg.ts'
import { declaredDefaults, loadedManifest } from '../../support/manifest.ts'

const { options } = await loadedManifest('dvcqg')
const [good] = options.examples as Record<string, unknown>[]

interface Place {
  readonly enum?: readonly string[]
}
interface DossierSchema {
  readonly properties: Readonly<Record<string, Place>>
  readonly $defs: Readonly<Record<string, Place & { properties?: Record<string, Place> }>>
}

const inside = (schema: DossierSchema, first: string, second: string): Place | undefined =>
  first === 'properties' ? schema.properties[second] : schema.$defs[first]?.properties?.[second]

/** Canonical field → the table that translates it, whole. */
const tables = {
  'dvcqg-dossier-status': ['status'],
  'dvcqg-channel': ['properties', 'channel'],
  'dvcqg-applicant-kind': ['applicant', 'kind'],
  'dvcqg-return-method': ['properties', 'returnMethod'],
  'dvcqg-submitted-from': ['properties', 'submittedFrom'],
  'dvcqg-online-payment': ['properties', 'onlinePayment'],
  'dvcqg-reuse': ['component', 'reuse'],
  'dvcqg-fee-collection': ['fee', 'collection'],
  'dvcqg-fee-kind': ['fee', 'kind'],
} as const

describe('options', () => {
  it('have the defaults that the manifest declares', () => {
    expect(JSON.parse(JSON.stringify(defaultOptions))).toEqual(declaredDefaults(options))
    expect(registry.validateAgainst(options, { ...good, adapterUrl: 'http://a.example' })).toEqual(
      [],
    )
  })

  it('let what is configured win over a default', () => {
    expect(readOptions({ ...good, generation: 1 })).toMatchObject({
      generation: 1,
      progressChunk: 10,
      agencyCode: '000.00.00.H99',
    })
  })

  it.each(Object.entries(tables))('come with a table %s that knows every code', (table, path) => {
    const schema = readJson<DossierSchema>('schemas/tthc/dossier/v1.schema.json')
    const [first, second] = path as readonly [string, string?]
    const place = second === undefined ? schema.$defs[first] : inside(schema, first, second)

    const rows = codeRows()[table] ?? []

    expect(rows.map((row) => row.canonical).sort()).toEqual([...(place?.enum ?? [])].sort())
  })
})

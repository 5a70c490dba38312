/** What the portal's connector sends and what the one-stop doors read are one shape. */
import { describe, expect, it } from 'vitest'
import { dossierItem } from '../../connectors/dvcqg/translate.ts'
import { progressRows } from '../../connectors/dvcqg/translate-others.ts'
import { createDossierGenerator } from '../../connectors/tthc/simulator/dossier-generator.ts'
import type { LegacyEdge } from '../../connectors/tthc/translate/legacy.ts'
import { legacyDossier } from '../../connectors/tthc/translate/legacy-dossier.ts'
import { legacyProgress } from '../../connectors/tthc/translate/progress.ts'
import { createCodeTables } from '../../src/adapters/connectors/code-tables.ts'
import type { Dossier, DossierProgressed, dvcqg, tthcLegacy } from '../../src/connector/index.ts'
import { codeRows, registry } from '../support/dvcqg.ts'

// The portal's own list of collections says 1 for all; here it tells them apart.
const tables = codeRows()
const codes = createCodeTables({
  ...tables,
  'dvcqg-fee-collection': tables['tthc-fee-collection'] ?? [],
})
const at = new Date('2026-03-05T08:00:00+07:00')
const out = {
  options: {
    generation: 2,
    resultCodeField: 'MaGiayToKetQua',
    identitiesNotSent: ['tax-code'],
    agencyCode: '000.00.00.H99',
  },
  codes,
  at,
  link: (url: string) => url,
} as const
const back: LegacyEdge = { codes, constants: {}, attachments: 'refuse', now: at }

/** What the portal's shape has no place for. */
function withoutUnsaid(dossier: Dossier): unknown {
  const { receiptNumber: _, ...rest } = structuredClone(dossier)
  delete (rest.applicant as Partial<Dossier['applicant']>).address
  for (const result of rest.results) {
    delete (result as { number?: string }).number
    delete (result as { issuedAt?: string }).issuedAt
  }
  for (const each of rest.supplements) {
    each.papers ??= []
    each.fees ??= []
  }
  return rest
}

const messages = () => {
  const generator = createDossierGenerator(21)
  return Array.from({ length: 120 }, () => generator.life()).flatMap((life) => life.messages)
}

describe('connectors/tthc and connectors/dvcqg', () => {
  it('read back what the other wrote, dossier by dossier', () => {
    const snapshots = messages().filter(({ type }) => !type.includes('progressed'))
    for (const { data, eventId } of snapshots) {
      const { dossier } = data as { dossier: Dossier }
      const item = dossierItem(out, dossier, '/dossier')
      expect(registry.validate('tthc-legacy/dossier-sync/v1', [item]), eventId).toEqual([])

      const read = legacyDossier(back, item as unknown as tthcLegacy.DossierSyncHoSo, '/0')

      expect(read.dossier, eventId).toEqual(withoutUnsaid(dossier))
    }
  })

  it('read back progress row by row', () => {
    for (const { data, type } of messages()) {
      if (type !== 'vn.tthc.dossier.progressed.v1') continue
      const progressed = data as DossierProgressed
      const rows = progressRows(out, progressed)
      expect(registry.validate('tthc-legacy/progress-sync/v1', rows)).toEqual([])

      const read = legacyProgress(back, rows as unknown as dvcqg.ProgressPushDong[], '')

      expect(read.map(({ step }) => step)).toEqual(progressed.steps)
    }
  })
})

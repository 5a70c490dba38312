import { describe, expect, it } from 'vitest'
import type { Edge, Part } from '../../../connectors/dvcqg/edge.ts'
import { readOptions } from '../../../connectors/dvcqg/options.ts'
import { dossierItem } from '../../../connectors/dvcqg/translate.ts'
import { createCodeTables } from '../../../src/adapters/connectors/code-tables.ts'
import type { Dossier } from '../../../src/connector/index.ts'
import { HubError } from '../../../src/domain/errors.ts'
import { aDossier, codeRows } from '../../support/dvcqg.ts'

const edge = (options: Readonly<Record<string, unknown>> = {}): Edge => ({
  options: readOptions(options),
  codes: createCodeTables(codeRows()),
  at: new Date('2024-03-05T08:00:00+07:00'),
  link: (url) => url,
})

describe('edge', () => {
  it.each<[string, Partial<Dossier>, Record<string, unknown>, string]>([
    [
      'a database',
      { databasesConsulted: ['population', 'land'] },
      {},
      '/dossier/databasesConsulted/1',
    ],
    [
      'an identity',
      {
        applicant: {
          ...aDossier().applicant,
          identities: [{ kind: 'passport', number: 'B0000001' }],
        },
      },
      {},
      '/dossier/applicant/identities/0/kind',
    ],
    [
      'a paper',
      { otherPapers: [{ name: 'Giấy', quantity: 1, kind: 'scan' }] },
      {},
      '/dossier/otherPapers/0/kind',
    ],
    [
      'an agency as applicant',
      { applicant: { ...aDossier().applicant, kind: 'state-agency' } },
      { generation: 1 },
      '/dossier/applicant/kind',
    ],
  ])('names the place of %s without a code, and guesses none', (_, change, options, pointer) => {
    const translate = () => dossierItem(edge(options), aDossier(change), '/dossier')

    expect(translate).toThrow(HubError)
    try {
      translate()
    } catch (error) {
      expect(error).toMatchObject({ code: 'code-untranslated', faults: [{ pointer }] })
    }
  })

  it('reads codes as they held on the day of the message', () => {
    const row = { canonical: 'population', validFrom: '', validTo: '' }
    const dated = createCodeTables({
      ...codeRows(),
      'dvcqg-database': [
        { ...row, remote: '1', validTo: '2024-03-04' },
        { ...row, remote: '21', validFrom: '2024-03-05' },
      ],
    })
    const on = (day: string) =>
      dossierItem({ ...edge(), codes: dated, at: new Date(day) }, aDossier(), '/dossier')

    expect(on('2024-03-04T23:00:00+07:00').DSKetNoiCSDL).toEqual([{ MaCSDL: '1' }])
    expect(on('2024-03-05T00:00:00+07:00').DSKetNoiCSDL).toEqual([{ MaCSDL: '21' }])
  })

  it('sends the number of an organisation as its paper, and as identity once there is a code', () => {
    const business = aDossier({
      applicant: {
        kind: 'business',
        name: 'Công ty TNHH Thử Nghiệm',
        identities: [{ kind: 'tax-code', number: '0000000000' }],
      },
    })
    const withCode: Edge = {
      ...edge({ identitiesNotSent: [] }),
      codes: createCodeTables({
        ...codeRows(),
        'dvcqg-identity-kind': [{ canonical: 'tax-code', remote: '9', validFrom: '', validTo: '' }],
      }),
    }

    expect(dossierItem(edge(), business, '/dossier')).toMatchObject({
      SoGiayToChuHoSo: '0000000000',
      DinhDanhCHS: [],
    })
    expect(dossierItem(withCode, business, '/dossier')).toMatchObject({
      DinhDanhCHS: [{ LoaiDinhDanh: '9', SoDinhDanh: '0000000000' }],
    })
  })

  it('names the result code as the system is configured', () => {
    const result = {
      name: 'Giấy phép',
      url: 'https://files.h99.example/1',
      resultCode: 'KQ.G99.000001',
    }
    const dossier = aDossier({ results: [result] })
    const resultsOf = (options: object) =>
      (dossierItem(edge(options as never), dossier, '/dossier').DanhSachGiayToKetQua as Part[])[0]

    expect(resultsOf({})).toMatchObject({ MaGiayToKetQua: 'KQ.G99.000001' })
    expect(resultsOf({ resultCodeField: 'MaKetQua' })).toMatchObject({ MaKetQua: 'KQ.G99.000001' })
    expect(resultsOf({ resultCodeField: 'MaKetQua' })).not.toHaveProperty('MaGiayToKetQua')
  })
})

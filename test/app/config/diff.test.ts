import { describe, expect, it } from 'vitest'
import { diffConfiguration } from '../../../src/app/config/diff.ts'
import { readConfigFiles } from '../../../src/app/config/read-files.ts'
import { testLaw } from '../../support/config-law.ts'
import { makeFolder } from '../../support/folder.ts'
import { soundFiles } from './sound-files.ts'

function configurationOf(changed: Readonly<Record<string, string>> = {}) {
  const reading = readConfigFiles(makeFolder({ ...soundFiles, ...changed }), testLaw)
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return reading.configuration
}

describe('diff', () => {
  it('finds nothing between equals, also after a round through JSON', () => {
    const one = configurationOf()
    expect(diffConfiguration(one, configurationOf())).toEqual([])
    expect(diffConfiguration(one, JSON.parse(JSON.stringify(one)))).toEqual([])
  })

  it('names what changed, by the names of systems, jobs and codes', () => {
    const after = configurationOf({
      'systems/cong.yaml': soundFiles['systems/cong.yaml'].replace(
        'concurrency: 4',
        'concurrency: 8',
      ),
      'jobs/ho-so.yaml': soundFiles['jobs/ho-so.yaml'].replace(
        ', vn.tthc.dossier.progressed.v1',
        '',
      ),
      'codes/trang-thai.csv': soundFiles['codes/trang-thai.csv'].replace(
        'accepted,02',
        'accepted,03',
      ),
    })
    expect(diffConfiguration(configurationOf(), after)).toEqual([
      { path: '/codes/trang-thai/accepted@2025-07-01/remote', before: '02', after: '03' },
      {
        path: '/jobs/ho-so/types',
        before: ['vn.tthc.dossier.upserted.v1', 'vn.tthc.dossier.progressed.v1'],
        after: ['vn.tthc.dossier.upserted.v1'],
      },
      { path: '/systems/cong/concurrency', before: 4, after: 8 },
    ])
  })

  it('tells a whole thing that came or went as one change', () => {
    const more = configurationOf({
      'systems/kho.yaml': soundFiles['systems/mot-cua.yaml'].replace('id: mot-cua', 'id: kho'),
    })
    const [added, ...others] = diffConfiguration(configurationOf(), more)
    expect(others).toEqual([])
    expect(added).toMatchObject({ path: '/systems/kho', before: undefined, after: { id: 'kho' } })
    expect(diffConfiguration(more, configurationOf())).toMatchObject([
      { path: '/systems/kho', after: undefined },
    ])
  })
})

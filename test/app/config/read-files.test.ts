import { describe, expect, it } from 'vitest'
import { readConfigFiles } from '../../../src/app/config/read-files.ts'
import { testLaw } from '../../support/config-law.ts'
import { makeFolder } from '../../support/folder.ts'
import { soundFiles } from './sound-files.ts'

const read = (files: Readonly<Record<string, string>>) =>
  readConfigFiles(makeFolder(files), testLaw)

/** `file:line pointer rule`, one line a fault. */
function faultsOf(changed: Readonly<Record<string, string>>): string[] {
  const reading = read({ ...soundFiles, ...changed })
  if (reading.ok) return []
  return reading.faults.map(({ file, line, pointer, rule }) => `${file}:${line} ${pointer} ${rule}`)
}

const warningsOf = (changed: Readonly<Record<string, string>>): string[] =>
  read({ ...soundFiles, ...changed }).warnings.map(
    ({ file, line, pointer, rule }) => `${file}:${line} ${pointer} ${rule}`,
  )

const replaced = (file: keyof typeof soundFiles, from: string, to: string) => {
  expect(soundFiles[file]).toContain(from)
  return { [file]: soundFiles[file].replace(from, to) }
}

const refused: [string, Record<string, string>, string][] = [
  [
    'a system that is not there',
    replaced('jobs/ho-so.yaml', 'to: cong', 'to: kho'),
    'jobs/ho-so.yaml:5 /to system',
  ],
  [
    'an unknown message type',
    replaced('jobs/ho-so.yaml', 'upserted', 'upsertd'),
    'jobs/ho-so.yaml:4 /types/0 type',
  ],
  [
    'a type the connector does not take',
    replaced('jobs/ho-so.yaml', 'to: cong', 'to: mot-cua'),
    'jobs/ho-so.yaml:4 /types/0 operation',
  ],
  [
    'an unknown connector',
    replaced('systems/cong.yaml', 'connector: portal', 'connector: portals'),
    'systems/cong.yaml:3 /connector connector',
  ],
  [
    'an unknown pull',
    replaced('jobs/lay-ve.yaml', 'operation: dossiers', 'operation: dossier'),
    'jobs/lay-ve.yaml:6 /operation operation',
  ],
  [
    'an id that is not the name of the file',
    replaced('systems/cong.yaml', 'id: cong', 'id: cong-2'),
    'systems/cong.yaml:1 /id file-name',
  ],
  [
    'an address of another kind',
    replaced('systems/mot-cua.yaml', 'http://10', 'ftp://10'),
    'systems/mot-cua.yaml:4 /options/address address',
  ],
  [
    'a misspelt option',
    replaced('systems/cong.yaml', 'agencyCode', 'agencycode'),
    'systems/cong.yaml:6 /options/agencycode additionalProperties',
  ],
  [
    'an option of the wrong form',
    replaced('systems/cong.yaml', '000.00.00.H99', 'H99'),
    'systems/cong.yaml:6 /options/agencyCode pattern',
  ],
  [
    'an address range that is none',
    replaced('systems/mot-cua.yaml', '/32', '/33'),
    'systems/mot-cua.yaml:6 /trusted/0/cidr cidr',
  ],
  [
    'six fields of cron',
    replaced('jobs/lay-ve.yaml', '*/10', '0 */10'),
    'jobs/lay-ve.yaml:7 /schedule cron',
  ],
  [
    'a day that never comes',
    replaced('jobs/lay-ve.yaml', '*/10 * * * *', '0 0 31 2 *'),
    'jobs/lay-ve.yaml:7 /schedule cron',
  ],
  [
    'a number written as text',
    replaced('systems/cong.yaml', 'concurrency: 4', 'concurrency: "4"'),
    'systems/cong.yaml:10 /concurrency type',
  ],
  [
    'a key written twice',
    replaced('systems/cong.yaml', 'concurrency: 4', 'concurrency: 4\nconcurrency: 8'),
    'systems/cong.yaml:11  duplicate-key',
  ],
  [
    'a second document',
    replaced('hub.yaml', 'province', '---\nprovince: H98\n---\nprovince'),
    'hub.yaml:3  yaml',
  ],
  ['tabs', replaced('systems/cong.yaml', '  address', '\taddress'), 'systems/cong.yaml:5  yaml'],
  ['an empty file', { 'jobs/trong.yaml': '# chưa viết\n' }, 'jobs/trong.yaml:1  empty'],
  [
    'a file that would not be read',
    { 'systems/kho.yml': 'id: kho\n' },
    'systems/kho.yml:0  unexpected-file',
  ],
  ['a second hub file', { 'hub2.yaml': 'province: H99\n' }, 'hub2.yaml:0  unexpected-file'],
  [
    'a code table named in capitals',
    { 'codes/TrangThai.csv': 'canonical,remote,valid_from,valid_to\n' },
    'codes/TrangThai.csv:0  file-name',
  ],
]

describe('read-files', () => {
  it('fills in what a sound file leaves out', () => {
    const reading = read(soundFiles)
    expect(reading).toMatchObject({ ok: true, warnings: [] })
    if (!reading.ok) return
    const [cong, motCua] = reading.configuration.systems
    expect(cong).toMatchObject({
      id: 'cong',
      concurrency: 4,
      runAhead: 16,
      timeoutMs: 30_000,
      settleMs: 60_000,
      retry: { stepsSeconds: [5, 30, 120, 600, 1800, 3600], giveUpAfterHours: 72 },
      circuit: { consecutive: 5, probeEveryMs: 30_000 },
      maintenance: [{ kind: 'weekly', days: [7], from: '23:00', to: '01:00' }],
    })
    expect(motCua?.concurrency).toBe(16)
    expect(reading.configuration.hub.retention).toEqual({
      ...{ bodiesDays: 90, evidenceDays: 90, filesDays: 90 },
    })
    expect(reading.configuration.jobs).toMatchObject([
      { id: 'ho-so', enabled: true, sources: [], policy: 'block' },
      { id: 'lay-ve', enabled: false, overlapSeconds: 600 },
    ])
    expect(reading.configuration.codes['trang-thai']).toEqual([
      { canonical: 'accepted', remote: '2', validFrom: '', validTo: '2025-06-30' },
      { canonical: 'accepted', remote: '02', validFrom: '2025-07-01', validTo: '' },
      { canonical: 'finished', remote: '9', validFrom: '', validTo: '' },
    ])
  })

  it('names the faults of all files at once, each with its place', () => {
    expect(
      faultsOf({
        'hub.yaml': 'province: h99\n',
        'systems/cong.yaml': soundFiles['systems/cong.yaml']
          .replace('concurrency: 4', 'concurency: 4')
          .replace('env:HUB_SECRET_CONG', 'mat-khau-that-cua-tinh')
          .replace('days: [7]', 'days: [7, 8]'),
        'jobs/ho-so.yaml': soundFiles['jobs/ho-so.yaml'].replace('to: cong', 'to: congg'),
        'jobs/lay-ve.yaml': soundFiles['jobs/lay-ve.yaml'].replace('*/10 *', '61 25'),
        'codes/trang-thai.csv': 'canonical,remote,valid_from,valid_to\naccepted,2,2025-02-30,\n',
      }),
    ).toEqual([
      'codes/trang-thai.csv:2 /0/valid_from date',
      'hub.yaml:1 /province pattern',
      'hub.yaml:1 /publicUrl required',
      'jobs/ho-so.yaml:5 /to system',
      'jobs/lay-ve.yaml:7 /schedule cron',
      'systems/cong.yaml:9 /options/credentials/password secret',
      'systems/cong.yaml:10 /concurency additionalProperties',
      'systems/cong.yaml:13 /maintenance/0/days/1 maximum',
    ])
  })

  it('tells a plain secret as such, and never repeats it', () => {
    const changed = replaced('systems/cong.yaml', 'env:HUB_SECRET_CONG', 'mat-khau-that-cua-tinh')
    expect(faultsOf(changed)).toEqual(['systems/cong.yaml:9 /options/credentials/password secret'])
    expect(JSON.stringify(read({ ...soundFiles, ...changed }))).not.toContain('mat-khau-that')
  })

  it('refuses a reference where no secret belongs', () => {
    expect(faultsOf(replaced('systems/cong.yaml', 'https://cong.example', 'env:ADDRESS'))).toEqual([
      'systems/cong.yaml:5 /options/address reference',
    ])
  })

  it.each(refused)('refuses %s', (_name, changed, fault) => {
    expect(faultsOf(changed)).toContain(fault)
  })

  it('does not blame a job for the fault of its system', () => {
    const faults = faultsOf(replaced('systems/cong.yaml', 'concurrency: 4', 'concurrency: 0'))
    expect(faults).toEqual(['systems/cong.yaml:10 /concurrency minimum'])
  })

  it('suggests what was meant', () => {
    const changed = {
      ...replaced('systems/cong.yaml', 'concurrency', 'concurency'),
      ...replaced('jobs/ho-so.yaml', 'to: cong', 'to: cnog'),
    }
    const reading = read({ ...soundFiles, ...changed })
    expect(reading.ok).toBe(false)
    if (reading.ok) return
    expect(reading.faults.map(({ vi }) => /có phải ý là "(.+)"/.exec(vi)?.[1])).toEqual([
      'cong',
      'concurrency',
    ])
  })

  it('says when the folder or hub.yaml is not there', () => {
    expect(readConfigFiles('/nowhere/at/all', testLaw)).toMatchObject({
      ok: false,
      faults: [{ file: '.', rule: 'folder' }],
    })
    const { 'hub.yaml': _, ...others } = soundFiles
    expect(read(others)).toMatchObject({ faults: [{ file: 'hub.yaml', rule: 'missing' }] })
  })

  it('leaves documents and what editors leave behind alone', () => {
    expect(
      faultsOf({ 'README.md': '#', 'systems/.cong.yaml.swp': 'x', 'jobs/ho-so.yaml~': 'x' }),
    ).toEqual([])
  })

  it('warns of two jobs that send one type to one system', () => {
    const second = soundFiles['jobs/ho-so.yaml'].replace('id: ho-so', 'id: tien-do')
    expect(warningsOf({ 'jobs/tien-do.yaml': second })).toEqual([
      'jobs/tien-do.yaml:4 /types/0 overlap',
      'jobs/tien-do.yaml:4 /types/1 overlap',
    ])
    const apart = {
      'jobs/ho-so.yaml': `${soundFiles['jobs/ho-so.yaml']}sources: [/h99/a]\n`,
      'jobs/tien-do.yaml': `${second}sources: [/h99/b]\n`,
    }
    expect(warningsOf(apart)).toEqual([])
  })

  it('warns of a policy that cannot work', () => {
    const changed = soundFiles['jobs/ho-so.yaml'].replace('vn.tthc.dossier.upserted.v1, ', '')
    expect(warningsOf({ 'jobs/ho-so.yaml': `${changed}policy: supersede\n` })).toEqual([
      'jobs/ho-so.yaml:6 /policy supersede',
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { openLaw } from '../../../src/app/compose/law.ts'
import { checkSystem } from '../../../src/app/config/check-system.ts'
import { readConfigFiles } from '../../../src/app/config/read-files.ts'
import { makeFolder } from '../../support/folder.ts'
import { soundFiles } from './sound-files.ts'

const system = `id: so
title: { vi: Sở, en: Department }
connector: rest
options:
  address: https://so.h99.example/api
  credentials:
    style: oauth2
    tokenUrl: https://so.h99.example/token
    clientId: h99
    clientSecret: env:HUB_SECRET_SO
  check:
    request: { path: /toi }
    answers: [{ at: /ma, is: ["00"], means: done }]
  operations:
    - name: tien-do
      title: { vi: Tiến độ, en: Progress }
      types: [vn.tthc.dossier.progressed.v1]
      repeat: harmless
      request:
        method: PUT
        path: /tien-do
        body:
          - { to: /ma, from: /subject }
          - to: /buoc
            each: /data/steps
            rows:
              - { to: /trangThai, from: /status, codes: trang-thai }
      answers: [{ at: /ma, is: ["00"], means: done }]
`
const soap = `id: so
title: { vi: Sở, en: Department }
connector: soap
options:
  address: https://so.h99.example/dich-vu
  version: "1.1"
  namespaces: { hd: "urn:h99:hoi-dap" }
  credentials: { style: none }
  check:
    request:
      action: urn:kiem-tra
      body: [{ to: /hd:Tinh, constant: H99, required: false }]
    answers: [{ at: /Ma, is: ["00"], means: done }]
`

async function faultsOf(text: string, more: Readonly<Record<string, string>> = {}) {
  const { 'hub.yaml': hub, 'codes/trang-thai.csv': codes } = soundFiles
  const files = { 'hub.yaml': hub, 'codes/trang-thai.csv': codes, 'systems/so.yaml': text, ...more }
  const reading = readConfigFiles(makeFolder(files), await openLaw(undefined))
  return reading.ok ? [] : reading.faults
}
const placesOf = async (...of: Parameters<typeof faultsOf>): Promise<string[]> =>
  (await faultsOf(...of)).map(
    ({ file, line, pointer, rule }) => `${file}:${line} ${pointer} ${rule}`,
  )
const changed = (from: string, to: string): string => {
  expect(system).toContain(from)
  return system.replace(from, to)
}

describe('check-system', () => {
  it('finds nothing wrong with a table that is there, and nothing with one that nobody uses', async () => {
    const unused = 'canonical,remote,valid_from,valid_to\na,1,,\n'
    expect(await placesOf(system, { 'codes/khong-ai-dung.csv': unused })).toEqual([])
  })

  it('names a code table that is not there, however deep, and the one that was meant', async () => {
    const faults = await faultsOf(changed('codes: trang-thai', 'codes: trang-thoi'))
    expect(faults).toMatchObject([
      {
        ...{ file: 'systems/so.yaml', line: 27, rule: 'code-table' },
        pointer: '/options/operations/0/request/body/1/rows/0/codes',
        vi: expect.stringContaining('"trang-thai"'),
      },
    ])
  })

  it('names a message type and a schema that are not there, and those that were meant', async () => {
    const schema = '        path: /tien-do\n        schema: tthc/dossier-progresed/v1\n'
    const text = changed('        path: /tien-do\n', schema).replace(
      '.progressed.v1',
      '.progresed.v1',
    )
    expect(await faultsOf(text)).toMatchObject([
      {
        ...{ file: 'systems/so.yaml', line: 17, rule: 'type' },
        pointer: '/options/operations/0/types/0',
        vi: expect.stringContaining('"vn.tthc.dossier.progressed.v1"'),
        en: expect.stringContaining('"vn.tthc.dossier.progressed.v1"'),
      },
      {
        ...{ file: 'systems/so.yaml', line: 22, rule: 'schema' },
        pointer: '/options/operations/0/request/schema',
        vi: expect.stringContaining('"tthc/dossier-progressed/v1"'),
        en: expect.stringContaining('"tthc/dossier-progressed/v1"'),
      },
    ])
  })

  it.each(['rest', 'soap', 'sql', 'sftp'])(
    'knows where the options of %s name message types',
    async (connector) => {
      const law = await openLaw(undefined)
      const found = law.manifests.find(({ id }) => id === connector)
      if (!found) throw new Error('there is no such connector')
      const [example] = found.options.examples as { operations?: object[]; pulls?: object[] }[]
      const parts = [...(example?.operations ?? []), ...(example?.pulls ?? [])]
      expect(parts.length).toBeGreaterThan(0)
      const wrong = { types: ['vn.tthc.khong-co.v1'] }
      const spoil = (list: object[] = []) => list.map((part) => ({ ...part, ...wrong }))
      const options = {
        ...example,
        ...(example?.operations && { operations: spoil(example.operations) }),
        ...(example?.pulls && { pulls: spoil(example.pulls) }),
      }
      const faults = checkSystem({ connector, options }, law, [])
      expect(faults.filter(({ rule }) => rule === 'type')).toHaveLength(parts.length)
    },
  )

  it('does not blame a system for the fault of its table', async () => {
    const broken = 'canonical,remote,valid_from,valid_to\naccepted,,,\n'
    expect(await placesOf(system, { 'codes/trang-thai.csv': broken })).toEqual([
      'codes/trang-thai.csv:2 /0/remote required',
    ])
  })

  it.each([
    ['ftp://so.h99.example/token', 'address'],
    ['https://h99:mat-khau@so.h99.example/token', 'secret'],
    ['so.h99.example/token', 'format'],
  ])('checks addresses inside of other options: %s', async (address, rule) => {
    const text = changed('https://so.h99.example/token', address)
    expect(await placesOf(text)).toEqual([
      `systems/so.yaml:8 /options/credentials/tokenUrl ${rule}`,
    ])
    expect(JSON.stringify(await faultsOf(text))).not.toContain('mat-khau@')
  })

  it('takes a namespace for what it is: a name, not an address', async () => {
    expect(await placesOf(soap)).toEqual([])
  })
})

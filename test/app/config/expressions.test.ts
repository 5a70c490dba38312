import { describe, expect, it } from 'vitest'
import { openLaw } from '../../../src/app/compose/law.ts'
import { readConfigFiles } from '../../../src/app/config/read-files.ts'
import { makeFolder } from '../../support/folder.ts'

const system = (first: string, second: string): string => `id: nguon
title: { vi: Nguồn, en: Source }
connector: rest
options:
  address: https://nguon.h99.example
  credentials: { style: none }
  check: { request: { path: /me }, answers: [{ status: [200], means: done }] }
  operations:
    - name: push
      title: { vi: Gửi, en: Push }
      types: [vn.tthc.dossier.progressed.v1]
      repeat: harmless
      answers: [{ status: [200], means: done }]
      request:
        method: POST
        path: /x
        body:
          - to: /a
            from: /subject
          - { to: /b, expression: '${first}' }
          - to: /l
            each: /data/steps
            rows:
              - { to: /c, expression: '${second}' }
`
const read = async (first: string, second: string, expressions: 'on' | 'off') =>
  readConfigFiles(
    makeFolder({
      'hub.yaml': 'province: H99\npublicUrl: https://lien-thong.h99.example\n',
      'systems/nguon.yaml': system(first, second),
    }),
    await openLaw(undefined, expressions),
  )
const faults = async (...parts: Parameters<typeof read>) => {
  const reading = await read(...parts)
  return reading.ok
    ? []
    : reading.faults.map(({ file, line, pointer, rule }) => `${file}:${line} ${pointer} ${rule}`)
}
const [one, two] = [
  'systems/nguon.yaml:20 /options/operations/0/request/body/1/expression expression',
  'systems/nguon.yaml:24 /options/operations/0/request/body/2/rows/0/expression expression',
]

describe('expressions in configuration files', () => {
  it('are taken where they are switched on', async () => {
    expect(await faults('$sum(data.fees)', 'a & b', 'on')).toEqual([])
  })

  it('are refused where they are off, each by its place', async () => {
    expect(await faults('$sum(data.fees)', 'a & b', 'off')).toEqual([one, two])
    const reading = await read('1', '2', 'off')
    expect(reading.ok || reading.faults[0]?.vi).toContain('HUB_EXPRESSIONS')
  })

  it('are refused where they cannot be read, with the place in the text and without it', async () => {
    expect(await faults('a.b', 'a & (', 'on')).toEqual([two])
    const reading = await read('bi_mat .. (', '1', 'on')
    if (reading.ok) throw new Error('it was taken')
    expect(reading.faults).toHaveLength(1)
    expect(reading.faults[0]?.vi).toMatch(/cú pháp.*ký tự \d+/)
    expect(JSON.stringify(reading.faults)).not.toContain('bi_mat')
  })

  it('have at most 2,000 characters', async () => {
    const long = `"${'x'.repeat(2_000)}"`
    expect(await faults(long, '1', 'on')).toEqual([one.replace(/expression$/, 'maxLength')])
  })

  it('stand alone in their row', async () => {
    const text = system('1', '2').replace('{ to: /b, expr', '{ to: /b, from: /subject, expr')
    const folder = makeFolder({
      'hub.yaml': 'province: H99\npublicUrl: https://lien-thong.h99.example\n',
      'systems/nguon.yaml': text,
    })
    expect(readConfigFiles(folder, await openLaw(undefined, 'on')).ok).toBe(false)
  })
})

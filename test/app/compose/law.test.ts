import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLaw } from '../../../src/app/compose/law.ts'
import { makeFolder } from '../../support/folder.ts'

describe('law', () => {
  it('is what ships with the hub', async () => {
    const law = await openLaw(undefined)
    expect(law.messageTypes).toContain('vn.tthc.dossier.upserted.v1')
    expect(law.messageTypes).not.toContain('vn.chaos.opened.v1')
    expect([...law.shelf.connectors.keys()]).toContain('dvcqg')
  })

  it('takes connectors and schemas of the province beside them', async () => {
    const law = await openLaw('test/chaos/extension')
    expect(law.messageTypes).toContain('vn.tthc.dossier.upserted.v1')
    expect(law.messageTypes).toContain('vn.chaos.opened.v1')
    expect([...law.shelf.connectors.keys()]).toEqual(
      expect.arrayContaining(['dvcqg', 'chaos-keys', 'chaos-batch']),
    )
    expect([...law.shelf.broken.keys()]).toEqual([])
  })

  it('needs neither kind of them', async () => {
    const law = await openLaw(makeFolder({ 'README.md': 'chưa có gì' }))
    expect(law.messageTypes).toEqual((await openLaw(undefined)).messageTypes)
  })

  it('lets a province replace neither a schema nor a connector of the hub', async () => {
    const folder = makeFolder({})
    mkdirSync(join(folder, 'connectors/dvcqg'), { recursive: true })
    writeFileSync(join(folder, 'connectors/dvcqg/index.ts'), 'export default () => ({})')
    const { shelf } = await openLaw(folder)
    expect([...shelf.broken.keys()]).toEqual(['dvcqg'])
    expect(shelf.connectors.has('dvcqg')).toBe(false)

    const other = makeFolder({})
    mkdirSync(join(other, 'schemas'))
    const $id = 'https://lien-thong.example/schemas/tthc/dossier-rated/v1'
    writeFileSync(join(other, 'schemas/v1.schema.json'), JSON.stringify({ $id }))
    await expect(openLaw(other)).rejects.toMatchObject({
      code: 'config-invalid',
      detail: { en: expect.stringContaining('two schemas have the $id') },
    })
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generateTypes } from '../../scripts/generate-types.ts'
import type { Dossier, DossierUpserted } from '../../src/connector/index.ts'
import { root, schemaFolder } from '../support/schema-files.ts'

const folder = join(root, 'src/connector/generated')

describe('generated types', () => {
  it('are those of the schemas (npm run generate makes them anew)', async () => {
    const made = await generateTypes(schemaFolder)
    expect(readdirSync(folder).sort()).toEqual([...made.keys()].sort())
    for (const [name, text] of made) expect(readFileSync(join(folder, name), 'utf8')).toBe(text)
  }, 30_000)

  it('describe a real example without a cast of its parts', () => {
    const path = 'tthc/dossier-upserted/examples/valid/business-returned.json'
    const message: DossierUpserted = JSON.parse(readFileSync(join(schemaFolder, path), 'utf8'))
    const dossier: Dossier = message.dossier
    const urls: string[] = dossier.components.map((component) => component.url)
    expect(urls.every((url) => url.startsWith('https://'))).toBe(true)
    expect(dossier.applicant.identities[0]?.kind).toBe('tax-code')
  })
})

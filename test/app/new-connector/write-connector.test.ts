import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createSchemaRegistry } from '../../../src/adapters/ajv/schema-registry.ts'
import { openLaw } from '../../../src/app/compose/law.ts'
import { readConfigFiles } from '../../../src/app/config/read-files.ts'
import { writeConnector } from '../../../src/app/new-connector/write-connector.ts'
import { makeFolder } from '../../support/folder.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  )

describe('new connector', () => {
  it('writes a folder in which everything has the new name and imports the contract', async () => {
    const home = join(makeFolder({}), 'tinh', 'mo-rong')
    const files = await writeConnector('kho-du-lieu', home, [])
    const content = contentOf(home)
    expect(Object.keys(content).sort()).toEqual(files.toSorted())
    expect(JSON.parse(content['connectors/kho-du-lieu/connector.json'] ?? '').id).toBe(
      'kho-du-lieu',
    )
    for (const [path, text] of Object.entries(content)) {
      expect(path + text).not.toContain('mau-moi')
      for (const [, target = ''] of text.matchAll(/from '(\.[^']+)'/g))
        expect(existsSync(resolve(home, dirname(path), target)), target).toBe(true)
    }
    const contract = join(root, 'src/connector/index.ts')
    const imported = [
      ...(content['connectors/kho-du-lieu/index.ts'] ?? '').matchAll(/'(\.\.[^']+)'/g),
    ]
    expect(imported.map(([, path = '']) => resolve(home, 'connectors/kho-du-lieu', path))).toEqual([
      contract,
    ])
  })

  it('writes schemas with examples that they take and refuse as they say', async () => {
    const home = makeFolder({})
    const files = await writeConnector('kho-du-lieu', home, [])
    const registry = createSchemaRegistry([join(root, 'schemas'), join(home, 'schemas')])
    const examples = files.filter((file) => /^schemas\/.*\/examples\//.test(file))
    expect(examples.length).toBeGreaterThanOrEqual(9)
    for (const file of examples) {
      const [, owner = '', name = '', , kind] = file.split('/')
      const example = JSON.parse(readFileSync(join(home, file), 'utf8'))
      const schema = `${owner}/${name}/v1`
      const faults = registry.validate(schema, kind === 'valid' ? example : example.data)
      const found = faults.map(({ pointer, rule }) => ({ pointer, rule }))
      expect(found, file).toEqual(kind === 'valid' ? [] : example.expect)
    }
  })

  it('writes an example that passes the check once it is copied over config/', async () => {
    const [home, config] = [makeFolder({}), makeFolder({})]
    await writeConnector('kho-du-lieu', home, [])
    const own = (path: string) => path !== join(root, 'config/examples')
    cpSync(join(root, 'config'), config, { recursive: true, filter: own })
    cpSync(join(home, 'config/examples/kho-du-lieu'), config, { recursive: true })
    const law = await openLaw(home)
    expect(readConfigFiles(config, law)).toMatchObject({ ok: true, warnings: [] })
    const system = join(config, 'systems/kho-du-lieu.yaml')
    writeFileSync(system, readFileSync(system, 'utf8').replaceAll('https://', 'ftp://'))
    expect(readConfigFiles(config, law)).toMatchObject({
      ok: false,
      faults: [{ pointer: '/options/baseUrl' }, { pointer: '/options/credentials/tokenUrl' }],
    })
  })

  it.each(['', 'a', 'Kho', 'kho du lieu', 'khó', '../kho', 'kho/du', '1kho', 'k'.repeat(42)])(
    'refuses the id "%s", in Vietnamese, and writes nothing',
    async (id) => {
      const home = makeFolder({})
      await expect(writeConnector(id, home, [])).rejects.toMatchObject({
        code: 'request-invalid',
        detail: { vi: expect.stringContaining('không làm mã connector được') },
      })
      expect(readdirSync(home)).toEqual([])
    },
  )

  it.each(['tthc', 'cloudevents'])('refuses %s, which the hub has', async (id) => {
    const home = makeFolder({})
    await expect(writeConnector(id, home, [])).rejects.toMatchObject({ code: 'state-conflict' })
    expect(readdirSync(home)).toEqual([])
  })

  it('overwrites nothing: not its own folder, nor schemas, nor what another folder has', async () => {
    const home = makeFolder({ 'connectors/kho/ghi-chu.txt': 'của tôi', 'schemas/so/x.json': '{}' })
    const before = contentOf(home)
    const other = makeFolder({})
    for (const [id, folder, homes] of [
      ['kho', home, []],
      ['so', home, []],
      ['kho', other, [home]],
    ] as const)
      await expect(writeConnector(id, folder, homes)).rejects.toMatchObject({
        code: 'state-conflict',
      })
    expect(contentOf(home)).toEqual(before)
    expect(readdirSync(other)).toEqual([])
  })

  it('leaves nothing of what it could not write as a whole', async () => {
    const home = makeFolder({ schemas: 'a file where a folder should be' })
    await expect(writeConnector('kho', home, [])).rejects.toThrow()
    expect(existsSync(join(home, 'connectors/kho'))).toBe(false)
    expect(Object.keys(contentOf(home))).toEqual(['schemas'])
  })
})

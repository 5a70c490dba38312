import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSchemaRegistry } from '../../../src/adapters/ajv/schema-registry.ts'
import { loadConnectors } from '../../../src/adapters/connectors/load-connectors.ts'

const { validateAgainst } = createSchemaRegistry([])
const load = (folders: readonly string[]) =>
  loadConnectors(
    folders.map((folder) => ({ folder })),
    validateAgainst,
  )
const words = { vi: 'Hệ thống mẫu', en: 'Sample system' }
const manifestOf = (id: string, more: object = {}): object => ({
  id,
  title: words,
  summary: words,
  version: '1.0.0',
  stage: 'example',
  contract: 'invented',
  options: { type: 'object', additionalProperties: false, properties: {}, examples: [{}] },
  operations: [],
  ...more,
})
const working = 'export default () => ({ check: async () => [], close: async () => {} })'
let shelf: string

function put(id: string, manifest: unknown, code: string | undefined = working, on = shelf): void {
  const folder = join(on, id)
  mkdirSync(folder, { recursive: true })
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest)
  if (manifest !== undefined) writeFileSync(join(folder, 'connector.json'), text)
  writeFileSync(join(folder, 'index.ts'), code)
}

beforeEach(() => {
  shelf = mkdtempSync(join(tmpdir(), 'hub-connectors-'))
})
afterEach(() => rmSync(shelf, { recursive: true }))

describe('load-connectors', () => {
  it('finds every folder with a manifest and passes by the rest', async () => {
    put('mot', manifestOf('mot'))
    put('hai', manifestOf('hai'))
    mkdirSync(join(shelf, 'notes'))
    writeFileSync(join(shelf, 'README.md'), '')
    const { connectors, broken } = await load([shelf])
    expect([...connectors.keys()].sort()).toEqual(['hai', 'mot'])
    expect(connectors.get('mot')).toMatchObject({ id: 'mot', manifest: { title: words } })
    expect(connectors.get('mot')?.create).toBeTypeOf('function')
    expect(broken.size).toBe(0)
  })

  const cases: [string, unknown, string | undefined, RegExp][] = [
    ['has no manifest', undefined, working, /missing or not valid JSON/],
    ['has a manifest that is no JSON', '{', working, /missing or not valid JSON/],
    ['has a manifest that does not fit', { id: 'hong' }, working, /does not fit/],
    ['has another id than its folder', manifestOf('khac'), working, /has the id khac/],
    [
      'allows options it does not know',
      manifestOf('hong', { options: { type: 'object', properties: {}, examples: [] } }),
      working,
      /does not fit/,
    ],
    [
      'has options whose schema is wrong',
      manifestOf('hong', {
        options: {
          type: 'object',
          additionalProperties: false,
          properties: { a: { type: 'text' } },
          examples: [{}],
        },
      }),
      working,
      /options schema/,
    ],
    ['has code that throws', manifestOf('hong'), 'throw new Error("hỏng")', /cannot be loaded/],
    ['has code that is no TypeScript', manifestOf('hong'), 'export default ((', /cannot be loaded/],
    ['imports what is not there', manifestOf('hong'), 'import "./gone.ts"', /cannot be loaded/],
    ['exports nothing by default', manifestOf('hong'), 'export const x = 1', /no default export/],
  ]
  it.each(cases)(
    'reports a folder that %s, and loads the others',
    async (_name, manifest, code, words) => {
      put('hong', manifest, code)
      put('tot', manifestOf('tot'))
      const { connectors, broken } = await load([shelf])
      expect([...connectors.keys()]).toEqual(['tot'])
      expect(broken.get('hong')?.problem).toMatchObject({
        code: 'system-misconfigured',
        message: expect.stringMatching(words),
      })
    },
  )

  it('names every fault of a manifest', async () => {
    put('hong', { ...manifestOf('hong'), version: 'mới', stage: 'xong' })
    const { broken } = await load([shelf])
    const pointers = broken.get('hong')?.problem.faults.map((fault) => fault.pointer)
    expect(pointers).toEqual(expect.arrayContaining(['/version', '/stage']))
  })

  it('uses neither of two folders with the same id', async () => {
    const second = join(shelf, 'more')
    put('mot', manifestOf('mot'))
    put('mot', manifestOf('mot'), working, second)
    const { connectors, broken } = await load([shelf, second])
    expect(connectors.size).toBe(0)
    expect(broken.get('mot')?.problem.message).toMatch(/Two connector folders/)
  })

  it('finds nothing where there is no folder', async () => {
    const { connectors, broken } = await load([join(shelf, 'gone')])
    expect([connectors.size, broken.size]).toEqual([0, 0])
  })
})

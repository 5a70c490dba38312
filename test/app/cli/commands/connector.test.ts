import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ConformanceReport } from '../../../../src/app/cli/ports.ts'
import { createCliWorld, hub } from '../../../support/cli.ts'
import { makeFolder } from '../../../support/folder.ts'

const report: ConformanceReport = {
  id: 'kho',
  problem: null,
  verdicts: [
    { rule: 'readme', title: 'has a README', result: 'pass', why: null },
    { rule: 'batches', title: 'takes batches', result: 'waived', why: 'nó không nhận lô nào cả' },
    { rule: 'pulls', title: 'pulls', result: 'fail', why: 'dossiers: nothing comes' },
  ],
}
function worldWith(answer: ConformanceReport | undefined) {
  const asked: string[] = []
  const world = createCliWorld()
  const testConnector = async (folder: string) => {
    asked.push(folder)
    return answer
  }
  return { asked, world: { ...world, ports: { testConnector } } }
}

describe('connector', () => {
  it('writes a new one where it is told to, or among the extensions', async () => {
    const [home, extensions] = [makeFolder({}), makeFolder({})]
    const world = createCliWorld()
    const { out, code } = await hub(world, `connector new kho --in ${home}`)
    expect(code).toBe(0)
    expect(out).toContain('hub connector test')
    expect(out).toContain(`HUB_EXTENSIONS_DIR=${home}`)
    expect(existsSync(join(home, 'connectors/kho/connector.json'))).toBe(true)
    const env = { HUB_EXTENSIONS_DIR: extensions }
    const second = await hub(world, 'connector new kho2 --json', env)
    expect(JSON.parse(second.out)).toMatchObject({ folder: join(extensions, 'connectors/kho2') })
    expect(existsSync(join(extensions, 'schemas/kho2'))).toBe(true)
    expect(world.opened.count).toBe(0)
  })

  it('refuses an id that is none or taken', async () => {
    const home = makeFolder({})
    const bad = await hub(createCliWorld(), `connector new Kho --in ${home}`)
    expect(bad.code).toBe(4)
    expect(bad.err).toContain('"Kho" không làm mã connector được')
    expect((await hub(createCliWorld(), `connector new tthc --in ${home}`)).code).toBe(4)
    expect((await hub(createCliWorld(), 'connector new')).code).toBe(2)
  })

  it('tells rule by rule what holds, and ends with 1 when one does not', async () => {
    const folder = realpathSync(makeFolder({ 'connectors/kho/connector.json': '{}' }))
    const { world, asked } = worldWith(report)
    const { out, code } = await hub(world, `connector test ${folder}/connectors/kho`)
    expect(code).toBe(1)
    for (const part of ['✓', 'miễn: nó không nhận lô nào cả', '✗ pulls: dossiers: nothing comes'])
      expect(out).toContain(part)
    expect(out).toContain('kho: 1 đạt, 1 không đạt, 1 miễn.')
    const env = { HUB_EXTENSIONS_DIR: folder }
    const sound = { ...report, verdicts: report.verdicts.slice(0, 2) }
    const byId = worldWith(sound)
    expect((await hub(byId.world, 'connector test kho --json', env)).code).toBe(0)
    expect([...asked, ...byId.asked]).toEqual(Array(2).fill(join(folder, 'connectors/kho')))
  })

  it('says why a folder cannot be judged, that there is none, that the suite is not here', async () => {
    const problem = { vi: 'connector.json không khớp lược đồ.', en: 'does not fit' }
    const broken = worldWith({ id: 'tthc', problem, verdicts: [] })
    const judged = await hub(broken.world, 'connector test tthc')
    expect([judged.code, judged.out]).toEqual([1, '✗ tthc: connector.json không khớp lược đồ.'])
    const none = await hub(createCliWorld(), 'connector test khong-co')
    expect(none.code).toBe(4)
    expect(none.err).toContain('Không có connector "khong-co"')
    const without = await hub(worldWith(undefined).world, 'connector test tthc')
    expect(without.code).toBe(4)
    expect(without.err).toContain('không có bộ kiểm thử tuân thủ')
  })
})

import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'

describe('codes', () => {
  it('lists the tables and their entries', async () => {
    expect((await hub(createCliWorld(), 'codes list')).out).toMatch(/dat-dai-procedure.*1.*ilis/)
    const shown = await hub(createCliWorld(), 'codes show dat-dai-procedure')
    expect(shown.out).toMatch(/1\.012345.*QT-BIEN-DONG.*… – …/)
    const none = await hub(createCliWorld(), 'codes show dat-dai-procedure --search 9')
    expect(none.out).toBe('Không có dòng nào khớp.')
    expect((await hub(createCliWorld(), 'codes show none')).code).toBe(4)
  })

  it('adds an entry with a reason only, and says what comes next', async () => {
    const world = createCliWorld()
    const line = 'codes set dat-dai-procedure 1.2 QT-2 --from 2025-07-01'
    expect((await hub(world, line)).code).toBe(2)
    const done = await hub(world, `${line} --reason Moi`)
    expect(done.out).toMatch(/1\.2 → QT-2.*bản cấu hình 4.*hub plans create redrive/)
    expect(world.hub.acts).toMatchObject([{ what: 'set 1.2 QT-2 2025-07-01-', act: {} }])
  })
})

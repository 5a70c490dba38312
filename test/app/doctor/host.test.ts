import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  certificateDays,
  lookAtDisk,
  lookAtKeyFile,
  tlsHostsOf,
} from '../../../src/app/doctor/host.ts'
import { makeFolder } from '../../support/folder.ts'

describe('host', () => {
  it('reads the mode of a key file', () => {
    const path = join(makeFolder({ 'master.key': 'x' }), 'master.key')
    chmodSync(path, 0o640)
    expect(lookAtKeyFile(path)).toEqual({ ok: true, value: { path, mode: 0o640 } })
    expect(lookAtKeyFile(`${path}.none`)).toBeUndefined()
  })

  it('looks at the disk of a folder that is not there yet', () => {
    const path = join(makeFolder({}), 'data/postgres')
    const seen = lookAtDisk(path)
    expect(seen).toMatchObject({ ok: true, value: { path } })
    if (seen.ok) expect(seen.value.freeBytes).toBeGreaterThan(0)
  })

  it('finds the https addresses among options', () => {
    expect(
      tlsHostsOf({
        address: 'https://cong.example/api',
        deep: [{ url: 'HTTPS://kho.example:8443' }],
        plain: 'http://10.0.0.1',
        other: 'https//none',
      }),
    ).toEqual(['cong.example:443', 'kho.example:8443'])
  })

  it('says when a host cannot be reached', async () => {
    expect(await certificateDays('127.0.0.1:1', new Date())).toMatchObject({ ok: false })
  })
})

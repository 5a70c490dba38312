import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../../src/app/compose/diagnose.ts'
import { judge } from '../../../src/app/doctor/judge.ts'
import { readSettings } from '../../../src/app/settings.ts'
import { useDatabase } from '../../support/database.ts'
import { makeFolder } from '../../support/folder.ts'

const files = {
  'hub.yaml': 'province: H99\npublicUrl: https://lien-thong.h99.example\n',
  'systems/mot-cua.yaml': `id: mot-cua
title: { vi: Một cửa, en: One-stop }
connector: tthc
options: { baseUrl: "https://127.0.0.1:1", apiKey: env:HUB_SECRET_X, agencyCode: 000.00.00.H99 }
`,
}

describe('diagnose', () => {
  const database = useDatabase()
  const settings = (env: Record<string, string>) =>
    readSettings({ HUB_ENV: 'test', HUB_CONFIG_DIR: makeFolder(files), ...env })

  it('gathers facts about everything around the hub', async () => {
    const env = { HUB_DATABASE_URL: database().url, HUB_DATA_DIR: makeFolder({}) }
    const facts = await diagnose(settings(env), () => undefined)
    expect(facts).toMatchObject({
      embedded: false,
      masterKey: undefined,
      postgres: { ok: true },
      redis: undefined,
      config: { faults: [], revision: null, secrets: [{ system: 'mot-cua' }] },
      certificates: [{ host: '127.0.0.1:1', daysLeft: { ok: false } }],
      disk: { ok: true },
    })
    expect(facts.connectors).toContainEqual({ id: 'tthc', problem: null })
    expect(judge(facts).length).toBeGreaterThan(10)
  })

  it('makes nothing where the hub has never been started', async () => {
    const dataDir = makeFolder({})
    const facts = await diagnose(settings({ HUB_DATA_DIR: dataDir }), () => 'secret')
    expect(facts).toMatchObject({ embedded: true, postgres: undefined, masterKey: undefined })
    expect(facts.config.secrets).toEqual([])
    expect(readdirSync(dataDir)).toEqual([])
  })

  it('says why a store cannot be seen, and never with which password', async () => {
    const url = database().url.replace(/:\/\/hub:[^@]*@/, '://hub:mat-khau-sai@')
    const env = { HUB_DATA_DIR: makeFolder({}), HUB_REDIS_URL: 'redis://:mat-khau@127.0.0.1:1' }
    const facts = await diagnose(settings({ ...env, HUB_DATABASE_URL: url }), () => undefined)
    expect(facts.redis).toMatchObject({ ok: false })
    expect(facts.postgres).toMatchObject({ ok: false, why: { en: 'wrong account or password' } })
    expect(JSON.stringify(facts)).not.toContain('mat-khau')
  })
})

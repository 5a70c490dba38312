import { describe, expect, it } from 'vitest'
import { checkSystem } from '../../../src/app/config/check-system.ts'
import {
  referenceFaults,
  resolveSecrets,
  withoutSecretRules,
} from '../../../src/app/config/secrets.ts'
import { portal, testLaw } from '../../support/config-law.ts'
import { loadedManifest } from '../../support/manifest.ts'

const options = {
  address: 'https://cong.example',
  credentials: { username: 'tinh-h99', password: 'env:HUB_SECRET_CONG' },
  extraKeys: ['file:/run/secrets/one', 'env:HUB_SECRET_TWO'],
}
const source = (environment: Record<string, string>, files: Record<string, string> = {}) => ({
  environment: (name: string) => environment[name],
  file: (path: string) => files[path],
})

describe('secrets', () => {
  it('puts secrets in the places of their references, deep and in lists', () => {
    const found = source(
      { HUB_SECRET_CONG: 'mat-khau-bia-dat', HUB_SECRET_TWO: 'two' },
      { '/run/secrets/one': 'one\n' },
    )
    expect(resolveSecrets(portal.options, options, found)).toEqual({
      ok: true,
      options: {
        address: 'https://cong.example',
        credentials: { username: 'tinh-h99', password: 'mat-khau-bia-dat' },
        extraKeys: ['one', 'two'],
      },
    })
    expect(options.credentials.password).toBe('env:HUB_SECRET_CONG')
  })

  it('names every secret that is missing or empty', () => {
    const resolved = resolveSecrets(portal.options, options, source({ HUB_SECRET_TWO: '' }))
    expect(resolved).toMatchObject({
      ok: false,
      faults: [
        { pointer: '/credentials/password', rule: 'secret' },
        { pointer: '/extraKeys/0', rule: 'secret' },
        { pointer: '/extraKeys/1', rule: 'secret' },
      ],
    })
  })

  it('finds plain secrets and needless references', () => {
    const wrong = {
      address: 'file:/etc/address',
      credentials: { username: 'env:USER', password: 'plain' },
      extraKeys: ['env:NOT A NAME'],
    }
    expect(
      referenceFaults(portal.options, wrong).map(({ pointer, rule }) => [pointer, rule]),
    ).toEqual([
      ['/address', 'reference'],
      ['/credentials/username', 'reference'],
      ['/credentials/password', 'secret'],
      ['/extraKeys/0', 'secret'],
    ])
    expect(referenceFaults(portal.options, options)).toEqual([])
  })

  it('lets the schema judge what is known before secrets are fetched', () => {
    const schema = withoutSecretRules(portal.options)
    // A reference is shorter than the secret must be, and yet it is right.
    expect(testLaw.validateAgainst(schema, options)).toEqual([])
    expect(testLaw.validateAgainst(portal.options, options)).not.toEqual([])
    expect(
      testLaw.validateAgainst(schema, { ...options, credentials: { username: 'x' } }),
    ).toMatchObject([{ pointer: '/credentials/password', rule: 'required' }])
  })

  it('knows a secret, an address and a name by the definitions that manifests share', async () => {
    const manifest = await loadedManifest('dvcqg')
    const [example] = manifest.options.examples as readonly Record<string, unknown>[]
    const system = (more: object) => ({
      ...{ id: 'cong', connector: 'dvcqg' },
      options: {
        ...{ ...example, adapterUrl: 'http://adapter.example', password: 'env:HUB_SECRET' },
        ...more,
      },
    })
    const faultsOf = (more: object) =>
      checkSystem(system(more), { ...testLaw, manifests: [manifest] }, [])
    expect(faultsOf({})).toEqual([])
    expect(faultsOf({ password: 'in plain' })).toMatchObject([
      { pointer: '/options/password', rule: 'secret' },
    ])
    expect(faultsOf({ adapterUrl: 'ftp://adapter.example' })).toMatchObject([
      { pointer: '/options/adapterUrl', rule: 'address' },
    ])
    expect(faultsOf({ dstcod: 'x' })).toMatchObject([
      { rule: 'additionalProperties', en: expect.stringContaining('dstcode') },
    ])
  })

  it('leaves an option alone that is named like a keyword', () => {
    const schema = {
      type: 'object',
      properties: { default: { type: 'string', minLength: 9, writeOnly: true } },
    }
    expect(withoutSecretRules(schema)).toEqual({
      type: 'object',
      properties: { default: { type: 'string' } },
    })
  })
})

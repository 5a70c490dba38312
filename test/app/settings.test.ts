import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultLinkRates } from '../../src/app/http/rate-limit.ts'
import { readSettings } from '../../src/app/settings.ts'
import { settingsDocument } from '../../src/app/settings-document.ts'
import { HubError } from '../../src/domain/errors.ts'
import { makeFolder } from '../support/folder.ts'

function faultsOf(env: Record<string, string>): HubError['faults'] {
  try {
    readSettings(env)
  } catch (error) {
    if (error instanceof HubError && error.code === 'config-invalid') return error.faults
    throw error
  }
  return []
}
const namesOf = (env: Record<string, string>): string[] =>
  faultsOf(env).map(({ pointer, rule }) => `${pointer} ${rule}`)

describe('settings', () => {
  it('needs nothing: the embedded server, this machine only, production', () => {
    expect(readSettings({})).toMatchObject({
      environment: 'production',
      role: 'all',
      databaseUrl: undefined,
      redisUrl: undefined,
      masterKeyFile: undefined,
      configDir: join(process.cwd(), 'config'),
      extensionsDir: undefined,
      dataDir: join(process.cwd(), 'data'),
      httpHost: '127.0.0.1',
      httpPort: 8080,
      trustedProxies: [],
      linkRateAddress: defaultLinkRates.address,
      linkRateToken: defaultLinkRates.token,
      expressions: 'off',
      logFormat: 'json',
      logLevel: 'info',
      language: 'vi',
    })
    expect(Object.isFrozen(readSettings({}))).toBe(true)
  })

  it('reads every setting', () => {
    const folder = makeFolder({ 'master.key': 'x', 'redis-url': 'rediss://:secret@redis:6380/0\n' })
    expect(
      readSettings({
        HUB_ENV: 'production',
        HUB_ROLE: 'worker',
        HUB_DATABASE_URL: 'postgres://hub:secret@db.h99.example/hub',
        HUB_REDIS_URL: `file:${folder}/redis-url`,
        HUB_MASTER_KEY_FILE: `${folder}/master.key`,
        HUB_CONFIG_DIR: folder,
        HUB_EXTENSIONS_DIR: folder,
        HUB_DATA_DIR: folder,
        HUB_FILES: folder,
        HUB_FILES_S3_URL: 'https://s3.h99.example/lien-thong',
        HUB_FILES_S3_REGION: 'vn-h99',
        HUB_FILES_S3_KEY_ID: 'HUBKEY',
        HUB_FILES_S3_SECRET: `file:${folder}/master.key`,
        HUB_HTTP_HOST: '0.0.0.0',
        HUB_HTTP_PORT: '80',
        HUB_PUBLIC_URL: 'https://lien-thong.h99.example',
        HUB_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
        HUB_LINK_RATE_ADDRESS: '6000+1200/min',
        HUB_LINK_RATE_TOKEN: '1+30/min',
        HUB_SIGN_IN_LOCAL: 'off',
        HUB_SESSION_IDLE_MINUTES: '15',
        HUB_SESSION_HOURS: '8',
        HUB_OIDC_ISSUER: 'https://id.h99.example',
        HUB_OIDC_CLIENT_ID: 'lien-thong',
        HUB_OIDC_CLIENT_SECRET_FILE: `${folder}/master.key`,
        HUB_OIDC_TITLE: 'Đăng nhập tỉnh H99',
        HUB_OIDC_ROLES_CLAIM: 'lien_thong_roles',
        HUB_EXPRESSIONS: 'on',
        HUB_LOG: 'pretty',
        HUB_LOG_LEVEL: 'warn',
        HUB_LANG: 'en',
        HUB_POOL_SIZE: '40',
        HUB_SHARED_BUFFERS: '2GB',
        HUB_STOP_TIMEOUT_MS: '5000',
      }),
    ).toEqual({
      environment: 'production',
      role: 'worker',
      databaseUrl: 'postgres://hub:secret@db.h99.example/hub',
      redisUrl: 'rediss://:secret@redis:6380/0',
      masterKeyFile: join(folder, 'master.key'),
      configDir: folder,
      extensionsDir: folder,
      dataDir: folder,
      filesDir: folder,
      filesS3Url: 'https://s3.h99.example/lien-thong',
      filesS3Region: 'vn-h99',
      filesS3KeyId: 'HUBKEY',
      filesS3Secret: 'x',
      httpHost: '0.0.0.0',
      httpPort: 80,
      publicUrl: 'https://lien-thong.h99.example',
      trustedProxies: ['10.0.0.0/8', '::1'],
      linkRateAddress: { burst: 6000, perSecond: 20 },
      linkRateToken: { burst: 1, perSecond: 0.5 },
      signInLocal: 'off',
      sessionIdleMinutes: 15,
      sessionHours: 8,
      correctionApproval: 'on',
      oidcIssuer: 'https://id.h99.example',
      oidcClientId: 'lien-thong',
      oidcClientSecretFile: join(folder, 'master.key'),
      oidcTitle: 'Đăng nhập tỉnh H99',
      oidcRolesClaim: 'lien_thong_roles',
      expressions: 'on',
      logFormat: 'pretty',
      logLevel: 'warn',
      language: 'en',
      poolSize: 40,
      sharedBuffers: '2GB',
      stopTimeoutMs: 5000,
    })
  })

  it.each(['', '20', '20+12', '0+12/min', '20+0/min', '1000001+1/min', '20+12/s', ' 20+12/min'])(
    'takes no rate that lets nobody pass, or that is none: "%s"',
    (text) => {
      const known = text === '' ? [] : ['/HUB_LINK_RATE_TOKEN form']
      expect(namesOf({ HUB_LINK_RATE_TOKEN: text })).toEqual(known)
    },
  )
  it.each([
    [{ HUB_SIGN_IN_LOCAL: 'off' }, 'HUB_OIDC_ISSUER'],
    [{ HUB_OIDC_ISSUER: 'https://id.h99.example' }, 'HUB_OIDC_CLIENT_ID'],
    [{ HUB_OIDC_ISSUER: 'http://id.h99.example', HUB_OIDC_CLIENT_ID: 'x' }, 'https'],
  ])('refuses a way to sign in that could not work: %j', (env, words) => {
    expect(() => readSettings(env)).toThrow(HubError)
    try {
      readSettings(env)
    } catch (error) {
      expect(JSON.stringify((error as HubError).faults)).toContain(words)
    }
  })

  it('names every fault at once and repeats no value', () => {
    const env = {
      HUB_ROLE: 's3cret-role',
      HUB_DATABASE_URL: 'mysql://hub:s3cret@db/hub',
      HUB_REDIS_URL: 'file:/nowhere/s3cret',
      HUB_MASTER_KEY_FILE: '/nowhere/s3cret.key',
      HUB_EXTENSIONS_DIR: '/nowhere/s3cret',
      HUB_HTTP_PORT: '65536',
      HUB_HTTP_HOST: 's3cret host',
      HUB_TRUSTED_PROXIES: '10.0.0.0/33',
      HUB_SHARED_BUFFERS: '256',
      HUB_HTPP_PORT: 's3cret',
    }
    expect(namesOf(env).sort()).toEqual([
      '/HUB_DATABASE_URL form',
      '/HUB_EXTENSIONS_DIR form',
      '/HUB_HTPP_PORT unknown',
      '/HUB_HTTP_HOST form',
      '/HUB_HTTP_PORT form',
      '/HUB_MASTER_KEY_FILE form',
      '/HUB_REDIS_URL form',
      '/HUB_ROLE form',
      '/HUB_SHARED_BUFFERS form',
      '/HUB_TRUSTED_PROXIES form',
    ])
    expect(JSON.stringify(faultsOf(env))).not.toContain('s3cret')
  })
})

describe('faults of settings', () => {
  it('suggest the name or the value that was meant', () => {
    expect(faultsOf({ HUB_HTPP_PORT: '1' })[0]?.vi).toContain('HUB_HTTP_PORT?')
    expect(faultsOf({ HUB_ROLE: 'wroker' })[0]?.en).toContain('"worker"')
  })

  it('asks for the master key file with a database in production, and not otherwise', () => {
    const database = { HUB_DATABASE_URL: 'postgres://hub@db/hub' }
    expect(namesOf(database)).toEqual(['/HUB_MASTER_KEY_FILE required'])
    expect(namesOf({ ...database, HUB_ENV: 'demo' })).toEqual([])
    expect(namesOf({ HUB_ENV: 'production' })).toEqual([])
  })

  it('asks for the account of S3 with its address', () => {
    expect(namesOf({ HUB_FILES_S3_URL: 'https://s3.h99.example/b' }).sort()).toEqual([
      '/HUB_FILES_S3_KEY_ID required',
      '/HUB_FILES_S3_SECRET required',
    ])
    expect(
      namesOf({
        HUB_FILES_S3_URL: 's3.h99.example',
        HUB_FILES_S3_KEY_ID: 'HUBKEY',
        HUB_FILES_S3_SECRET: 'file:/nowhere/s3cret',
      }).sort(),
    ).toEqual(['/HUB_FILES_S3_SECRET form', '/HUB_FILES_S3_URL form'])
  })

  it('leaves secrets, empty variables and those of others alone', () => {
    expect(
      namesOf({ HUB_SECRET_DVCQG_PASSWORD: 'x', HUB_REDIS_URL: '', HUBERT: 'x', PATH: '/bin' }),
    ).toEqual([])
  })

  it('logs for a person where one looks, unless told otherwise', () => {
    expect(readSettings({}, { terminal: true }).logFormat).toBe('pretty')
    expect(readSettings({ HUB_LOG: 'json' }, { terminal: true }).logFormat).toBe('json')
  })

  it('is what docs/settings.md says', async () => {
    await expect(settingsDocument()).toMatchFileSnapshot('../../docs/settings.md')
  })
})

/** Settings that need each other. */
import type { Fault } from '../domain/errors.ts'
import { faultOf } from './setting.ts'

type Environment = Readonly<Record<string, string | undefined>>

export const missingTogether = (environment: string, env: Environment): Fault[] => [
  ...missingForS3(env),
  ...missingMasterKey(environment, env),
  ...missingForOidc(env),
]

const missingForS3 = (env: Environment): Fault[] =>
  ['HUB_FILES_S3_KEY_ID', 'HUB_FILES_S3_SECRET']
    .filter((name) => env.HUB_FILES_S3_URL && !env[name])
    .map((name) =>
      faultOf(
        name,
        'required',
        'bắt buộc khi có HUB_FILES_S3_URL',
        'required with HUB_FILES_S3_URL',
      ),
    )

const isNear = (address: string): boolean =>
  URL.canParse(address) && ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(address).hostname)

function missingForOidc(env: Environment): Fault[] {
  const { HUB_OIDC_ISSUER: issuer, HUB_OIDC_CLIENT_ID: client, HUB_SIGN_IN_LOCAL: local } = env
  if (!issuer)
    return local === 'off'
      ? [
          faultOf(
            'HUB_OIDC_ISSUER',
            'required',
            'bắt buộc khi HUB_SIGN_IN_LOCAL=off: nếu không thì không ai đăng nhập được',
            'required with HUB_SIGN_IN_LOCAL=off: nobody could sign in without it',
          ),
        ]
      : []
  const faults = client
    ? []
    : [
        faultOf(
          'HUB_OIDC_CLIENT_ID',
          'required',
          'bắt buộc khi có HUB_OIDC_ISSUER',
          'required with HUB_OIDC_ISSUER',
        ),
      ]
  if (issuer.startsWith('http:') && !isNear(issuer))
    faults.push(
      faultOf(
        'HUB_OIDC_ISSUER',
        'secure',
        'phải là https, trừ khi ở chính máy này',
        'must be https unless it is on this machine',
      ),
    )
  return faults
}

function missingMasterKey(environment: string, env: Environment): Fault[] {
  if (environment !== 'production') return []
  if (!env.HUB_DATABASE_URL || env.HUB_MASTER_KEY_FILE) return []
  return [
    faultOf(
      'HUB_MASTER_KEY_FILE',
      'required',
      'bắt buộc khi có HUB_DATABASE_URL (môi trường production); tạo bằng hub keys create',
      'required with HUB_DATABASE_URL (environment production); make one with hub keys create',
    ),
  ]
}

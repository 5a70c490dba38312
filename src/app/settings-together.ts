/** Settings that need each other. */
import type { Fault } from '../domain/errors.ts'
import { faultOf } from './setting.ts'

type Environment = Readonly<Record<string, string | undefined>>

export const missingTogether = (environment: string, env: Environment): Fault[] => [
  ...missingForS3(env),
  ...missingMasterKey(environment, env),
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

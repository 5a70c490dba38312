/**
 * The settings of one process, from its environment. The only reader of HUB_* variables: everything
 * else is handed a `ProcessSettings`. What operators decide about systems and jobs is not here but
 * in the configuration files (see config/).
 */
import { resolve } from 'node:path'
import { type Fault, HubError, type Words } from '../domain/errors.ts'
import type { RateRule } from './http/rate-limit.ts'
import { nearest } from './nearest.ts'
import { type Purpose, purposes } from './people.ts'
import { faultOf, none, optional, type Setting, same, setting } from './setting.ts'
import {
  address,
  addressRanges,
  existingFile,
  existingFolder,
  folder,
  host,
  memorySize,
  oneOf,
  rateRule,
  secretText,
  wholeNumber,
} from './setting-forms.ts'
import { type MarkSettings, markSettings } from './settings-marks.ts'
import { type PeopleSettings, peopleSettings } from './settings-people.ts'
import { missingTogether } from './settings-together.ts'

type Role = 'api' | 'worker' | 'all'

export interface ProcessSettings extends PeopleSettings, MarkSettings {
  readonly environment: Purpose
  readonly role: Role
  /** Undefined: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | undefined
  /** Undefined: wake-ups travel through PostgreSQL. */
  readonly redisUrl: string | undefined
  /** Undefined: made under `dataDir` at the first start; not allowed in production with a database. */
  readonly masterKeyFile: string | undefined
  /** Absolute. */
  readonly configDir: string
  /** A province's own connectors and schemas, absolute; undefined: those of the hub only. */
  readonly extensionsDir: string | undefined
  /** Absolute. */
  readonly dataDir: string
  /** Undefined: `files` under `dataDir`. With S3 what is under way lies there. Absolute. */
  readonly filesDir: string | undefined
  /** Undefined: files lie in `filesDir`. */
  readonly filesS3Url: string | undefined
  readonly filesS3Region: string
  readonly filesS3KeyId: string | undefined
  readonly filesS3Secret: string | undefined
  readonly httpHost: string
  /** 0 picks a free one. */
  readonly httpPort: number
  /** Takes the place of `publicUrl` in hub.yaml. */
  readonly publicUrl: string | undefined
  /** Reverse proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  /** What anybody may ask for who has a link, of this process: from one address, and by one link. */
  readonly linkRateAddress: RateRule
  readonly linkRateToken: RateRule
  /** Whether mapping tables may have expressions. */
  readonly expressions: 'on' | 'off'
  readonly logFormat: 'json' | 'pretty'
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent'
  readonly language: 'vi' | 'en'
  /** Connections to PostgreSQL this process may hold. */
  readonly poolSize: number
  /** Of the embedded PostgreSQL only. */
  readonly sharedBuffers: string
  /** How long a stopping process waits for sends that are under way. */
  readonly stopTimeoutMs: number
}

/** One row per setting; docs/settings.md is produced from it. */
export const settingsTable = {
  environment: setting('HUB_ENV', oneOf(...purposes), 'production', [
    'Môi trường. production: khi có HUB_DATABASE_URL thì phải cho tệp khoá chính.',
    'The environment. production: with HUB_DATABASE_URL the master key file must be given.',
  ]),
  role: setting('HUB_ROLE', oneOf('api', 'worker', 'all'), 'all', [
    'Vai trò của tiến trình: nhận bản tin, gửi đi, hoặc cả hai.',
    'The role of the process: accept messages, deliver them, or both.',
  ]),
  databaseUrl: setting(
    'HUB_DATABASE_URL',
    optional(address(['postgres', 'postgresql'], true)),
    none('PostgreSQL nhúng trong HUB_DATA_DIR', 'embedded PostgreSQL under HUB_DATA_DIR'),
    ['Địa chỉ PostgreSQL 14 trở lên.', 'Address of PostgreSQL 14 or newer.'],
  ),
  redisUrl: setting(
    'HUB_REDIS_URL',
    optional(address(['redis', 'rediss'], true)),
    none('đánh thức qua PostgreSQL', 'wake-ups through PostgreSQL'),
    [
      'Địa chỉ Redis, chỉ để đánh thức; Redis mất dữ liệu cũng không mất bản tin.',
      'Address of Redis, for wake-ups only; nothing is lost when Redis loses its data.',
    ],
  ),
  masterKeyFile: setting(
    'HUB_MASTER_KEY_FILE',
    optional(existingFile),
    none('HUB_DATA_DIR/master.key, tự tạo lần đầu', 'HUB_DATA_DIR/master.key, made at first start'),
    [
      'Tệp khoá chính mã hoá nội dung bản tin (hub keys create). Mất tệp này là mất nội dung.',
      'File of the master key that encrypts bodies (hub keys create). Losing it loses the bodies.',
    ],
  ),
  configDir: setting(
    'HUB_CONFIG_DIR',
    folder,
    { value: resolve('config'), words: same('./config') },
    [
      'Thư mục cấu hình: hub.yaml, systems/, jobs/, codes/.',
      'Folder of the configuration: hub.yaml, systems/, jobs/, codes/.',
    ],
  ),
  extensionsDir: setting(
    'HUB_EXTENSIONS_DIR',
    optional(existingFolder),
    none('chỉ những gì đi kèm liên thông', 'only what ships with the hub'),
    [
      'Thư mục phần mở rộng của tỉnh: connectors/ và schemas/ dùng thêm bên cạnh những gì đi kèm liên thông.',
      "Folder of the province's own extensions: connectors/ and schemas/, used beside those of the hub.",
    ],
  ),
  dataDir: setting('HUB_DATA_DIR', folder, { value: resolve('data'), words: same('./data') }, [
    'Thư mục dữ liệu của PostgreSQL nhúng và khoá chính tự tạo.',
    'Folder of the embedded PostgreSQL and of the master key made by the hub.',
  ]),
  filesDir: setting(
    'HUB_FILES',
    optional(folder),
    none('HUB_DATA_DIR/files', 'HUB_DATA_DIR/files'),
    [
      'Thư mục tệp đính kèm, mã hoá; nhiều máy thì phải là thư mục dùng chung. Có S3 thì chỉ chứa tệp đang nhận.',
      'Folder of attachments, encrypted; several machines must share it. With S3 it holds only what is under way.',
    ],
  ),
  filesS3Url: setting(
    'HUB_FILES_S3_URL',
    optional(address(['http', 'https'])),
    none('tệp nằm trong HUB_FILES', 'files lie in HUB_FILES'),
    [
      'Kho tệp tương thích S3: địa chỉ kèm bucket, ví dụ https://s3.h99.example/lien-thong.',
      'S3-compatible store of files: address with bucket, for example https://s3.h99.example/lien-thong.',
    ],
  ),
  filesS3Region: setting('HUB_FILES_S3_REGION', host, 'us-east-1', [
    'Vùng (region) dùng khi ký yêu cầu tới S3.',
    'The region by which requests to S3 are signed.',
  ]),
  filesS3KeyId: setting(
    'HUB_FILES_S3_KEY_ID',
    optional(secretText),
    none('bắt buộc khi có HUB_FILES_S3_URL', 'required with HUB_FILES_S3_URL'),
    ['Mã khoá truy cập S3.', 'Access key id of S3.'],
  ),
  filesS3Secret: setting(
    'HUB_FILES_S3_SECRET',
    optional(secretText),
    none('bắt buộc khi có HUB_FILES_S3_URL', 'required with HUB_FILES_S3_URL'),
    ['Khoá bí mật S3.', 'Secret access key of S3.'],
  ),
  httpHost: setting('HUB_HTTP_HOST', host, '127.0.0.1', [
    'Địa chỉ lắng nghe. Muốn nhận từ máy khác phải ghi rõ, ví dụ 0.0.0.0.',
    'Address to listen on. To be reached from other machines say so, for example 0.0.0.0.',
  ]),
  httpPort: setting('HUB_HTTP_PORT', wholeNumber(0, 65_535), '8080', [
    'Cổng lắng nghe; 0 là chọn cổng trống.',
    'Port to listen on; 0 picks a free one.',
  ]),
  publicUrl: setting(
    'HUB_PUBLIC_URL',
    optional(address(['http', 'https'])),
    none('publicUrl trong hub.yaml', 'publicUrl of hub.yaml'),
    [
      'Địa chỉ liên thông nhìn từ bên ngoài; thay cho publicUrl trong hub.yaml.',
      'Address of the hub as seen from outside; takes the place of publicUrl in hub.yaml.',
    ],
  ),
  trustedProxies: setting(
    'HUB_TRUSTED_PROXIES',
    addressRanges,
    { value: [], words: { vi: 'không tin máy nào', en: 'none is trusted' } },
    [
      'Các máy proxy được tin khi khai địa chỉ người gọi (X-Forwarded-For).',
      'Proxies that are believed about the address of the caller (X-Forwarded-For).',
    ],
  ),
  linkRateAddress: setting('HUB_LINK_RATE_ADDRESS', rateRule, '300+300/min', [
    'Số lượt tải tệp qua đường dẫn từ một địa chỉ (IPv6: một dải /64). Đếm riêng ở mỗi tiến trình: n tiến trình cho tới n lần.',
    'Downloads by link from one address (IPv6: one /64). Each process counts for itself: n processes let up to n times as many pass.',
  ]),
  linkRateToken: setting('HUB_LINK_RATE_TOKEN', rateRule, '20+12/min', [
    'Số lượt tải bằng cùng một đường dẫn, từ mọi địa chỉ. Đếm riêng ở mỗi tiến trình: n tiến trình cho tới n lần.',
    'Downloads by one and the same link, from wherever. Each process counts for itself: n processes let up to n times as many pass.',
  ]),
  ...peopleSettings,
  expressions: setting('HUB_EXPRESSIONS', oneOf('on', 'off'), 'off', [
    'Bảng ánh xạ có được chứa biểu thức JSONata không (chạy trong tiến trình riêng). Phải như nhau ở mọi tiến trình.',
    'Whether mapping tables may have JSONata expressions (evaluated in a process of their own). The same for every process.',
  ]),
  logFormat: setting(
    'HUB_LOG',
    oneOf('json', 'pretty'),
    {
      value: 'json' as const,
      words: { vi: 'pretty trên màn hình, còn lại json', en: 'pretty on a terminal, else json' },
    },
    ['Dạng nhật ký.', 'Form of the log.'],
  ),
  logLevel: setting('HUB_LOG_LEVEL', oneOf('info', 'warn', 'error', 'silent'), 'info', [
    'Mức nhật ký thấp nhất được ghi.',
    'The lowest level that is logged.',
  ]),
  language: setting('HUB_LANG', oneOf('vi', 'en'), 'vi', [
    'Ngôn ngữ của dòng lệnh hub (như --lang).',
    'Language of the hub command line (as --lang).',
  ]),
  poolSize: setting('HUB_POOL_SIZE', wholeNumber(2, 200), '16', [
    'Số kết nối PostgreSQL tối đa của tiến trình này.',
    'Connections to PostgreSQL that this process may hold.',
  ]),
  ...markSettings,
  sharedBuffers: setting('HUB_SHARED_BUFFERS', memorySize, '256MB', [
    'shared_buffers của PostgreSQL nhúng.',
    'shared_buffers of the embedded PostgreSQL.',
  ]),
  stopTimeoutMs: setting('HUB_STOP_TIMEOUT_MS', wholeNumber(1_000, 600_000), '25000', [
    'Khi dừng, chờ các lần gửi đang dở bao nhiêu mili giây.',
    'How many milliseconds a stopping process waits for sends under way.',
  ]),
} as const satisfies { [K in keyof ProcessSettings]: Setting<ProcessSettings[K]> }

/** Variables of this form are left alone: secrets that configuration files name as `env:HUB_SECRET_…`. */
export const secretPrefix = 'HUB_SECRET_'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings of this process. An empty variable counts as not set. Throws one HubError
 * `config-invalid` with every fault at once; no fault repeats the value it complains about.
 */
export function readSettings(
  env: Environment,
  surroundings: { terminal?: boolean } = {},
): ProcessSettings {
  const faults: Fault[] = []
  const values: Record<string, unknown> = {}
  for (const [key, row] of Object.entries<Setting<unknown>>(settingsTable)) {
    const text = env[row.name]
    values[key] = row.otherwise.value
    if (!text) continue
    const read = row.form.read(text)
    if (read.ok) values[key] = read.value
    else faults.push(faultOf(row.name, 'form', read.wrong.vi, read.wrong.en))
  }
  if (!env.HUB_LOG && surroundings.terminal) values.logFormat = 'pretty'
  // Every key of the table was just filled by its own form.
  const settings = values as unknown as ProcessSettings
  faults.push(...unknownNames(env), ...missingTogether(settings.environment, env))
  if (faults.length > 0) throw new HubError('config-invalid', { detail: headline, faults })
  return Object.freeze(settings)
}

const headline: Words = {
  vi: 'Biến môi trường HUB_* không hợp lệ',
  en: 'HUB_* environment variables are not valid',
}

function unknownNames(env: Environment): Fault[] {
  const known = Object.values<Setting<unknown>>(settingsTable).map((row) => row.name)
  return Object.keys(env)
    .filter((name) => name.startsWith('HUB_') && !name.startsWith(secretPrefix))
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known)
      return faultOf(
        name,
        'unknown',
        `không có biến này${meant ? `; có phải ý là ${meant}?` : ''}`,
        `there is no such setting${meant ? `; did you mean ${meant}?` : ''}`,
      )
    })
}

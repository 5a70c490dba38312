/** From facts to findings: for each thing looked at whether it is well, and what to do if not. */
import type { Words } from '../../domain/errors.ts'
import type { ConfigFacts, Facts, PostgresFacts, SystemFacts } from './facts.ts'

export interface Finding {
  /** Stable, for machines. */
  readonly check: string
  /** `warn`: works, and somebody should act. `skip`: there was nothing to look at. */
  readonly state: 'ok' | 'warn' | 'fail' | 'skip'
  readonly title: Words
  readonly found: Words
  readonly next: Words | null
}

const words = (vi: string, en: string): Words => ({ vi, en })

const finding = (
  check: string,
  title: Words,
  state: Finding['state'],
  found: Words,
  next: Words | null = null,
): Finding => ({ check, state, title, found, next: state === 'ok' ? null : next })

export function judge(facts: Facts): Finding[] {
  return [
    node(facts.node),
    masterKey(facts),
    ...postgres(facts),
    redis(facts.redis),
    ...configuration(facts.config),
    ...connectors(facts.connectors),
    ...certificates(facts.certificates),
    disk(facts.disk),
  ]
}

function node(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const fits = major < 25 && (major > 20 || (major === 20 && minor >= 19))
  return finding(
    'node',
    words('Node.js', 'Node.js'),
    fits ? 'ok' : 'warn',
    words(version, version),
    words('Dùng Node.js từ 20.19 đến 24.', 'Use Node.js 20.19 to 24.'),
  )
}

function masterKey({ masterKey: seen, embedded }: Facts): Finding {
  const title = words('Khoá chính', 'Master key')
  if (!seen)
    return finding(
      'master-key',
      title,
      embedded ? 'skip' : 'fail',
      words('chưa có', 'there is none yet'),
      embedded
        ? words('Được tạo khi hub start lần đầu.', 'It is made by the first hub start.')
        : words('Tạo bằng hub keys create.', 'Make one with hub keys create.'),
    )
  if (!seen.ok) return finding('master-key', title, 'fail', seen.why)
  const { path, mode } = seen.value
  const octal = `${path} (${mode.toString(8).padStart(4, '0')})`
  return finding(
    'master-key',
    title,
    (mode & 0o077) === 0 ? 'ok' : 'fail',
    words(octal, octal),
    words(`Chạy chmod 600 ${path}.`, `Run chmod 600 ${path}.`),
  )
}

function postgres({ postgres: seen, embedded, poolSize }: Facts): Finding[] {
  const title = words('PostgreSQL', 'PostgreSQL')
  if (!seen)
    return [
      finding(
        'postgres',
        title,
        'skip',
        words('PostgreSQL nhúng, chưa khởi tạo', 'embedded, not made yet'),
        words('Được tạo khi hub start lần đầu.', 'It is made by the first hub start.'),
      ),
    ]
  if (!seen.ok)
    return [
      finding(
        'postgres',
        title,
        'fail',
        seen.why,
        embedded
          ? words(
              'Xem nhật ký trong HUB_DATA_DIR/postgres/log.',
              'See the log in HUB_DATA_DIR/postgres/log.',
            )
          : words(
              'Kiểm tra HUB_DATABASE_URL, tường lửa và máy chủ.',
              'Check HUB_DATABASE_URL, the firewall and the server.',
            ),
      ),
    ]
  return [
    ...server(seen.value, poolSize),
    migrations(seen.value),
    processes(seen.value),
    ...systems(seen.value.systems),
  ]
}

function server(facts: PostgresFacts, poolSize: number): Finding[] {
  const version = `${Math.floor(facts.version / 10_000)}.${facts.version % 10_000}`
  const offset = Math.abs(facts.clockOffsetMs)
  const durable = facts.fsync && facts.synchronousCommit
  const seconds = (facts.clockOffsetMs / 1000).toFixed(1)
  return [
    finding(
      'postgres',
      words('PostgreSQL', 'PostgreSQL'),
      facts.version >= 140_000 ? 'ok' : 'fail',
      words(`phiên bản ${version}`, `version ${version}`),
      words('Cần PostgreSQL 14 trở lên.', 'PostgreSQL 14 or newer is needed.'),
    ),
    finding(
      'postgres-durable',
      words('Ghi bền', 'Durability'),
      durable ? 'ok' : 'fail',
      durable
        ? words('fsync và synchronous_commit bật', 'fsync and synchronous_commit are on')
        : words('fsync hoặc synchronous_commit tắt', 'fsync or synchronous_commit is off'),
      words(
        'Bật cả hai; nếu không, mất điện là mất bản tin đã nhận.',
        'Turn both on; else a power cut loses accepted messages.',
      ),
    ),
    finding(
      'clock',
      words('Lệch đồng hồ', 'Clock offset'),
      offset < 2_000 ? 'ok' : offset < 30_000 ? 'warn' : 'fail',
      words(`${seconds} giây so với cơ sở dữ liệu`, `${seconds} s from the database`),
      words('Đồng bộ giờ (NTP) trên cả hai máy.', 'Synchronise the time (NTP) of both machines.'),
    ),
    finding(
      'connections',
      words('Số kết nối', 'Connections'),
      poolSize * 2 <= facts.maxConnections ? 'ok' : 'warn',
      words(
        `${poolSize} mỗi tiến trình, máy chủ cho ${facts.maxConnections}`,
        `${poolSize} a process, the server allows ${facts.maxConnections}`,
      ),
      words(
        'Giảm HUB_POOL_SIZE hoặc tăng max_connections.',
        'Lower HUB_POOL_SIZE or raise max_connections.',
      ),
    ),
  ]
}

function migrations({ migrations: { applied, known } }: PostgresFacts): Finding {
  const next =
    applied < known
      ? words('Được nâng cấp khi hub start.', 'hub start brings it up to date.')
      : words('Dùng phiên bản phần mềm mới hơn.', 'Use a newer version of the software.')
  return finding(
    'migrations',
    words('Lược đồ dữ liệu', 'Migrations'),
    applied === known ? 'ok' : applied < known ? 'warn' : 'fail',
    words(`${applied}/${known} bước`, `${applied} of ${known}`),
    next,
  )
}

const aliveSeconds = 6

function processes(facts: PostgresFacts): Finding {
  const alive = facts.processes.filter(({ seenSecondsAgo }) => seenSecondsAgo < aliveSeconds)
  const sends = alive.some(({ role }) => role === 'all' || role === 'worker')
  const list = alive.map(({ id, role }) => `${id} (${role})`).join(', ')
  const none = words('không tiến trình nào đang chạy', 'no process is running')
  return finding(
    'processes',
    words('Tiến trình', 'Processes'),
    sends ? 'ok' : 'warn',
    alive.length > 0 ? words(list, list) : none,
    words(
      'Không ai gửi bản tin: chạy hub start (vai trò all hoặc worker).',
      'Nobody delivers: run hub start (role all or worker).',
    ),
  )
}

const lateSeconds = 60

function systems(all: readonly SystemFacts[]): Finding[] {
  return all.map(({ id, paused, circuitOpen, failed, oldestDueSeconds }) => {
    const late = Math.round(oldestDueSeconds ?? 0)
    const vi: string[] = []
    const en: string[] = []
    const note = (inVietnamese: string, inEnglish: string): void => {
      vi.push(inVietnamese)
      en.push(inEnglish)
    }
    if (paused) note('đang tạm dừng', 'paused')
    if (circuitOpen) note('đang ngắt mạch', 'circuit open')
    if (failed > 0) note(`${failed} lượt gửi cần người xử lý`, `${failed} deliveries need a person`)
    if (late > lateSeconds && !paused && !circuitOpen)
      note(`lượt tới hạn chờ đã ${late} giây`, `the oldest due delivery waits for ${late} s`)
    return finding(
      `system:${id}`,
      words(`Hệ thống ${id}`, `System ${id}`),
      vi.length === 0 ? 'ok' : 'warn',
      vi.length === 0 ? words('thông', 'flows') : words(vi.join(', '), en.join(', ')),
      words(`Xem hub systems show ${id}.`, `See hub systems show ${id}.`),
    )
  })
}

function redis(seen: Facts['redis']): Finding {
  const title = words('Redis', 'Redis')
  if (!seen)
    return finding(
      'redis',
      title,
      'skip',
      words('không dùng; đánh thức qua PostgreSQL', 'not used; wake-ups through PostgreSQL'),
    )
  if (!seen.ok)
    return finding(
      'redis',
      title,
      'fail',
      seen.why,
      words(
        'Kiểm tra HUB_REDIS_URL. Không mất bản tin, nhưng gửi chậm hơn.',
        'Check HUB_REDIS_URL. Nothing is lost, but sending is slower.',
      ),
    )
  const { version, maxmemoryPolicy } = seen.value
  const safe = maxmemoryPolicy === 'noeviction' || maxmemoryPolicy === ''
  const found = `${version}, maxmemory-policy ${maxmemoryPolicy || '?'}`
  return finding(
    'redis',
    title,
    safe ? 'ok' : 'warn',
    words(found, found),
    words('Đặt maxmemory-policy noeviction.', 'Set maxmemory-policy noeviction.'),
  )
}

function configuration({ faults, warnings, revision, secrets }: ConfigFacts): Finding[] {
  const counted = words(
    `${faults.length} lỗi, ${warnings.length} cảnh báo`,
    `${faults.length} faults, ${warnings.length} warnings`,
  )
  const sound = faults.length === 0
  const files = finding(
    'config',
    words('Tệp cấu hình', 'Configuration files'),
    sound ? (warnings.length > 0 ? 'warn' : 'ok') : 'fail',
    sound && warnings.length === 0 ? words('hợp lệ', 'valid') : counted,
    words('Xem hub config check.', 'See hub config check.'),
  )
  const missing = secrets.map(({ system, fault }) =>
    finding(
      `secret:${system}${fault.pointer}`,
      words(`Bí mật của ${system}`, `Secret of ${system}`),
      'fail',
      words(fault.vi, fault.en),
      words(
        'Đặt biến hoặc tệp đó cho tiến trình liên thông.',
        'Give that variable or file to the hub process.',
      ),
    ),
  )
  return [files, running(sound, revision), ...missing]
}

function running(sound: boolean, revision: ConfigFacts['revision']): Finding {
  const title = words('Cấu hình đang chạy', 'Running configuration')
  if (!revision)
    return finding(
      'revision',
      title,
      'warn',
      words('chưa có bản nào', 'there is no revision yet'),
      words('Chạy hub config apply.', 'Run hub config apply.'),
    )
  const same = revision.differences === 0
  return finding(
    'revision',
    title,
    same || !sound ? 'ok' : 'warn',
    !sound || same
      ? words(`bản ${revision.id}`, `revision ${revision.id}`)
      : words(
          `bản ${revision.id}, tệp khác ${revision.differences} chỗ`,
          `revision ${revision.id}, the files differ in ${revision.differences} places`,
        ),
    words(
      'Xem hub config diff, rồi hub config apply.',
      'See hub config diff, then hub config apply.',
    ),
  )
}

function connectors(all: Facts['connectors']): Finding[] {
  const sound = all.filter(({ problem }) => problem === null).map(({ id }) => id)
  const list = sound.join(', ')
  const loaded = finding('connectors', words('Connector', 'Connectors'), 'ok', words(list, list))
  const broken = all.flatMap(({ id, problem }) =>
    problem
      ? [
          finding(
            `connector:${id}`,
            words(`Connector ${id}`, `Connector ${id}`),
            'fail',
            problem,
            words(
              'Cài lại phần mềm, hoặc báo nhóm phát triển.',
              'Install the software again, or tell the developers.',
            ),
          ),
        ]
      : [],
  )
  return [loaded, ...broken]
}

function certificates(all: Facts['certificates']): Finding[] {
  return all.map(({ system, host, daysLeft }) => {
    const title = words(`Chứng thư ${host}`, `Certificate ${host}`)
    const check = `certificate:${system}:${host}`
    if (!daysLeft.ok)
      return finding(
        check,
        title,
        'warn',
        daysLeft.why,
        words(`Chạy hub systems check ${system}.`, `Run hub systems check ${system}.`),
      )
    const days = daysLeft.value
    const ended = words(`hết hạn ${-days} ngày trước`, `ran out ${-days} days ago`)
    return finding(
      check,
      title,
      days < 0 ? 'fail' : days < 30 ? 'warn' : 'ok',
      days < 0 ? ended : words(`còn ${days} ngày`, `${days} days left`),
      words(
        'Báo đơn vị quản lý hệ thống gia hạn chứng thư.',
        'Tell the owner of the system to renew it.',
      ),
    )
  })
}

const gigabyte = 1024 ** 3

function disk(seen: Facts['disk']): Finding {
  const title = words('Đĩa', 'Disk')
  if (!seen.ok) return finding('disk', title, 'warn', seen.why)
  const { path, freeBytes, totalBytes } = seen.value
  const free = (freeBytes / gigabyte).toFixed(1)
  const share = freeBytes / totalBytes
  const low = freeBytes < gigabyte || share < 0.05
  const tight = freeBytes < 5 * gigabyte || share < 0.1
  return finding(
    'disk',
    title,
    low ? 'fail' : tight ? 'warn' : 'ok',
    words(`còn ${free} GB tại ${path}`, `${free} GB free at ${path}`),
    words('Dọn đĩa hoặc thêm dung lượng.', 'Free or add space.'),
  )
}

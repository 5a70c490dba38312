import type { Facts, PostgresFacts, SystemFacts } from './facts.ts'
import { type Finding, finding, words } from './finding.ts'

/** PostgreSQL, and what only it can tell: processes and systems. */
export function postgres({ postgres: seen, embedded, poolSize }: Facts): Finding[] {
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
    ...sentTwice(seen.value),
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

function sentTwice({ sentTwice: seen }: PostgresFacts): Finding[] {
  if (!seen) return []
  const { count, newest } = seen
  return [
    finding(
      'sent-twice',
      words('Có thể đã tới hai lần', 'May have arrived twice'),
      count === 0 ? 'ok' : 'warn',
      count === 0
        ? words('không có trong 7 ngày qua', 'none in the last 7 days')
        : words(
            `${count} lượt gửi trong 7 ngày qua, mới nhất ${newest}`,
            `${count} deliveries in the last 7 days, the newest is ${newest}`,
          ),
      words(
        `Xem hub deliveries show ${newest} và đối chiếu tại hệ thống đích; kiểm tra máy chủ có bị treo không.`,
        `See hub deliveries show ${newest}, look in the target system, and find out why the machine stood still.`,
      ),
    ),
  ]
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

export function redis(seen: Facts['redis']): Finding {
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

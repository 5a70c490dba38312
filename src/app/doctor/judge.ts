/** From facts to findings: for each thing looked at whether it is well, and what to do if not. */
import type { Words } from '../../domain/errors.ts'
import type { Facts } from './facts.ts'
import { type Finding, finding, words } from './finding.ts'
import { configuration } from './judge-config.ts'
import { postgres, redis } from './judge-store.ts'

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
    backup(facts),
    restoreDrill(facts),
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

function connectors(all: Facts['connectors']): Finding[] {
  const sound = all.filter(({ problem }) => problem === null).map(({ id }) => id)
  const list = sound.join(', ') || '–'
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

const hourMs = 3_600_000

interface Marked {
  readonly check: string
  readonly title: Words
  readonly mark: Facts['backup']
  readonly warnHours: number
  readonly setting: string
  readonly next: Words
}

/** A job that leaves a mark: not known, missing, old or fresh. */
function marked({ check, title, mark, warnHours, setting, next }: Marked, now: Date): Finding {
  if (mark === null)
    return finding(
      check,
      title,
      'skip',
      words('không biết', 'not known'),
      words(`Đặt ${setting}.`, `Set ${setting}.`),
    )
  if (mark.at === null)
    return finding(check, title, 'warn', words('chưa có lần nào', 'never so far'), next)
  const hours = Math.floor((now.getTime() - Date.parse(mark.at)) / hourMs)
  const age =
    hours < 48
      ? words(`${hours} giờ trước`, `${hours} hours ago`)
      : words(`${Math.floor(hours / 24)} ngày trước`, `${Math.floor(hours / 24)} days ago`)
  return finding(check, title, hours > warnHours ? 'warn' : 'ok', age, next)
}

const backup = ({ backup: mark, now }: Facts): Finding =>
  marked(
    {
      ...{ check: 'backup', mark, warnHours: 26, setting: 'HUB_BACKUP_STAMP' },
      title: words('Sao lưu gần nhất', 'Last backup'),
      next: words('Xem việc sao lưu vì sao không chạy.', 'See why the backup does not run.'),
    },
    now,
  )

const restoreDrill = ({ restoreDrill: mark, now }: Facts): Finding =>
  marked(
    {
      ...{ check: 'restore-drill', mark, warnHours: 2_400, setting: 'HUB_RESTORE_DRILL_STAMP' },
      title: words('Diễn tập phục hồi gần nhất', 'Last drill of a restore'),
      next: words(
        'Phục hồi thử một bản sao lưu ở máy khác.',
        'Restore a backup on another machine.',
      ),
    },
    now,
  )

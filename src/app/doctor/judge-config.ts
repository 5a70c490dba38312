import type { ConfigFacts } from './facts.ts'
import { type Finding, finding, words } from './finding.ts'

export function configuration({ faults, warnings, revision, secrets }: ConfigFacts): Finding[] {
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
      // The process that sends may have what this one lacks, so it is no proof of a fault.
      'warn',
      words(fault.vi, fault.en),
      words(
        'Nhìn từ phiên lệnh này. Tiến trình liên thông phải có biến hoặc tệp đó.',
        'As this command sees it. The hub process must have that variable or file.',
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

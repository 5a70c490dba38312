import type { Define } from '../define.ts'

export function defineProcess({ program, t, run }: Define): void {
  program
    .command('start')
    .description(
      t('chạy liên thông (cấu hình từ HUB_* và config/)', 'run the hub (HUB_* and config/)'),
    )
    .action(run(async () => (await import('../commands/process.ts')).start))

  program
    .command('demo')
    .description(
      t(
        'chạy thử với dữ liệu bịa của tỉnh H99 và hệ thống giả lập',
        'run on invented data of province H99',
      ),
    )
    .option(
      '--once',
      t('chạy một vòng, đối chiếu, in kết quả rồi dừng', 'one pass, compare, report, stop'),
    )
    .action(run(async () => (await import('../commands/process.ts')).demo))

  program
    .command('doctor')
    .description(
      t(
        'khám: thiết lập, cơ sở dữ liệu, Redis, cấu hình, đĩa…',
        'look at settings, database, Redis, configuration, disk…',
      ),
    )
    .action(run(async () => (await import('../commands/doctor.ts')).doctor))

  program
    .command('verify')
    .description(
      t(
        'chứng minh từ cơ sở dữ liệu: không mất, không trùng, đúng thứ tự',
        'prove from the database: nothing lost, doubled or out of order',
      ),
    )
    .action(run(async () => (await import('../commands/verify.ts')).verify))
}

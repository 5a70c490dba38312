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
    .option(
      '--bundle <file>',
      t(
        'ghi gói chẩn đoán ra tệp mới: không có dữ liệu cá nhân, không có bí mật',
        'write the diagnostic bundle to a new file: no personal data, no secrets',
      ),
    )
    .action(run(async () => (await import('../commands/doctor.ts')).doctor))

  program
    .command('about')
    .description(
      t(
        'phiên bản, tiến trình, dung lượng, sao lưu, thiết lập có hiệu lực',
        'versions, processes, storage, backups, settings in force',
      ),
    )
    .action(run(async () => (await import('../commands/about.ts')).about))

  program
    .command('live')
    .description(
      t(
        'in ra mỗi khi có gì đổi: lượt gửi, vướng mắc, kế hoạch… (Ctrl-C để dừng)',
        'print a line whenever deliveries, problems, plans… change (Ctrl-C ends it)',
      ),
    )
    .action(run(async () => (await import('../commands/live.ts')).live))

  program
    .command('verify')
    .description(
      t(
        'chứng minh từ cơ sở dữ liệu: không mất, không trùng, đúng thứ tự',
        'prove from the database: nothing lost, doubled or out of order',
      ),
    )
    .action(run(async () => (await import('../commands/verify.ts')).verify))

  program
    .command('restored')
    .description(
      t(
        'sau khi phục hồi cơ sở dữ liệu từ bản sao lưu, trước khi khởi động lại: không gửi lại mù quáng',
        'after the database was restored from a backup, before the start: nothing is sent again blindly',
      ),
    )
    .option(
      '--lost-until <time>',
      t(
        'cơ sở dữ liệu cũ còn chạy tới lúc nào (mặc định: bây giờ)',
        'until when the lost database was in use (default: now)',
      ),
    )
    .requiredOption('--reason <text>', t('lý do', 'why'))
    .action(run(async () => (await import('../commands/restored.ts')).restored))
}

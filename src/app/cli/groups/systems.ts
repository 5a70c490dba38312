import { collect, type Define } from '../define.ts'

export function defineSystems({ group, t, run }: Define): void {
  const systems = group('systems', 'hệ thống kết nối', 'systems')
  const commands = () => import('../commands/systems.ts')
  const healthCommands = () => import('../commands/system-health.ts')
  const followCommands = () => import('../commands/follows.ts')
  const reason = t('lý do', 'why')
  const until = t(
    'tự chạy lại lúc, ví dụ 2026-01-10T06:00+07:00',
    'resume by itself, e.g. 2026-01-10T06:00+07:00',
  )

  systems
    .command('list')
    .description(t('trạng thái các hệ thống', 'the state of all systems'))
    .action(run(async () => (await commands()).list))
  systems
    .command('show')
    .argument('<id>')
    .description(
      t('một hệ thống: trạng thái, giới hạn, vướng mắc', 'one system: state, limits, problems'),
    )
    .action(run(async () => (await commands()).show))
  systems
    .command('check')
    .argument('<id>')
    .description(
      t('thử kết nối và tài khoản, không thay đổi gì', 'try reach and credentials, change nothing'),
    )
    .action(run(async () => (await healthCommands()).check))
  systems
    .command('follows')
    .argument('<id>')
    .description(
      t('những gì còn phải hỏi hệ thống này', 'what this system is still to be asked about'),
    )
    .option('--subject <code>', t('chỉ chủ đề này', 'only this subject'))
    .option('--limit <n>', t('số mục, mặc định 50', 'how many, 50 by default'))
    .option('--cursor <next>', t('trang sau', 'the next page'))
    .action(run(async () => (await followCommands()).list))
  systems
    .command('pause')
    .argument('<id>')
    .description(t('tạm dừng gửi tới hệ thống', 'stop sending to the system'))
    .option('--until <time>', until)
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).pause))
  systems
    .command('resume')
    .argument('<id>')
    .description(t('cho gửi tiếp', 'send again'))
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).resume))
  systems
    .command('rate')
    .argument('<id>')
    .argument('<perSecond>', t('lời gọi mỗi giây; none: không giới hạn', 'requests a second; none'))
    .description(t('đặt tốc độ gọi; thành bản cấu hình mới', 'set the rate; a new revision'))
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await healthCommands()).rate))
  systems
    .command('windows')
    .argument('<id>')
    .description(
      t(
        'xem thời gian bảo trì; thêm hoặc bỏ thì thành bản cấu hình mới',
        'maintenance windows; adding or removing one is a new revision',
      ),
    )
    .option('--add <json>', t('thêm, như trong tệp cấu hình; hoặc @tệp', 'add; or @file'))
    .option('--remove <json>', t('bỏ đúng thời gian này; hoặc @tệp', 'remove it; or @file'))
    .option('--reason <text>', reason)
    .action(run(async () => (await healthCommands()).windows))

  const jobs = group('jobs', 'luồng đồng bộ', 'sync jobs')
  const jobCommands = () => import('../commands/jobs.ts')
  jobs
    .command('list')
    .description(t('các luồng và lần chạy gần nhất', 'all jobs and their last run'))
    .action(run(async () => (await jobCommands()).list))
  jobs
    .command('show')
    .argument('<id>')
    .description(t('một luồng', 'one job'))
    .action(run(async () => (await jobCommands()).show))
  jobs
    .command('run')
    .argument('<id>')
    .description(t('chạy ngay một luồng lấy về', 'run a pull job now'))
    .action(run(async () => (await jobCommands()).runNow))
  jobs
    .command('dry-run')
    .argument('<id>')
    .description(
      t('chạy thử: cho xem thứ sẽ gửi, không gửi', 'show what would be sent, and send nothing'),
    )
    .option(
      '--last <n>',
      t('số bản tin gần nhất (tối đa 10.000)', 'newest messages (at most 10,000)'),
    )
    .option('--sample <file>', t('tệp CloudEvent mẫu', 'a file with a CloudEvent'), collect)
    .option('--config <dir>', t('thư mục cấu hình thử', 'configuration folder to try'))
    .option('--from-start', t('lấy về từ đầu, không theo con trỏ', 'a pull: not from its cursor'))
    .action(run(async () => (await import('../commands/dry-run.ts')).dryRun))
  jobs
    .command('pause')
    .argument('<id>')
    .description(t('tạm dừng một luồng lấy về', 'pause a pull job'))
    .option('--until <time>', until)
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await jobCommands()).pause))
  jobs
    .command('resume')
    .argument('<id>')
    .description(t('cho luồng lấy về chạy tiếp', 'let a pull job run again'))
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await jobCommands()).resume))
  jobs
    .command('rewind')
    .argument('<id>')
    .description(
      t('lần chạy tới đọc lại từ trước đó', 'the next run of a pull reads from earlier on'),
    )
    .requiredOption(
      '--to <when>',
      t('start, hoặc thời điểm: 2026-01-10T06:00', 'start, or a moment: 2026-01-10T06:00'),
    )
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await jobCommands()).rewind))
}

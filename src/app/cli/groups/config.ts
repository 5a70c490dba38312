import type { Define } from '../define.ts'

export function defineConfig({ group, t, run }: Define): void {
  const config = group('config', 'cấu hình', 'configuration')
  const commands = () => import('../commands/config.ts')
  const dir = t(
    'thư mục cấu hình (mặc định HUB_CONFIG_DIR)',
    'configuration folder (default HUB_CONFIG_DIR)',
  )

  config
    .command('check')
    .description(
      t('kiểm tra tệp cấu hình, nêu mọi lỗi cùng lúc', 'check the files, name every fault at once'),
    )
    .option('--dir <dir>', dir)
    .action(run(async () => (await commands()).check))

  config
    .command('diff')
    .description(t('tệp cấu hình khác gì bản đang chạy', 'how the files differ from what runs'))
    .option('--dir <dir>', dir)
    .option(
      '--revision <n>',
      t('so với bản số n thay cho bản mới nhất', 'compare with revision n instead of the newest'),
    )
    .action(run(async () => (await commands()).diff))

  config
    .command('apply')
    .description(
      t(
        'đưa tệp cấu hình thành bản mới; tiến trình đang chạy tự nhận',
        'make the files a new revision; running processes take it up',
      ),
    )
    .option('--dir <dir>', dir)
    .requiredOption('--reason <text>', t('lý do thay đổi', 'why'))
    .action(run(async () => (await commands()).apply))

  config
    .command('export')
    .description(
      t('ghi bản cấu hình trong cơ sở dữ liệu ra tệp', 'write a revision of the database to files'),
    )
    .requiredOption('--to <dir>', t('thư mục đích, phải trống', 'target folder, must be empty'))
    .option(
      '--revision <n>',
      t('bản số n thay cho bản mới nhất', 'revision n instead of the newest'),
    )
    .action(run(async () => (await commands()).exportFiles))

  config
    .command('history')
    .description(t('các bản cấu hình: ai, khi nào, vì sao', 'the revisions: who, when, why'))
    .option('--limit <n>', t('số bản (mặc định 20)', 'how many (default 20)'))
    .action(run(async () => (await commands()).history))

  const settings = () => import('../commands/settings.ts')
  const revision = t('số của bản cấu hình', 'number of the revision')
  const object = t('jobs/<mã> hoặc systems/<mã>', 'jobs/<id> or systems/<id>')

  config
    .command('show')
    .argument('<revision>', revision)
    .description(
      t('một bản khác bản ngay trước ở đâu', 'how a revision differs from the one before'),
    )
    .option('--against <n>', t('so với bản số n', 'compare with revision n'))
    .action(run(async () => (await settings()).show))

  config
    .command('restore')
    .argument('<revision>', revision)
    .description(
      t(
        'quay về một bản cũ: nội dung của nó thành bản mới',
        'go back to an old revision: its content becomes a new one',
      ),
    )
    .requiredOption('--reason <text>', t('lý do', 'why'))
    .action(run(async () => (await settings()).restore))

  config
    .command('get')
    .argument('<object>', object)
    .description(t('thiết lập đang dùng, dạng YAML', 'the settings in force, as YAML'))
    .action(run(async () => (await settings()).get))

  config
    .command('set')
    .argument('<object>', object)
    .description(
      t(
        'đổi hoặc thêm một công việc, một hệ thống; thành bản cấu hình mới',
        'change or add one job or system; a new revision',
      ),
    )
    .requiredOption('--file <file>', t('tệp YAML', 'YAML file'))
    .option('--check', t('chỉ kiểm tra, không lưu', 'judge it only, save nothing'))
    .option('--base <n>', t('bản đã mở để sửa', 'the revision it was edited from'))
    .option('--reason <text>', t('lý do', 'why'))
    .action(run(async () => (await settings()).set))
}

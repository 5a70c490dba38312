import type { Define } from '../define.ts'

export function defineLookups({ group, t, run }: Define): void {
  const lookups = group('lookups', 'tra cứu thay mặt cán bộ', 'lookups on behalf of officials')
  const commands = () => import('../commands/lookups.ts')

  lookups
    .command('list')
    .description(
      t(
        'ai đã tra cứu gì, cho hồ sơ nào, vì sao; mới nhất trước',
        'who looked up what, newest first',
      ),
    )
    .option('--system <id>', t('hệ thống', 'system'))
    .option('--official <name>', t('cán bộ', 'official'))
    .option('--unit <code>', t('đơn vị', 'unit'))
    .option('--dossier <code>', t('mã hồ sơ', 'dossier code'))
    .option(
      '--citizen <hash>',
      t('mã băm của công dân (hub lookups citizen)', 'hash of a citizen (hub lookups citizen)'),
    )
    .option('--from <time>', t('từ lúc', 'since'))
    .option('--to <time>', t('trước lúc', 'before'))
    .option('--limit <n>', t('số dòng (mặc định 50)', 'how many (default 50)'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await commands()).list))

  lookups
    .command('citizen')
    .description(
      t(
        'mã băm của một số định danh, đọc từ đầu vào chuẩn',
        'the hash of a number, which is read from standard input',
      ),
    )
    .action(run(async () => (await commands()).citizen))

  lookups
    .command('usage')
    .description(t('số liệu tra cứu của một tháng, theo đơn vị', 'the counts of a month, by unit'))
    .requiredOption('--month <month>', t('tháng, ví dụ 2026-11', 'month, e.g. 2026-11'))
    .action(run(async () => (await commands()).usage))
}

import type { Define } from '../define.ts'

export function defineCodes({ group, t, run }: Define): void {
  const codes = group('codes', 'bảng mã của cấu hình đang chạy', 'code tables in force')
  const commands = () => import('../commands/codes.ts')
  const table = t('bảng mã', 'code table')

  codes
    .command('list')
    .description(t('các bảng mã, và hệ thống dùng chúng', 'the tables, and who uses them'))
    .action(run(async () => (await commands()).list))

  codes
    .command('show')
    .argument('<table>', table)
    .description(t('các dòng của một bảng mã', 'the entries of a table'))
    .option('--search <text>', t('một phần của mã, ở cả hai cột', 'part of a code, either column'))
    .option('--limit <n>', t('số dòng (mặc định 50)', 'how many (default 50)'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await commands()).show))

  codes
    .command('set')
    .argument('<table>', table)
    .argument('<canonical>', t('mã chuẩn, như trong bản tin', 'the code as messages have it'))
    .argument('<remote>', t('mã mà hệ thống ấy hiểu', 'the code that the system knows'))
    .description(
      t(
        'thêm một dòng, hoặc đổi dòng cùng mã và cùng ngày bắt đầu; thành bản cấu hình mới',
        'add an entry, or change the one of the same code and first day; a new revision',
      ),
    )
    .option('--from <day>', t('có hiệu lực từ ngày, ví dụ 2025-07-01', 'valid from'))
    .option('--to <day>', t('hết hiệu lực sau ngày', 'valid to, inclusive'))
    .option(
      '--seen <remote>',
      t('chỉ đổi khi dòng đang là mã này', 'change it only if the entry has this code'),
    )
    .requiredOption('--reason <text>', t('lý do', 'why'))
    .action(run(async () => (await commands()).set))
}

import type { Define } from '../define.ts'

export function defineCatalogues({ group, t, run }: Define): void {
  const catalogues = group('catalogues', 'danh mục dùng chung', 'catalogues')
  const commands = () => import('../commands/catalogues.ts')
  const reason = t('lý do', 'why')

  catalogues
    .command('list')
    .description(t('các danh mục, nguồn và lần đồng bộ cuối', 'the catalogues, with their age'))
    .action(run(async () => (await commands()).list))

  catalogues
    .command('show')
    .argument('<name>', t('danh mục', 'catalogue'))
    .argument('[code]', t('một mã, với mọi phiên bản', 'one code, with its versions'))
    .description(t('các mục của một danh mục', 'the items of a catalogue'))
    .option('--at <day>', t('có hiệu lực ngày, ví dụ 2025-06-30', 'valid on, e.g. 2025-06-30'))
    .option('--changed-since <time>', t('đổi sau lúc, kể cả mã không còn', 'changed since'))
    .option('--limit <n>', t('số dòng (mặc định 50)', 'how many (default 50)'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await commands()).show))

  catalogues
    .command('problems')
    .argument('<name>', t('danh mục', 'catalogue'))
    .description(
      t(
        'mã không còn hoặc đã cấp lại, và nơi còn dùng chúng',
        'vanished and re-issued codes, and what still uses them',
      ),
    )
    .action(run(async () => (await commands()).problems))

  catalogues
    .command('close')
    .argument('<name>', t('danh mục', 'catalogue'))
    .argument('<code>', t('mã', 'code'))
    .description(t('đóng vướng mắc của một mã đã xử lý', 'close the problem of a code'))
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).closeProblem))

  catalogues
    .command('allow')
    .argument('<name>', t('danh mục', 'catalogue'))
    .description(
      t(
        'cho phép lần đồng bộ tới bỏ đi nhiều mã một lúc',
        'allow the next synchronisation to lose many codes at once',
      ),
    )
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).allowShrink))

  catalogues
    .command('load')
    .argument('<name>', t('danh mục', 'catalogue'))
    .argument(
      '<file>',
      t('tệp .csv hoặc .json, toàn bộ danh mục', 'a .csv or .json file, all of it'),
    )
    .description(t('nạp một danh mục từ tệp', 'load a catalogue from a file'))
    .option('--shrink', t('được bỏ đi nhiều mã một lúc', 'it may lose many codes at once'))
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).load))
}

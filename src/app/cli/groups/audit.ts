import type { Define } from '../define.ts'
import { withExport } from '../exporting.ts'

export function defineAudit({ group, t, run }: Define): void {
  const audit = group('audit', 'nhật ký kiểm toán', 'the audit trail')
  const commands = () => import('../commands/audit.ts')
  const withFilter = (command: ReturnType<typeof audit.command>) =>
    command
      .option('--actor <who>', t('ai, ví dụ user:lan.nguyen', 'who, e.g. user:lan.nguyen'))
      .option(
        '--action <what>',
        t('việc, ví dụ user.changed hoặc user.*', 'what, e.g. user.changed or user.*'),
      )
      .option('--object <id>', t('về cái gì', 'about what'))
      .option('--refused', t('chỉ những gì bị từ chối', 'only what was refused'))
      .option('--from <time>', t('từ lúc', 'from'))
      .option('--to <time>', t('tới trước lúc', 'before'))

  withFilter(audit.command('list'))
    .description(t('ai đã làm gì, mới nhất trước', 'who did what, newest first'))
    .option('--limit <n>', t('số dòng (mặc định 20)', 'how many (default 20)'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await commands()).list))
  audit
    .command('show')
    .argument('<id>')
    .description(t('một dòng, và mắt xích đang giữ nó', 'a row, and the link that holds it'))
    .action(run(async () => (await commands()).show))
  withExport(withFilter(audit.command('export')), t)
    .description(t('mọi dòng khớp, ra tệp', 'every row that matches, as a file'))
    .action(run(async () => (await commands()).exportRows))
  audit
    .command('verify')
    .description(t('kiểm tra chuỗi băm của nhật ký', 'check the hash chain of the trail'))
    .option(
      '--anchor <hash>',
      t(
        'một mốc băm đã lưu ở nơi khác, phải còn nằm trong chuỗi',
        'a hash kept elsewhere that must still be in the chain',
      ),
    )
    .action(run(async () => (await import('../commands/verify.ts')).verifyAudit))
}

import type { Define } from '../define.ts'

export function defineKeys({ group, t, run }: Define): void {
  const keys = group('keys', 'khoá mã hoá nội dung lưu trữ', 'the keys that encrypt what is stored')
  const commands = () => import('../commands/keys.ts')
  keys
    .command('create')
    .argument('<file>')
    .description(t('tạo tệp khoá chính (quyền 0600)', 'make a master key file (mode 0600)'))
    .action(run(async () => (await commands()).create))
  keys
    .command('rotate')
    .description(
      t(
        'đổi khoá dữ liệu; nội dung cũ vẫn đọc được',
        'change the data key; what is old stays readable',
      ),
    )
    .requiredOption('--reason <text>', t('lý do', 'why'))
    .action(run(async () => (await commands()).rotate))
}

import type { Define } from '../define.ts'

export function defineFiles({ group, t, run }: Define): void {
  const files = group('files', 'tệp đính kèm', 'attachments')
  const commands = () => import('../commands/files.ts')

  files
    .command('put')
    .argument('<path>')
    .description(t('nộp một tệp, lấy mã tệp', 'upload a file and get its id'))
    .option('--name <name>', t('tên tệp (mặc định tên trên đĩa)', 'its name (default: as on disk)'))
    .action(run(async () => (await commands()).put))

  files
    .command('show')
    .argument('<id>')
    .description(t('tệp này là gì', 'what this file is'))
    .action(run(async () => (await commands()).show))

  files
    .command('get')
    .argument('<id>')
    .description(t('lấy nội dung ra một tệp mới', 'write the content to a new file'))
    .requiredOption('--to <path>', t('ghi vào đâu', 'where to'))
    .action(run(async () => (await commands()).get))
}

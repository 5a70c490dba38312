import { correctionStates } from '../../../domain/correction.ts'
import type { Define } from '../define.ts'
import { withFilter } from './deliveries.ts'

export function defineCorrections({ group, t, run }: Define): void {
  const corrections = group('corrections', 'sửa và gửi lại', 'corrected messages')
  const commands = () => import('../commands/corrections.ts')
  const why = ['--reason <text>', t('lý do', 'why')] as const
  const data = t('tệp JSON: phần data đã sửa', 'JSON file: the corrected data')

  corrections
    .command('check')
    .argument('<message>')
    .description(
      t('kiểm tra một bản sửa, không lưu gì', 'check a correction of one message, keep nothing'),
    )
    .requiredOption('--data <file>', data)
    .option('--dry-run', t('cho biết từng hệ thống sẽ nhận gì', 'show what each system would get'))
    .action(run(async () => (await commands()).check))

  const create = corrections
    .command('create')
    .argument('[message]', t('mã bản tin; không nêu thì theo bộ lọc', 'a message, or by a filter'))
    .description(
      t(
        'lập bản sửa cho một bản tin, hoặc cho nhiều',
        'make a correction of one message, or of many',
      ),
    )
  withFilter(create, t)
    .option('--problem <id>', t('vướng mắc', 'problem'))
    .option('--data <file>', data)
    .option(
      '--steps <file>',
      t(
        'tệp JSON cho nhiều bản tin: [{"pointer", "from", "to"}]',
        'JSON file for many: [{"pointer", "from", "to"}]',
      ),
    )
    .requiredOption(...why)
    .action(run(async () => (await commands()).create))

  corrections
    .command('list')
    .description(t('các bản sửa, mới nhất trước', 'corrections, newest first'))
    .option('--state <state>', `${t('trạng thái', 'state')}: ${correctionStates.join(', ')}`)
    .option('--limit <n>', t('số dòng (mặc định 20)', 'how many (default 20)'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await commands()).list))
  corrections
    .command('show')
    .argument('<id>')
    .description(t('một bản sửa và các bản tin của nó', 'a correction and its messages'))
    .option('--faulty', t('chỉ những bản để nguyên vì có lỗi', 'only what is left as it is'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await commands()).show))
  corrections
    .command('dry-run')
    .argument('<id>')
    .description(t('từng hệ thống sẽ nhận gì', 'what each system would get'))
    .action(run(async () => (await commands()).dryRun))
  for (const [verb, vi, en] of [
    ['ask', 'xin một người khác duyệt', 'ask somebody else to approve'],
    ['approve', 'duyệt (không phải người lập)', 'approve it (not its author)'],
    ['refuse', 'từ chối (không phải người lập)', 'refuse it (not its author)'],
    ['withdraw', 'rút lại', 'withdraw it'],
  ] as const)
    corrections
      .command(verb)
      .argument('<id>')
      .description(t(vi, en))
      .requiredOption(...why)
      .action(run(async () => (await commands())[verb]))
  corrections
    .command('send')
    .argument('<id>')
    .description(t('gửi; nhiều bản tin thì thành kế hoạch', 'send it; many become a plan'))
    .option('--rate <n>', t('số lượt mỗi phút', 'deliveries a minute'))
    .option(
      '--at <time>',
      t('bắt đầu lúc, ví dụ 2026-01-10T22:00', 'start at, e.g. 2026-01-10T22:00'),
    )
    .option('--paused', t('chờ người bắt đầu kế hoạch', 'wait for a person to start the plan'))
    .requiredOption(...why)
    .action(run(async () => (await commands()).send))
}

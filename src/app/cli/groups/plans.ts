import { interventions } from '../../../domain/delivery.ts'
import { planStates } from '../../../domain/plan.ts'
import type { Define } from '../define.ts'
import { withFilter } from './deliveries.ts'

export function definePlans({ group, t, run }: Define): void {
  const plans = group('plans', 'kế hoạch cho nhiều lượt gửi', 'plans for many deliveries')
  const commands = () => import('../commands/plans.ts')
  const why = ['--reason <text>', t('lý do', 'why')] as const
  const at = t('bắt đầu lúc, ví dụ 2026-01-10T22:00', 'start at, e.g. 2026-01-10T22:00')

  const create = plans
    .command('create')
    .argument('<action>', `${t('thao tác', 'action')}: ${Object.keys(interventions).join(', ')}`)
    .argument('[ids...]', t('mã lượt gửi, nhiều nhất 1.000', 'ids of deliveries, 1,000 at most'))
    .description(t('chốt danh sách, cho xem trước khi làm', 'freeze a selection and show it'))
  withFilter(create, t)
    .option('--problem <id>', t('vướng mắc', 'problem'))
    .option(
      '--failed-of <plan>',
      t('những lượt lại hỏng của kế hoạch ấy', 'what has failed again in that plan'),
    )
    .option('--rate <n>', t('số lượt mỗi phút', 'deliveries a minute'))
    .option('--at <time>', at)
    .option('--start', t('chạy ngay khi lập xong', 'start as soon as it is prepared'))
    .requiredOption(...why)
    .action(run(async () => (await commands()).create))

  plans
    .command('list')
    .description(t('các kế hoạch, mới nhất trước', 'plans, newest first'))
    .option('--state <state>', `${t('trạng thái', 'state')}: ${planStates.join(', ')}`)
    .option('--limit <n>', t('số dòng (mặc định 20)', 'how many (default 20)'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await commands()).list))
  plans
    .command('show')
    .argument('<id>')
    .description(t('một kế hoạch: đã chọn gì, làm tới đâu', 'a plan: what it chose, how far it is'))
    .action(run(async () => (await commands()).show))
  plans
    .command('start')
    .argument('<id>')
    .description(t('bắt đầu', 'start it'))
    .option('--at <time>', at)
    .requiredOption(...why)
    .action(run(async () => (await commands()).start))
  for (const [verb, vi, en] of [
    ['pause', 'tạm dừng', 'pause it'],
    ['resume', 'chạy tiếp', 'let it go on'],
    ['cancel', 'huỷ phần còn lại', 'cancel the rest'],
  ] as const)
    plans
      .command(verb)
      .argument('<id>')
      .description(t(vi, en))
      .requiredOption(...why)
      .action(run(async () => (await commands())[verb]))
  plans
    .command('rate')
    .argument('<id>')
    .argument('<perMinute>', t('số lượt mỗi phút', 'deliveries a minute'))
    .description(t('chậm lại hoặc nhanh lên', 'slower or faster'))
    .requiredOption(...why)
    .action(run(async () => (await commands()).rate))
  plans
    .command('result')
    .argument('<id>')
    .description(t('kết quả từng lượt gửi (CSV)', 'what became of each delivery (CSV)'))
    .option('--to <file>', t('ghi ra tệp mới', 'write it to a new file'))
    .action(run(async () => (await commands()).result))
}

import { problemSides } from '../../../domain/problem.ts'
import { type ProblemAction, problemSorts, problemStates } from '../../../engine/ports/problems.ts'
import type { Define } from '../define.ts'
import { withExport } from '../exporting.ts'

const words: Readonly<Record<ProblemAction, readonly [vi: string, en: string]>> = {
  acknowledge: ['đã có người xem', 'somebody has seen it'],
  assign: ['giao người phụ trách; không có --to là thôi giao', 'to an owner; without --to nobody'],
  note: ['thêm ghi chú: chính là lý do', 'add a note: the reason itself'],
  mute: ['im lặng tới một lúc', 'silence it until a moment'],
  unmute: ['thôi im lặng', 'end the mute'],
  resolve: ['đã giải quyết; tái diễn thì tự mở lại', 'done; it opens again when it recurs'],
}

export function defineProblems({ group, t, run }: Define): void {
  const problems = group('problems', 'vướng mắc', 'problems')
  const commands = () => import('../commands/problems.ts')
  const withFilter = (command: ReturnType<typeof problems.command>) =>
    command
      .option('--status <status>', problemStates.join(', '))
      .option('--system <id>', t('hệ thống', 'system'))
      .option('--code <code>', t('mã lỗi', 'error code'))
      .option('--side <side>', problemSides.join(', '))
      .option('--owner <name>', t('người phụ trách', 'owner'))
      .option('--sort <by>', problemSorts.join(', '))
  withExport(withFilter(problems.command('export')), t)
    .description(t('mọi vướng mắc khớp, ra tệp', 'all problems that match, as a file'))
    .action(run(async () => (await commands()).exportRows))
  withFilter(problems.command('list'))
    .description(t('các vướng mắc chưa giải quyết', 'problems that are not resolved'))
    .option('--limit <n>', t('số dòng (mặc định 50)', 'how many (default 50)'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await commands()).list))
  problems
    .command('show')
    .argument('<id>')
    .description(t('một vướng mắc: nguyên nhân, diễn biến, ghi chú', 'one problem'))
    .action(run(async () => (await commands()).show))
  for (const [name, [vi, en]] of Object.entries(words)) {
    const command = problems.command(name).argument('<id>').description(t(vi, en))
    if (name === 'assign') command.option('--to <name>', t('người phụ trách', 'owner'))
    if (name === 'mute') command.requiredOption('--until <time>', t('tới lúc', 'until this moment'))
    command
      .requiredOption('--reason <text>', t('lý do', 'why'))
      .action(run(async () => (await commands()).change(name as ProblemAction)))
  }
}

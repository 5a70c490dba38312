import type { Command } from 'commander'
import { deliveryStates, type Intervention } from '../../../domain/delivery.ts'
import type { Define } from '../define.ts'
import { withExport } from '../exporting.ts'

const words: Readonly<Record<Intervention, readonly [vi: string, en: string]>> = {
  redrive: ['gửi lại lượt gửi bị dừng, đúng thứ tự', 'send dead deliveries again, in order'],
  discard: ['bỏ hẳn lượt gửi', 'give deliveries up for good'],
  hold: ['tạm giữ lượt gửi đang chờ', 'hold waiting deliveries'],
  release: ['thôi giữ', 'release held deliveries'],
  'confirm-delivered': ['xác nhận hệ thống đích đã nhận', 'say that the system did take it'],
  'send-again': [
    'hệ thống đích chưa nhận: gửi lần nữa',
    'say that the system did not take it: send again',
  ],
  'give-up': ['không xác định được: chuyển sang bị dừng', 'cannot be found out: make it dead'],
}

export function defineDeliveries({ group, t, run }: Define): void {
  const deliveries = group('deliveries', 'lượt gửi', 'deliveries')
  const commands = () => import('../commands/deliveries.ts')

  const list = deliveries
    .command('list')
    .description(t('danh sách lượt gửi, mới nhất trước', 'deliveries, newest first'))
  withFilter(list, t)
    .option('--limit <n>', t('số dòng (mặc định 50)', 'how many (default 50)'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await commands()).list))

  withExport(withFilter(deliveries.command('export'), t), t)
    .description(t('mọi lượt gửi khớp, ra tệp', 'all deliveries that match, as a file'))
    .option('--problem <id>', t('còn vướng vì vướng mắc này', 'those that this problem has now'))
    .action(run(async () => (await commands()).exportRows))

  deliveries
    .command('show')
    .argument('<id>')
    .description(t('một lượt gửi và các lần thử', 'one delivery and its attempts'))
    .option(
      '--evidence',
      t(
        'hiện lời của hệ thống đích (có thể có dữ liệu cá nhân)',
        'show what the system said (may hold personal data)',
      ),
    )
    .action(run(async () => (await commands()).show))

  for (const [name, [vi, en]] of Object.entries(words)) {
    const command = deliveries
      .command(name)
      .argument('[ids...]', t('mã lượt gửi, ví dụ 1842.3', 'ids of deliveries, e.g. 1842.3'))
      .description(t(vi, en))
    withFilter(command, t)
      .option(
        '--yes',
        t(
          'làm luôn với mọi lượt gửi khớp bộ lọc, không hỏi',
          'do it to all that match, do not ask',
        ),
      )
      .requiredOption('--reason <text>', t('lý do', 'why'))
      .action(
        run(async () =>
          (await import('../commands/interventions.ts')).intervene(name as Intervention),
        ),
      )
  }

  const dossiers = group('dossiers', 'hồ sơ', 'dossiers')
  dossiers
    .command('show')
    .argument('<code>')
    .description(
      t(
        'một hồ sơ: tới đâu ở từng hệ thống, đang chờ gì',
        'a dossier: where it stands in each system, what it waits for',
      ),
    )
    .action(run(async () => (await import('../commands/dossiers.ts')).showDossier))
  dossiers
    .command('blocked')
    .description(
      t(
        'hồ sơ bị chặn: lượt gửi nào chặn, vì sao, từ bao giờ; nhận sớm nhất đứng trước',
        'blocked dossiers: by what, why, since when; accepted longest ago first',
      ),
    )
    .option('--system <id>', t('hệ thống', 'system'))
    .option('--code <code>', t('mã lỗi', 'error code'))
    .option('--unit <code>', t('đơn vị, gồm các đơn vị dưới', 'agency, with all below it'))
    .option('--owner <name>', t('người phụ trách vướng mắc', 'owner of the problem'))
    .option('--limit <n>', t('số dòng (mặc định 50)', 'how many (default 50)'))
    .option('--cursor <cursor>', t('trang sau', 'the next page'))
    .action(run(async () => (await import('../commands/dossiers.ts')).listBlocked))
  dossiers
    .command('find')
    .argument('<text>')
    .description(
      t(
        'tìm theo mã hồ sơ hoặc phần đầu của mã, mã bản tin, mã lượt gửi',
        'by the code of a dossier or its beginning, the id of a message or delivery',
      ),
    )
    .action(run(async () => (await import('../commands/dossiers.ts')).find))
  group('messages', 'bản tin', 'messages')
    .command('show')
    .argument('<id>')
    .description(
      t(
        'một bản tin và các lượt gửi, không hiện nội dung',
        'a message and its deliveries, without its content',
      ),
    )
    .action(run(async () => (await import('../commands/dossiers.ts')).showMessage))
}

export const withFilter = (command: Command, t: Define['t']): Command =>
  command
    .option('--state <state>', `${t('trạng thái', 'state')}: ${deliveryStates.join(', ')}`)
    .option('--system <id>', t('hệ thống', 'system'))
    .option('--subject <code>', t('mã hồ sơ', 'dossier code'))
    .option('--type <type>', t('loại bản tin', 'message type'))
    .option('--code <code>', t('mã lỗi', 'error code'))
    .option('--unit <code>', t('đơn vị, gồm các đơn vị dưới', 'agency, with all below it'))
    .option(
      '--from <time>',
      t(
        'nhận từ lúc, ví dụ 2026-01-10 hoặc 2026-01-10T08:00',
        'accepted since, e.g. 2026-01-10 or 2026-01-10T08:00',
      ),
    )
    .option('--to <time>', t('nhận trước lúc', 'accepted before'))

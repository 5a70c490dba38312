import type { Define } from '../define.ts'

export function defineConnector({ group, t, run }: Define): void {
  const connector = group('connector', 'viết connector', 'writing connectors')
  const commands = () => import('../commands/connector.ts')

  connector
    .command('new')
    .argument('<id>')
    .description(
      t(
        'sinh một connector mẫu chạy được, kèm bộ giả lập, lược đồ, dữ liệu mẫu',
        'write a connector that works, with simulator, schemas and fixtures',
      ),
    )
    .option(
      '--in <folder>',
      t(
        'thư mục của tỉnh (mặc định: HUB_EXTENSIONS_DIR, không có thì thư mục liên thông)',
        'a folder of the province (default: HUB_EXTENSIONS_DIR, else that of the hub)',
      ),
    )
    .action(run(async () => (await commands()).create))
  connector
    .command('test')
    .argument('<id>')
    .description(
      t(
        'chạy bộ kiểm thử tuân thủ trên một connector (mã, hoặc đường dẫn thư mục)',
        'run the conformance suite on one connector (its id, or the path of its folder)',
      ),
    )
    .action(run(async () => (await commands()).test))
}

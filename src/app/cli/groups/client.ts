import { collect, type Define } from '../define.ts'

export function defineClient({ group, t, run }: Define): void {
  const client = group(
    'client',
    'hệ thống khách: ai được gọi API, bằng khoá nào',
    'clients: who may call the API, with which key',
  )
  const commands = () => import('../commands/client.ts')
  const reason = t('lý do', 'why')
  const days = t(
    'khoá có hiệu lực bao nhiêu ngày (mặc định 365)',
    'days the key is good for (default 365)',
  )

  client
    .command('create')
    .argument('<id>')
    .description(
      t(
        'tạo khách và khoá; khoá chỉ hiện một lần',
        'make a client and a key; the key is shown once',
      ),
    )
    .requiredOption('--title <text>', t('tên hiển thị', 'its name'))
    .option(
      '--scope <scope>',
      t(
        'quyền, lặp lại được (mặc định messages:write, messages:read)',
        'a right, repeatable (default messages:write, messages:read)',
      ),
      collect,
    )
    .option(
      '--source <source>',
      t(
        'nguồn CloudEvents được dùng, lặp lại được; * ở cuối là mọi phần còn lại',
        'a CloudEvents source it may use, repeatable; * at the end matches any rest',
      ),
      collect,
    )
    .option(
      '--type <type>',
      t(
        'loại bản tin được gửi, lặp lại được (mặc định mọi loại)',
        'a message type it may send, repeatable (default all)',
      ),
      collect,
    )
    .option('--days <n>', days)
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).create))

  client
    .command('list')
    .description(
      t('các khách và khoá (không hiện khoá)', 'clients and keys (never the keys themselves)'),
    )
    .action(run(async () => (await commands()).list))

  client
    .command('rotate')
    .argument('<id>')
    .description(
      t(
        'cấp khoá mới; khoá cũ vẫn dùng được tới khi thu hồi',
        'issue a new key; old ones stay good until revoked',
      ),
    )
    .option('--days <n>', days)
    .option(
      '--overlap <hours>',
      t('khoá cũ còn dùng được bấy nhiêu giờ', 'the old keys are good for so many hours more'),
    )
    .option('--revoke-old', t('thu hồi ngay các khoá cũ', 'revoke the old keys at once'))
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).rotate))

  client
    .command('change')
    .argument('<id>')
    .description(t('đổi tên, quyền, nguồn, loại bản tin', 'change name, scopes, sources, types'))
    .option('--title <text>', t('tên hiển thị', 'its name'))
    .option(
      '--scope <scope>',
      t('mọi quyền từ nay, lặp lại được', 'every right from now on, repeatable'),
      collect,
    )
    .option('--source <source>', t('mọi nguồn từ nay', 'every source from now on'), collect)
    .option('--type <type>', t('mọi loại từ nay', 'every type from now on'), collect)
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).change))

  for (const [verb, vi, en] of [
    [
      'disable',
      'khoá tạm: mọi khoá API của khách bị từ chối',
      'refuse its keys for the time being',
    ],
    ['enable', 'mở lại', 'take its keys again'],
  ] as const)
    client
      .command(verb)
      .argument('<id>')
      .description(t(vi, en))
      .requiredOption('--reason <text>', reason)
      .action(run(async () => (await commands())[verb]))

  client
    .command('revoke')
    .argument('[id]')
    .description(
      t('thu hồi khách, hoặc một khoá với --key', 'revoke a client, or one key with --key'),
    )
    .option('--key <keyId>', t('mã khoá (hub client list)', 'id of the key (hub client list)'))
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).revoke))
}

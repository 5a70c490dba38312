import { Option } from 'commander'
import { roleNames } from '../../roles.ts'
import { collect, type Define } from '../define.ts'

export function defineUser({ group, t, run }: Define): void {
  const user = group(
    'user',
    'người dùng: ai đăng nhập được, với vai trò và phạm vi nào',
    'people: who can sign in, in which role and how far it reaches',
  )
  const commands = () => import('../commands/user.ts')
  const reason = t('lý do', 'why')
  const role = t(
    `vai trò, lặp lại được: ${roleNames.join(', ')}`,
    `a role, repeatable: ${roleNames.join(', ')}`,
  )
  const unit = t(
    'chỉ đơn vị này và bên dưới, lặp lại được; all: mọi đơn vị',
    'this unit and below only, repeatable; all: every unit',
  )
  const system = t(
    'chỉ hệ thống này, lặp lại được; all: mọi hệ thống',
    'this system only, repeatable; all: every system',
  )
  const subject = t(
    'tài khoản (sub) ở nhà cung cấp định danh đã cấu hình; none: gỡ ra',
    'account (sub) at the configured identity provider; none: take it away',
  )
  const yesOrNo = (flags: string, vi: string, en: string) =>
    new Option(flags, t(vi, en)).choices(['yes', 'no'])

  user
    .command('create')
    .argument('<name>')
    .description(
      t(
        'tạo người dùng; hiện đường dẫn đặt mật khẩu, dùng một lần trong 24 giờ',
        'make a user; shows a link to set the password, good once within 24 hours',
      ),
    )
    .requiredOption('--role <role>', role, collect)
    .option('--title <text>', t('họ tên', 'full name'))
    .option('--email <address>', t('thư điện tử', 'e-mail'))
    .option('--unit <code>', unit, collect)
    .option('--system <id>', system, collect)
    .option('--reveal', t('được xem dữ liệu cá nhân', 'may see personal data'))
    .option('--redrive', t('được gửi lại, bỏ, giữ lượt gửi', 'may redrive, discard and hold'))
    .option('--oidc-subject <sub>', subject)
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).create))

  user
    .command('list')
    .description(t('mọi người dùng', 'all users'))
    .action(run(async () => (await commands()).list))

  user
    .command('show')
    .argument('<name>')
    .description(t('một người dùng', 'one user'))
    .action(run(async () => (await commands()).show))

  user
    .command('change')
    .argument('<name>')
    .description(
      t(
        'sửa; đổi quyền thì mọi phiên của người ấy kết thúc',
        'change; when rights change the sessions of that person end',
      ),
    )
    .option('--role <role>', role, collect)
    .option('--title <text>', t('họ tên', 'full name'))
    .option('--email <address>', t('thư điện tử', 'e-mail'))
    .option('--unit <code>', unit, collect)
    .option('--system <id>', system, collect)
    .addOption(
      yesOrNo(
        '--reveal <yes|no>',
        'được xem dữ liệu cá nhân không',
        'may see personal data or not',
      ),
    )
    .addOption(
      yesOrNo(
        '--redrive <yes|no>',
        'được gửi lại, bỏ, giữ không',
        'may redrive, discard and hold or not',
      ),
    )
    .option('--oidc-subject <sub>', subject)
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).change))

  const simple = (name: 'disable' | 'enable', vi: string, en: string) =>
    user
      .command(name)
      .argument('<name>')
      .description(t(vi, en))
      .requiredOption('--reason <text>', reason)
      .action(run(async () => (await commands())[name]))
  simple('disable', 'khoá; mọi phiên kết thúc', 'disable; the sessions end')
  simple('enable', 'mở lại', 'enable again')

  user
    .command('end-sessions')
    .argument('<name>')
    .description(t('kết thúc mọi phiên', 'end all sessions'))
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).endSessions))

  user
    .command('set-up-link')
    .argument('<name>')
    .description(
      t(
        'đường dẫn mới để đặt mật khẩu (quên mật khẩu)',
        'a new link to set the password (forgotten)',
      ),
    )
    .option(
      '--reset-totp',
      t('đặt lại cả xác thực lần hai (mất điện thoại)', 'the second factor too (a lost phone)'),
    )
    .requiredOption('--reason <text>', reason)
    .action(run(async () => (await commands()).setUpLink))
}

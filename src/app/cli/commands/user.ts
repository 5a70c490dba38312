import { everything } from '../../../domain/unit.ts'
import type { UserDetails, UserView } from '../../../engine/ports/people.ts'
import { nearest } from '../../nearest.ts'
import type { Decision, SetUpAddress } from '../../people.ts'
import { isRole, roleNames, roles } from '../../roles.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { type ExitCode, exitCodes, UsageError } from '../exit.ts'
import { firstOf } from '../options.ts'

interface Details {
  readonly role?: readonly string[]
  readonly title?: string
  readonly email?: string
  readonly unit?: readonly string[]
  readonly system?: readonly string[]
  readonly oidcSubject?: string
  readonly reason?: string
}

type CreateOptions = Details & { readonly reveal?: boolean; readonly redrive?: boolean }
type ChangeOptions = Details & { readonly reveal?: 'yes' | 'no'; readonly redrive?: 'yes' | 'no' }

const nameForm = /^[a-z][a-z0-9.-]{1,60}$/

/** Whoever has the command line has the hub: nothing is beyond his reach. */
const decisionOf = (cli: Cli, reason: string | undefined): Decision => ({
  ...cli.act(reason),
  reach: everything,
})

function roleOf(text: string): string {
  if (isRole(text)) return text
  const meant = nearest(text, roleNames)
  throw new UsageError(
    `Không có vai trò "${text}"${meant ? `; có phải ý là ${meant}?` : ''} Có: ${roleNames.join(', ')}.`,
    `There is no role "${text}"${meant ? `; did you mean ${meant}?` : ''} There are: ${roleNames.join(', ')}.`,
  )
}

const limitOf = (list: readonly string[]): readonly string[] => (list.includes('all') ? [] : list)

function oidcOf(cli: Cli, subject: string): UserDetails['oidc'] {
  if (subject === 'none') return null
  const issuer = cli.settings().oidcIssuer
  if (issuer !== undefined) return { issuer, subject }
  throw new UsageError(
    '--oidc-subject cần HUB_OIDC_ISSUER: chưa cấu hình nhà cung cấp định danh nào.',
    '--oidc-subject needs HUB_OIDC_ISSUER: there is no identity provider.',
  )
}

const detailsOf = (cli: Cli, options: Details): Partial<UserDetails> => ({
  ...(options.title !== undefined && { title: options.title }),
  ...(options.email !== undefined && { email: options.email || null }),
  ...(options.role && { roles: options.role.map(roleOf) }),
  ...(options.unit && { units: limitOf(options.unit) }),
  ...(options.system && { systems: limitOf(options.system) }),
  ...(options.oidcSubject !== undefined && { oidc: oidcOf(cli, options.oidcSubject) }),
})

export const create: Handler<CreateOptions> = async (cli, args, options) => {
  const name = firstOf(args)
  if (!nameForm.test(name))
    throw new UsageError(
      'Tên đăng nhập gồm chữ thường không dấu, chữ số, dấu chấm, dấu gạch ngang; bắt đầu bằng chữ.',
      'A name has small letters, digits, dots and hyphens; it begins with a letter.',
    )
  const by = decisionOf(cli, options.reason)
  const details = {
    ...{ title: name, email: null, roles: [], units: [], systems: [], oidc: null },
    ...detailsOf(cli, options),
    mayReveal: options.reveal ?? false,
    mayRedrive: options.redrive ?? false,
  }
  const made = await cli.withHub((hub) => hub.people.users.create({ ...details, name }, by))
  cli.answer(made, () =>
    [savedText(cli, made.user), ...(made.setUp ? [linkText(cli, made.setUp)] : [])].join('\n\n'),
  )
  return exitCodes.ok
}

/** The only time it can be seen. */
const linkText = (cli: Cli, { user, url, expiresAt }: SetUpAddress): string =>
  [
    `${cli.t('Đường dẫn đặt mật khẩu của', 'Link to set the password of')} ${cli.style.bold(user)}:`,
    '',
    `    ${cli.style.bold(url)}`,
    '',
    cli.t(
      `Dùng MỘT LẦN, trước ${cli.time(expiresAt)}. Đưa tận tay hoặc qua kênh an toàn; ai có đường dẫn đều đặt được mật khẩu.`,
      `Good ONCE, before ${cli.time(expiresAt)}. Hand it over safely: whoever has it sets the password.`,
    ),
  ].join('\n')

const roleWords = (cli: Cli, names: readonly string[]): string =>
  names.map((name) => (isRole(name) ? cli.say(roles[name].title) : name)).join(', ')

const rightsWords = (cli: Cli, user: UserView): string =>
  [
    ...(user.mayReveal ? [cli.t('xem dữ liệu cá nhân', 'sees personal data')] : []),
    ...(user.mayRedrive ? [cli.t('gửi lại', 'redrives')] : []),
  ].join(', ') || '–'

const reachWords = (cli: Cli, list: readonly string[]): string =>
  list.join(', ') || cli.t('tất cả', 'all')

const stateWords = (cli: Cli, user: UserView): string => {
  if (user.disabledAt !== null) return cli.style.bad(cli.t('đã khoá', 'disabled'))
  if (user.oidc) return 'OpenID Connect'
  if (user.hasPassword) return cli.t('dùng được', 'ready')
  return user.setUpUntil === null
    ? cli.style.warn(cli.t('chưa đặt mật khẩu', 'no password yet'))
    : cli.t('chờ đặt mật khẩu', 'waits for its password')
}

const userText = (cli: Cli, user: UserView): string =>
  cli.pairs([
    [cli.t('Tên đăng nhập', 'Name'), user.name],
    [cli.t('Họ tên', 'Full name'), user.title],
    [cli.t('Thư điện tử', 'E-mail'), user.email],
    [cli.t('Vai trò', 'Roles'), roleWords(cli, user.roles)],
    [cli.t('Quyền riêng', 'Rights'), rightsWords(cli, user)],
    [cli.t('Đơn vị', 'Units'), reachWords(cli, user.units)],
    [cli.t('Hệ thống', 'Systems'), reachWords(cli, user.systems)],
    [cli.t('Tình trạng', 'State'), stateWords(cli, user)],
    [cli.t('Xác thực lần hai', 'Second factor'), cli.t(...totpWords(user))],
    [cli.t('Đăng nhập gần nhất', 'Last sign-in'), cli.time(user.lastSignedInAt)],
    [cli.t('Phiên đang mở', 'Open sessions'), String(user.sessions)],
  ])

const totpWords = (user: UserView): [vi: string, en: string] =>
  user.hasTotp ? ['có', 'yes'] : ['chưa', 'no']

const savedText = (cli: Cli, user: UserView): string =>
  `${cli.style.good('✓')} ${cli.t('Đã ghi', 'Saved')}: ${cli.style.bold(user.name)}\n\n${userText(cli, user)}`

const tell = (cli: Cli, user: UserView): ExitCode => {
  cli.answer(user, () => savedText(cli, user))
  return exitCodes.ok
}

export const list: Handler = async (cli) => {
  const users = await cli.withHub((hub) => hub.people.users.list(everything))
  cli.answer({ items: users }, () =>
    users.length === 0
      ? cli.t('Chưa có ai (hub user create).', 'There is nobody yet (hub user create).')
      : cli.table(
          [
            { title: cli.t('Tên', 'Name') },
            { title: cli.t('Họ tên', 'Full name'), flex: true },
            { title: cli.t('Vai trò', 'Roles'), flex: true },
            { title: cli.t('Quyền riêng', 'Rights'), flex: true },
            { title: cli.t('Đơn vị', 'Units'), flex: true },
            { title: cli.t('Hệ thống', 'Systems'), flex: true },
            { title: cli.t('Tình trạng', 'State'), flex: true },
          ],
          users.map((user) => [
            user.name,
            user.title,
            roleWords(cli, user.roles),
            rightsWords(cli, user),
            reachWords(cli, user.units),
            reachWords(cli, user.systems),
            stateWords(cli, user),
          ]),
        ),
  )
  return exitCodes.ok
}

export const show: Handler = async (cli, args) => {
  const user = await cli.withHub((hub) => hub.people.users.find(firstOf(args), everything))
  cli.answer(user, () => userText(cli, user))
  return exitCodes.ok
}

export const change: Handler<ChangeOptions> = async (cli, args, options) => {
  const by = decisionOf(cli, options.reason)
  const wanted: Partial<UserDetails> = {
    ...detailsOf(cli, options),
    ...(options.reveal && { mayReveal: options.reveal === 'yes' }),
    ...(options.redrive && { mayRedrive: options.redrive === 'yes' }),
  }
  if (Object.keys(wanted).length === 0)
    throw new UsageError('Nêu điều cần thay đổi.', 'Say what is to change.')
  return tell(cli, await cli.withHub((hub) => hub.people.users.change(firstOf(args), wanted, by)))
}

interface ReasonOption {
  readonly reason?: string
}

export const disable: Handler<ReasonOption> = async (cli, args, { reason }) => {
  const by = decisionOf(cli, reason)
  return tell(cli, await cli.withHub((hub) => hub.people.users.disable(firstOf(args), by)))
}

export const enable: Handler<ReasonOption> = async (cli, args, { reason }) => {
  const by = decisionOf(cli, reason)
  return tell(cli, await cli.withHub((hub) => hub.people.users.enable(firstOf(args), by)))
}

export const endSessions: Handler<ReasonOption> = async (cli, args, { reason }) => {
  const by = decisionOf(cli, reason)
  const ended = await cli.withHub((hub) => hub.people.users.endSessions(firstOf(args), by))
  cli.answer({ ended }, () => cli.t(`Đã kết thúc ${ended} phiên.`, `${ended} sessions ended.`))
  return exitCodes.ok
}

export const setUpLink: Handler<ReasonOption & { readonly resetTotp?: boolean }> = async (
  cli,
  args,
  { reason, resetTotp = false },
) => {
  const by = decisionOf(cli, reason)
  const link = await cli.withHub((hub) => hub.people.users.setUpLink(firstOf(args), resetTotp, by))
  cli.answer(link, () => linkText(cli, link))
  return exitCodes.ok
}

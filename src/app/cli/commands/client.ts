import { HubError } from '../../../domain/errors.ts'
import type { ClientView } from '../../../engine/ports.ts'
import type { Hub } from '../../hub.ts'
import { nearest } from '../../nearest.ts'
import { isScope, scopes, systemScopes } from '../../scopes.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { firstOf, wholeNumberOption } from '../options.ts'

interface CreateOptions {
  readonly title: string
  readonly scope?: readonly string[]
  readonly source?: readonly string[]
  readonly type?: readonly string[]
  readonly days?: string
  readonly reason?: string
}

type IssuedKey = Awaited<ReturnType<Hub['clients']['issueKey']>>

const daysOf = (text: string | undefined): number =>
  wholeNumberOption('--days', text, { min: 1, max: 3650, otherwise: 365 })

export const create: Handler<CreateOptions> = async (cli, args, options) => {
  const id = idOf(firstOf(args))
  const act = cli.act(options.reason)
  const days = daysOf(options.days)
  const client = {
    id,
    title: options.title,
    scopes: (options.scope ?? ['messages:write', 'messages:read']).map(scopeOf),
    sources: options.source ?? [],
    types: options.type ?? ['*'],
  }
  if (client.scopes.includes('messages:write') && client.sources.length === 0)
    throw new UsageError(
      'Khách được gửi bản tin (messages:write) cần ít nhất một --source.',
      'A client that submits messages (messages:write) needs at least one --source.',
    )
  const key = await cli.withHub(async (hub) => {
    await hub.clients.create(client, act)
    return hub.clients.issueKey(id, days, act)
  })
  tellKey(cli, id, key)
  return exitCodes.ok
}

function idOf(text: string): string {
  if (/^[a-z][a-z0-9-]{1,40}$/.test(text)) return text
  throw new UsageError(
    'Mã khách gồm chữ thường không dấu, chữ số, dấu gạch ngang; bắt đầu bằng chữ.',
    'The id of a client has small letters, digits and hyphens; it begins with a letter.',
  )
}

function scopeOf(text: string): string {
  if (isScope(text)) return text
  const known = [...Object.keys(scopes), ...systemScopes]
  const meant = nearest(text, known)
  throw new UsageError(
    `Không có quyền "${text}"${meant ? `; có phải ý là ${meant}?` : ''} Có: ${known.join(', ')}.`,
    `There is no scope "${text}"${meant ? `; did you mean ${meant}?` : ''} There are: ${known.join(', ')}.`,
  )
}

/** The only time a key can be seen. */
function tellKey(cli: Cli, client: string, { id, key, expiresAt }: IssuedKey): void {
  cli.answer({ client, keyId: id, key, expiresAt: expiresAt.toISOString() }, () =>
    [
      `${cli.style.good('✓')} ${cli.t('Khoá API của', 'API key of')} ${cli.style.bold(client)}:`,
      '',
      `    ${cli.style.bold(key)}`,
      '',
      cli.t(
        'Khoá chỉ hiện MỘT LẦN này; liên thông chỉ giữ dấu băm. Lưu ngay vào nơi an toàn.',
        'The key is shown ONCE, now; the hub keeps only its hash. Store it safely at once.',
      ),
      cli.pairs([
        [cli.t('Mã khoá', 'Key id'), id],
        [cli.t('Hết hạn', 'Expires'), cli.time(expiresAt)],
        [cli.t('Cách dùng', 'Use'), 'Authorization: Bearer <key>'],
      ]),
    ].join('\n'),
  )
}

export const list: Handler = async (cli) => {
  const clients = await cli.withHub((hub) => hub.clients.list())
  cli.answer({ items: clients }, () =>
    clients.length === 0
      ? cli.t(
          'Chưa có khách nào (hub client create).',
          'There is no client yet (hub client create).',
        )
      : cli.table(
          [
            { title: cli.t('Mã', 'Id') },
            { title: cli.t('Tên', 'Title'), flex: true },
            { title: cli.t('Quyền', 'Scopes'), flex: true },
            { title: cli.t('Nguồn', 'Sources'), flex: true },
            { title: cli.t('Khoá', 'Key') },
            { title: cli.t('Tình trạng', 'State'), flex: true },
          ],
          clients.flatMap((client) => clientRows(cli, client)),
        ),
  )
  return exitCodes.ok
}

function clientRows(cli: Cli, client: ClientView): string[][] {
  const own = [client.id, client.title, client.scopes.join(', '), client.sources.join(', ')]
  if (client.revokedAt !== null)
    return [[...own, '–', `${cli.t('thu hồi', 'revoked')} ${cli.time(client.revokedAt)}`]]
  if (client.keys.length === 0) return [[...own, '–', cli.t('chưa có khoá', 'no key')]]
  return client.keys.map((key, index) => [
    ...(index === 0 ? own : ['', '', '', '']),
    key.id,
    keyState(cli, key),
  ])
}

function keyState(cli: Cli, key: ClientView['keys'][number]): string {
  if (key.revokedAt !== null) return `${cli.t('thu hồi', 'revoked')} ${cli.time(key.revokedAt)}`
  const days = Math.ceil((Date.parse(key.expiresAt) - cli.now().getTime()) / 86_400_000)
  if (days <= 0) return cli.style.bad(cli.t('đã hết hạn', 'expired'))
  const left = cli.t(`còn ${days} ngày`, `${days} days left`)
  const used = key.lastUsedAt === null ? cli.t('chưa dùng', 'never used') : cli.time(key.lastUsedAt)
  return `${days < 30 ? cli.style.warn(left) : left}; ${cli.t('dùng', 'used')}: ${used}`
}

interface RotateOptions {
  readonly days?: string
  readonly revokeOld?: boolean
  readonly reason?: string
}

export const rotate: Handler<RotateOptions> = async (cli, args, options) => {
  const id = firstOf(args)
  const act = cli.act(options.reason)
  const days = daysOf(options.days)
  const { key, old, revoked } = await cli.withHub(async (hub) => {
    const client = (await hub.clients.list()).find((one) => one.id === id)
    if (!client) throw new HubError('not-found', { detail: noClient(id) })
    const live = client.keys.filter(({ revokedAt }) => revokedAt === null).map((one) => one.id)
    const issued = await hub.clients.issueKey(id, days, act)
    // The new key exists before an old one is taken away.
    if (options.revokeOld) for (const one of live) await hub.clients.revoke({ key: one }, act)
    return { key: issued, old: live, revoked: options.revokeOld ?? false }
  })
  tellKey(cli, id, key)
  if (old.length > 0 && !cli.json)
    cli.terminal.out(
      revoked
        ? cli.t(`Đã thu hồi khoá cũ: ${old.join(', ')}.`, `Old keys revoked: ${old.join(', ')}.`)
        : cli.t(
            `Khoá cũ còn dùng được: ${old.join(', ')}. Khi bên gửi đã đổi xong: hub client revoke --key <mã khoá>.`,
            `Old keys are still good: ${old.join(', ')}. When the sender has changed: hub client revoke --key <key id>.`,
          ),
    )
  return exitCodes.ok
}

const noClient = (id: string) => ({
  vi: `Không có khách "${id}" (hub client list).`,
  en: `There is no client "${id}" (hub client list).`,
})

interface RevokeOptions {
  readonly key?: string
  readonly reason?: string
}

export const revoke: Handler<RevokeOptions> = async (cli, args, options) => {
  const act = cli.act(options.reason)
  const [client] = args
  if ((client === undefined) === (options.key === undefined))
    throw new UsageError(
      'Nêu hoặc mã khách, hoặc --key <mã khoá>.',
      'Name either a client or --key <key id>.',
    )
  const target = options.key === undefined ? { client: firstOf(args) } : { key: options.key }
  const revoked = await cli.withHub((hub) => hub.clients.revoke(target, act))
  if (!revoked)
    throw new HubError('not-found', {
      detail: {
        vi: 'Không có khách hoặc khoá này, hoặc đã thu hồi từ trước.',
        en: 'There is no such client or key, or it was revoked before.',
      },
    })
  cli.answer({ revoked: true, ...target }, () =>
    cli.t('Đã thu hồi; có hiệu lực trong vài giây.', 'Revoked; it takes effect within seconds.'),
  )
  return exitCodes.ok
}

import { HubError } from '../../../domain/errors.ts'
import type { ClientView } from '../../../engine/ports/clients.ts'
import { mustBeSound } from '../../client-rules.ts'
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
  if (client.disabledAt !== null)
    return [[...own, '–', `${cli.t('khoá', 'disabled')} ${cli.time(client.disabledAt)}`]]
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
  readonly overlap?: string
  readonly reason?: string
}

export const rotate: Handler<RotateOptions> = async (cli, args, options) => {
  const id = firstOf(args)
  const act = cli.act(options.reason)
  const days = daysOf(options.days)
  if (options.revokeOld && options.overlap !== undefined)
    throw new UsageError(
      'Nêu --revoke-old hoặc --overlap, không cả hai.',
      'Name --revoke-old or --overlap, not both.',
    )
  const hours = wholeNumberOption('--overlap', options.overlap, {
    ...{ min: 1, max: 8_760, otherwise: 0 },
  })
  const until = hours > 0 ? new Date(cli.now().getTime() + hours * 3_600_000) : undefined
  const { key, old } = await cli.withHub(async (hub) => {
    const client = (await hub.clients.list()).find((one) => one.id === id)
    if (!client) throw new HubError('not-found', { detail: noClient(id) })
    const live = client.keys.filter(({ revokedAt }) => revokedAt === null).map((one) => one.id)
    const issued = await hub.clients.issueKey(id, days, act, until)
    // The new key exists before an old one is taken away.
    if (options.revokeOld) for (const one of live) await hub.clients.revoke({ key: one }, act)
    return { key: issued, old: live }
  })
  tellKey(cli, id, key)
  if (old.length > 0 && !cli.json) cli.terminal.out(oldKeysText(cli, old, options, until))
  return exitCodes.ok
}

function oldKeysText(
  cli: Cli,
  old: readonly string[],
  options: RotateOptions,
  until: Date | undefined,
): string {
  const list = old.join(', ')
  if (options.revokeOld) return cli.t(`Đã thu hồi khoá cũ: ${list}.`, `Old keys revoked: ${list}.`)
  if (until)
    return cli.t(
      `Khoá cũ còn dùng được tới ${cli.time(until)}: ${list}.`,
      `Old keys are good until ${cli.time(until)}: ${list}.`,
    )
  return cli.t(
    `Khoá cũ còn dùng được: ${list}. Khi bên gửi đã đổi xong: hub client revoke --key <mã khoá>.`,
    `Old keys are still good: ${list}. When the sender has changed: hub client revoke --key <key id>.`,
  )
}

interface ChangeOptions {
  readonly title?: string
  readonly scope?: readonly string[]
  readonly source?: readonly string[]
  readonly type?: readonly string[]
  readonly reason?: string
}

export const change: Handler<ChangeOptions> = async (cli, args, options) => {
  const id = firstOf(args)
  const act = cli.act(options.reason)
  const { title, scope, source, type } = options
  const given = {
    ...(title !== undefined && { title }),
    ...(scope && { scopes: scope.map(scopeOf) }),
    ...(source && { sources: source }),
    ...(type && { types: type }),
  }
  if (Object.keys(given).length === 0)
    throw new UsageError('Nêu ít nhất một điều cần đổi.', 'Name something to change.')
  await cli.withHub(async (hub) => {
    const client = (await hub.clients.list()).find((one) => one.id === id)
    if (!client) throw new HubError('not-found', { detail: noClient(id) })
    mustBeSound({ scopes: client.scopes, sources: client.sources, ...given })
    await hub.clients.change(id, given, act)
  })
  cli.answer({ client: id, ...given }, () =>
    cli.t('Đã đổi; có hiệu lực trong vài giây.', 'Changed; it takes effect within seconds.'),
  )
  return exitCodes.ok
}

const setDisabled =
  (what: 'disable' | 'enable'): Handler<{ readonly reason?: string }> =>
  async (cli, args, options) => {
    const id = firstOf(args)
    const act = cli.act(options.reason)
    if (!(await cli.withHub((hub) => hub.clients[what](id, act))))
      throw new HubError('state-conflict', {
        detail: {
          vi: `Không có khách "${id}", hoặc nó đã như thế, hoặc đã thu hồi (hub client list).`,
          en: `There is no client "${id}", or it is so already, or it is revoked (hub client list).`,
        },
      })
    cli.answer({ client: id, [`${what}d`]: true }, () =>
      what === 'disable'
        ? cli.t('Đã khoá; có hiệu lực trong vài giây.', 'Disabled; it takes effect within seconds.')
        : cli.t('Đã mở lại.', 'Enabled.'),
    )
    return exitCodes.ok
  }

export const disable = setDisabled('disable')
export const enable = setDisabled('enable')

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

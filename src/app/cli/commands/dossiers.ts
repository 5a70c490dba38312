import { type ErrorCode, errorTable, HubError } from '../../../domain/errors.ts'
import type { BlockedFilter, DossierView, MessageView } from '../../../engine/ports/deliveries.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { deliveryTable } from '../delivery-table.ts'
import { exitCodes, UsageError } from '../exit.ts'
import { firstOf, oneOfOption, wholeNumberOption } from '../options.ts'
import { countWords, shortType } from '../words.ts'

export const showDossier: Handler = async (cli, args) => {
  const code = firstOf(args)
  const view = await cli.withHub((hub) => hub.queries.dossier(code))
  if (!view)
    throw new HubError('not-found', {
      detail: {
        vi: 'Liên thông chưa nhận bản tin nào của hồ sơ này.',
        en: 'The hub has accepted no message of this dossier.',
      },
    })
  cli.answer(view, () => describeDossier(cli, view))
  return exitCodes.ok
}

interface BlockedOptions extends Omit<BlockedFilter, 'limit'> {
  readonly limit?: string
}

export const listBlocked: Handler<BlockedOptions> = async (cli, _, options) => {
  const limit = wholeNumberOption('--limit', options.limit, { min: 1, max: 500, otherwise: 50 })
  oneOfOption('--code', options.code, Object.keys(errorTable) as ErrorCode[])
  const page = await cli.withHub((hub) => hub.queries.blocked({ ...options, limit }))
  cli.answer(page, () =>
    page.items.length === 0
      ? cli.t('Không hồ sơ nào bị chặn.', 'No dossier is blocked.')
      : `${cli.table(
          [
            { title: cli.t('Hồ sơ', 'Dossier') },
            { title: cli.t('Hệ thống', 'System') },
            { title: cli.t('Bị chặn bởi', 'Blocked by') },
            { title: cli.t('Nguyên nhân', 'Cause'), flex: true },
            { title: cli.t('Từ', 'Since') },
            { title: cli.t('Chờ sau', 'Behind'), align: 'right' },
            { title: cli.t('Phụ trách', 'Owner') },
          ],
          page.items.map((one) => [
            one.subject,
            one.system,
            one.id,
            cli.say(one.failure.cause),
            cli.time(one.failure.since),
            countWords(one.behind, cli.language),
            one.owner ?? '–',
          ]),
        )}${page.next ? `\n\n--cursor ${page.next}` : ''}`,
  )
  return exitCodes.ok
}

export const find: Handler = async (cli, args) => {
  const text = firstOf(args)
  const items = await cli.withHub((hub) => hub.queries.search(text))
  const kinds = {
    dossier: cli.t('hồ sơ', 'dossier'),
    message: cli.t('bản tin', 'message'),
    delivery: cli.t('lượt gửi', 'delivery'),
  }
  cli.answer({ items }, () =>
    items.length === 0
      ? cli.t('Không tìm thấy gì.', 'Nothing was found.')
      : cli.table(
          [
            { title: cli.t('Loại', 'Kind') },
            { title: cli.t('Mã', 'Id') },
            { title: cli.t('Hồ sơ', 'Dossier'), flex: true },
          ],
          items.map(({ kind, id, subject }) => [kinds[kind], id, subject]),
        ),
  )
  return exitCodes.ok
}

function describeDossier(cli: Cli, view: DossierView): string {
  const count = (value: number) => countWords(value, cli.language)
  const systems = cli.table(
    [
      { title: cli.t('Hệ thống', 'System') },
      { title: cli.t('Nhận', 'Accepted'), align: 'right' },
      { title: cli.t('Đã gửi', 'Delivered'), align: 'right' },
      { title: cli.t('Còn', 'Open'), align: 'right' },
      { title: cli.t('Đang chờ', 'Waits for'), flex: true },
      { title: cli.t('Gửi được gần nhất', 'Last delivered') },
    ],
    view.systems.map((system) => [
      system.system,
      count(system.accepted),
      count(system.delivered),
      count(system.open),
      waitText(cli, system.waitsFor),
      cli.time(system.lastDeliveredAt),
    ]),
  )
  const timeline = cli.table(
    [
      { title: cli.t('Lúc', 'At') },
      { title: cli.t('Lượt gửi', 'Delivery') },
      { title: cli.t('Hệ thống', 'System') },
      { title: cli.t('Loại', 'Type') },
      { title: cli.t('Việc', 'What'), flex: true },
    ],
    view.timeline.map((entry) => [
      cli.time(entry.at),
      entry.delivery ?? '–',
      entry.system ?? '–',
      shortType(entry.type),
      cli.say(entry.words),
    ]),
  )
  const cut = view.truncated
    ? cli.t('\n… chỉ hiện phần mới nhất', '\n… only the newest part is shown')
    : ''
  return `${cli.t('Hồ sơ', 'Dossier')} ${cli.style.bold(view.code)}\n\n${systems}\n\n${timeline}${cut}`
}

function waitText(cli: Cli, waits: DossierView['systems'][number]['waitsFor']): string {
  const words = cli.say(waits.words)
  const at = waits.delivery ? ` (${waits.delivery})` : ''
  if (waits.kind === 'nothing') return cli.style.good(words)
  return waits.kind === 'person' ? cli.style.bad(words + at) : words + at
}

export const showMessage: Handler = async (cli, args) => {
  const id = firstOf(args)
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    throw new UsageError('Mã bản tin là một UUID.', 'The id of a message is a UUID.')
  const view = await cli.withHub((hub) => hub.queries.message(id))
  if (!view)
    throw new HubError('not-found', {
      detail: { vi: 'Không có bản tin mang mã này.', en: 'There is no message with this id.' },
    })
  cli.answer(view, () => describeMessage(cli, view))
  return exitCodes.ok
}

function describeMessage(cli: Cli, view: MessageView): string {
  const size = cli.t(`${countWords(view.size, 'vi')} byte`, `${countWords(view.size, 'en')} bytes`)
  const purged = view.bodyPurged
    ? cli.t(' (nội dung đã xoá theo hạn lưu)', ' (content purged)')
    : ''
  const facts = cli.pairs([
    [cli.t('Bản tin', 'Message'), cli.style.bold(view.id)],
    [cli.t('Hồ sơ', 'Dossier'), view.subject],
    [cli.t('Loại', 'Type'), view.type],
    [cli.t('Nguồn', 'Source'), `${view.source}  ${view.eventId}`],
    [cli.t('Xảy ra lúc', 'Happened'), cli.time(view.time)],
    [cli.t('Nhận lúc', 'Accepted'), `${cli.time(view.acceptedAt)} (${view.client})`],
    [cli.t('Nội dung', 'Content'), `${size}, SHA-256 ${view.sha256}${purged}`],
  ])
  const none = cli.t('Không luồng nào gửi bản tin này đi.', 'No job sends this message anywhere.')
  const deliveries = view.deliveries.length > 0 ? deliveryTable(cli, view.deliveries) : none
  return `${facts}\n\n${deliveries}`
}

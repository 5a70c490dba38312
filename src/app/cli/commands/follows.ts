import type { FollowView } from '../../../engine/ports/pulls.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'
import { firstOf, wholeNumberOption } from '../options.ts'

interface ListOptions {
  readonly subject?: string
  readonly limit?: string
  readonly cursor?: string
}

export const list: Handler<ListOptions> = async (cli, args, { subject, limit, cursor }) => {
  const page = await cli.withHub((hub) =>
    hub.queries.follows({
      system: firstOf(args),
      ...(subject !== undefined && { subject }),
      ...(cursor !== undefined && { cursor }),
      limit: wholeNumberOption('--limit', limit, { min: 1, max: 500, otherwise: 50 }),
    }),
  )
  const { items } = page
  cli.answer(page, () => {
    if (items.length === 0)
      return cli.t('Không có gì còn phải hỏi hệ thống này.', 'Nothing is left to be asked.')
    const more = page.next
      ? `\n\n${cli.t('Trang sau: thêm', 'Next page: add')} --cursor ${page.next}`
      : ''
    return `${followTable(cli, items)}\n\n${askedBy(cli, items)}${more}`
  })
  return exitCodes.ok
}

function followTable(cli: Cli, items: readonly FollowView[]): string {
  return cli.table(
    [
      { title: cli.t('Chủ đề', 'Subject') },
      { title: cli.t('Từ lúc', 'Since') },
      { title: cli.t('Hỏi lần cuối', 'Last asked') },
      { title: cli.t('Không hỏi trước', 'Not before') },
      { title: cli.t('Đang chờ gì', 'State'), flex: true },
    ],
    items.map((one) => [
      one.subject,
      cli.time(one.since),
      one.askedAt === null ? cli.t('chưa hỏi', 'not yet') : cli.time(one.askedAt),
      cli.time(one.dueAt),
      JSON.stringify(one.state),
    ]),
  )
}

/** The same for all: they are of one system. */
function askedBy(cli: Cli, [first]: readonly FollowView[]): string {
  const jobs = first?.askedBy ?? []
  if (jobs.length > 0) {
    const words = jobs.map(({ job, title }) => `${job} (${cli.say(title)})`).join(', ')
    return cli.t(`Luồng lấy về hỏi: ${words}`, `Asked by: ${words}`)
  }
  const nobody = cli.t(
    'Không có luồng lấy về nào đang bật hỏi hệ thống này (hub jobs list).',
    'No pull that is switched on asks this system (hub jobs list).',
  )
  return cli.style.bad(nobody)
}

import type { AboutView } from '../../about.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'
import { countWords } from '../words.ts'

const megabyte = 1024 ** 2

export const about: Handler = async (cli) => {
  const view = await cli.withHub((hub) => hub.about.read())
  cli.answer(view, () =>
    [
      cli.pairs([
        [cli.t('Phiên bản', 'Version'), view.version],
        ['Node.js', view.node],
        ['PostgreSQL', view.postgres],
        [cli.t('Lược đồ', 'Migrations'), view.migrations.at(-1)?.name ?? null],
        [cli.t('Cấu hình', 'Configuration'), view.revision && String(view.revision.id)],
        [cli.t('Sao lưu', 'Backup'), markOf(cli, view.backup)],
        [cli.t('Diễn tập phục hồi', 'Restore drill'), markOf(cli, view.restoreDrill)],
      ]),
      '',
      processTable(cli, view),
      '',
      storageTable(cli, view),
      '',
      cli.table(
        [
          { title: cli.t('Thiết lập', 'Setting') },
          { title: cli.t('Giá trị', 'Value'), flex: true },
        ],
        view.settings.map(({ name, value, otherwise }) => [
          name,
          value ?? cli.style.dim(cli.say(otherwise)),
        ]),
      ),
    ].join('\n'),
  )
  return exitCodes.ok
}

function markOf(cli: Cli, mark: AboutView['backup']): string {
  if (mark === null) return cli.t('không biết', 'not known')
  return mark.at === null ? cli.t('chưa có lần nào', 'never so far') : cli.time(mark.at)
}

const processTable = (cli: Cli, { processes }: AboutView): string =>
  cli.table(
    [
      { title: cli.t('Tiến trình', 'Process'), flex: true },
      { title: cli.t('Vai trò', 'Role') },
      { title: cli.t('Thấy cách đây', 'Seen ago') },
    ],
    processes.map(({ id, role, seenSecondsAgo }) => [id, role, cli.duration(seenSecondsAgo)]),
  )

const storageTable = (cli: Cli, { storage }: AboutView): string =>
  cli.table(
    [
      { title: cli.t('Nhóm bảng', 'Tables') },
      { title: 'MB', align: 'right' },
      { title: cli.t('Số dòng (ước)', 'Rows (est.)'), align: 'right' },
    ],
    storage.groups.map(({ group, bytes, rows }) => [
      group,
      (bytes / megabyte).toFixed(1),
      countWords(Math.round(rows), cli.language),
    ]),
  )

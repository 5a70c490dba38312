import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'
import { timeOption } from '../options.ts'
import { countWords } from '../words.ts'

interface Options {
  readonly lostUntil?: string
  readonly reason?: string
}

export const restored: Handler<Options> = async (cli, _args, options) => {
  const act = cli.act(options.reason)
  const text = timeOption('--lost-until', options.lostUntil)
  const lostUntil = text === undefined ? cli.now() : new Date(text)
  const result = await cli.withHub((hub) => hub.restored(lostUntil, act))
  const count = (value: number): string => countWords(value, cli.language)
  cli.answer({ lostUntil: lostUntil.toISOString(), ...result }, () => {
    const sources = cli.table(
      [
        { title: cli.t('Nguồn', 'Source'), flex: true },
        { title: cli.t('Bản tin cuối còn giữ', 'Last message that is left'), flex: true },
        { title: cli.t('Nhận lúc', 'Accepted at') },
      ],
      result.sources.map((one) => [one.source, one.lastEvent, cli.time(one.lastAcceptedAt)]),
    )
    const steps = [
      cli.t(
        'Xem lại khoá API (khoá thu hồi sau bản sao lưu lại có hiệu lực: hub client list, hub client revoke) và cấu hình (hub config diff, hub config apply).',
        'Look at the API keys (those revoked since the backup are good again: hub client list, hub client revoke) and the configuration (hub config diff, hub config apply).',
      ),
      cli.t(
        'Khởi động liên thông. Mọi hệ thống đang tạm dừng: bản tin được nhận, chưa gửi gì.',
        'Start the hub. Every system is paused: messages are accepted, nothing is sent.',
      ),
      cli.t(
        'Cho các nguồn gửi lại mọi bản tin sau bản tin cuối còn giữ (gửi thừa không sao):',
        'Let every source send again all that came after the last message left (too many do no harm):',
      ),
      sources,
      cli.t(
        'Chạy lại các hệ thống: trước hết hệ thống mà liên thông lấy dữ liệu về, rồi các hệ thống nhận (hub systems resume <mã> --reason "…").',
        'Resume the systems: first those the hub pulls from, then those it sends to (hub systems resume <id> --reason "…").',
      ),
      cli.t(
        `${count(result.stopped)} hồ sơ đang dừng chờ người: xem hệ thống đích trước khi gửi lại, có thể đã được gửi.`,
        `${count(result.stopped)} dossiers are stopped for a person: look at the target before sending again, it may have been sent.`,
      ),
    ]
    return [
      `${cli.style.good('✓')} ${cli.t(
        `${count(result.doubted)} lượt gửi đang chờ có thể đã được gửi sau bản sao lưu: hệ thống đích sẽ được hỏi trước, hoặc chờ người xem.`,
        `${count(result.doubted)} waiting deliveries may have been sent since the backup: the target will be asked first, or a person.`,
      )}`,
      '',
      cli.t('Làm tiếp, theo thứ tự:', 'What to do now, in this order:'),
      ...steps.map((step) => (step === sources ? sources : `  • ${step}`)),
    ].join('\n')
  })
  return exitCodes.ok
}

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
  const lostUntil = text === undefined ? undefined : new Date(text)
  const result = await cli.withHub((hub) => hub.restored(lostUntil, act))
  const count = (value: number): string => countWords(value, cli.language)
  const newest = cli.time(result.newestLeft)
  cli.answer(result, () => {
    const steps = [
      cli.t(
        'Xem lại khoá API: khoá thu hồi sau bản sao lưu lại có hiệu lực, khoá cấp sau đó đã mất (hub client list).',
        'Look at the API keys: those revoked since the backup are good again, those issued since are gone (hub client list).',
      ),
      cli.t(
        'Khởi động liên thông. Mọi hệ thống đang tạm dừng: bản tin được nhận, chưa gửi gì.',
        'Start the hub. Every system is paused: messages are accepted, nothing is sent.',
      ),
      cli.t(
        `Cho mọi nguồn gửi lại bản tin từ một ngày trước ${newest}: đủ, đúng thứ tự ban đầu, trước mọi bản tin mới. Gửi thừa không sao.`,
        `Let every source send again from one day before ${newest}: all of it, in the original order, before anything new. Too much does no harm.`,
      ),
      cli.t(
        'Khi các nguồn đã gửi lại xong: chạy lại các hệ thống (hub systems resume <mã> --reason "…"), trước hết hệ thống mà liên thông lấy dữ liệu về.',
        'When the sources have done so: resume the systems (hub systems resume <id> --reason "…"), first those the hub pulls from.',
      ),
    ]
    return [
      `${cli.style.good('✓')} ${cli.t(
        `${count(result.doubted)} lượt gửi đang chờ và ${count(result.stopped)} lượt đang dừng chờ người có thể đã được gửi sau bản sao lưu: hệ thống đích sẽ được hỏi trước khi gửi; nơi không hỏi được thì chờ người xem.`,
        `${count(result.doubted)} waiting deliveries and ${count(result.stopped)} that are stopped for a person may have been sent since the backup: the target is asked before they are sent; where it cannot be asked, a person looks.`,
      )}`,
      cli.t(
        `Tạm dừng: ${result.paused.join(', ') || '–'}. Cơ sở dữ liệu cũ coi như còn chạy tới ${cli.time(result.lostUntil)}.`,
        `Paused: ${result.paused.join(', ') || '–'}. The old database is taken to have run until ${cli.time(result.lostUntil)}.`,
      ),
      '',
      cli.t('Làm tiếp, theo thứ tự:', 'What to do now, in this order:'),
      ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    ].join('\n')
  })
  return exitCodes.ok
}

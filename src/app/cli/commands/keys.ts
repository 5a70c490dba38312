import { resolve } from 'node:path'
import { HubError } from '../../../domain/errors.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'
import { firstOf } from '../options.ts'
import { countWords } from '../words.ts'

export const create: Handler = async (cli, args) => {
  const path = resolve(firstOf(args))
  const made = await cli.ports.createMasterKey(path)
  if (!made)
    throw new HubError('state-conflict', {
      detail: {
        vi: `Tệp ${path} đã có; không ghi đè lên khoá.`,
        en: `The file ${path} exists; a key is never overwritten.`,
      },
    })
  cli.answer({ file: path, created: true }, () =>
    [
      `${cli.style.good('✓')} ${cli.t('Đã tạo khoá chính', 'The master key is made')}: ${cli.style.bold(path)}`,
      cli.t(
        'Sao tệp này ra nơi an toàn, tách khỏi bản sao cơ sở dữ liệu: mất khoá là mất mọi nội dung đã lưu.',
        'Keep a copy in a safe place, apart from the backups of the database: without it every stored body is lost.',
      ),
      cli.t(`Dùng: HUB_MASTER_KEY_FILE=${path}`, `Use it: HUB_MASTER_KEY_FILE=${path}`),
    ].join('\n'),
  )
  return exitCodes.ok
}

export const rotate: Handler<{ readonly reason?: string }> = async (cli, _args, options) => {
  const act = cli.act(options.reason)
  const result = await cli.withHub((hub) => hub.keys.rotate(act))
  const count = (value: number) => countWords(value, cli.language)
  cli.answer(result, () =>
    cli.t(
      `Khoá dữ liệu mới: ${result.keyId}. Bọc lại ${count(result.rewrapped)} khoá cũ, mã hoá lại ${count(result.reencrypted)} nội dung.`,
      `The data key is ${result.keyId} now. ${count(result.rewrapped)} older keys were rewrapped, ${count(result.reencrypted)} bodies encrypted anew.`,
    ),
  )
  return exitCodes.ok
}

import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { StoredFile } from '../../../engine/files/files.ts'
import type { Cli } from '../cli.ts'
import type { Handler } from '../define.ts'
import { exitCodes } from '../exit.ts'

const tell = (cli: Cli, file: StoredFile): void =>
  cli.answer(file, () =>
    cli.pairs([
      [cli.t('Mã tệp', 'Id'), file.id],
      [cli.t('Tên', 'Name'), file.name],
      [cli.t('Loại', 'Type'), file.mediaType],
      [cli.t('Số byte', 'Bytes'), String(file.size)],
      ['SHA-256', file.sha256],
      [cli.t('Nhận lúc', 'Created'), cli.time(file.createdAt)],
    ]),
  )

export const put: Handler<{ readonly name?: string }> = async (cli, [path = ''], options) => {
  const name = options.name ?? basename(path)
  const { file } = await cli.withHub((hub) =>
    hub.files.keep({ content: createReadStream(path), name }, cli.actor),
  )
  tell(cli, file)
  return exitCodes.ok
}

export const show: Handler = async (cli, [id = '']) => {
  tell(cli, await cli.withHub((hub) => hub.files.find(id, undefined)))
  return exitCodes.ok
}

/** A file that turns out to be damaged is not left lying there as if it were whole. */
export const get: Handler<{ readonly to: string }> = async (cli, [id = ''], { to }) => {
  const file = await cli.withHub(async (hub) => {
    const { content, ...facts } = await hub.files.open(id, undefined)
    const target = createWriteStream(to, { flags: 'wx', mode: 0o600 })
    let isOurs = false
    target.once('open', () => {
      isOurs = true
    })
    try {
      await pipeline(content, target)
    } catch (error) {
      if (isOurs) await rm(to, { force: true })
      throw error
    }
    return facts
  })
  cli.answer({ ...file, to }, () => cli.t(`Đã ghi ${to}.`, `Written: ${to}.`))
  return exitCodes.ok
}

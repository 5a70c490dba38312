/** Names of files: of those that a server shows, and of those that we write. Pure. */
import { createHash } from 'node:crypto'
import { fillTemplate, permanent } from '../../src/connector/index.ts'

/** Whether a name from a server can be put behind a folder and stays in it. */
export const isPlainName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && !/[/\\\p{Cc}\p{Cs}]/u.test(name)

/** `*.csv` → a test of names; capitals do not count, as on the servers of Windows. */
export function namePattern(glob: string): (name: string) => boolean {
  const source = glob
    .normalize('NFC')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const pattern = new RegExp(`^${source}$`, 'isu')
  return (name) => pattern.test(name.normalize('NFC'))
}

export const inFolder = (folder: string, name: string): string =>
  folder.endsWith('/') ? folder + name : `${folder}/${name}`

/** Stands for a name, or for a state of a file, where what names a person has no place. */
export const markOf = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)

const longestName = 200

/**
 * The name of the file of a delivery: whatever is no letter, digit, point or hyphen of ASCII becomes `_`; the
 * key in it keeps apart what then looks alike.
 */
export function fileNameOf(template: string, filling: unknown): string {
  const name = fillTemplate(template, filling, (text) => text.replace(/[^A-Za-z0-9.-]/g, '_'))
  // A point in front would hide it, as our temporary names are hidden.
  if (isPlainName(name) && !name.startsWith('.') && name.length <= longestName) return name
  throw permanent('mapping-failed', {
    detail: {
      vi: 'Tên tệp theo mẫu đã cấu hình không dùng được: quá dài, hoặc bắt đầu bằng dấu chấm.',
      en: 'The name of the file by the configured template cannot be used: too long, or it begins with a point.',
    },
  })
}

/** Hidden, so that nobody takes it for whole; one for each attempt, so that no two ever write to it. */
export const temporaryName = (name: string, attempt: number): string => `.${name}.${attempt}.part`

/** Where to put a file whose name may be taken there already: as it is, by its content, by a number. */
export function* freeNames(name: string, hash: string): Generator<string> {
  yield name
  const [, stem = name, extension = ''] = /^(.+?)(\.[^.]*)?$/su.exec(name) ?? []
  const mark = hash.slice(0, 12)
  yield `${stem}.${mark}${extension}`
  for (let number = 2; number < 1000; number++) yield `${stem}.${mark}.${number}${extension}`
}

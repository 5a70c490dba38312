/** What is sent: text and bytes as they are, objects as JSON, and files in the place of their marks. */
import type { ConnectorFiles } from '../../connector/files.ts'
import { base64Length, base64Of, mayHoldFiles, splitAtFiles } from '../../connector/files.ts'
import { type HttpRequest, type OpenFile, permanent } from '../../connector/index.ts'
import type { Exchange } from './exchange.ts'

export interface Body {
  readonly bytes: NonNullable<Exchange['body']>
  readonly length: number
  readonly type: string
  readonly mayHoldFiles: boolean
}

export function encodeBody(body: HttpRequest['body']): Body | undefined {
  if (body === undefined) return undefined
  if (body instanceof Uint8Array)
    return {
      ...{ bytes: body, length: body.byteLength, type: 'application/octet-stream' },
      mayHoldFiles: false,
    }
  const isText = typeof body === 'string'
  const text = isText ? wellFormed(body) : JSON.stringify(body)
  const buffer = Buffer.from(text)
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  return { bytes: buffer, length: buffer.length, type, mayHoldFiles: mayHoldFiles(text) }
}

/** UTF-8 has no form for half a character; it would arrive as another one. */
export function wellFormed(text: string): string {
  if (!/\p{Surrogate}/u.test(text)) return text
  throw permanent('mapping-failed', {
    detail: {
      vi: 'Dữ liệu chứa ký tự Unicode không trọn vẹn',
      en: 'The data holds half of a Unicode character',
    },
  })
}

/** A mark in a header or an address would leave as it is. */
export function refuseFiles(text: string): string {
  if (!mayHoldFiles(text) || splitAtFiles(text).every((part) => typeof part === 'string'))
    return text
  throw new Error('fileContent stands in a body only')
}

/**
 * The same body with the base64 of files in the place of their marks. Every file is read once before a
 * byte leaves: one that is gone or altered is found now, and not when half of it has been sent.
 */
export async function withFiles(
  body: Body,
  files: Pick<ConnectorFiles, 'open'> | undefined,
): Promise<Body> {
  const parts = splitAtFiles(Buffer.from(body.bytes as Uint8Array).toString('utf8'))
  if (parts.every((part) => typeof part === 'string')) return body
  if (!files) throw new Error('fileContent was used where there are no files')
  const sizes = new Map<string, number>()
  for (const part of parts)
    if (typeof part !== 'string' && !sizes.has(part.file))
      sizes.set(part.file, await sizeWhenSound(await files.open(part.file)))
  const length = parts.reduce(
    (sum, part) =>
      sum +
      (typeof part === 'string'
        ? Buffer.byteLength(part)
        : base64Length(sizes.get(part.file) ?? 0)),
    0,
  )
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (const part of parts) {
      if (typeof part === 'string') yield Buffer.from(part)
      else if (files) yield* base64Of((await files.open(part.file)).content)
    }
  }
  return { ...body, bytes: { pieces }, length }
}

async function sizeWhenSound({ content, size }: OpenFile): Promise<number> {
  let read = 0
  for await (const piece of content) read += piece.length
  if (read !== size) throw permanent('file-unreadable')
  return size
}

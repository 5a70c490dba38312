import type { IncomingMessage } from 'node:http'
import { type ErrorCode, HubError, type Words } from '../../domain/errors.ts'

/** The caller went away in the middle: there is nobody to answer. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone'
}

export interface BodyReader {
  /**
   * The whole body, at most `maxBytes`. Throws `body-too-large` (by Content-Length before a byte is
   * read, else as soon as it is passed), `media-type-unsupported` when it is compressed,
   * `rate-limited` when all bodies being read together would take too much memory.
   */
  read(request: IncomingMessage, maxBytes: number): Promise<Buffer>
  /**
   * The body piece by piece, for who counts and keeps it himself. Throws as `read` does before the first
   * piece, with `tooLarge` when more is announced; and CallerGone when it breaks off.
   */
  pieces(request: IncomingMessage, maxBytes: number, tooLarge: ErrorCode): AsyncIterable<Buffer>
}

const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`

const tooLarge = (maxBytes: number, code: ErrorCode = 'body-too-large'): HubError => {
  const size = megabytes(maxBytes)
  return new HubError(code, {
    detail: { vi: `Tối đa ${size}.`, en: `At most ${size}.` },
  })
}

const compressed: Words = {
  vi: 'Nội dung nén (Content-Encoding) không được nhận.',
  en: 'Compressed bodies (Content-Encoding) are not taken.',
}
const crowded: Words = {
  vi: 'Liên thông đang nhận quá nhiều nội dung cùng lúc.',
  en: 'The hub is reading too many bodies at the same time.',
}

function refuseEarly({ headers }: IncomingMessage, maxBytes: number, code?: ErrorCode): void {
  const coding = headers['content-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'identity')
    throw new HubError('media-type-unsupported', { detail: compressed })
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes, code)
}

/**
 * `maxBytesAtOnce` bounds the memory of all bodies that are being read, `withinMs` the time of each: the
 * server itself must have patience with the largest file.
 */
export function createBodyReader(maxBytesAtOnce: number, withinMs: number): BodyReader {
  let reading = 0

  const collect = (request: IncomingMessage, maxBytes: number): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      let size = 0
      let settled = false
      const settle = (act: () => void) => {
        if (settled) return
        settled = true
        clearTimeout(timer)
        reading -= size
        // What still comes is not kept; the answer decides how the line is cut.
        request.off('data', onData)
        act()
      }
      const onData = (chunk: Buffer) => {
        size += chunk.length
        reading += chunk.length
        if (size > maxBytes) return settle(() => reject(tooLarge(maxBytes)))
        if (reading > maxBytesAtOnce)
          return settle(() => reject(new HubError('rate-limited', { detail: crowded })))
        chunks.push(chunk)
      }
      const timer = setTimeout(
        () => settle(() => reject(new HubError('request-timeout'))),
        withinMs,
      )
      request.on('data', onData)
      request.once('end', () =>
        settle(() =>
          resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)),
        ),
      )
      request.once('error', () => settle(() => reject(new CallerGone())))
      request.once('close', () => settle(() => reject(new CallerGone())))
    })

  return {
    async read(request, maxBytes) {
      refuseEarly(request, maxBytes)
      return await collect(request, maxBytes)
    },
    async *pieces(request, maxBytes, code) {
      refuseEarly(request, maxBytes, code)
      try {
        // Left alone when the reader has had enough: the answer still has to go out.
        yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
      } catch {
        throw new CallerGone()
      }
      if (!request.complete) throw new CallerGone()
    },
  }
}

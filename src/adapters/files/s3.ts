/**
 * An S3-compatible store, by path (`https://host/bucket/…`). An upload is first written down on this
 * machine, encrypted: so its length and hash are known, one signed PUT carries it, and a broken upload
 * never reaches the store.
 */
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { finished } from 'node:stream/promises'
import aws4 from 'aws4'
import { HubError } from '../../domain/errors.ts'
import type { FileStore } from '../../engine/ports/files.ts'
import { sweepIncoming, takeIn, unavailable } from './incoming.ts'

export interface S3Options {
  /** Endpoint, bucket and perhaps a folder in it. */
  readonly url: string
  readonly region: string
  readonly keyId: string
  readonly secret: string
  /** Folder for uploads that are under way. */
  readonly spool: string
  /** How long the store may say nothing; default 20,000. */
  readonly silenceMs?: number
}

/** SHA-256 of nothing. */
const noContent = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

interface Call {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly name: string
  readonly body?: { readonly path: string; readonly size: number; readonly sha256: string }
}

const refused = (status: number | undefined): HubError =>
  unavailable(undefined, { vi: `Kho tệp trả lời ${status}`, en: `The store answered ${status}` })

/** Reads on, as long as the other side does not fall silent. Closing it early breaks the answer off. */
async function* attended(answer: http.IncomingMessage, silenceMs: number) {
  const pieces = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  try {
    for (;;) {
      const timer = setTimeout(() => answer.destroy(new Error('silence')), silenceMs)
      const piece = await pieces.next().finally(() => clearTimeout(timer))
      if (piece.done) break
      yield piece.value
    }
  } catch (error) {
    throw unavailable(error)
  } finally {
    answer.destroy()
  }
  if (!answer.complete) throw unavailable(undefined)
}

/** Keeps the connection usable: the text of an error is of no use to anybody. */
async function throwAway(answer: http.IncomingMessage): Promise<void> {
  answer.resume()
  await finished(answer).catch(() => undefined)
}

export function createS3Files(options: S3Options): FileStore {
  const { region, spool, silenceMs = 20_000 } = options
  const base = new URL(options.url)
  const prefix = base.pathname.replace(/\/+$/, '')
  const secure = base.protocol === 'https:'
  const { request: send } = secure ? https : http
  const agent = new (secure ? https : http).Agent({ keepAlive: true, maxFreeSockets: 4 })
  const credentials = { accessKeyId: options.keyId, secretAccessKey: options.secret }

  const call = ({ method, name, body }: Call): Promise<http.IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { headers, path } = aws4.sign(
        {
          ...{ service: 's3', region, method, host: base.host, path: `${prefix}/${name}` },
          headers: {
            Host: base.host,
            'X-Amz-Content-Sha256': body?.sha256 ?? noContent,
            ...(body && {
              'Content-Length': body.size,
              'Content-Type': 'application/octet-stream',
            }),
          },
        },
        credentials,
      )
      const { protocol, hostname, port } = base
      const host = hostname.replace(/^\[|\]$/g, '')
      const request = send({ agent, protocol, host, port, method, path, headers })
      const fail = (error: unknown) => reject(unavailable(error))
      request.setTimeout(silenceMs, () => request.destroy(new Error('silence')))
      request.on('error', fail)
      request.on('response', (answer) => {
        request.setTimeout(0)
        resolve(answer)
      })
      if (!body) {
        request.end()
        return
      }
      const file = createReadStream(body.path)
      file.on('error', (error) => request.destroy(error))
      request.on('close', () => file.destroy())
      file.pipe(request)
    })

  return {
    async put(name, content) {
      const { path, size, sha256 } = await takeIn(spool, name, content)
      try {
        const answer = await call({ method: 'PUT', name, body: { path, size, sha256 } })
        await throwAway(answer)
        if (answer.statusCode !== 200) throw refused(answer.statusCode)
      } finally {
        await rm(path, { force: true }).catch(() => undefined)
      }
    },
    async *read(name) {
      const answer = await call({ method: 'GET', name })
      if (answer.statusCode === 200) {
        yield* attended(answer, silenceMs)
        return
      }
      await throwAway(answer)
      throw answer.statusCode === 404 ? new HubError('file-unreadable') : refused(answer.statusCode)
    },
    async remove(name) {
      const answer = await call({ method: 'DELETE', name })
      await throwAway(answer)
      if (![200, 204, 404].includes(answer.statusCode ?? 0)) throw refused(answer.statusCode)
    },
    sweep: (olderThanMs) => sweepIncoming(spool, olderThanMs),
  }
}

/** `/console/…`: the files of the console, and its one page for every other address below. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { HubError } from '../../../domain/errors.ts'
import { type Answer, send } from '../answer.ts'
import { openExchange } from '../exchange.ts'
import type { RequestLog } from '../request-log.ts'
import { fail } from '../serve.ts'
import { type ConsoleFile, type ConsoleFiles, nonceMark } from './console-files.ts'

const compress = promisify(gzip)

/** Scripts and requests of our own address only. Ant Design writes its styles at run time: by a nonce. */
const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const notBuilt: Answer = {
  status: 503,
  content: {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Liên thông</title>
<h1>Bảng điều khiển chưa được dựng</h1>
<p>Chạy <code>npm run build:console</code> trên máy chủ rồi khởi động lại liên thông. API và dòng lệnh vẫn dùng được.</p>
<p lang="en">The console has not been built: run <code>npm run build:console</code> and start the hub again. The API and the CLI work.</p></html>`,
  },
}

/** A name with a hash in it never changes its content. */
const isForever = (path: string): boolean => path.startsWith('assets/')
const acceptsGzip = ({ headers }: IncomingMessage): boolean =>
  /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))

function pageAnswer(page: ConsoleFile): Answer {
  const nonce = randomBytes(16).toString('base64')
  return {
    status: 200,
    content: {
      type: page.type,
      body: Buffer.from(page.body).toString('utf8').replaceAll(nonceMark, nonce),
    },
    headers: ['Content-Security-Policy', policyOf(nonce)],
  }
}

export function createConsoleServe(files: ConsoleFiles, log: RequestLog) {
  const page = files.get('index.html')
  const compressed = new Map<ConsoleFile, Promise<Uint8Array>>()

  async function fileAnswer(path: string, file: ConsoleFile, small: boolean): Promise<Answer> {
    const caching = isForever(path) ? 'public, max-age=31536000, immutable' : 'no-cache'
    const headers = ['Cache-Control', caching, 'Vary', 'Accept-Encoding']
    if (!small) return { status: 200, content: { type: file.type, body: file.body }, headers }
    const body = await (compressed.get(file) ??
      compressed.set(file, compress(file.body, { level: 9 })).get(file))
    return {
      status: 200,
      content: { type: file.type, body: body ?? file.body },
      headers: [...headers, 'Content-Encoding', 'gzip'],
    }
  }

  async function answerOf(request: IncomingMessage): Promise<Answer> {
    const { pathname } = new URL(request.url ?? '/', 'http://hub')
    const path = pathname.replace(/^\/(console\/?)?/, '')
    const file = path === 'index.html' ? undefined : files.get(path)
    if (file) return fileAnswer(path, file, acceptsGzip(request))
    if (isForever(path)) throw new HubError('not-found')
    if (!pathname.startsWith('/console/'))
      return { status: 302, headers: ['Location', '/console/'] }
    return page ? pageAnswer(page) : notBuilt
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const exchange = openExchange(request, response, 'console')
    try {
      const answer = await answerOf(request)
      send(exchange, answer)
      log.served(exchange, answer.status, false)
    } catch (error) {
      fail(exchange, error, log)
    }
  }
}

import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type ErrorCode, errorTable } from '../../domain/errors.ts'
import { safeHeaders } from './answer.ts'
import { describeProblem, problemType } from './problem.ts'

/** What the parser of node:http calls its complaints. */
function codeOf(error: NodeJS.ErrnoException): ErrorCode {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request-timeout'
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large'
  return 'request-invalid'
}

/** The whole answer as bytes, for a request that never became one. */
function rawProblem(code: ErrorCode): string {
  const problem = describeProblem({ code, detail: undefined, faults: [] }, 'vi')
  const body = JSON.stringify(problem)
  const headers = [
    ...safeHeaders(),
    'Content-Type',
    problemType,
    'Content-Language',
    'vi',
    'Content-Length',
    String(Buffer.byteLength(body)),
    'Connection',
    'close',
  ]
  const lines = headers.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : [],
  )
  const reason = errorTable[code].title.en
  return `HTTP/1.1 ${problem.status} ${reason}\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

/**
 * Answers what is no HTTP, has too many headers, or came too slowly, and cuts the line. An answer
 * that is already under way on this socket must not get a second head in its middle.
 */
export function refuseSocket(
  error: NodeJS.ErrnoException,
  socket: Socket,
  told: (code: ErrorCode, address: string | undefined) => void,
): void {
  const { _httpMessage: current } = socket as Socket & { _httpMessage?: ServerResponse }
  if (error.code === 'ECONNRESET' || !socket.writable || current?.headersSent) {
    socket.destroy()
    return
  }
  const code = codeOf(error)
  told(code, socket.remoteAddress)
  socket.end(rawProblem(code), () => socket.destroy())
}

/**
 * Keep-alive connections of one system. What matters here is when an idle connection is thrown
 * away: a server that closes one just as we write leaves us not knowing whether the request was
 * read. So ours goes first, always a second before the server said it would close (`Keep-Alive:
 * timeout`), and after 4 s where it said nothing: the common servers wait 5 s (Node, Apache) or
 * longer (nginx 75 s, IIS 120 s).
 *
 * What remains is a server that closes without a word (a restart, a frozen machine) while we are
 * busy: its farewell lies unread in the kernel. `isRested` tells which connections have been idle
 * long enough for that, so that the farewell can be read before they are used.
 */
import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'

export interface TlsOptions {
  /** PEM. Replaces the system's list of authorities. */
  readonly ca?: string | readonly string[]
  /** PEM. Certificate and key that the hub shows. */
  readonly cert?: string
  readonly key?: string
  readonly passphrase?: string
}

export interface SocketOptions {
  /** Open connections per origin. Further requests wait for a free one. Default 64. */
  readonly max?: number
  /** How long an unused connection is kept where the server says nothing. Default 4,000. */
  readonly idleMs?: number
}

export interface Agents {
  readonly http: http.Agent
  readonly https: https.Agent
}

const marginMs = 1000
const restedAfterMs = 5
const freeSince = new WeakMap<Socket, number>()

/** Whether this connection has been without work for a while. */
export const isRested = (socket: Socket): boolean => {
  const since = freeSince.get(socket)
  return since !== undefined && performance.now() - since >= restedAfterMs
}

/** How long to keep a connection after this answer; 0 means that it is not kept. */
export function idleTimeMs(keepAlive: string | undefined, idleMs: number): number {
  const hint = /(?:^|[,;\s])timeout=(\d+)/i.exec(keepAlive ?? '')?.[1]
  if (hint === undefined) return idleMs
  return Math.max(0, Math.min(idleMs, Number(hint) * 1000 - marginMs))
}

export function createAgents(
  { max = 64, idleMs = 4000 }: SocketOptions,
  tls: TlsOptions = {},
): Agents {
  const common = { keepAlive: true, maxSockets: max, maxFreeSockets: max }
  return {
    http: keepIdle(new http.Agent(common), idleMs),
    https: keepIdle(
      new https.Agent({
        ...common,
        ...(tls.ca && { ca: typeof tls.ca === 'string' ? tls.ca : [...tls.ca] }),
        ...(tls.cert && { cert: tls.cert }),
        ...(tls.key && { key: tls.key }),
        ...(tls.passphrase && { passphrase: tls.passphrase }),
        minVersion: 'TLSv1.2',
        // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
        rejectUnauthorized: true,
      }),
      idleMs,
    ),
  }
}

/** The agent asks this question whenever a connection becomes free. */
function keepIdle<A extends http.Agent>(agent: A, idleMs: number): A {
  // Documented as an extension point of http.Agent, but absent from its types.
  const extension = agent as unknown as {
    keepSocketAlive(socket: AnsweredSocket): boolean
  }
  extension.keepSocketAlive = (socket) => {
    const keepMs = idleTimeMs(socket._httpMessage?.res?.headers['keep-alive'] as string, idleMs)
    if (keepMs === 0) return false
    freeSince.set(socket, performance.now())
    socket.setKeepAlive(true, 1000)
    socket.unref()
    if (socket.timeout !== keepMs) socket.setTimeout(keepMs)
    return true
  }
  return agent
}

interface AnsweredSocket extends Socket {
  readonly _httpMessage?: { readonly res?: http.IncomingMessage }
}

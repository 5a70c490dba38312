import type { ClientRequest } from 'node:http'

/** A body that is made while it is sent; asked for anew by each connection that is tried. */
export interface BodyStream {
  pieces(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

type Body = Uint8Array | BodyStream | undefined

export const isStream = (body: Body): body is BodyStream =>
  typeof body === 'object' && 'pieces' in body

const pieceBytes = 64 * 1024

/** A body that the kernel may not take at once is sent piece by piece, so that it can be stopped in its midst. */
export function inPieces(body: Body): Body {
  if (body === undefined || isStream(body) || body.length <= pieceBytes) return body
  return {
    *pieces() {
      for (let at = 0; at < body.length; at += pieceBytes) yield body.subarray(at, at + pieceBytes)
    },
  }
}

/**
 * Sends piece by piece, as fast as the other side takes them, and asks before each whether it still may:
 * what lacks its last piece has not been sent. False when the request was over before all of it had been
 * sent; throws what the body throws.
 */
export async function pour(
  request: ClientRequest,
  body: BodyStream,
  mayWrite: () => boolean,
): Promise<boolean> {
  for await (const piece of body.pieces()) {
    if (!mayWrite()) return false
    if (!request.write(piece)) await roomIn(request)
  }
  if (!mayWrite()) return false
  request.end()
  return true
}

const roomIn = (request: ClientRequest): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      request.off('drain', done)
      request.off('close', done)
      resolve()
    }
    request.once('drain', done)
    request.once('close', done)
    if (request.destroyed) done()
  })

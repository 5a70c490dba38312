import type { ClientRequest } from 'node:http'

/** A body that is made while it is sent; asked for anew by each connection that is tried. */
export interface BodyStream {
  pieces(): AsyncIterable<Uint8Array>
}

export const isStream = (body: string | Uint8Array | BodyStream | undefined): body is BodyStream =>
  typeof body === 'object' && 'pieces' in body

/**
 * Sends piece by piece, as fast as the other side takes them. False when the request was over before all
 * of it was sent; throws what the body throws.
 */
export async function pour(request: ClientRequest, body: BodyStream): Promise<boolean> {
  for await (const piece of body.pieces()) {
    if (request.destroyed) return false
    if (!request.write(piece)) await roomIn(request)
  }
  if (request.destroyed) return false
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

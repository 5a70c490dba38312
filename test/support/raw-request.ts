/** A request as node makes it: its body, its headers and its end are as they are said. */
import { type ClientRequest, request as httpRequest, type IncomingHttpHeaders } from 'node:http'

export interface Upload {
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
  readonly key: string
  readonly headers?: Record<string, string | number>
  /** Breaks the line after the body instead of ending it. */
  readonly breaks?: boolean
}
export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  readonly json: Record<string, unknown>
  readonly whole: boolean
}

export const rawRequest = (
  address: string,
  method: string,
  path: string,
  { body, key, headers, breaks }: Upload,
) =>
  new Promise<RawAnswer>((resolve, reject) => {
    const { hostname, port } = new URL(address)
    const outgoing = httpRequest({
      ...{ method, path, host: hostname, port, agent: false },
      headers: { 'x-api-key': key, ...headers },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (answer) => {
      const chunks: Buffer[] = []
      const end = () => {
        const bytes = Buffer.concat(chunks)
        const isJson = answer.headers['content-type']?.includes('json')
        const json = isJson ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : {}
        const { statusCode: status = 0, headers: answered, complete: whole } = answer
        resolve({ status, headers: answered, bytes, json, whole })
      }
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', () => undefined)
      answer.on('close', end)
    })
    void (async () => {
      for await (const piece of body instanceof Uint8Array ? [body] : body)
        if (!outgoing.destroyed && !outgoing.write(piece)) await roomIn(outgoing)
      if (breaks) outgoing.destroy(new Error('broken off'))
      else outgoing.end()
    })()
  })

const roomIn = (outgoing: ClientRequest): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done).off('close', done)
      resolve()
    }
    outgoing.on('drain', done).on('close', done)
  })

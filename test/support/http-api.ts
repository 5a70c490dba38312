/** The HTTP API over real sockets on 127.0.0.1, in front of a hub in memory. */
import { readFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readStrictBatch, readStrictJson } from '../../src/adapters/json/strict-json.ts'
import { closeServer, createServer, type ServerOptions } from '../../src/app/http/server.ts'
import type { HttpTools } from '../../src/app/http/tools.ts'
import { compile, createFakeHub, type FakeHub, type World } from './fake-hub.ts'
import { createAnswerCheck } from './openapi-check.ts'

/** The adapters the real hub hands in. */
const tools: HttpTools = {
  json: {
    read: (bytes) => readStrictJson(bytes, { depth: 64 }).value,
    readBatch: (bytes, items) => readStrictBatch(bytes, { depth: 64, items }),
  },
  compile,
}

interface ApiAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Undefined when the body is no JSON. */
  readonly json: Readonly<Record<string, unknown>>
}

export interface Api {
  readonly hub: FakeHub
  readonly server: Server
  readonly port: number
  readonly url: string
  /** Fails when the answer is not one that the OpenAPI document declares. */
  ask(method: string, path: string, options?: AskOptions): Promise<ApiAnswer>
  close(): Promise<void>
}

export interface AskOptions {
  readonly key?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string | Uint8Array
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

export const readText = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** Every answer that any test gets is held against the OpenAPI document. */
const checkAnswer = createAnswerCheck(
  JSON.parse(readText('schemas/cloudevents/event/v1.schema.json')) as object,
)

/** Starts the API; ends when `close` has been called, with no connection left. */
export async function startApi(
  given: Partial<ServerOptions> & { readonly world?: Partial<World> } = {},
): Promise<Api> {
  const { world, ...options } = given
  const hub = createFakeHub(world)
  const server = createServer(hub, { tools, ...options })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const ask = (method: string, path: string, { key, headers = {}, body }: AskOptions = {}) =>
    new Promise<ApiAnswer>((resolve, reject) => {
      const all = { ...headers, ...(key !== undefined && { authorization: `Bearer ${key}` }) }
      const outgoing = httpRequest({
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: all,
        agent: false,
      })
      outgoing.on('error', reject)
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          const { statusCode: status = 0, headers: answered } = response
          try {
            checkAnswer({ method, path, status, headers: answered, text })
            resolve({ status, headers: answered, text, json: parse(text) })
          } catch (error) {
            reject(error)
          }
        })
      })
      outgoing.end(body)
    })

  return {
    hub,
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    ask,
    close: () => closeServer(server, 1000),
  }
}

/** A valid event; a test changes what it is about. */
export const anEvent = (changes: Readonly<Record<string, unknown>> = {}) => ({
  specversion: '1.0',
  id: 'e-1',
  source: 'urn:h99:mot-cua',
  type: 'vn.tthc.dossier.progressed.v1',
  subject: 'H99.12-261122-0001',
  time: '2026-11-22T08:30:00+07:00',
  datacontenttype: 'application/json',
  data: { code: 'H99.12-261122-0001', step: 'Thụ lý' },
  ...changes,
})

export const structured = { 'content-type': 'application/cloudevents+json' }
export const batch = { 'content-type': 'application/cloudevents-batch+json' }
export const json = { 'content-type': 'application/json' }

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHttpClient, type SystemHttpClient } from '../../../src/adapters/http/client.ts'
import {
  type ConnectorFiles,
  fileContent,
  type OpenFile,
  type Outgoing,
  xml,
  xmlDocument,
} from '../../../src/connector/index.ts'
import { createConnectorFiles } from '../../../src/engine/files/connector-files.ts'
import {
  aPdf,
  bytesOf,
  createFilesInMemory,
  type FilesInMemory,
  piecesOf,
} from '../../support/files.ts'

interface Came {
  readonly length: string | undefined
  readonly coding: string | undefined
  readonly body: string
}

let server: Server
let came: Came[]
let connections: number
let world: FilesInMemory
let files: ConnectorFiles
let http: SystemHttpClient
/** Answers at once, without reading. */
let hasty: boolean

const originOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const signal = new AbortController().signal
const checked = <T>(value: T) => value as Outgoing<T>
const send = (body: object | string, client = http) =>
  client.request({
    method: 'POST',
    url: `${originOf()}/nop`,
    body: checked(body as object),
    signal,
  })
const clientWith = (from: Pick<ConnectorFiles, 'open'>) =>
  createHttpClient({ allowedOrigins: [originOf()], timeoutMs: 10_000, files: from })

beforeEach(async () => {
  came = []
  connections = 0
  hasty = false
  server = createServer((request, response) => {
    if (hasty) {
      response.writeHead(413, { connection: 'close' }).end('{"too":"large"}')
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => undefined)
    request.on('end', () => {
      came.push({
        length: request.headers['content-length'],
        coding: request.headers['transfer-encoding'],
        body: Buffer.concat(chunks).toString(),
      })
      response.end('{}')
    })
  })
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  world = createFilesInMemory()
  const clock = { now: () => world.now, monotonicMs: () => 0 }
  files = createConnectorFiles(world.files, clock, {
    ...{ system: 'thu', publicUrl: 'https://hub.example.test/' },
  })
  http = clientWith(files)
})
afterEach(async () => {
  http.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const keep = (bytes: Uint8Array, name = 'đơn.pdf') => files.keep(piecesOf(bytes, 5000), name)

describe('files of a connector', () => {
  it('leave as base64 inside JSON, with the length announced, once and again', async () => {
    const [pdf, other] = [aPdf(100_001), aPdf(7)]
    const [first, second] = [await keep(pdf), await keep(Buffer.concat([other, pdf]))]
    const value = {
      ten: 'Tờ khai "thử" – 1',
      tep: [fileContent(first.id), fileContent(second.id)],
      data: JSON.stringify({ tep: fileContent(first.id) }),
    }
    for (let n = 0; n < 3; n += 1) expect((await send(value)).status).toBe(200)
    const base64 = pdf.toString('base64')
    for (const { length, coding, body } of came) {
      expect([length, coding]).toEqual([String(Buffer.byteLength(body)), undefined])
      expect(JSON.parse(body)).toEqual({
        ten: value.ten,
        tep: [base64, Buffer.concat([other, pdf]).toString('base64')],
        data: JSON.stringify({ tep: base64 }),
      })
    }
    expect([came.length, connections]).toEqual([3, 1])
    expect(http.counters().sentBytes).toBe(came.reduce((sum, one) => sum + Number(one.length), 0))
  })

  it('leave inside XML', async () => {
    const { id } = await keep(aPdf(1000))
    await send(xmlDocument(xml('tep', { ten: 'Đơn' }, fileContent(id))))
    expect(came[0]?.body).toContain(`<tep ten="Đơn">${aPdf(1000).toString('base64')}</tep>`)
  })

  it.each([
    ['unknown', 'file-missing', (_: string) => undefined],
    ['purged', 'file-missing', (id: string) => world.rows.delete(id)],
    ['lost by the store', 'file-unreadable', (id: string) => world.contents.delete(id)],
    ['altered', 'file-unreadable', (id: string) => world.contents.get(id)?.fill(1, 70_000, 70_001)],
  ])('that are %s are permanent %s before a byte has left', async (what, code, breakIt) => {
    const kept = await keep(aPdf(150_000))
    const id = what === 'unknown' ? '7d3f1c52-0000-4000-8000-00000000000f' : kept.id
    breakIt(id)
    await expect(send({ tep: fileContent(id) })).rejects.toMatchObject({
      outcome: { kind: 'permanent', code },
    })
    expect([connections, http.counters().requests]).toEqual([0, 0])
  })

  it('are tried again later when their store is away', async () => {
    const { id } = await keep(aPdf())
    const { HubError } = await import('../../../src/domain/errors.ts')
    for (const [part, code] of [
      ['use', 'store-unavailable'],
      ['read', 'files-unavailable'],
    ] as const) {
      world.failures.clear()
      world.failures.set(part, new HubError(code))
      await expect(send({ tep: fileContent(id) })).rejects.toMatchObject({
        outcome: { kind: 'retry', code },
      })
    }
    expect(connections).toBe(0)
  })

  it('that break off while they are sent leave an unknown outcome, and no whole request', async () => {
    const { id } = await keep(aPdf(400_000))
    let opened = 0
    async function* broken(content: AsyncIterable<Uint8Array>) {
      let sent = 0
      for await (const piece of content) {
        if (sent > 200_000) throw new Error('the disk went away')
        sent += piece.length
        yield piece
      }
    }
    const client = clientWith({
      async open(which): Promise<OpenFile> {
        const file = await files.open(which)
        opened += 1
        return opened === 1 ? file : { ...file, content: broken(file.content) }
      },
    })
    await expect(send({ tep: fileContent(id) }, client)).rejects.toMatchObject({
      outcome: { kind: 'unknown', code: 'bug' },
    })
    client.close()
    expect([opened, came.length]).toEqual([2, 0])
  })

  it('are not sent on to who has answered already', async () => {
    const { id } = await keep(aPdf(20_000_000))
    hasty = true
    const answer = await send({ tep: fileContent(id) }).catch((error: unknown) => error)
    // A reset may overtake the answer; then nobody knows.
    expect([
      expect.objectContaining({ status: 413 }),
      expect.objectContaining({ outcome: expect.objectContaining({ kind: 'unknown' }) }),
    ]).toContainEqual(answer)
  })

  it('stand in a body only', async () => {
    const { id } = await keep(aPdf())
    const request = { method: 'GET', url: `${originOf()}/`, signal } as const
    for (const more of [
      { query: { tep: fileContent(id) } },
      { headers: { 'x-tep': fileContent(id) } },
    ])
      await expect(http.request({ ...request, ...more })).rejects.toThrow('in a body only')
  })

  it('are kept once, opened by id, and linked for a while', async () => {
    const first = await keep(aPdf())
    expect(await keep(aPdf())).toEqual(first)
    expect([world.contents.size, world.rows.get(first.id)?.client]).toEqual([1, 'system:thu'])
    const { content, ...facts } = await files.open(first.id)
    expect(facts).toEqual(first)
    expect((await bytesOf(content)).equals(aPdf())).toBe(true)
    const link = await files.link(first.id, 3)
    const token = /^https:\/\/hub\.example\.test\/files\/(.+)$/.exec(link)?.[1] ?? ''
    expect((await world.files.openLink(token)).name).toBe('đơn.pdf')
    world.now = new Date(world.now.getTime() + 3 * 86_400_000)
    await expect(world.files.openLink(token)).rejects.toMatchObject({ code: 'link-expired' })
    await expect(keep(Buffer.from('MZ'), 'a.exe')).rejects.toMatchObject({
      outcome: { kind: 'permanent', code: 'file-type-refused' },
    })
  })
})

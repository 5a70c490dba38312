/**
 * As much of S3 as the hub needs, in memory, over real HTTP. It verifies signatures by the published
 * algorithm (AWS Signature Version 4) and the hash of what it is given, as the real ones do.
 */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TestS3 {
  readonly address: string
  readonly objects: Map<string, Buffer>
  /** What it does instead of its work. */
  mode: 'works' | 'fails' | 'silent' | 'cuts'
  readonly refusals: string[]
  close(): Promise<void>
}

export const s3Account = { keyId: 'HUBTESTKEY', secret: 'bi-mat-cua-kho-thu', region: 'vn-h99' }

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

/** What is wrong with the signature; undefined when it is right. */
function faultOf({ method, url = '', headers }: IncomingMessage, body: Buffer): string | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/
  const [, keyId, day = '', region = '', signed = '', signature] =
    form.exec(headers.authorization ?? '') ?? []
  if (keyId !== s3Account.keyId || region !== s3Account.region) return 'credential'
  const time = String(headers['x-amz-date'])
  if (!/^\d{8}T\d{6}Z$/.test(time) || !time.startsWith(day)) return 'date'
  for (const needed of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!signed.split(';').includes(needed)) return `unsigned ${needed}`
  if (headers['x-amz-content-sha256'] !== sha256(body)) return 'content hash'
  const [path = '', query = ''] = url.split('?')
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const canonical = [method, path, query, lines.join(''), signed, sha256(body)].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const key = [region, 's3', 'aws4_request'].reduce(
    hmac,
    hmac(`AWS4${s3Account.secret}`, day) as Buffer,
  )
  return hmac(key, text).toString('hex') === signature ? undefined : 'signature'
}

export async function startS3(): Promise<TestS3> {
  const objects = new Map<string, Buffer>()
  const refusals: string[] = []

  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const fault = faultOf(request, body)
    if (fault) refusals.push(fault)
    if (fault || s3.mode === 'fails') {
      response.writeHead(fault ? 403 : 500).end('<Error/>')
      return
    }
    const name = request.url ?? ''
    const found = objects.get(name)
    if (request.method === 'PUT') objects.set(name, body)
    if (request.method === 'DELETE') objects.delete(name)
    if (request.method !== 'GET') response.writeHead(request.method === 'PUT' ? 200 : 204).end()
    else if (!found) response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    else {
      response.writeHead(200, { 'content-length': found.length })
      if (s3.mode === 'cuts')
        response.write(found.subarray(0, found.length / 2), () => response.destroy())
      else response.end(found)
    }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => undefined)
    request.on('end', () => {
      if (s3.mode !== 'silent') answer(request, response, Buffer.concat(chunks))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const s3: TestS3 = {
    address: `http://127.0.0.1:${port}`,
    objects,
    mode: 'works',
    refusals,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return s3
}

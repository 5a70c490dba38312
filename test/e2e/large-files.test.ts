import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { aPdf } from '../support/files.ts'
import { endProcess, forkHub, hubAddress, runHub } from '../support/hub-process.ts'
import { rawRequest } from '../support/raw-request.ts'
import { waitUntil } from '../support/wait.ts'

const megabyte = 1024 * 1024
const headers = {
  'content-type': 'application/pdf',
  'content-disposition': 'attachment; filename="lon.pdf"',
}

/** The most memory the process has ever held, in bytes. */
const peakOf = ({ pid }: ChildProcess): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024
}

/** 50 MB to the byte, differing in the first piece. */
async function* large(first: number) {
  const head = aPdf(megabyte)
  head[100] = first
  yield head
  const rest = aPdf(megabyte)
  for (let n = 1; n < 50; n += 1) yield rest
}

it('large files come and go in little memory; a killed process leaves what is swept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-large-'))
  const database = await createTestDatabase()
  const env = {
    ...{ HUB_ENV: 'test', HUB_DATABASE_URL: database.url, HUB_DATA_DIR: folder },
    HUB_HTTP_PORT: '0',
  }
  const incoming = () => readdirSync(join(folder, 'files/incoming'))
  let child = forkHub(['start'], env)
  try {
    let address = await hubAddress(child)
    const made = await runHub(
      [
        ...['client', 'create', 'mot-cua', '--title', 'Một cửa', '--source', '*', '--json'],
        ...['--scope', 'files:write', '--scope', 'files:read', '--reason', 'Kiểm thử'],
      ],
      env,
    )
    const { key } = JSON.parse(made.stdout) as { key: string }
    const upload = (body: AsyncIterable<Uint8Array>, breaks = false) =>
      rawRequest(address, 'POST', '/api/v1/files', { body, key, headers, breaks })
    const content = (id: unknown) =>
      rawRequest(address, 'GET', `/api/v1/files/${id}/content`, { body: new Uint8Array(), key })

    // What the first file needs once for all (code, buffers of the runtime) is not what a file needs.
    expect((await upload(large(0))).status).toBe(201)
    const before = peakOf(child)
    const kept = await Promise.all([1, 2].map((first) => upload(large(first))))
    expect(kept.map(({ status, json }) => [status, json.size])).toEqual(
      kept.map(() => [201, 50 * megabyte]),
    )
    const read = await Promise.all(kept.map(({ json }) => content(json.id)))
    expect(read.map(({ bytes }) => bytes.length)).toEqual(kept.map(() => 50 * megabyte))
    // 100 MB came and 100 MB went at the same time.
    expect((peakOf(child) - before) / megabyte).toBeLessThan(75)

    let proceed = (): void => undefined
    async function* half() {
      yield aPdf(2 * megabyte)
      await new Promise<void>((resolve) => {
        proceed = resolve
      })
    }
    const broken = upload(half(), true).catch((error: Error) => error.message)
    await waitUntil('half of it is here', incoming, (left) => left.length === 1)
    await endProcess(child, 'SIGKILL')
    proceed()
    expect(await broken).toEqual(expect.any(String))
    const [left = ''] = incoming()
    const long = Date.now() / 1000 - 7200
    utimesSync(join(folder, 'files/incoming', left), long, long)

    child = forkHub(['start'], env)
    address = await hubAddress(child)
    expect(incoming()).toEqual([])
    expect((await content(kept[0]?.json.id)).bytes.length).toBe(50 * megabyte)
  } finally {
    await endProcess(child)
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}, 240_000)

/**
 * What one process takes to send, and to receive, a document with so many megabytes of attachments. The
 * worker is a process of its own, so that its memory is its own.
 *
 *   AXIS_MEGABYTES=50 npx vitest run test/e2e/truc-van-ban-large.test.ts
 *
 * Without the variable 20 of them, which is enough to see whether a document is in memory twice.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import documentSent from '../../connectors/truc-van-ban/fixtures/document.message.json' with {
  type: 'json',
}
import { createAxis, secret } from '../../connectors/truc-van-ban/simulator.ts'
import type { Held } from '../../connectors/truc-van-ban/simulator-esb.ts'
import { aPdf } from '../support/files.ts'
import { endProcess, forkHub, hubReady } from '../support/hub-process.ts'
import { openTestHub } from '../support/hub-server.ts'
import { rawRequest } from '../support/raw-request.ts'
import { waitUntil } from '../support/wait.ts'

const megabytes = Number(process.env.AXIS_MEGABYTES ?? 20)
const megabyte = 1024 * 1024
const maxMegabytes = Math.ceil((megabytes * 4) / 3) + 1
const filesOfDocument = 4
const title = { vi: 'Trục văn bản', en: 'Document axis' }
const act = { actor: 'test', reason: 'Kiểm thử' }
/**
 * Buffers of the runtime, and what its collector has not taken away yet: later ones let more gather, whatever
 * the document's size (Node 24: 42 and 53 MB for sending 20 and 50 MB, 105 and 100 for receiving them).
 */
const allowance =
  Number(process.versions.node.split('.')[0]) < 22
    ? { sending: 40, receiving: 40 }
    : { sending: 65, receiving: 90 }

const statusOf = (pid: number | undefined, name: string): number =>
  Number(
    new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
  ) / 1024

/** By how many megabytes the process grew at most while this was done. */
async function growth(pid: number | undefined, work: () => Promise<unknown>): Promise<number> {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const before = statusOf(pid, 'VmRSS')
  await work()
  return statusOf(pid, 'VmHWM') - before
}

it(`sends and receives ${megabytes} MB of attachments in little memory`, async () => {
  const axis = await createAxis({ port: 0, forget: true }, maxMegabytes * megabyte)
  const unit = (id: string, systemId: string, limit: number) => ({
    ...{ id, connector: 'truc-van-ban', title, timeoutMs: 60_000 },
    options: {
      ...{ baseUrl: axis.address, maxMegabytes: limit },
      credentials: {
        ...{ style: 'signed-headers', systemId, secret: 'env:HUB_SECRET_AXIS' },
        prefix: 'XroadVnpt-',
      },
    },
  })
  const server = await openTestHub({
    systems: [
      unit('truc-an', 'H99.14', maxMegabytes),
      unit('truc-binh', 'H99.15', maxMegabytes),
      unit('truc-nho', 'H99.14', Math.max(1, megabytes - 1)),
    ],
    jobs: [
      {
        kind: 'push',
        id: 'gui',
        title,
        to: 'truc-an',
        types: [documentSent.type],
        sources: ['/h99/qlvb'],
      },
      {
        kind: 'push',
        id: 'gui-nho',
        title,
        to: 'truc-nho',
        types: [documentSent.type],
        sources: ['/h99/nho'],
      },
      {
        ...{ kind: 'pull', id: 'nhan', title, from: 'truc-binh', operation: 'van-ban-den' },
        schedule: '0 2 1 1 *',
      },
    ],
    secrets: { HUB_SECRET_AXIS: secret },
    role: 'api',
  })
  const key = await server.key('admin')
  const child = forkHub(['start'], { ...server.env, HUB_ROLE: 'worker', HUB_LOG: 'json' })

  const upload = async (content: Uint8Array) => {
    const { json } = await rawRequest(server.address, 'POST', '/api/v1/files', {
      ...{ body: content, key },
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="cong-van.pdf"',
      },
    })
    const { id: fileId, name, mediaType, size } = json
    return { fileId, name, mediaType, size }
  }
  const submit = async (id: string, attachments: readonly object[], source = '/h99/qlvb') => {
    const data = { ...documentSent.data, key: id, attachments }
    const { json } = await server.ask('POST', '/api/v1/messages', {
      key,
      headers: { 'content-type': 'application/cloudevents+json' },
      body: { ...documentSent, id, source, subject: id, data },
    })
    const [delivery] = json.deliveries as { id: string }[]
    return waitUntil(
      'the delivery has an end',
      async () => (await server.ask('GET', `/api/v1/deliveries/${delivery?.id}`, { key })).json,
      ({ state }) => state === 'delivered' || state === 'dead',
      120_000,
    )
  }
  const received = async () =>
    (
      await server.database.sql<{ n: number }>(
        "select count(*)::int as n from hub.message where type = 'vn.document.edoc.received.v1'",
      )
    )[0]?.n
  const receive = async (count: number) => {
    await server.hub.pulls.runNow('nhan', act)
    await waitUntil('the document is here', received, (n) => n === count, 120_000)
  }

  try {
    await hubReady(child)
    // What the first document needs once for all is not what a document needs.
    await submit('VB-99-0001', [await upload(aPdf(megabyte))])
    await receive(1)

    const content = aPdf((megabytes * megabyte) / filesOfDocument)
    const attachments: object[] = []
    for (let n = 0; n < filesOfDocument; n += 1) {
      content[100] = n
      attachments.push(await upload(content))
    }
    expect(await submit('VB-99-0003', attachments, '/h99/nho')).toMatchObject({
      ...{ state: 'dead', code: 'file-too-large' },
    })
    expect(axis.state().size).toBe(1)

    const sending = await growth(child.pid, async () => {
      expect(await submit('VB-99-0002', attachments)).toMatchObject({ state: 'delivered' })
    })
    const size = [...axis.state().values()].map((one) => (one as Held).edxml.length).at(-1) ?? 0
    expect(size).toBeGreaterThan((megabytes * megabyte * 4) / 3)
    const receiving = await growth(child.pid, () => receive(2))

    process.stdout.write(
      `axis: ${megabytes} MB, ${(size / megabyte).toFixed(1)} MB as edXML; sending grew by ${sending.toFixed(0)} MB, receiving by ${receiving.toFixed(0)} MB\n`,
    )
    expect(sending).toBeLessThan(allowance.sending)
    expect(receiving).toBeLessThan(size / megabyte + allowance.receiving)
  } finally {
    await endProcess(child)
    await server.close()
    await axis.stop()
  }
}, 240_000)

/** A hub for the tests of the console: dossiers on their way to a receiver that can be told how to answer. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import { aDossier } from './dvcqg.ts'
import { openTestHub, type TestHub } from './hub-server.ts'
import { waitUntil } from './wait.ts'

const words = { vi: 'Sở Nội vụ', en: 'Department of Home Affairs' }
const type = 'vn.tthc.dossier.upserted.v1'
/** `whsec_` and base64, as the connector wants it; it opens nothing. */
const secret = `whsec_${Buffer.from('of the tests of the console').toString('base64')}`

export interface ConsoleWorld {
  readonly hub: TestHub
  /** How the receiver answers from now on. */
  answer(status: number): void
  /** Dossiers that were taken. */
  readonly taken: () => number
  /** Submits dossiers with these codes. */
  submit(...codes: readonly string[]): Promise<void>
  /** Until so many deliveries are in this state. */
  until(state: string, count: number): Promise<unknown>
  close(): Promise<void>
}

export async function openConsoleWorld(): Promise<ConsoleWorld> {
  let status = 200
  let taken = 0
  const receiver = createServer((request, response) => {
    request.resume().on('end', () => {
      if (status < 300) taken += 1
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const { port } = receiver.address() as AddressInfo
  const system: SystemFile = {
    ...{ id: 'noi-vu', connector: 'webhook', title: words },
    options: {
      ...{ url: `http://127.0.0.1:${port}/hook`, secret: 'env:HUB_SECRET_HOOK' },
      content: 'full',
    },
    retry: { stepsSeconds: [1] },
  }
  const hub = await openTestHub({
    systems: [system],
    jobs: [{ kind: 'push', id: 'ho-so-noi-vu', title: words, types: [type], to: 'noi-vu' }],
    secrets: { HUB_SECRET_HOOK: secret },
  })
  const key = await hub.key('admin')
  let events = 0
  return {
    hub,
    answer(next) {
      status = next
    },
    taken: () => taken,
    async submit(...codes) {
      for (const code of codes) {
        const { status: said, json } = await hub.ask('POST', '/api/v1/messages', {
          key,
          headers: { 'content-type': 'application/cloudevents+json' },
          body: {
            ...{ specversion: '1.0', id: `console-${++events}`, source: '/h99/mot-cua', type },
            ...{ subject: code, time: '2026-11-22T08:00:00+07:00' },
            data: { dossier: aDossier({ code }) },
          },
        })
        if (said !== 202) throw new Error(`not accepted: ${JSON.stringify(json)}`)
      }
    },
    until: (state, count) =>
      waitUntil(
        `${count} ${state}`,
        async () => {
          const [row] = await hub.database.sql<{ count: number }>(
            'select count(*)::int as count from hub.delivery where state = $1',
            [state],
          )
          return row?.count ?? 0
        },
        (found) => found === count,
      ),
    async close() {
      await hub.close()
      receiver.closeAllConnections()
      await new Promise((done) => receiver.close(done))
    },
  }
}

/** A hub whose land dossiers fail: their procedure is in no code table yet. */
import example from '../../connectors/dat-dai/fixtures/dossier.message.json' with { type: 'json' }
import createIlis from '../../connectors/dat-dai/simulator.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from './hub-server.ts'
import { waitUntil } from './wait.ts'

export interface LandWorld {
  readonly hub: TestHub
  readonly ilis: Simulator
  /** Sends land dossiers of this procedure, numbered from `first`; answers their codes. */
  submit(procedure: string, first: number, count: number): Promise<readonly string[]>
  /** Waits until so many deliveries are in this state. */
  until(state: string, count: number): Promise<void>
  /** The id of the message of a dossier, the corrected one where there is one. */
  messageOf(subject: string): Promise<string>
  close(): Promise<void>
}

export const unknownProcedure = '1.099999'
export const knownProcedure = '1.012345'

export async function openLandWorld(): Promise<LandWorld> {
  const ilis = await createIlis({ port: 0, forget: true })
  const title = { vi: 'Hệ thống đất đai', en: 'Land system' }
  const hub = await openTestHub({
    systems: [
      {
        ...{ id: 'ilis', connector: 'dat-dai', title, timeoutMs: 2_000, settleMs: 200 },
        options: {
          ilis: {
            baseUrl: ilis.address,
            credentials: {
              ...{ style: 'oauth2', tokenUrl: `${ilis.address}/token` },
              ...{ clientId: 'tinh-demo', clientSecret: 'env:HUB_SECRET_TEST' },
              ...{ username: 'mot-cua-h99', password: 'env:HUB_SECRET_USER' },
            },
          },
        },
      },
    ],
    jobs: [{ kind: 'push', id: 'to-land', title, to: 'ilis', types: [example.type] }],
    secrets: { HUB_SECRET_TEST: 'not-a-real-secret', HUB_SECRET_USER: 'not-a-real-password' },
  })
  const key = await hub.key('messages:write')
  const { sql } = hub.database
  return {
    ...{ hub, ilis },
    async submit(procedure, first, count) {
      const codes = Array.from({ length: count }, (_, at) => {
        const number = String(first + at).padStart(4, '0')
        return `H99.14-260302-${number}`
      })
      const events = codes.map((code) => ({
        ...{ ...example, id: `${code}.1`, subject: code },
        data: { ...example.data, code, procedure: { ...example.data.procedure, code: procedure } },
      }))
      for (let at = 0; at < events.length; at += 100) {
        const { status } = await hub.ask('POST', '/api/v1/messages', {
          ...{ key, body: events.slice(at, at + 100) },
          headers: { 'content-type': 'application/cloudevents-batch+json' },
        })
        if (status >= 300) throw new Error(`refused: ${status}`)
      }
      return codes
    },
    async until(state, count) {
      await waitUntil(
        `${count} are ${state}`,
        () =>
          sql<{ n: number }>('select count(*)::int as n from hub.delivery where state = $1', [
            state,
          ]),
        ([row]) => (row?.n ?? 0) >= count,
        30_000,
      )
    },
    async messageOf(subject) {
      const [row] = await sql<{ id: string }>(
        'select id from hub.message where subject = $1 order by id desc limit 1',
        [subject],
      )
      if (!row) throw new Error(`no message of ${subject}`)
      return row.id
    },
    async close() {
      await hub.close()
      await ilis.stop()
    },
  }
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import birth from '../../connectors/ho-tich/fixtures/birth.message.json' with { type: 'json' }
import {
  type CivilStatusSimulator,
  createCivilStatusSimulator,
} from '../../connectors/ho-tich/simulator.ts'
import { endProcess } from '../support/hub-process.ts'
import { openProvince, type Province } from '../support/province.ts'
import { waitUntil } from '../support/wait.ts'

let province: Province
let registry: CivilStatusSimulator
afterEach(async () => {
  await province.close()
  await registry.stop()
})

const progressed = 'vn.tthc.dossier.progressed.v1'
const codes = Array.from({ length: 9 }, (_, index) => `H99.14-260302-010${index}`)
const title = { vi: 'Hộ tịch', en: 'Civil status' }

/** YAML is a superset of JSON. */
const writeFiles = (folder: string): void => {
  const write = (path: string, content: object): void => {
    mkdirSync(join(folder, 'config', path, '..'), { recursive: true })
    writeFileSync(join(folder, 'config', path), JSON.stringify(content))
  }
  const credentials = {
    ...{ style: 'oauth2', tokenUrl: `${registry.address}/token` },
    ...{ clientId: 'tinh-demo', clientSecret: 'env:HUB_SECRET_PROVINCE' },
  }
  write('systems/ho-tich.yaml', {
    ...{ id: 'ho-tich', connector: 'ho-tich', title },
    options: { baseUrl: registry.address, provinceCode: '99', credentials },
  })
  const push = (id: string, to: string, types: readonly string[], more = {}) =>
    write(`jobs/${id}.yaml`, { kind: 'push', id, title, to, types, ...more })
  push('to-civil-status', 'ho-tich', [birth.type])
  push('sectoral-to-tthc', 'tthc', [progressed], { sources: ['/h99/ho-tich'] })
  write('jobs/from-civil-status.yaml', {
    ...{ kind: 'pull', id: 'from-civil-status', title, from: 'ho-tich' },
    ...{ operation: 'states', schedule: '0 0 1 1 *' },
  })
}

const submit = async (code: string): Promise<void> => {
  const event = { ...birth, id: code, subject: code, data: { ...birth.data, code } }
  const response = await fetch(`${province.address}/api/v1/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${province.key}`,
      'content-type': 'application/cloudevents+json',
    },
    body: JSON.stringify(event),
  })
  expect(response.status).toBe(202)
}
const count = async (query: string): Promise<number> =>
  (await province.database?.sql<{ n: number }>(`select count(*)::int as n from ${query}`))?.[0]
    ?.n ?? 0
const changes = () => count(`hub.message where type = '${progressed}'`)
const told = () => count(`hub.follow where state->>'told' is not null`)
const runNow = () => province.post('/api/v1/pulls/from-civil-status/run', {})

it('loses and doubles no change when the hub is killed in the middle of asking', async () => {
  province = await openProvince()
  registry = await createCivilStatusSimulator({ port: 0 })
  writeFiles(province.folder)
  expect(await province.configure((portal) => portal)).toMatchObject({ code: 0 })
  let hub = await province.start('all')
  for (const code of codes) await submit(code)
  await waitUntil(
    'all are followed',
    () => count('hub.follow'),
    (n) => n === codes.length,
  )
  for (const kills of [1, 2]) {
    registry.misbehave({ mode: 'slow', on: 'read', ms: 400 })
    await waitUntil('it is there', runNow, ({ status }) => status === 202)
    await waitUntil('a page is there', changes, (n) => n >= 3 * kills)
    await endProcess(hub, 'SIGKILL')
    // What is told and what is known to have been told are one.
    expect(await told()).toBe(await changes())
    expect(await changes()).toBeLessThan(codes.length)
    await province.database?.sql(
      `update hub.pull set lease_until = now(), next_run_at = now() + interval '1 day'`,
    )
    registry.behave()
    hub = await province.start('all')
  }
  await waitUntil('it is there', runNow, ({ status }) => status === 202)
  await waitUntil('all changes are there', changes, (n) => n === codes.length)
  const heard = () =>
    codes.map((code) => {
      const held = province.tthc.state().get(code) as { events?: readonly object[] } | undefined
      return held?.events?.length ?? 0
    })
  await waitUntil('the one-stop software has heard of each', heard, (seen) => !seen.includes(0))
  expect(heard()).toEqual(codes.map(() => 1))
  expect(await told()).toBe(codes.length)
}, 240_000)

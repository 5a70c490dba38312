import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestHub, type TestHub } from '../../support/hub-server.ts'

const title = { vi: 'Một cửa', en: 'One-stop' }
const act = { actor: 'user:tests', reason: 'lý do thử' }

let server: TestHub
beforeEach(async () => {
  const job = { kind: 'pull' as const, title, from: 'mot-cua', operation: 'dossiers' }
  server = await openTestHub({
    // Nobody plans.
    role: 'api',
    systems: [
      {
        ...{ id: 'mot-cua', connector: 'tthc', title },
        options: {
          ...{ baseUrl: 'http://127.0.0.1:1', auth: 'api-key', apiKey: 'env:HUB_SECRET_TTHC' },
          agencyCode: '000.00.00.H99',
        },
      },
    ],
    jobs: [
      { ...job, id: 'lay-ve', schedule: '0 2 1 1 *' },
      { ...job, id: 'da-tat', schedule: '0 2 1 1 *', enabled: false },
    ],
    secrets: { HUB_SECRET_TTHC: 'secret' },
  })
})
afterEach(() => server.close())

const requested = () =>
  server.database.sql('select job, run_requested from hub.pull where next_run_at <= now()')

it('runs a pull that no worker has planned yet', async () => {
  await server.hub.pulls.runNow('lay-ve', act)
  expect(await requested()).toEqual([{ job: 'lay-ve', run_requested: true }])
})

it('refuses to run what is paused, switched off or unknown', async () => {
  await server.hub.pulls.pause('lay-ve', act)
  await expect(server.hub.pulls.runNow('lay-ve', act)).rejects.toMatchObject({
    code: 'state-conflict',
  })
  await expect(server.hub.pulls.runNow('da-tat', act)).rejects.toMatchObject({
    code: 'state-conflict',
  })
  await expect(server.hub.pulls.runNow('khac', act)).rejects.toMatchObject({ code: 'not-found' })
  expect(await requested()).toEqual([])
})

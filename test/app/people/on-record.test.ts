/**
 * Acts that the matrix of rights can only try, done for once: each leaves its row in the audit trail, with the name
 * of who did it.
 */
import { generate } from 'otplib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addPerson, type Browser, goodPassword, openBrowser } from '../../support/browser.ts'
import { correctedData, type MatrixWorld, openMatrixWorld } from './matrix-world.ts'

let world: MatrixWorld
let person: Browser
let other: Browser
let third: Browser

/** The delivery of the matrix in this state, as a failure of a person's or none. */
async function inState(state: string): Promise<string> {
  const { delivery, message } = world.things.own
  const place = delivery.split('.')
  const { sql } = world.hub.database
  await sql('alter table hub.delivery disable trigger check_transition')
  await sql(
    `with d as (update hub.delivery set state = $3 where lane = $1 and number = $2),
       f as (delete from hub.failure where lane = $1 and number = $2)
     update hub.lane set blocked = false, head_number = $2, wake_at = null where id = $1`,
    [...place, state],
  )
  if (state !== 'waiting')
    await sql(
      `insert into hub.failure (lane, number, system, message_id, state, code)
       values ($1, $2, 'sys-a', $4, $3, 'target-rejected')`,
      [...place, state, message],
    )
  return delivery
}

async function aPlanIn(state: string): Promise<number> {
  const made = await person.ask('POST', '/api/v1/plans', {
    body: { action: 'hold', filter: { system: 'sys-b' }, reason: 'Kiểm thử' },
  })
  await world.hub.database.sql('update hub.plan set state = $2 where id = $1', [
    made.json.id,
    state,
  ])
  return made.json.id as number
}

beforeAll(async () => {
  world = await openMatrixWorld()
  await addPerson(world.hub, 'toan.quyen', {
    roles: ['operator'],
    mayRedrive: true,
    mayReveal: true,
  })
  await addPerson(world.hub, 'hai.nguoi', {
    roles: ['operator'],
    mayRedrive: true,
    mayReveal: true,
  })
  await addPerson(world.hub, 'quan.khach', { roles: ['administrator'] })
  person = openBrowser(world.hub)
  other = openBrowser(world.hub)
  third = openBrowser(world.hub)
  expect(await person.signIn('toan.quyen', goodPassword)).toBe('signed-in')
  expect(await other.signIn('quan.khach', goodPassword)).toBe('signed-in')
  expect(await third.signIn('hai.nguoi', goodPassword)).toBe('signed-in')
}, 120_000)
afterAll(() => world.hub.close())

const reason = { reason: 'Đã đối chiếu' }

/** Does it, and answers what is on record about it since. */
async function does(
  who: Browser,
  path: string,
  body?: unknown,
): Promise<{ actor: string; action: string }[]> {
  const { sql } = world.hub.database
  const [newest] = await sql<{ id: string }>('select max(id)::text as id from hub.audit')
  const answer = await who.ask('POST', path, body === undefined ? {} : { body })
  expect([answer.status, answer.json.detail]).toEqual([
    answer.status < 300 ? answer.status : 200,
    undefined,
  ])
  return sql(
    `select actor, action from hub.audit where id > $1 and actor like 'user:%' order by id`,
    [newest?.id],
  )
}

it.each([
  ['redrive', 'dead'],
  ['hold', 'waiting'],
  ['release', 'held'],
  ['confirm-delivered', 'unknown'],
  ['send-again', 'unknown'],
  ['give-up', 'unknown'],
])('%s', async (verb, state) => {
  const delivery = await inState(state)
  const rows = await does(person, `/api/v1/deliveries/${delivery}/${verb}`, reason)
  expect(rows).toEqual([{ actor: 'user:toan.quyen', action: `delivery.${verb}` }])
})

it.each([
  ['pause', 'running', 'plan.paused'],
  ['resume', 'paused', 'plan.resumed'],
])('%s of a plan', async (verb, state, action) => {
  const plan = await aPlanIn(state)
  const rows = await does(person, `/api/v1/plans/${plan}/${verb}`, reason)
  expect(rows).toEqual([{ actor: 'user:toan.quyen', action }])
})

it('withdraws a correction, and has one refused by somebody else', async () => {
  await inState('dead')
  const { message, dossier } = world.things.own
  const make = async () => {
    const made = await person.ask('POST', '/api/v1/corrections', {
      body: { ...reason, message, data: correctedData(dossier) },
    })
    return `/api/v1/corrections/${made.json.id}`
  }
  expect(await does(person, `${await make()}/withdraw`, reason)).toEqual([
    { actor: 'user:toan.quyen', action: 'correction.withdrawn' },
  ])
  const asked = await make()
  await does(person, `${asked}/ask`, reason)
  expect(await does(third, `${asked}/refuse`, reason)).toEqual([
    { actor: 'user:hai.nguoi', action: 'correction.refused' },
  ])
})

it('changes a job and a system, and goes back to an old revision', async () => {
  const { push, system } = world.things.own
  const action = (name: string) => [
    { actor: 'user:quan.khach', action: 'revision.applied' },
    { actor: 'user:quan.khach', action: name },
  ]
  const settings = { [`jobs/${push}`]: 'job.changed', [`systems/${system}`]: 'system.changed' }
  for (const [object, name] of Object.entries(settings)) {
    const path = `/api/v1/${object}/settings`
    const { json } = await other.ask('GET', path)
    const value = { ...(json.value as object), title: { vi: 'Tên mới', en: 'New name' } }
    const rows = await does(other, path, { ...reason, value, base: json.revision })
    expect(rows).toEqual(action(name))
  }
  const rows = await does(other, '/api/v1/revisions/1/restore', reason)
  expect(rows).toEqual(action('revision.restored'))
})

it('revokes a key', async () => {
  const { items } = (await other.ask('GET', '/api/v1/clients')).json as {
    items: { id: string; keys: { id: string }[] }[]
  }
  const client = items.find(({ keys }) => keys.length > 0)
  const path = `/api/v1/clients/${client?.id}/keys/${client?.keys[0]?.id}/revoke`
  expect(await does(other, path, reason)).toEqual([
    { actor: 'user:quan.khach', action: 'key.revoked' },
  ])
})

it('sets up a second factor by own will, and ends another session', async () => {
  const begun = await person.ask('POST', '/api/v1/account/totp', {
    body: { password: goodPassword },
  })
  const { secret } = begun.json as { secret: string }
  const code = await generate({ secret })
  expect(await does(person, '/api/v1/account/totp/confirm', { code })).toEqual([
    { actor: 'user:toan.quyen', action: 'user.totp-enrolled' },
  ])
  const second = openBrowser(world.hub)
  expect(
    (
      await second.ask('POST', '/api/v1/session', {
        body: { username: 'toan.quyen', password: goodPassword },
      })
    ).json.state,
  ).toBe('totp-needed')
  const sessions = (await person.ask('GET', '/api/v1/account/sessions')).json as {
    items: { id: string; current: boolean; how: string }[]
  }
  expect(sessions.items.map(({ current }) => current)).toEqual([true])
  expect(sessions.items[0]?.how).toMatch(/^password from /)
  expect(await does(person, `/api/v1/account/sessions/${sessions.items[0]?.id}/end`)).toEqual([
    { actor: 'user:toan.quyen', action: 'session.ended' },
  ])
  expect((await person.ask('GET', '/api/v1/account')).status).toBe(401)
})

import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultOptions } from '../../connectors/tthc/options.ts'
import { createTthcSimulator, type TthcSimulator } from '../../connectors/tthc/simulator.ts'
import { ConnectorError, type Message, type OutgoingDelivery } from '../../src/connector/index.ts'
import { createRig, type Rig } from '../support/tthc.ts'

const root = new URL('../../connectors/tthc/', import.meta.url)
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'))
const manifest = readJson('connector.json')
const steady = new AbortController().signal

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function setUp(
  options: Readonly<Record<string, unknown>> = {},
  timeoutMs = 2000,
): Promise<{ simulator: TthcSimulator; rig: Rig }> {
  const simulator = await createTthcSimulator({ port: 0 })
  const rig = createRig(options, { address: simulator.address, timeoutMs })
  closers.push(
    () => rig.close(),
    () => simulator.stop(),
  )
  return { simulator, rig }
}

function delivery(key: string, change: Partial<Message> = {}): OutgoingDelivery {
  const {
    id,
    specversion: _,
    datacontenttype: __,
    ...event
  } = readJson('fixtures/question.message.json')
  const message: Message = { ...event, eventId: id, id: 'm-1', ...change }
  return {
    id: '1.1',
    idempotencyKey: key,
    attempt: 1,
    operation: 'push-question',
    message,
    memo: undefined,
  }
}

const send = async (rig: Rig, what: OutgoingDelivery) => {
  try {
    return await rig.connector.send?.(what, steady)
  } catch (error) {
    if (error instanceof ConnectorError) return error.outcome
    throw error
  }
}

describe('connectors/tthc', () => {
  it('has the manifest say the defaults that the code uses', () => {
    const said = Object.fromEntries(
      Object.entries(manifest.options.properties as Record<string, { default?: unknown }>)
        .filter(([name]) => name in defaultOptions)
        .map(([name, schema]) => [name, schema.default]),
    )
    expect(said).toEqual(defaultOptions)
  })

  it('hands an event over under the key, with the id of the source beside it', async () => {
    const { simulator, rig } = await setUp()

    const outcome = await send(rig, delivery('k-1'))

    expect(outcome).toEqual({ kind: 'delivered', evidence: { remoteCode: 'accepted' } })
    const [entry] = simulator.received()
    expect(entry).toMatchObject({
      idempotencyKey: 'k-1',
      operation: 'push-question',
      applied: true,
    })
    expect(entry?.content).toEqual(delivery('k-1').message.data)
  })

  it('says delivered when the key is already there, and permanent when it holds other content', async () => {
    const { simulator, rig } = await setUp()
    await send(rig, delivery('k-1'))

    const again = await send(rig, delivery('k-1'))
    const other = await send(rig, delivery('k-1', { subject: 'HD-99-0002' }))

    expect(again).toMatchObject({ kind: 'delivered', evidence: { remoteCode: 'duplicate' } })
    expect(other).toMatchObject({ kind: 'permanent', code: 'target-rejected' })
    expect(simulator.received().filter((entry) => entry.applied)).toHaveLength(1)
  })

  it('finds out by the key whether an event without an answer was applied', async () => {
    const { simulator, rig } = await setUp({}, 300)
    simulator.misbehave({ mode: 'timeout-after', times: 1 })
    const after = await send(rig, delivery('k-1'))
    simulator.misbehave({ mode: 'timeout-before', times: 1 })
    const before = await send(rig, delivery('k-2'))

    expect([after?.kind, before?.kind]).toEqual(['unknown', 'unknown'])
    expect(await rig.connector.confirm?.(delivery('k-1'), steady)).toBe('applied')
    expect(await rig.connector.confirm?.(delivery('k-2'), steady)).toBe('not-applied')
  })

  it('takes a missing page for no answer to the question', async () => {
    const { rig } = await setUp({ eventsPath: '/nowhere' })

    const question = rig.connector.confirm?.(delivery('k-1'), steady)

    await expect(question).rejects.toMatchObject({
      outcome: { kind: 'unknown', code: 'answer-invalid' },
    })
  })

  it('refuses to send what does not fit the schema of what leaves', async () => {
    const { simulator, rig } = await setUp()

    const outcome = await send(rig, delivery('k-1', { data: { id: 'HD-1' } }))

    expect(outcome).toMatchObject({ kind: 'permanent', code: 'payload-invalid' })
    expect(outcome).toHaveProperty('faults.0.pointer', '/data/agency')
    expect(simulator.received()).toEqual([])
  })

  it('uses an API key, and says auth when it is refused', async () => {
    const { rig } = await setUp({ apiKey: 'a-wrong-key' })

    expect(await send(rig, delivery('k-1'))).toMatchObject({
      kind: 'auth',
      code: 'session-refused',
    })
    expect(await rig.connector.check(steady)).toMatchObject([
      { name: 'tcp', ok: true },
      { name: 'credentials', ok: false },
      { name: 'call', ok: false, tried: false },
    ])
  })

  it('renews a token once, and keeps the secret out of what it says', async () => {
    const { simulator, rig } = await setUp({
      auth: 'oauth2',
      clientId: 'lien-thong-h99',
      clientSecret: 'not-a-real-secret',
    })
    await send(rig, delivery('k-1'))
    simulator.misbehave({ mode: 'session-expired', times: 1 })
    const renewed = await send(rig, delivery('k-2'))
    const refused = await createRefused(simulator)

    expect(renewed?.kind).toBe('delivered')
    expect(refused).toMatchObject({ kind: 'auth', code: 'session-refused' })
    expect(JSON.stringify(refused)).not.toContain('a-wrong-secret')
  })

  it('checks reach, account and answer without changing anything', async () => {
    const { simulator, rig } = await setUp()

    const steps = await rig.connector.check(steady)

    expect(steps.map(({ name, ok }) => [name, ok])).toEqual([
      ['tcp', true],
      ['credentials', true],
      ['call', true],
    ])
    expect(simulator.state().size).toBe(0)
  })

  it('serves files and goes on with the state it had', async () => {
    const { simulator, rig } = await setUp()
    await send(rig, delivery('k-1'))
    const file = await fetch(`${simulator.address}/files/H99.14-240101-0001-1`)
    const second = await createTthcSimulator({ port: 0, state: simulator.state() })
    closers.push(() => second.stop())
    const other = createRig({}, { address: second.address })
    closers.push(() => other.close())

    expect(await file.text()).toContain('H99.14-240101-0001-1')
    expect(await send(other, delivery('k-1'))).toMatchObject({
      evidence: { remoteCode: 'duplicate' },
    })
    expect([...second.state()]).toEqual([...simulator.state()])
  })
})

const createRefused = async (simulator: TthcSimulator) => {
  const rig = createRig(
    { auth: 'oauth2', clientId: 'lien-thong-h99', clientSecret: 'a-wrong-secret' },
    { address: simulator.address },
  )
  closers.push(() => rig.close())
  return send(rig, delivery('k-3'))
}

import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Simulator } from '../../src/connector/index.ts'
import { masked } from '../conformance/compare.ts'
import { readShelf, root } from '../conformance/shelf.ts'
import { optionsFor } from '../conformance/stand.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'

const { subjects } = await readShelf({
  shelves: [join(root, 'connectors')],
  schemas: [join(root, 'schemas')],
})
const asked = subjects.filter(({ lookups }) => lookups.length > 0)

describe.each(asked.map((subject) => ({ id: subject.id, subject })))('$id', ({ id, subject }) => {
  let simulator: Simulator
  let server: TestHub
  let key: string

  beforeAll(async () => {
    simulator = await subject.createSimulator({
      port: 0,
      ...(subject.state && { state: subject.state }),
    })
    const options = optionsFor(subject, simulator.address, 0)
    server = await openTestHub({
      systems: [{ id, connector: id, title: subject.manifest.title, options }],
    })
    key = await server.key(`lookups:${id}`)
  })
  afterAll(async () => {
    await server.close()
    await simulator.stop()
  })

  it.each(subject.lookups)('answers through the hub: $name', async ({ question, answer }) => {
    const { id: _, operation, ...body } = question
    const path = `/api/v1/lookups/${id}/${operation}`
    const { status, json } = await server.ask('POST', path, { key, body })
    expect([status, json.code]).toEqual([200, undefined])
    expect(json.found).toBe(answer !== null)
    expect(masked(json.values, answer ?? {})).toEqual(answer ?? {})
  })

  it('passes its connection test through the hub', async () => {
    const operator = await server.key('systems:write')
    const { json } = await server.ask('POST', `/api/v1/systems/${id}/check`, { key: operator })
    expect(json).toMatchObject({ ok: true })
  })
})

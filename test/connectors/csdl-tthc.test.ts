import { afterEach, describe, expect, it } from 'vitest'
import type { Detail } from '../../connectors/csdl-tthc/client.ts'
import manifest from '../../connectors/csdl-tthc/connector.json' with { type: 'json' }
import state from '../../connectors/csdl-tthc/fixtures/state.json' with { type: 'json' }
import { pullProcedures } from '../../connectors/csdl-tthc/listing.ts'
import { defaultOptions, readOptions } from '../../connectors/csdl-tthc/options.ts'
import type { ConnectorContext, PullRequest } from '../../src/connector/index.ts'
import { permanent, unknown } from '../../src/connector/index.ts'
import { pullRequest } from '../support/pull-request.ts'

const never = new AbortController().signal
const ids = (state as [string, { code: string }][]).map(([id, { code }]) => ({ id, code }))
const request = pullRequest({ operation: 'procedures' })

const world = { now: 0, warned: 0, asked: [] as string[] }
const context = {
  clock: { now: () => new Date(world.now) },
  log: { info: () => undefined, warn: () => void world.warned++ },
} as unknown as ConnectorContext

/** One page of three procedures, each of whose details takes so long, or fails. */
const pull = (answer: (id: string) => Detail, held: PullRequest['held'], cursor?: string) =>
  pullProcedures(
    {
      context,
      options: readOptions({ baseUrl: 'https://x' }),
      client: {
        first: { after: '' },
        list: async () => ({ items: ids, next: undefined, total: 3 }),
        async detail(id) {
          world.asked.push(id)
          return answer(id)
        },
      },
    },
    { ...request, cursor, ...(held && { held }) },
    never,
  )
const detailOf = (id: string): Detail => {
  const found = ids.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}
const codes = (page: Awaited<ReturnType<typeof pull>>) =>
  page.catalogue?.entries.map(({ code, content }) => `${code} ${content ? 'read' : 'kept'}`)

describe('connectors/csdl-tthc', () => {
  afterEach(() => {
    Object.assign(world, { now: 0, warned: 0, asked: [] })
  })

  it('has the manifest say the defaults that the code uses', () => {
    const { paths, ...rest } = manifest.options.properties
    const said = Object.fromEntries(
      Object.entries(rest).flatMap(([name, one]) =>
        'default' in one ? [[name, one.default]] : [],
      ),
    )
    const ways = Object.entries(paths.properties).map(([name, one]) => [name, one.default])
    const { departmentCode: _, level: __, ...defaults } = defaultOptions
    expect({ ...said, paths: Object.fromEntries(ways) }).toEqual(defaults)
  })

  it('ends a page early when details are slow, and goes on behind the last one', async () => {
    const slow = (id: string) => {
      world.now += 25_000
      return detailOf(id)
    }
    const one = await pull(slow, undefined)
    expect([codes(one), one.more, one.catalogue?.begins]).toEqual([['9.000001 read'], true, true])
    const two = await pull(slow, undefined, one.cursor)
    expect([codes(two), two.more, two.catalogue?.begins]).toEqual([['9.000002 read'], true, false])
    const three = await pull(slow, undefined, two.cursor)
    expect([codes(three), three.more, three.catalogue?.complete]).toEqual([
      ...[['9.000003 read'], false, true],
    ])
    expect(world.asked).toEqual(ids.map(({ id }) => id))
  })

  it('keeps what was read before a failure, and meets the failure in the next call', async () => {
    const failing = (id: string) => {
      if (id === ids[1]?.id) throw unknown('answer-timeout')
      return detailOf(id)
    }
    const one = await pull(failing, undefined)
    expect([codes(one), one.catalogue?.complete]).toEqual([['9.000001 read'], false])
    await expect(pull(failing, undefined, one.cursor)).rejects.toMatchObject({
      code: 'answer-timeout',
    })
  })

  it('reads a detail again when its line has changed or its time has come', async () => {
    const first = await pull(detailOf, undefined)
    const marks = new Map(first.catalogue?.entries.map(({ code, mark }) => [code, mark]))
    const held = async () =>
      new Map([
        ['9.000001', { mark: marks.get('9.000001'), readAt: new Date(0) }],
        ['9.000002', { mark: 'another', readAt: new Date(0) }],
        ['9.000003', { mark: marks.get('9.000003'), readAt: new Date(-8 * 86_400_000) }],
      ])
    expect(codes(await pull(detailOf, held))).toEqual([
      ...['9.000001 kept', '9.000002 read', '9.000003 read'],
    ])
  })

  it('keeps what it holds of a procedure that is listed and not shown, and invents nothing', async () => {
    const hidden = (id: string) => {
      if (id === ids[0]?.id) throw permanent('target-not-found')
      // Another one's detail is nobody's.
      return id === ids[1]?.id ? detailOf(ids[2]?.id ?? '') : detailOf(id)
    }
    const held = async () => new Map([['9.000001', { mark: 'old', readAt: new Date(0) }]])
    const page = await pull(hidden, held)
    expect(codes(page)).toEqual(['9.000001 kept', '9.000003 read'])
    expect([page.catalogue?.entries[0]?.mark, world.warned]).toEqual(['old', 1])
  })

  it('refuses a cursor that is not its own', async () => {
    for (const cursor of ['x', '1', '{}'])
      await expect(pull(detailOf, undefined, cursor)).rejects.toMatchObject({
        code: 'mapping-failed',
      })
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import manifest from '../../connectors/csdl-tthc/connector.json' with { type: 'json' }
import state from '../../connectors/csdl-tthc/fixtures/state.json' with { type: 'json' }
import { type ListItem, pullList } from '../../connectors/csdl-tthc/listing.ts'
import { defaultOptions, readOptions } from '../../connectors/csdl-tthc/options.ts'
import { entryOf } from '../../connectors/csdl-tthc/translate.ts'
import type { ConnectorContext, PullRequest } from '../../src/connector/index.ts'
import { permanent, unknown } from '../../src/connector/index.ts'
import { declaredDefaults, loadedManifest } from '../support/manifest.ts'
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
const pull = (answer: (id: string) => ListItem, held: PullRequest['held'], cursor?: string) =>
  pullList(
    {
      context,
      options: readOptions({ baseUrl: 'https://x' }),
      source: {
        ...{ catalogue: 'procedures', first: { after: '' }, entry: entryOf },
        list: async () => ({ items: ids, next: undefined, total: 3 }),
        async read(item, mark) {
          world.asked.push(item.id)
          return entryOf(item, mark, answer(item.id))
        },
      },
    },
    { ...request, cursor, ...(held && { held }) },
    never,
  )
const detailOf = (id: string): ListItem => {
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

  it('has the manifest say the defaults that the code uses', async () => {
    const declared = declaredDefaults((await loadedManifest('csdl-tthc')).options)
    const { paths, words } = manifest.options.properties
    const inner = (part: typeof paths | typeof words) =>
      Object.fromEntries(Object.entries(part.properties).map(([name, one]) => [name, one.default]))
    expect({ ...declared, paths: inner(paths), words: inner(words) }).toEqual(
      JSON.parse(JSON.stringify(defaultOptions)),
    )
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
      if (id === ids[2]?.id) return detailOf(id)
      throw permanent('target-not-found')
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

/** What a file server's connector does with what the hub has refused, and how it knows a record again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeHub, csv, namesOf, openStand, pull, run, type Stand } from './stand.ts'

let stand: Stand
beforeEach(async () => {
  stand = await openStand()
})
afterEach(() => stand.close())

const put = (name: string, content: string, mtime?: number) =>
  stand.server.files.put(`/vao/${name}`, content, mtime)
const paths = () => [...stand.server.state().keys()].sort()
const old = Math.floor(Date.now() / 1000) - 100_000
const withPull = (change: object) => stand.connector({ pulls: [{ ...pull, ...change }] })

describe('connectors/sftp pulls with what the hub refuses', () => {
  it.each([
    ['its first page', '1'],
    ['its last page', '5'],
  ])('put a file where it is seen of which the hub refuses a record of %s', async (_, subject) => {
    put('a.csv', csv('1,a', '2,b', '3,c', '4,d', '5,e'))
    put('b.csv', csv('6,f'), old + 1)
    const hub = createFakeHub()
    hub.refuses.add(subject)
    const read = await run(stand.connector(), undefined, { hub })
    expect([read.unread, hub.accepted.size]).toEqual([[], 5])
    expect(paths()).toEqual(['/vao/hong/a.csv', '/vao/xong/b.csv'])
  })

  it.each(['1', '3', '5'])(
    'do so though the process is lost after every page: record %s refused',
    async (subject) => {
      put('a.csv', csv('1,a', '2,b', '3,c', '4,d', '5,e'))
      const hub = createFakeHub()
      hub.refuses.add(subject)
      let cursor: string | undefined
      for (let more: boolean | undefined = true; more; ) {
        // Once before its commit, which changes nothing that the hub has saved, and once after it.
        const before = { ...createFakeHub(), refused: hub.refused }
        await run(stand.connector(), cursor, { most: 1, hub: before })
        const page = await run(stand.connector(), cursor, { most: 1, hub })
        cursor = page.cursor
        more = page.pages.at(-1)?.more
      }
      expect([paths(), hub.accepted.size]).toEqual([['/vao/hong/a.csv'], 4])
    },
  )

  it('leave what was taken and move what was refused, where only the one folder is configured', async () => {
    put('a.csv', csv('1,a'))
    put('b.csv', csv('2,b'), old + 1)
    const hub = createFakeHub()
    hub.refuses.add('2')
    const first = await run(withPull({ done: undefined }), undefined, { hub })
    expect(paths()).toEqual(['/vao/a.csv', '/vao/hong/b.csv'])
    put('c.csv', csv('2,b'), old + 2)
    const second = await run(withPull({ bad: undefined }), first.cursor, { hub })
    expect(namesOf(second)).toEqual(['2'])
    expect(paths()).toEqual(['/vao/a.csv', '/vao/c.csv', '/vao/hong/b.csv'])
    // Both are behind it.
    expect(namesOf(await run(withPull({ bad: undefined }), second.cursor, { hub }))).toEqual([])
  })

  it('forget what was refused of a file that was read anew and is whole now', async () => {
    put('a.csv', csv('1,a', '2,b', '3,c'))
    const hub = createFakeHub()
    hub.refuses.add('1')
    const first = await run(stand.connector(), undefined, { most: 1, hub })
    hub.refuses.clear()
    put('a.csv', csv('1,a', '2,b', '4,d'), old + 50)
    await run(stand.connector(), first.cursor, { hub })
    expect(paths()).toEqual(['/vao/xong/a.csv'])
  })
})

describe('connectors/sftp know a record again', () => {
  const rows = (message: object) => withPull({ message: { ...pull.message, ...message } })
  const ids = ({ messages }: { messages: readonly { eventId: string }[] }) =>
    messages.map(({ eventId }) => eventId)

  it('that stands in a later file, in another place, or in a file that was dropped again', async () => {
    const hub = createFakeHub()
    put('a.csv', csv('1,a', '2,b'))
    const first = await run(stand.connector(), undefined, { hub })
    put('b.csv', csv('3,c', '2,b', '1,a'), old + 500)
    const second = await run(stand.connector(), first.cursor, { hub })
    expect(ids(second).slice(1).reverse()).toEqual(ids(first))
    put('a.csv', csv('1,a', '2,b'), old + 900)
    const third = await run(stand.connector(), second.cursor, { hub })
    // To the byte: another time would be other bytes under their ids.
    expect(third.messages).toEqual(first.messages)
    expect([hub.accepted.size, hub.conflicts, hub.refused]).toEqual([3, [], []])
    expect(paths().every((path) => path.startsWith('/vao/xong/'))).toBe(true)
  })

  it('that was touched where it stays', async () => {
    const hub = createFakeHub()
    const leaving = () => withPull({ done: undefined, bad: undefined })
    put('a.csv', csv('1,a'))
    const first = await run(leaving(), undefined, { hub })
    put('a.csv', csv('1,a'), old + 500)
    const second = await run(leaving(), first.cursor, { hub })
    expect(second.messages).toEqual(first.messages)
    expect([first.messages.length, hub.conflicts]).toEqual([1, []])
  })

  it('that is written twice in one file, on one page or two', async () => {
    const hub = createFakeHub()
    put('a.csv', csv('1,a', '1,a', '2,b', '1,a'))
    const read = await run(stand.connector(), undefined, { hub })
    expect([namesOf(read), hub.accepted.size]).toEqual([['1', '1', '2', '1'], 2])
    expect([hub.conflicts, paths()]).toEqual([[], ['/vao/xong/a.csv']])
  })

  it('but not one that says something else, or tells another time', async () => {
    const hub = createFakeHub()
    put('a.csv', csv('1,a', '1,b'))
    put('b.csv', 'ma,ten,luc\r\n1,a,01/02/2026\r\n1,a,02/02/2026\r\n', old + 1)
    await run(withPull({ files: 'a.csv' }), undefined, { hub })
    expect(hub.accepted.size).toBe(2)
    const timed = withPull({
      files: 'b.csv',
      message: { ...pull.message, time: '/luc', date: 'dd/MM/yyyy' },
    })
    await run(timed, undefined, { hub })
    expect(hub.accepted.size).toBe(4)
  })

  it('by the key that is configured, and nothing else', async () => {
    const hub = createFakeHub()
    put('a.csv', csv('1,a', '2,a'))
    const first = await run(rows({ key: ['/ma'] }), undefined, { hub })
    put('b.csv', csv('2,a', '1,khác'), old + 500)
    const second = await run(rows({ key: ['/ma'] }), first.cursor, { hub })
    expect(ids(second).reverse()).toEqual(ids(first))
    // The same key with other content is for a person to look at.
    expect(hub.conflicts).toEqual([ids(first)[0]])
    expect(paths()).toEqual(['/vao/hong/b.csv', '/vao/xong/a.csv'])
    put('c.csv', csv('1,khác', '1,'), old + 600)
    const third = await run(rows({ key: ['/ma', '/ten'] }), second.cursor, { hub })
    expect(third.messages).toHaveLength(1)
    expect(third.unread).toMatchObject([{ pointers: ['/ten'] }])
  })

  it('and refuse a file without a column of the key at once', async () => {
    put('a.csv', csv('1,a'))
    const read = await run(rows({ key: ['/so'] }))
    expect(read.unread).toMatchObject([{ code: 'mapping-failed', pointers: ['/so'] }])
  })
})

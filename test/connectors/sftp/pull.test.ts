import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pullRequest } from '../../support/pull-request.ts'
import { csv, namesOf, openStand, pull, run, type Stand, steady } from './stand.ts'

let stand: Stand
beforeEach(async () => {
  stand = await openStand()
})
afterEach(() => stand.close())

const put = (name: string, content: string | Uint8Array, mtime?: number) =>
  stand.server.files.put(`/vao/${name}`, content, mtime)
const paths = () => [...stand.server.state().keys()].sort()
const now = () => Math.floor(Date.now() / 1000)
const old = now() - 100_000
const withPull = (change: object) => stand.connector({ pulls: [{ ...pull, ...change }] })

describe('connectors/sftp pulls', () => {
  it('give one message for each record, the oldest file first, and put files away afterwards', async () => {
    put('b.csv', csv('3,c', '4,d'), old)
    put('a.csv', csv('5,e'), old + 1)
    put('A.CSV', csv('1,a', '2,b'), old)
    put('khac.txt', 'x')
    const read = await run(stand.connector())
    expect(namesOf(read)).toEqual(['1', '2', '3', '4', '5'])
    expect(new Set(read.messages.map(({ eventId }) => eventId)).size).toBe(5)
    expect(read.unread).toEqual([])
    expect(paths()).toEqual([
      '/vao/khac.txt',
      '/vao/xong/A.CSV',
      '/vao/xong/a.csv',
      '/vao/xong/b.csv',
    ])
    expect(JSON.parse(read.cursor ?? '')).toEqual({ left: [] })
  })

  it('move nothing before the page that ends it has been committed', async () => {
    put('a.csv', csv('1,a', '2,b', '3,c'))
    const connector = stand.connector()
    const first = await run(connector, undefined, { most: 2 })
    expect(namesOf(first)).toHaveLength(3)
    expect(paths()).toEqual(['/vao/a.csv'])
    await run(connector, first.cursor)
    expect(paths()).toEqual(['/vao/xong/a.csv'])
  })

  it('go on at their record in another process, whichever page was the last', async () => {
    put('a.csv', csv('1,a', '2,b', '3,c', '4,d', '5,e'))
    put('b.csv', csv('6,a', '7,b', '8,c', '9,d', '10,e'))
    let cursor: string | undefined
    const seen: string[] = []
    for (let turn = 0; turn < 50; turn++) {
      // Killed after its commit, every time.
      const page = await run(stand.connector(), cursor, { most: 1 })
      // And once before it: the same page comes again.
      const again = await run(stand.connector(), cursor, { most: 1 }).catch(() => undefined)
      if (again) expect(namesOf(again)).toEqual(namesOf(page))
      seen.push(...page.messages.map(({ eventId }) => eventId))
      cursor = page.cursor
      if (!page.pages.at(-1)?.more) break
    }
    expect(seen).toHaveLength(10)
    expect(new Set(seen).size).toBe(10)
    expect(paths()).toEqual(['/vao/xong/a.csv', '/vao/xong/b.csv'])
  })

  it('take a move that was not saved for done, and one that failed for still to be done', async () => {
    put('a.csv', csv('1,a'))
    const read = await run(stand.connector(), undefined, { most: 1 })
    stand.server.files.denied.add('/vao/xong')
    const calls = stand.server.calls()
    await expect(run(stand.connector(), read.cursor)).rejects.toMatchObject({
      code: 'target-forbidden',
    })
    // A login, a listing, a renaming: nothing was read.
    expect(stand.server.calls() - calls).toBeLessThanOrEqual(3)
    stand.server.files.denied.clear()
    expect(namesOf(await run(stand.connector(), read.cursor))).toEqual([])
    expect(paths()).toEqual(['/vao/xong/a.csv'])
    expect(namesOf(await run(stand.connector(), read.cursor))).toEqual([])
  })

  it('never write over what was put away before', async () => {
    stand.server.files.put('/vao/xong/a.csv', 'của hôm qua')
    put('a.csv', csv('1,a'))
    await run(stand.connector())
    put('a.csv', csv('1,a'))
    await run(stand.connector())
    expect(paths()).toHaveLength(3)
    expect(stand.server.state().get('/vao/xong/a.csv')).toBe('của hôm qua')
  })

  it('read anew a file that has changed, and say so', async () => {
    put('a.csv', csv('1,a', '2,b', '3,c'))
    const first = await run(stand.connector(), undefined, { most: 1 })
    put('a.csv', csv('1,a', '2,b', '3,c', '4,d'), old + 50)
    const rest = await run(stand.connector(), first.cursor)
    expect(rest.unread).toMatchObject([{ subject: 'a.csv', code: 'file-changed' }])
    expect(namesOf(rest)).toEqual(['1', '2', '3', '4'])
    // What came twice is the same message.
    const ids = first.messages.map(({ eventId }) => eventId)
    expect(rest.messages.slice(0, 2).map(({ eventId }) => eventId)).toEqual(ids)
  })

  it('notice a change between the last page and the move, and do not mind a mere touch', async () => {
    put('a.csv', csv('1,a'))
    put('b.csv', csv('2,b'), old + 1)
    const first = await run(stand.connector(), undefined, { most: 1 })
    put('a.csv', csv('1,a'), old + 50)
    const second = await run(stand.connector(), first.cursor, { most: 1 })
    expect(namesOf(second)).toEqual(['2'])
    expect(second.unread).toEqual([])
    put('b.csv', csv('2,b', '3,c'), old + 60)
    const third = await run(stand.connector(), second.cursor)
    expect(third.unread).toMatchObject([{ subject: 'b.csv', code: 'file-changed' }])
    expect(namesOf(third)).toEqual(['2', '3'])
  })

  it('tell a file that vanished in the middle, and read those behind it', async () => {
    put('a.csv', csv('1,a', '2,b', '3,c'))
    put('b.csv', csv('4,d'), old + 1)
    const first = await run(stand.connector(), undefined, { most: 1 })
    stand.server.files.remove('/vao/a.csv')
    const rest = await run(stand.connector(), first.cursor)
    expect(rest.unread).toMatchObject([{ code: 'file-changed' }])
    expect(namesOf(rest)).toEqual(['4'])
  })

  it('leave alone what is still being written, by its age or by its marker', async () => {
    put('a.csv', csv('1,a'), now())
    expect(namesOf(await run(stand.connector()))).toEqual([])
    const byMarker = { ready: { marker: '.ok' } }
    put('a.csv', csv('1,a'), now() - 1)
    expect(namesOf(await run(withPull(byMarker)))).toEqual([])
    put('a.csv.ok', '')
    expect(namesOf(await run(withPull(byMarker)))).toEqual(['1'])
    expect(paths()).toEqual(['/vao/xong/a.csv'])
  })

  it('tell the records that cannot be taken, take the others, and put the file where it is seen', async () => {
    put('a.csv', csv('1,a', ',không mã', '3,c,thừa', '4,d'))
    const read = await run(stand.connector())
    expect(namesOf(read)).toEqual(['1', '4'])
    expect(read.unread).toEqual([
      { subject: 'a.csv #2', code: 'mapping-failed', pointers: ['/ma'] },
      { subject: 'a.csv #3', code: 'mapping-failed', pointers: [''] },
    ])
    expect(paths()).toEqual(['/vao/hong/a.csv'])
  })

  it('set aside what cannot be read, and go on with the files behind it', async () => {
    put('a.csv', 'khác,hẳn\r\n1,2\r\n')
    put('b.csv', Buffer.from([0x6d, 0x61, 0x0a, 0xff, 0xfe, 0x0a]), old + 1)
    put('c.csv', 'x'.repeat(2_000), old + 2)
    put('..\\..\\etc.csv', csv('9,i'), old + 3)
    put('e.csv', csv('1,a'), old + 4)
    const read = await run(withPull({ maxBytes: 1_000 }))
    expect(read.unread).toEqual([
      { subject: 'a.csv', code: 'mapping-failed', pointers: ['/ma'] },
      { subject: 'b.csv', code: 'file-type-mismatch', pointers: [] },
      { subject: 'c.csv', code: 'file-too-large', pointers: [] },
      { subject: '..\\..\\etc.csv', code: 'file-unreadable', pointers: [] },
    ])
    expect(namesOf(read)).toEqual(['1'])
    expect(paths()).toEqual([
      ...['/vao/..\\..\\etc.csv', '/vao/hong/a.csv', '/vao/hong/b.csv', '/vao/hong/c.csv'],
      '/vao/xong/e.csv',
    ])
  })

  it('remember what stays where it is, and read it again only when it changes', async () => {
    const leaving = () => withPull({ done: undefined, bad: undefined })
    put('a.csv', csv('1,a'))
    put('b.csv', 'khác\r\n')
    const first = await run(leaving())
    expect(namesOf(first)).toEqual(['1'])
    expect(first.unread).toHaveLength(1)
    const second = await run(leaving(), first.cursor)
    expect([namesOf(second), second.unread]).toEqual([[], []])
    put('a.csv', csv('1,a', '2,b'), old + 9)
    expect(namesOf(await run(leaving(), second.cursor))).toEqual(['1', '2'])
  })

  it('say nothing of a file whose line was cut, and go on with it', async () => {
    put('a.csv', csv(Array.from({ length: 60_000 }, (_, n) => `${n},x`).join('\n')))
    const connector = stand.connector()
    const first = await run(connector, undefined, { most: 3 })
    stand.server.cut()
    await new Promise((resolve) => setTimeout(resolve, 50))
    const second = await run(connector, first.cursor, { most: 2 })
    expect(namesOf(second)).toEqual(['6', '7', '8', '9'])
    await connector.close()
    stand.server.misbehave({ mode: 'half-body', on: 'read', times: 1 })
    await expect(run(stand.connector(), second.cursor)).rejects.toMatchObject({
      code: 'connection-lost',
    })
  })

  it('refuse a cursor that another connector has saved', async () => {
    const request = { operation: 'rows', cursor: '{"of":"another"}', startedFrom: undefined }
    await expect(stand.connector().pull?.(pullRequest(request), steady)).rejects.toMatchObject({
      code: 'mapping-failed',
    })
  })
})

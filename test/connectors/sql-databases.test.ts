/** The same promises, kept by every real database that is at hand. */
import { type AddressInfo, connect as connectSocket, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CheckStep } from '../../src/connector/contract.ts'
import {
  type Connector,
  ConnectorError,
  type IncomingMessage,
  type PullPage,
  type UnreadRecord,
} from '../../src/connector/index.ts'
import { createAuthority } from '../support/certificates.ts'
import { skipsMariadb } from '../support/mariadb.ts'
import { pullRequest } from '../support/pull-request.ts'
import {
  connectSql,
  openMariadbSource,
  openPostgresSource,
  optionsFor,
  type SqlSource,
} from '../support/sql-source.ts'
import { waitUntil } from '../support/wait.ts'

const steady = new AbortController().signal
const triedOf = (steps: readonly CheckStep[] | undefined = []) =>
  steps.filter(({ tried = true }) => tried)
const words = { vi: 'Thử', en: 'Test' }
const pull = (change: object = {}) => ({
  ...{ name: 'rows', title: words, types: ['vn.tthc.question.asked.v1'], table: 'cau_hoi' },
  watermark: { column: 'cap_nhat', key: ['ma'], first: '2026-01-01T00:00:00+07:00' },
  pageSize: 3,
  message: {
    ...{ subject: '/ma', time: '/cap_nhat' },
    data: [
      { to: '/ten', from: '/ten', required: false },
      { to: '/so', from: '/so', required: false },
    ],
  },
  ...change,
})
const lookup = (select: string, change: object = {}) => ({
  ...{ name: 'one', title: words, fields: ['ten', 'so', 'le', 'khi', 'ngay', 'duLieu'], select },
  parameters: { type: 'object', additionalProperties: false, properties: { ma: {}, so: {} } },
  answer: [
    { to: '/ten', from: '/ten', required: false },
    { to: '/so', from: '/so', required: false },
    { to: '/le', from: '/le', required: false },
    { to: '/khi', from: '/khi', required: false },
    { to: '/ngay', from: '/ngay', required: false },
  ],
  ...change,
})

const failureOf = async (work: Promise<unknown> | undefined) => {
  try {
    return { answered: await work }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return error
  }
}
const codeOf = async (work: Promise<unknown> | undefined) => {
  const end = await failureOf(work)
  return end instanceof ConnectorError ? `${end.outcome.kind} ${end.code}` : end
}

const worlds = [
  { name: 'PostgreSQL', open: openPostgresSource, skipped: false },
  { name: 'MariaDB', open: openMariadbSource, skipped: skipsMariadb },
]

/** A way to the server that counts what comes from it. */
async function countBytes(server: string) {
  let bytes = 0
  const sockets = new Set<Socket>()
  const gate = createServer((near) => {
    const far = connectSocket(Number(/\d+$/.exec(server)?.[0]), '127.0.0.1')
    far.on('data', (chunk) => {
      bytes += chunk.length
    })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => [near, far].map((one) => one.destroy()))
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
  const { port } = gate.address() as AddressInfo
  return {
    server: server.replace(/\d+$/, String(port)),
    megabytes: () => bytes / 1_000_000,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => gate.close(resolve))
    },
  }
}

/** A real database, empty before each test, and what is done with it. */
function useWorld(open: () => Promise<SqlSource>, isPostgres: boolean) {
  let source: SqlSource
  beforeAll(async () => {
    source = await open()
  })
  afterAll(() => source?.close())
  beforeEach(() => source.sql('delete from cau_hoi'))

  const connect = (parts: object, timeoutMs?: number, now?: () => Date): Connector =>
    connectSql({ ...optionsFor(source), ...parts }, timeoutMs, now)
  const put = (ma: string, time: string, more = 'null') =>
    source.sql(
      `insert into cau_hoi (ma, ten, so, cap_nhat) values ('${ma}', 'Nguyễn Văn Thử', ${more}, '${time}')`,
    )
  const ask = (connector: Connector, parameters: object) =>
    connector.lookup?.(
      {
        ...{ id: '1', operation: 'one', official: 'a', unit: 'b', dossier: 'c', purpose: 'd' },
        ...{ fields: ['ten', 'so', 'le', 'khi', 'ngay'], parameters: { ...parameters } },
      },
      steady,
    )
  /** A run as the engine makes it; `between` happens after each page. */
  const run = async (
    connector: Connector,
    from?: string,
    overlapSeconds = 0,
    between: (page: number) => unknown = () => undefined,
  ) => {
    const messages: IncomingMessage[] = []
    const unread: UnreadRecord[] = []
    for (let cursor = from, pages = 1; ; pages++) {
      const request = { operation: 'rows', cursor, startedFrom: from }
      const page = (await connector.pull?.(
        pullRequest({ ...request, overlapSeconds: cursor === from ? overlapSeconds : 0 }),
        steady,
      )) as PullPage
      messages.push(...page.messages)
      unread.push(...(page.unread ?? []))
      await between(pages)
      cursor = page.cursor
      if (!page.more)
        return { messages, unread, cursor, pages, ids: messages.map(({ subject }) => subject) }
    }
  }

  const sql = (text: string) => source.sql(text)
  return { isPostgres, source: () => source, sql, connect, put, ask, run }
}
type World = ReturnType<typeof useWorld>

function pulling({ isPostgres, source, sql, connect, put, run }: World): void {
  it('reads rows of one watermark once each, however they lie across pages', async () => {
    const ids = Array.from({ length: 10 }, (_, n) => `H-${n}`)
    for (const [n, id] of ids.entries())
      await put(id, n < 8 ? '2026-03-02 09:00:00.123456' : '2026-03-02 09:00:01.123457')
    const connector = connect({ pulls: [pull()] })
    const first = await run(connector)
    expect(first.ids).toEqual(ids)
    expect(first.pages).toBe(4)
    expect(first.messages[0]?.time).toBe('2026-03-02T09:00:00.123456+07:00')
    const again = await run(connector, first.cursor)
    const keys = new Set(first.messages.map(({ eventId }) => eventId))
    expect(again.ids).toEqual(['H-8', 'H-9'])
    expect(again.messages.every(({ eventId }) => keys.has(eventId))).toBe(true)
  })

  it('meets rows again that are changed while pages are read, and misses none', async () => {
    for (let n = 0; n < 9; n++) await put(`H-${n}`, `2026-03-02 09:00:0${n}`)
    const { messages } = await run(connect({ pulls: [pull()] }), undefined, 0, (page) => {
      if (page === 1)
        return sql(
          `update cau_hoi set ten = 'Đổi', cap_nhat = '2026-03-03 09:00:00' where ma in ('H-0', 'H-5')`,
        )
      return page === 2 ? sql(`delete from cau_hoi where ma = 'H-1'`) : undefined
    })
    const versions = messages.map(
      ({ subject, data }) => `${subject} ${(data as { ten: string }).ten}`,
    )
    expect(new Set(versions).size).toBe(versions.length)
    expect(new Set(messages.map(({ subject }) => subject)).size).toBe(9)
    expect(versions).toEqual(expect.arrayContaining(['H-0 Nguyễn Văn Thử', 'H-0 Đổi', 'H-5 Đổi']))
  })

  it('catches by the overlap what was committed after newer rows had been read', async () => {
    await put('H-1', '2026-03-02 09:00:00')
    const late = await source().begin(
      `insert into cau_hoi (ma, cap_nhat) values ('H-late', '2026-03-02 09:00:30')`,
    )
    await put('H-2', '2026-03-02 09:01:00')
    const connector = connect({ pulls: [pull()] })
    const first = await run(connector)
    expect(first.ids).toEqual(['H-1', 'H-2'])
    await late.commit()
    expect((await run(connector, first.cursor, 20)).ids).not.toContain('H-late')
    expect((await run(connector, first.cursor, 60)).ids).toContain('H-late')
  })

  it('looks back to the beginning of a run that took long', async () => {
    let now = new Date('2026-03-02T09:00:05+07:00')
    for (let n = 0; n < 4; n++) await put(`H-${n}`, `2026-03-02 09:00:0${n}`)
    const connector = connect({ pulls: [pull()] }, undefined, () => now)
    const late = await source().begin(
      `insert into cau_hoi (ma, cap_nhat) values ('H-late', '2026-03-02 09:00:01.5')`,
    )
    const { cursor } = await run(connector, undefined, 0, async () => {
      now = new Date('2026-03-02T10:00:00+07:00')
      await put(`H-${Math.random()}`, '2026-03-02 09:59:00').catch(() => undefined)
    })
    await late.commit()
    expect((await run(connector, cursor, 10)).ids).toContain('H-late')
  })

  it('goes on behind the last row that was taken when a run was broken off', async () => {
    for (let n = 0; n < 9; n++) await put(`H-${n}`, `2026-03-02 09:00:0${n}`)
    const connector = connect({ pulls: [pull()] })
    const page = await connector.pull?.(pullRequest({ operation: 'rows' }), steady)
    expect((await run(connector, page?.cursor, 600)).ids).toEqual(
      Array.from({ length: 6 }, (_, n) => `H-${n + 3}`),
    )
  })

  it('reads by a key of several columns, also of large numbers', async () => {
    for (let n = 0; n < 7; n++) await put(`H-${n}`, '2026-03-02 09:00:00', `900719925474099${n}`)
    const watermark = { ...pull().watermark, key: ['so', 'ma'] }
    const { ids, messages } = await run(connect({ pulls: [pull({ watermark, pageSize: 1 })] }))
    expect(ids).toHaveLength(7)
    expect(messages[3]?.data).toMatchObject({ so: '9007199254740993' })
  })

  it.each(['khi', 'ngay'])('reads by a watermark of another type: %s', async (column) => {
    for (let n = 0; n < 5; n++) await put(`H-${n}`, '2026-03-02 09:00:00')
    await sql(
      `update cau_hoi set khi = '2026-03-02 09:00:00.5${isPostgres ? '+07' : ''}', ngay = '2026-03-02'`,
    )
    await sql(
      `update cau_hoi set khi = '2026-03-04 09:00:00${isPostgres ? '+07' : ''}', ngay = '2026-03-04' where ma = 'H-4'`,
    )
    const watermark = { ...pull().watermark, column }
    const connector = connect({ pulls: [pull({ watermark, pageSize: 2 })] })
    const first = await run(connector)
    expect(first.ids).toEqual(['H-0', 'H-1', 'H-2', 'H-3', 'H-4'])
    expect((await run(connector, first.cursor, 3600)).ids).toEqual(['H-4'])
  })

  it('reads a SELECT of the operator, and refuses one that does more', async () => {
    await put('H-1', '2026-03-02 09:00:00')
    await put('X-1', '2026-03-02 09:00:00')
    const { table: _, ...rest } = pull()
    const select = (text: string) => connect({ pulls: [{ ...rest, select: text }] })
    const { ids } = await run(
      select(`with h as (select * from cau_hoi) select * from h where ma like 'H-%';`),
    )
    expect(ids).toEqual(['H-1'])
    for (const text of [
      'select 1; drop table cau_hoi',
      'select 1 -- x',
      'delete from cau_hoi',
      'selectx',
    ])
      expect(() => select(text)).toThrow(ConnectorError)
    const writing = isPostgres
      ? `with x as (delete from cau_hoi returning *) select * from x`
      : `select * from cau_hoi into outfile '/tmp/khong-bao-gio'`
    expect(await codeOf(run(select(writing)))).toBe('permanent system-misconfigured')
  })

  it('refuses a watermark that is no time, a key that is not one, and rows out of the order', async () => {
    await put('H-1', '2026-03-02 09:00:00')
    await put('H-2', '2026-03-02 09:00:00')
    const by = (column: string, key: string[]) =>
      codeOf(run(connect({ pulls: [pull({ watermark: { ...pull().watermark, column, key } })] })))
    expect(await by('ten', ['ma'])).toBe('permanent system-misconfigured')
    expect(await by('cap_nhat', ['ten'])).toBe('permanent system-misconfigured')
    expect(await by('cap_nhat', ['so'])).toBe('permanent mapping-failed')
  })
}

function passing({ isPostgres, source, sql, connect, put, run }: World): void {
  it('does not take more into memory than a page may hold', async () => {
    for (let n = 0; n < 4; n++) await put(`H-${n}`, '2026-03-02 09:00:00')
    const { table: _, ...rest } = pull()
    const select = `select ma, cap_nhat, so, repeat('x', 9000000) as ten from cau_hoi`
    expect(await codeOf(run(connect({ pulls: [{ ...rest, select }] })))).toBe(
      'permanent answer-too-large',
    )
  })

  it('does not read on from the server what a page may not hold', async () => {
    const counted = await countBytes(source().server)
    const { table: _, ...rest } = pull({ pageSize: 200 })
    const thousands = Array.from({ length: 100 }, (_, n) => `('H-${n}', '2026-03-02 09:00:00')`)
    await sql(`insert into cau_hoi (ma, cap_nhat) values ${thousands.join(', ')}`)
    const select = `select ma, cap_nhat, so, repeat('x', 1000000) as ten from cau_hoi`
    const connector = connect({ server: counted.server, pulls: [{ ...rest, select }] })
    expect(await codeOf(run(connector))).toBe('permanent answer-too-large')
    // Of a hundred; what lies in the sockets when the page is full comes on top of it.
    expect(counted.megabytes()).toBeLessThan(60)
    await counted.close()
  })

  it('tells a row that it cannot read truly by the column, and takes the others', async () => {
    const unreadOf = async (column: string, value: string) => {
      await sql('delete from cau_hoi')
      for (let n = 0; n < 5; n++) await put(`H-${n}`, `2026-03-02 09:00:0${n}`)
      await sql(`update cau_hoi set ten = 'x', khi = '2026-03-02', ngay = '2026-03-02'`)
      await sql(`update cau_hoi set ${column} = ${value} where ma = 'H-2'`)
      const message = {
        ...pull().message,
        data: [{ to: '/x', from: `/${column}` }],
      }
      const connector = connect({ pulls: [pull({ message })] })
      const { unread, ids, cursor } = await run(connector)
      expect(ids).toEqual(['H-0', 'H-1', 'H-3', 'H-4'])
      // It is passed: only the newest is read again.
      expect((await run(connector, cursor)).ids).toEqual(['H-4'])
      return unread
    }
    const told = (column: string) => [
      { subject: 'H-2', code: 'mapping-failed', pointers: [`/${column}`] },
    ]
    expect(await unreadOf('ten', 'null')).toEqual(told('ten'))
    const [column, value] = isPostgres ? ['khi', `'infinity'`] : ['ngay', `'0000-00-00'`]
    expect(await unreadOf(column as string, value as string)).toEqual(told(column as string))
    if (!isPostgres) expect(await unreadOf('ten', `'a\\0b'`)).toEqual(told('ten'))
  })

  it('stops before a row is passed over where a column is of bytes', async () => {
    await put('H-1', '2026-03-02 09:00:00')
    await sql(`update cau_hoi set du_lieu = 'x'`)
    const message = { ...pull().message, data: [{ to: '/x', from: '/du_lieu' }] }
    expect(await failureOf(run(connect({ pulls: [pull({ message })] })))).toMatchObject({
      ...{ code: 'mapping-failed', faults: [{ pointer: '/du_lieu' }] },
    })
  })

  it('tells a row without a subject by its watermark, and nothing that it holds', async () => {
    await put('H-1', '2026-03-02 09:00:00')
    await put('H-2', '2026-03-02 09:00:01')
    await sql(`update cau_hoi set ten = null where ma = 'H-2'`)
    const message = { ...pull().message, subject: '/ten', data: [{ to: '/x', from: '/ma' }] }
    expect((await run(connect({ pulls: [pull({ message })] }))).unread).toEqual([
      {
        subject: 'rows 2026-03-02T09:00:01+07:00 #2',
        code: 'mapping-failed',
        pointers: ['/ten'],
      },
    ])
  })

  it('does not pass over a row whose place cannot be read, and takes what stands before it', async () => {
    for (let n = 0; n < 5; n++) await put(`H-${n}`, `2026-03-02 09:00:0${n}`)
    const bad = isPostgres ? `cap_nhat = 'infinity'` : `ma = 'H-4\\0'`
    const column = isPostgres ? '/cap_nhat' : '/ma'
    await sql(`update cau_hoi set ${bad} where ma = 'H-4'`)
    const connector = connect({ pulls: [pull()] })
    const seen: string[] = []
    let cursor: string | undefined
    const goOn = async () => {
      const asked = pullRequest({ operation: 'rows', cursor, startedFrom: undefined })
      const page = (await connector.pull?.(asked, steady)) as PullPage
      seen.push(...page.messages.map(({ subject }) => subject))
      cursor = page.cursor
      return page.more
    }
    expect([await goOn(), await goOn()]).toEqual([true, true])
    expect(seen).toEqual(['H-0', 'H-1', 'H-2', 'H-3'])
    const end = await failureOf(goOn())
    expect(end).toMatchObject({ code: 'mapping-failed', faults: [{ pointer: column }] })
    // Mended, it is read from where the run stands.
    await sql(
      isPostgres
        ? `update cau_hoi set cap_nhat = '2026-03-02 09:00:09' where ma = 'H-4'`
        : `update cau_hoi set ma = 'H-9' where cap_nhat = '2026-03-02 09:00:04'`,
    )
    expect(await goOn()).toBe(false)
    expect(seen.at(-1)).toBe(isPostgres ? 'H-4' : 'H-9')
  })

  it('goes back to an earlier moment when it is told to, and never forward', async () => {
    for (let n = 0; n < 5; n++) await put(`H-${n}`, `2026-03-02 09:00:0${n}`)
    const connector = connect({ pulls: [pull()] })
    const { cursor } = await run(connector)
    const back = (to: string) => connector.rewind?.('rows', cursor, new Date(to))
    const from = async (to: string) => (await run(connector, back(to))).ids
    expect(await from('2026-03-02T09:00:02+07:00')).toEqual(['H-2', 'H-3', 'H-4'])
    expect(await from('2026-03-05T09:00:00+07:00')).toEqual(['H-4'])
    expect(connector.rewind?.('rows', undefined, new Date())).toBeUndefined()
  })
}

function ordering({ isPostgres, source, sql, connect, run }: World): void {
  describe('by a key whose order is that of a language', () => {
    const mark = '2026-03-02 09:00:00'
    /** A text that case and accents do not tell apart, and one that has the order of a language. */
    const columns = isPostgres
      ? ['khoa text collate khong_phan_biet', 'chu text collate "vi-x-icu"']
      : [
          'khoa varchar(50) character set utf8mb4 collate utf8mb4_vietnamese_ci',
          'chu varchar(50) character set latin1 collate latin1_swedish_ci',
        ]
    beforeAll(async () => {
      if (isPostgres)
        await sql(
          `create collation khong_phan_biet (provider = icu, locale = 'vi-u-ks-level2', deterministic = false)`,
        )
      await sql(`create table theo_chu (so int, cap_nhat timestamp(6), ${columns.join(', ')})`)
      const { reader } = source()
      if (isPostgres) await sql(`grant select on theo_chu to ${reader}`)
    })
    beforeEach(() => sql('delete from theo_chu'))
    const by = (key: string, change: object = {}) => {
      const watermark = { ...pull().watermark, key: [key] }
      const message = { subject: `/${key}`, time: '/cap_nhat', data: [{ to: '/x', from: '/so' }] }
      return connect({ pulls: [pull({ table: 'theo_chu', watermark, message, ...change })] })
    }
    const fill = async (column: string, texts: readonly string[]) => {
      const rows = texts.map((text, n) => `('${text}', ${n}, '${mark}')`)
      await sql(`insert into theo_chu (${column}, so, cap_nhat) values ${rows.join(', ')}`)
    }

    it.each([1, 2, 3])('reads each once, in pages of %i', async (pageSize) => {
      const texts = ['a', 'B', 'c', 'D', 'đ', 'e', 'É1', 'z', 'Z1', '10', '9', ' x', 'ớ1', 'ơ']
      await fill('khoa', texts)
      expect((await run(by('khoa', { pageSize }))).ids.toSorted()).toEqual(texts.toSorted())
      await sql('delete from theo_chu')
      const narrow = ['a', 'B', 'c', 'é', 'ö', 'Z', 'ß', 'y', 'a b', 'a-b', 'ab']
      await fill('chu', narrow)
      expect((await run(by('chu', { pageSize }))).ids.toSorted()).toEqual(narrow.toSorted())
    })

    it.each([1, 3])(
      'refuses to tear what the database holds for one, in pages of %i',
      async (n) => {
        await fill('khoa', ['x', 'Bà Thử', 'BÀ THỬ', 'bà thử'])
        expect(await codeOf(run(by('khoa', { pageSize: n })))).toBe(
          'permanent system-misconfigured',
        )
      },
    )

    it.skipIf(isPostgres)('refuses what MariaDB sorts by number and compares as text', async () => {
      await sql(`create table theo_so (ma enum('z', 'a', 'm'), cap_nhat timestamp(6))`)
      await sql(`insert into theo_so values ('a', '${mark}'), ('m', '${mark}'), ('z', '${mark}')`)
      const watermark = { ...pull().watermark, key: ['ma'] }
      const message = { subject: '/ma', time: '/cap_nhat', data: [{ to: '/x', from: '/ma' }] }
      const reading = (change: object) =>
        run(connect({ pulls: [pull({ pageSize: 1, watermark, message, ...change })] }))
      expect(await codeOf(reading({ table: 'theo_so' }))).toBe('permanent system-misconfigured')
      const select = 'select cast(ma as char) as ma, cap_nhat from theo_so'
      expect((await reading({ table: undefined, select })).ids).toEqual(['a', 'm', 'z'])
    })
  })
}

function looking({ isPostgres, sql, connect, put, ask }: World): void {
  it('answers a lookup with what stands there, to the last digit', async () => {
    await sql(
      `insert into cau_hoi (ma, ten, so, le, khi, ngay, cap_nhat) values ('H-1', 'Đặng Thị Ước Mơ',
        9007199254740993, 0.10000000000000000001, '2026-03-02 09:00:00${isPostgres ? '+07' : ''}',
        '2026-03-02', now())`,
    )
    const connector = connect({ lookups: [lookup('select * from cau_hoi where ma = :ma')] })
    expect(await ask(connector, { ma: 'H-1' })).toEqual({
      ten: 'Đặng Thị Ước Mơ'.normalize('NFC'),
      so: '9007199254740993',
      le: '0.10000000000000000001',
      khi: '2026-03-02T09:00:00+07:00',
      ngay: '2026-03-02',
    })
    expect(await ask(connector, { ma: "H-1' or '1'='1" })).toBeUndefined()
    expect(await ask(connector, { ma: 'H-2' })).toBeUndefined()
  })

  it('binds a name as often as it stands, and not what looks like one', async () => {
    await put('H-1', '2026-03-02 09:00:00', '5')
    const select = `select ten, so, ':ma "x"' as le, null as khi, null as ngay from cau_hoi where ma = :ma and (so = :so or ma = :ma)`
    const record = await ask(connect({ lookups: [lookup(select)] }), { ma: 'H-1', so: 7 })
    expect(record).toMatchObject({ le: ':ma "x"', so: '5' })
  })

  it('refuses two rows, and does not choose one', async () => {
    await put('H-1', '2026-03-02 09:00:00')
    await put('H-2', '2026-03-02 09:00:00')
    const connector = connect({
      lookups: [lookup('select * from cau_hoi where ten is not null')],
    })
    expect(await codeOf(ask(connector, {}))).toBe('unknown answer-invalid')
  })
}

function checking({ isPostgres, source, sql, connect, put, ask, run }: World): void {
  it('says which table or column there is not, and nothing that the database said', async () => {
    const broken = async (change: object) => {
      const end = await failureOf(run(connect({ pulls: [pull(change)] })))
      if (!(end instanceof ConnectorError)) throw new Error('it was read')
      return `${end.code} ${end.detail?.en}`
    }
    expect(await broken({ table: 'khong_co_bang' })).toMatch(
      /^system-misconfigured .*khong_co_bang \(/,
    )
    const message = { ...pull().message, data: [{ to: '/x', from: '/cot_la' }] }
    expect(await broken({ message })).toMatch(/^system-misconfigured .*cot_la \(/)
  })

  it('is checked step by step: the account, that it only reads, what is configured', async () => {
    await put('H-1', '2026-03-02 09:00:00')
    const parts = { pulls: [pull()], lookups: [lookup('select * from cau_hoi where ma = :ma')] }
    const check = async (change: object = {}) =>
      triedOf(await connect({ ...parts, ...change }).check(steady)).map(
        ({ name: step, ok, detail }) => ({ step, ok, en: detail.en }),
      )
    expect((await check()).map(({ step, ok }) => `${step} ${ok}`)).toEqual([
      ...['tcp true', 'credentials true', 'credentials true', 'call true', 'call true'],
    ])
    const last = async (change: object) => (await check(change)).at(-1)
    expect(await last({ user: source().writer })).toMatchObject({
      ...{
        step: 'credentials',
        ok: false,
        en: expect.stringMatching(/more than read: .*(write|INSERT)/),
      },
    })
    expect(await last({ password: 'wrong' })).toMatchObject({ step: 'credentials', ok: false })
    expect(await last({ pulls: [pull({ table: 'khong_co_bang' })] })).toMatchObject({
      ...{ step: 'call', ok: false, en: expect.stringContaining('khong_co_bang') },
    })
    expect(await last({ server: source().server.replace(/\d+$/, '1') })).toMatchObject({
      step: 'tcp',
      ok: false,
    })
    expect(
      await last({
        encryption: 'required',
        server: source().server.replace('127.0.0.1', 'localhost'),
      }),
    ).toMatchObject({
      ...{ step: 'tls', ok: false },
    })
  })

  it('is spoken to over TLS by the name in its certificate', async () => {
    const { authority, server } = source()
    // The embedded PostgreSQL has none: what is to be seen is that nothing goes out in clear.
    const named = { encryption: 'required', server: server.replace('127.0.0.1', 'localhost') }
    const last = async (change: object) => triedOf(await connect(change).check(steady)).at(-1)
    const isReached = authority !== undefined
    expect(await last({ ...named, ...(authority && { authority }) })).toMatchObject(
      isReached ? { ok: true } : { ok: false, name: 'tls' },
    )
    expect(await last({ ...named, authority: createAuthority().cert })).toMatchObject({
      ...{ ok: false, name: 'tls' },
    })
  })

  it('cannot write, whatever the account may', async () => {
    const writing = connect({
      user: source().writer,
      lookups: [lookup('select ghi() as ten', { answer: [{ to: '/ten', from: '/ten' }] })],
    })
    expect(await codeOf(ask(writing, {}))).toBe('permanent system-misconfigured')
    await sql(isPostgres ? 'select ghi()' : 'do ghi()')
    const { ids } = await run(connect({ pulls: [pull()] }))
    expect(ids).toHaveLength(1)
  })
}

function underWay({ isPostgres, sql, connect, ask }: World): void {
  describe('under way', () => {
    const sleeping = isPostgres ? 'select pg_sleep(30)::text as ten' : 'select sleep(30) as ten'
    const running = async (): Promise<number> => {
      const found = (await sql(
        isPostgres
          ? `select count(*)::int as n from pg_stat_activity where query like '%sleep(30)%' and state = 'active' and pid <> pg_backend_pid()`
          : `select count(*) as n from information_schema.processlist where info like '%sleep(30)%' and id <> connection_id()`,
      )) as { rows: { n: number }[] } & { n: number }[][]
      return Number(isPostgres ? found.rows[0]?.n : found[0]?.[0]?.n)
    }
    const sleeper = (more: object, timeoutMs: number) =>
      connect(
        { lookups: [lookup(sleeping, { answer: [{ to: '/ten', from: '/ten' }] })], ...more },
        timeoutMs,
      )

    it.each([
      ['its own limit', { statementTimeoutMs: 200 }, 10_000],
      ['the limit of the system', {}, 400],
    ])('ends at %s, at the server too', async (_, more, timeoutMs) => {
      expect(await codeOf(ask(sleeper(more, timeoutMs), {}))).toBe('retry answer-timeout')
      await waitUntil('nothing runs', running, (n) => n === 0)
    })

    it('ends when it is told to stop, at the server too', async () => {
      const stop = new AbortController()
      const work = codeOf(
        sleeper({}, 30_000).lookup?.(
          {
            ...{
              id: '1',
              operation: 'one',
              official: 'a',
              unit: 'b',
              dossier: 'c',
              purpose: 'd',
            },
            ...{ fields: ['ten'], parameters: {} },
          },
          stop.signal,
        ),
      )
      await waitUntil('it runs', running, (n) => n === 1)
      stop.abort()
      expect(await work).toBe('retry interrupted')
      await waitUntil('nothing runs', running, (n) => n === 0)
    })
  })
}

describe.each(worlds)('connectors/sql on $name', ({ name, open, skipped }) => {
  describe.skipIf(skipped)(`a real ${name}`, () => {
    const world = useWorld(open, name === 'PostgreSQL')
    pulling(world)
    passing(world)
    ordering(world)
    looking(world)
    checking(world)
    underWay(world)
  })
})

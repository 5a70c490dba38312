/** The same promises, kept by every real database that is at hand. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Connector,
  ConnectorError,
  type IncomingMessage,
  type PullPage,
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
    for (let cursor = from, pages = 1; ; pages++) {
      const request = { operation: 'rows', cursor, startedFrom: from }
      const page = (await connector.pull?.(
        pullRequest({ ...request, overlapSeconds: cursor === from ? overlapSeconds : 0 }),
        steady,
      )) as PullPage
      messages.push(...page.messages)
      await between(pages)
      cursor = page.cursor
      if (!page.more)
        return { messages, cursor, pages, ids: messages.map(({ subject }) => subject) }
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

  it('does not take more into memory than a page may hold', async () => {
    for (let n = 0; n < 4; n++) await put(`H-${n}`, '2026-03-02 09:00:00')
    const { table: _, ...rest } = pull()
    const select = `select ma, cap_nhat, so, repeat('x', 9000000) as ten from cau_hoi`
    expect(await codeOf(run(connect({ pulls: [{ ...rest, select }] })))).toBe(
      'permanent answer-too-large',
    )
  })

  it('tells what it cannot read truly, by the column', async () => {
    const faultsOf = async (change: object, statement: string) => {
      await sql('delete from cau_hoi')
      await put('H-1', '2026-03-02 09:00:00')
      await sql(statement)
      const end = await failureOf(run(connect({ pulls: [pull(change)] })))
      return end instanceof ConnectorError
        ? [end.code, end.faults.map(({ pointer }) => pointer)]
        : end
    }
    const reading = (column: string) => ({
      message: { ...pull().message, data: [{ to: '/x', from: `/${column}` }] },
    })
    const failed = (column: string) => ['mapping-failed', [`/${column}`]]
    expect(await faultsOf(reading('du_lieu'), `update cau_hoi set du_lieu = 'x'`)).toEqual(
      failed('du_lieu'),
    )
    expect(await faultsOf(reading('ten'), `update cau_hoi set ten = null`)).toEqual(failed('ten'))
    const [column, value] = isPostgres ? ['khi', 'infinity'] : ['ngay', '0000-00-00']
    expect(
      await faultsOf(reading(column as string), `update cau_hoi set ${column} = '${value}'`),
    ).toEqual(failed(column as string))
    if (!isPostgres)
      expect(await faultsOf(reading('ten'), `update cau_hoi set ten = 'a\\0b'`)).toEqual(
        failed('ten'),
      )
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
      (await connect({ ...parts, ...change }).check(steady)).map(({ name: step, ok, detail }) => ({
        ...{ step, ok, en: detail.en },
      }))
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
    const last = async (change: object) => (await connect(change).check(steady)).at(-1)
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
    looking(world)
    checking(world)
    underWay(world)
  })
})

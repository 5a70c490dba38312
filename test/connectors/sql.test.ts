import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { dayCell, earlier, textCell, timeCell } from '../../connectors/sql/cells.ts'
import { beyondReading, mysql } from '../../connectors/sql/mysql.ts'
import {
  defaultOptions,
  defaultPageSize,
  namesIn,
  readOptions,
} from '../../connectors/sql/options.ts'
import { postgresql } from '../../connectors/sql/postgresql.ts'
import createSimulator, { account } from '../../connectors/sql/simulator.ts'
import { astray, page, question, sourceOf, syntaxes } from '../../connectors/sql/statement.ts'
import { ConnectorError } from '../../src/connector/index.ts'
import { type Certificate, createAuthority } from '../support/certificates.ts'
import { declaredDefaults, loadedManifest } from '../support/manifest.ts'
import { thrownOutcome } from '../support/outcome.ts'
import { pullRequest } from '../support/pull-request.ts'
import { connectSql } from '../support/sql-source.ts'

const given = {
  ...{ server: 'postgresql://db.h99.example.test', database: 'd', user: 'u', password: 'p' },
}
const dialects = ['postgresql', 'mysql', 'sql-server'] as const

describe('connectors/sql options', () => {
  it('has the defaults that its manifest says', async () => {
    const { options } = await loadedManifest('sql')
    expect(declaredDefaults(options)).toEqual(defaultOptions)
    const { pull } = options.$defs as { pull: { properties: { pageSize: { default: number } } } }
    expect(pull.properties.pageSize.default).toBe(defaultPageSize)
  })

  it.each([
    ['postgresql://a.example', 'postgresql', 'a.example', 5432],
    ['mysql://a.example:3307', 'mysql', 'a.example', 3307],
    ['sql-server://[::1]', 'sql-server', '::1', 1433],
  ])('reads %s', (server, dialect, host, port) => {
    expect(readOptions({ ...given, server }, 30_000)).toMatchObject({ dialect, host, port })
  })

  it('gives a statement no more time than the system has', () => {
    const { statementTimeoutMs } = readOptions({ ...given, statementTimeoutMs: 60_000 }, 30_000)
    expect(statementTimeoutMs).toBe(30_000)
    expect(readOptions({ ...given, statementTimeoutMs: 500 }, 30_000).statementTimeoutMs).toBe(500)
  })

  it.each(['postgresql://10.0.0.1', 'mysql://127.0.0.1.ngoai.example'])(
    'sends no password in clear to %s',
    (server) => {
      expect(() => readOptions({ ...given, server, encryption: 'none' }, 1_000)).toThrow(
        ConnectorError,
      )
    },
  )
})

describe('connectors/sql over TLS', () => {
  /** PostgreSQL's way to TLS: asked for and granted in clear, then the handshake. */
  async function startTls(inside: string, { cert, key }: Certificate): Promise<Server> {
    const server = createServer((socket) => {
      socket.once('data', () => {
        socket.write('S')
        const secured = new TLSSocket(socket, { isServer: true, cert, key })
        const onward = connectSocket(Number(new URL(inside).port), '127.0.0.1')
        for (const one of [socket, secured, onward])
          one.on('error', () => [socket, onward].map((each) => each.destroy()))
        secured.pipe(onward).pipe(secured)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return server
  }
  const authority = createAuthority()

  it.each([
    ['of an authority that is trusted', authority.issue(), authority.cert, true],
    ['of another authority', createAuthority().issue(), authority.cert, false],
    [
      'for another host',
      authority.issue({ names: ['khac.h99.example.test'] }),
      authority.cert,
      false,
    ],
    ['that is over', authority.issue({ notAfter: new Date(0) }), authority.cert, false],
  ])('takes a certificate %s: %#', async (_, certificate, trusted, isTaken) => {
    const simulator = await createSimulator({ port: 0 })
    const server = await startTls(simulator.address, certificate)
    const { port } = server.address() as { port: number }
    for (const host of ['localhost', '127.0.0.1']) {
      const options = {
        ...given,
        ...account,
        server: `postgresql://${host}:${port}`,
        authority: trusted,
      }
      const steps = await connectSql(options).check(new AbortController().signal)
      expect(steps.findLast(({ tried }) => tried !== false)).toMatchObject(
        isTaken ? { ok: true } : { ok: false, name: 'tls' },
      )
    }
    expect(simulator.calls() > 0).toBe(isTaken)
    await simulator.stop()
    server.close()
  })

  it('refuses an authority that is no certificate before anything else', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nkhong phai\n-----END CERTIFICATE-----'
    expect(() => readOptions({ ...given, authority: broken }, 1_000)).toThrow(ConnectorError)
  })
})

describe('connectors/sql cells', () => {
  it.each([
    ['2026-03-02 09:00:00', '2026-03-02T09:00:00+07:00'],
    ['2026-03-02 09:00:00.120000', '2026-03-02T09:00:00.12+07:00'],
    ['2026-03-02 09:00:00.123456+00', '2026-03-02T09:00:00.123456+00:00'],
    ['2026-03-02T09:00:00.1234567-03:30', '2026-03-02T09:00:00.1234567-03:30'],
  ])('reads the time %s', (text, cell) => {
    expect(timeCell(text, '+07:00')).toBe(cell)
  })

  it.each([
    ...[
      'infinity',
      '-infinity',
      '0000-00-00 00:00:00',
      '2026-02-30 00:00:00',
      '44-03-15 00:00:00 BC',
    ],
    ...['12026-01-01 00:00:00', '2026-03-02 24:00:00', '', '02/03/2026 09:00:00'],
  ])('reads no time in %j', (text) => {
    expect(timeCell(text, '+07:00')).toHaveProperty('wrong')
  })

  it('reads days that exist only', () => {
    expect(dayCell('2024-02-29')).toBe('2024-02-29')
    for (const text of ['2026-02-29', '0000-00-00', 'infinity', '2026-3-2', '2026-03-02 00:00:00'])
      expect(dayCell(text)).toHaveProperty('wrong')
  })

  it('takes a text as it is, or not at all', () => {
    const text = ' Nguyễn '
    expect(textCell(text.normalize('NFC'))).toBe(text.normalize('NFC'))
    expect(textCell(text.normalize('NFD'))).toBe(text.normalize('NFD'))
    for (const broken of ['a\0b', 'a\uFFFDb', 'a\ud800'])
      expect(textCell(broken)).toHaveProperty('wrong')
  })

  it.each([
    ['2026-03-02T00:00:30.9+07:00', 60, '+07:00', '2026-03-01T23:59:30+07:00'],
    ['2026-03-02T00:00:30Z', 0, '+07:00', '2026-03-02T07:00:30+07:00'],
    ['2026-03-02T00:00:30Z', 1, '-03:30', '2026-03-01T20:30:29-03:30'],
  ])('is earlier than %s by %i s', (time, seconds, offset, before) => {
    expect(earlier(time, seconds, offset)).toBe(before)
  })
})

describe('connectors/sql statements', () => {
  const by = [
    { name: 'cap nhat', kind: 'time' },
    { name: 'ma"`]', kind: 'number' },
  ] as const
  const selected = { from: '"t"', columns: ['cap nhat'] }

  it('asks for a page behind a place, by quoted names and bound values', () => {
    expect(page(syntaxes.postgresql, selected, by, ['m', 'k'], 3)).toEqual({
      text: `select q."cap nhat" from "t" as q where q."cap nhat" >= $1 and (q."cap nhat" > $2 or q."cap nhat" = $3 and (q."ma""\`]" > $4)) order by q."cap nhat", q."ma""\`]" limit 3`,
      values: ['m', 'm', 'm', 'k'],
    })
    expect(page(syntaxes.mysql, selected, by, ['m'], 3).text).toBe(
      'select q.`cap nhat` from "t" as q where q.`cap nhat` >= cast(? as datetime(6)) order by q.`cap nhat`, q.`ma"``]` limit 3',
    )
    expect(page(syntaxes['sql-server'], selected, by, ['m', 'k'], 3).text).toBe(
      'select top (3) q.[cap nhat] from "t" as q where q.[cap nhat] >= cast(@p1 as datetime2(7)) and (q.[cap nhat] > cast(@p2 as datetime2(7)) or q.[cap nhat] = cast(@p3 as datetime2(7)) and (q.[ma"`]]] > @p4)) order by q.[cap nhat], q.[ma"`]]]',
    )
    expect(astray(syntaxes.mysql, { from: 't', columns: ['a', 'b'] }).text).toBe(
      'select 1 from t as q where q.`a` is null or q.`b` is null limit 1',
    )
  })

  it('binds a time as the clock that the column shows', () => {
    const time = '2026-03-02T09:00:00.5+07:00'
    const bound = (dialect: (typeof dialects)[number], kind: 'zoned' | 'time') =>
      page(syntaxes[dialect], selected, [{ name: 'a', kind }], [time], 1).values[0]
    expect([bound('postgresql', 'time'), bound('mysql', 'time')]).toEqual([time, time.slice(0, -6)])
    expect([bound('sql-server', 'time'), bound('sql-server', 'zoned')]).toEqual([
      time.slice(0, -6),
      time,
    ])
  })

  it('quotes each part of a table', () => {
    expect(sourceOf('postgresql', { table: 'x"; drop.y' })).toBe('"x""; drop"."y"')
    expect(sourceOf('sql-server', { table: 'db.dbo.y]' })).toBe('[db].[dbo].[y]]]')
  })

  it.each(dialects)('binds named parameters and leaves texts alone: %s', (dialect) => {
    const select = `select * from t where a = :a and b = ':b' and c = "d:e" and d = :d_1 or a = :a;`
    const asked = question(dialect, select, ['x'])
    expect(asked.names).toEqual(['a', 'd_1', 'a'])
    const { text, values } = asked.ask({ a: "'; drop", d_1: 5 })
    expect(values).toEqual(["'; drop", 5, "'; drop"])
    expect(text).toContain(`b = ':b' and c = "d:e"`)
    expect(text).not.toContain('drop')
    expect(asked.ask({}).values).toEqual([null, null, null])
    expect(() => asked.ask({ a: {} })).toThrow(ConnectorError)
  })

  it('knows what each dialect holds for a text', () => {
    const names = (dialect: (typeof dialects)[number], text: string) =>
      question(dialect, `select ${text}`, ['x']).names
    expect(names('postgresql', `a::text, E'it\\'s :no', 'c:\\', :yes`)).toEqual(['yes'])
    expect(names('mysql', '\'it\\\'s :no\', "\\":no", `:no`, :yes')).toEqual(['yes'])
    expect(names('sql-server', "'c:\\', [:no], N'it''s :no', :yes")).toEqual(['yes'])
  })

  it.each(dialects)('takes one SELECT without comments: %s', (dialect) => {
    const bad = [
      ...['insert into t values (1)', 'selectx', '', 'select 1; select 2', 'select 1 -- x'],
      ...['select 1 /* x */', "select 'a", 'explain select 1', 'select "a'],
    ]
    for (const select of bad)
      expect(() => question(dialect, select, ['x']), select).toThrow(ConnectorError)
    expect(() => sourceOf(dialect, { select: 'select * from t where a = :a' })).toThrow(
      ConnectorError,
    )
  })

  it('refuses what a dialect would take for something of its own', () => {
    expect(() => question('postgresql', 'select $1', ['x'])).toThrow(ConnectorError)
    expect(() => question('postgresql', 'select $$a$$', ['x'])).toThrow(ConnectorError)
    for (const text of ['select ?', 'select @a', 'select 1 # x'])
      expect(() => question('mysql', text, ['x']), text).toThrow(ConnectorError)
    for (const text of ['select @p1', 'with a as (select 1 as x) select * from a'])
      expect(() => question('sql-server', text, ['x']), text).toThrow(ConnectorError)
  })
})

describe('connectors/sql outcomes', () => {
  const sqlState = (code: string, message = '') => Object.assign(new Error(message), { code })
  const errno = (number: number, message = '') =>
    Object.assign(new Error(message), { errno: number })
  const said = (error: ConnectorError) => `${error.outcome.kind} ${error.code}`

  it.each([
    ['28P01', 'auth session-refused'],
    ['42501', 'auth target-forbidden'],
    ['53300', 'retry target-busy'],
    ['40P01', 'retry target-busy'],
    ['40001', 'retry target-busy'],
    ['57P01', 'retry target-busy'],
    ['57014', 'retry answer-timeout'],
    ['42P01', 'permanent system-misconfigured'],
    ['42601', 'permanent system-misconfigured'],
    ['25006', 'permanent system-misconfigured'],
    ['22P02', 'permanent target-rejected'],
    ['XX000', 'unknown target-failed'],
    ['ENOTFOUND', 'retry name-not-resolved'],
    ['ECONNREFUSED', 'retry connection-refused'],
    ['CERT_HAS_EXPIRED', 'retry tls-failed'],
  ])('of PostgreSQL: %s', (code, outcome) => {
    expect(said(postgresql.classify(sqlState(code), 'connecting', []))).toBe(outcome)
  })

  it.each([
    [1045, 'auth session-refused'],
    [1142, 'auth target-forbidden'],
    [1040, 'retry target-busy'],
    [1213, 'retry target-busy'],
    [3024, 'retry answer-timeout'],
    [1054, 'permanent system-misconfigured'],
    [1064, 'permanent system-misconfigured'],
    [9999, 'unknown target-failed'],
  ])('of MySQL: %i', (code, outcome) => {
    expect(said(mysql.classify(errno(code), 'asking', []))).toBe(outcome)
  })

  it('tells the longest name of the configuration that the server complains about, and no more', () => {
    const error = sqlState('42703', 'column q.ma_ho_so does not exist: "0123456789"')
    const { detail } = postgresql.classify(error, 'asking', ['ma', 'ma_ho_so', 'khac'])
    expect(detail?.en).toBe('The database has no ma_ho_so (42703).')
  })

  it('knows the names that are configured', () => {
    const watermark = { column: 'cap_nhat', key: ['ma'], first: '2026-01-01T00:00:00Z' }
    const message = { subject: '/ma', time: '/cap_nhat', data: [{ to: '/x', from: '/t~1n' }] }
    const pull = { name: 'a', types: ['b'], table: 'dbo.ho_so', watermark, message }
    expect(namesIn(readOptions({ ...given, pulls: [pull] }, 1))).toEqual(
      expect.arrayContaining(['t/n', 'dbo.ho_so', 'ho_so', 'cap_nhat', 'ma']),
    )
  })

  it.each([
    ["GRANT USAGE ON *.* TO `u`@`h` IDENTIFIED BY PASSWORD '*ABC'", []],
    ['GRANT SELECT, SHOW VIEW ON `d`.* TO `u`@`h`', []],
    [
      'GRANT SELECT (`a`, `b`), INSERT (`a`, `b`) ON `d`.`t` TO `u`@`h`',
      ['INSERT (`a`, `b`) on `d`.`t`'],
    ],
    ['GRANT SELECT ON `d`.* TO `u`@`h` WITH GRANT OPTION', ['GRANT OPTION on `d`.*']],
    ['GRANT ALL PRIVILEGES ON *.* TO `u`@`h`', ['ALL PRIVILEGES on *.*']],
    ['GRANT `ghi`@`%` TO `u`@`h`', ['role `ghi`@`%`']],
  ])('reads the rights in %s', (line, more) => {
    expect(beyondReading(line)).toEqual(more)
  })
})

describe('connectors/sql on its simulator', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })
  const options = (server: string) => ({
    ...{ server, encryption: 'none', database: 'd', ...account },
    pulls: [
      {
        ...{ name: 'rows', title: { vi: 'a', en: 'a' }, types: ['vn.tthc.question.asked.v1'] },
        ...{ table: 'cau_hoi', pageSize: 2 },
        watermark: { column: 'cap_nhat', key: ['ma_cau_hoi'], first: '2026-01-01T00:00:00Z' },
        message: {
          ...{ subject: '/ma_cau_hoi', time: '/cap_nhat' },
          data: [{ to: '/id', from: '/ma_cau_hoi' }],
        },
      },
    ],
  })
  const pull = (server: string, change: object = {}, timeoutMs?: number) =>
    connectSql(options(server), timeoutMs).pull?.(
      pullRequest({ operation: 'rows', ...change }),
      new AbortController().signal,
    ) ?? Promise.reject(new Error('no pull'))

  it('refuses a cursor that it did not make', async () => {
    const simulator = await createSimulator({ port: 0 })
    for (const cursor of ['x', '[]', '{}'])
      expect(await thrownOutcome(pull(simulator.address, { cursor }))).toMatchObject({
        code: 'mapping-failed',
      })
    expect(simulator.calls()).toBe(0)
    await simulator.stop()
  })

  it('keeps where it is when there is nothing new', async () => {
    const simulator = await createSimulator({ port: 0 })
    const first = await pull(simulator.address)
    expect(first).toMatchObject({ messages: [], more: false })
    const cursor = first.cursor
    const again = await pull(simulator.address, { cursor, startedFrom: cursor })
    expect(again.cursor).not.toBe(cursor)
    await simulator.stop()
  })

  it.each(
    dialects.flatMap((dialect) => [
      [dialect, 'says nothing', () => undefined, 'connect-timeout'] as const,
      [dialect, 'hangs up', (socket: Socket) => socket.destroy(), 'connection-refused'] as const,
      [
        dialect,
        'speaks of other things',
        (socket: Socket) => socket.end('HTTP/1.1 400 Bad\r\n\r\n'),
        '',
      ] as const,
    ]),
  )('tries %s later when something %s', async (dialect, _, act, code) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('end', () => socket.destroy())
      act(socket)
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const outcome = await thrownOutcome(pull(`${dialect}://127.0.0.1:${port}`, {}, 300))
    expect(['retry', 'unknown']).toContain(outcome.kind)
    if (code !== '') expect(outcome).toMatchObject({ kind: 'retry', code })
  })
})

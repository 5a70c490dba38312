/** What is sent to SQL Server and how its answers are read, on its protocol; no SQL Server has been spoken to. */
import { afterEach, describe, expect, it } from 'vitest'
import { type ColumnType, cellOf, kindOf } from '../../connectors/sql/sql-server.ts'
import { thrownOutcome } from '../support/outcome.ts'
import { pullRequest } from '../support/pull-request.ts'
import { connectSql } from '../support/sql-source.ts'
import {
  startTdsServer,
  type TdsAnswer,
  type TdsQuestion,
  type TdsServer,
} from '../support/tds-server.ts'
import { waitUntil } from '../support/wait.ts'

const account = { user: 'doc', password: 'not-a-real-secret' }
const steady = new AbortController().signal
/** 2026-03-02, counted from 0001-01-01. */
const day = 739_676
const nine = 9n * 3600n * 10_000_000n

let server: TdsServer
afterEach(() => server.close())

const order = [
  { name: 'cap_nhat', type: 'datetime2' },
  { name: 'ma', type: 'bigint' },
] as const
const rows = [
  [[nine, day], 9007199254740993n, 'Nguyễn'],
  [[nine + 1n, day], 2n, null],
] as const

/** Describes, has nothing out of the order, gives two rows behind the first mark and none later. */
function table({ text, values }: TdsQuestion): TdsAnswer {
  if (text.endsWith('where 1 = 0')) return { columns: order, rows: [] }
  if (text.includes('is null')) return { columns: [{ name: '', type: 'bigint' }], rows: [] }
  const columns = [...order, { name: 'ten', type: 'nvarchar' as const }]
  return { columns, rows: values.length === 1 ? rows : [] }
}

const connect = (change: object = {}, timeoutMs = 5_000) =>
  connectSql(
    {
      ...{ server: `sql-server://127.0.0.1:${server.port}`, encryption: 'none', database: 'd' },
      ...account,
      pulls: [
        {
          ...{ name: 'rows', title: { vi: 'a', en: 'a' }, types: ['x'], table: 'dbo.ho_so' },
          watermark: { column: 'cap_nhat', key: ['ma'], first: '2026-03-01T00:00:00+07:00' },
          message: {
            ...{ subject: '/ma', time: '/cap_nhat' },
            data: [{ to: '/ten', from: '/ten', required: false }],
          },
        },
      ],
      ...change,
    },
    timeoutMs,
  )
const pull = (connector = connect()) =>
  connector.pull?.(pullRequest({ operation: 'rows' }), steady) ?? Promise.reject(new Error('none'))

describe('connectors/sql on the protocol of SQL Server', () => {
  it('reads a page by bound values, to the last digit', async () => {
    server = await startTdsServer(account, table)
    const page = await pull()
    expect(page.messages.map(({ subject, time, data }) => [subject, time, data])).toEqual([
      ['9007199254740993', '2026-03-02T09:00:00+07:00', { ten: 'Nguyễn' }],
      ['2', '2026-03-02T09:00:00.0000001+07:00', {}],
    ])
    expect(server.questions.at(-1)).toEqual({
      text: 'select top (501) q.[cap_nhat], q.[ma], q.[ten] from [dbo].[ho_so] as q where q.[cap_nhat] >= cast(@p1 as datetime2(7)) order by q.[cap_nhat], q.[ma]',
      values: ['2026-03-01T00:00:00'],
    })
    // A transaction was begun before anything was asked, and nothing but a rollback can have followed.
    expect(server.packets.indexOf(0x0e)).toBeLessThan(server.packets.indexOf(0x03))
  })

  it('refuses a datetime as watermark, and a decimal, which the driver would round', async () => {
    server = await startTdsServer(account, (asked) => {
      const columns = [{ name: 'cap_nhat', type: 'datetime' as const }, order[1]]
      return asked.text.endsWith('where 1 = 0') ? { columns, rows: [] } : table(asked)
    })
    expect(await thrownOutcome(pull())).toMatchObject({ code: 'system-misconfigured' })
    await server.close()
    server = await startTdsServer(account, (asked) => {
      const found = table(asked)
      if (found === 'never' || 'error' in found || found.rows.length === 0) return found
      const columns = [...order, { name: 'ten', type: 'decimal' as const }]
      return { columns, rows: [[[nine, day], 1n, 12345n]] }
    })
    expect(await thrownOutcome(pull())).toMatchObject({
      ...{ code: 'mapping-failed', faults: [{ pointer: '/ten' }] },
    })
  })

  it.each([
    [208, "Invalid object name 'dbo.ho_so'. 0123456789", 'permanent', 'system-misconfigured'],
    [229, 'denied', 'auth', 'target-forbidden'],
    [1205, 'deadlock', 'retry', 'target-busy'],
    [777_777, 'new', 'unknown', 'target-failed'],
  ])('makes an outcome of error %i', async (error, words, kind, code) => {
    server = await startTdsServer(account, () => ({ error, words }))
    const outcome = await thrownOutcome(pull())
    expect(outcome).toMatchObject({ kind, code })
    expect(JSON.stringify(outcome)).not.toContain('0123456789')
    if (error === 208) expect(outcome.detail?.en).toContain('dbo.ho_so')
  })

  it('is refused with a wrong password', async () => {
    server = await startTdsServer(account, table)
    expect(await thrownOutcome(pull(connect({ password: 'wrong' })))).toMatchObject({
      ...{ kind: 'auth', code: 'session-refused' },
    })
  })

  it('sends no login to a server without TLS, but on this machine when told so', async () => {
    server = await startTdsServer(account, table)
    const address = `sql-server://localhost:${server.port}`
    const secured = connect({ server: address, encryption: 'required' })
    expect(await thrownOutcome(pull(secured))).toMatchObject({ kind: 'retry', code: 'tls-failed' })
    expect(server.packets).not.toContain(0x10)
    const byNumber = connect({ encryption: 'required' })
    expect(await thrownOutcome(pull(byNumber))).toMatchObject({ code: 'system-misconfigured' })
  })

  it('stops what runs when it is told to, or when its time is over', async () => {
    server = await startTdsServer(account, () => 'never')
    expect(await thrownOutcome(pull(connect({}, 300)))).toMatchObject({ code: 'answer-timeout' })
    const stop = new AbortController()
    const asked = server.questions.length
    const work = thrownOutcome(
      connect().pull?.(pullRequest({ operation: 'rows' }), stop.signal) ?? Promise.resolve(),
    )
    await waitUntil('it runs', () => server.questions.length > asked)
    stop.abort()
    expect(await work).toMatchObject({ kind: 'retry', code: 'interrupted' })
    await waitUntil('it is called off', () => server.packets.includes(0x06))
  })

  it('knows what its types may be compared by, and what they say', async () => {
    server = await startTdsServer(account, table)
    const type = (name: string, length?: number): ColumnType => ({ name, length })
    const kinds = (
      ['DateTimeOffset', 'DateTime2', 'Date', 'BigInt', 'DateTime', 'NVarChar'] as const
    ).map((name) => kindOf(type(name)))
    expect(kinds).toEqual(['zoned', 'time', 'day', 'number', 'other', 'other'])
    expect([kindOf(type('DateTimeN', 4)), kindOf(type('DateTimeN', 8))]).toEqual(['time', 'other'])
    const nineSharp = new Date('2026-03-02T09:00:00.5Z')
    expect([
      cellOf(nineSharp, type('DateTimeOffset'), '+07:00'),
      cellOf(nineSharp, type('Date'), '+07:00'),
      cellOf(nineSharp, type('Time'), '+07:00'),
      cellOf(new Date('2026-03-02T00:00:00Z'), type('Time'), '+07:00'),
      cellOf(true, type('Bit'), ''),
      cellOf(Math.fround(1.1), type('FloatN', 4), ''),
      cellOf(16777217, type('IntN', 4), ''),
      cellOf(0.1, type('Float'), ''),
    ]).toEqual([
      ...[
        '2026-03-02T09:00:00.5Z',
        '2026-03-02',
        '09:00:00.5',
        '00:00:00',
        true,
        '1.1',
        '16777217',
        '0.1',
      ],
    ])
    for (const [value, name] of [
      [Buffer.alloc(1), 'VarBinary'],
      [1.5, 'MoneyN'],
      [1.5, 'DecimalN'],
      ['a\0', 'Char'],
    ] as const)
      expect(cellOf(value, type(name), '')).toHaveProperty('wrong')
  })
})

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../src/adapters/postgres/accept.ts'
import { digest } from '../../src/adapters/system/digest.ts'
import { uuidv7 } from '../../src/adapters/system/ids.ts'
import type { AcceptResult } from '../../src/connector/door.ts'
import type { Revision } from '../../src/domain/configuration.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { Receipt } from '../../src/domain/message.ts'
import { type AcceptDependencies, createAccept } from '../../src/engine/accept/accept.ts'
import { useDatabase } from '../support/database.ts'
import {
  createTestCipher,
  everything,
  revisionOf,
  silentMetrics,
  submission,
} from '../support/engine.ts'
import { keepingLogger } from '../support/quiet-logger.ts'

const database = useDatabase()

const job = (to: string, types = ['progress', 'snapshot']) =>
  ({
    kind: 'push',
    id: `to-${to}`,
    title: { vi: '', en: '' },
    enabled: true,
    sources: [],
    types,
    to,
    policy: 'block',
  }) as const

function open(change: Partial<AcceptDependencies> = {}) {
  const woken: string[] = []
  const { log, lines } = keepingLogger()
  const cipher = createTestCipher()
  const accept = createAccept({
    store: createAcceptStore(database().database),
    schemas: {
      validateMessage: (type, data) => {
        if (type === 'unheard-of') return undefined
        const isWrong = Reflect.get(Object(data), 'wrong') === true
        return isWrong ? [{ pointer: '/wrong', rule: 'const', vi: 'sai', en: 'wrong' }] : []
      },
      subjectOf: (_, data) => Reflect.get(Object(data), 'code'),
      unitOf: (_, data) => Reflect.get(Object(data), 'unit'),
    },
    cipher,
    digest,
    newId: uuidv7,
    revision: () => revisionOf([job('portal'), job('axis')]),
    isSnapshot: (system, type) => system === 'axis' && type === 'snapshot',
    wakeups: { wake: (system) => woken.push(system) },
    metrics: silentMetrics,
    log,
    ...change,
  })
  return { accept, woken, lines, cipher }
}

const receiptOf = (result: AcceptResult | undefined): Receipt => {
  if (!result?.ok) throw new Error(`not accepted: ${JSON.stringify(result)}`)
  return result.receipt
}
const codeOf = (result: AcceptResult | undefined) => (result?.ok === false ? result.code : 'ok')
const count = async (table: string, where = 'true'): Promise<number> => {
  const [row] = await database().sql<{ n: number }>(
    `select count(*)::int as n from hub.${table} where ${where}`,
  )
  return row?.n ?? -1
}

function answers(): void {
  it('answers with a receipt for what is now durable, and wakes the systems it goes to', async () => {
    const { accept, woken, cipher } = open()
    const one = submission('R', 1)
    const receipt = receiptOf((await accept.accept([one], everything))[0])

    expect(receipt).toMatchObject({
      duplicate: false,
      sha256: createHash('sha256').update(one.bytes).digest('hex'),
      deliveries: [{ system: 'axis' }, { system: 'portal' }],
    })
    expect(woken.sort()).toEqual(['axis', 'portal'])
    const [row] = await database().sql<{ key_id: number; bytes: Buffer; state: string }>(
      `select b.key_id, b.bytes, d.state from hub.body b join hub.delivery d using (message_id)
       where b.message_id = $1 and d.system = 'portal'`,
      [receipt.id],
    )
    expect(row?.state).toBe('waiting')
    expect(cipher.decrypt(1, row?.bytes ?? new Uint8Array(), receipt.id)).toEqual(
      Buffer.from(one.bytes),
    )
    expect(row?.bytes.includes('urn:tests')).toBe(false)
    expect(await count('audit', `action = 'message.accepted' and object = '${receipt.id}'`)).toBe(1)
  })

  it('answers the same bytes with the first receipt again', async () => {
    const { accept } = open()
    const first = receiptOf((await accept.accept([submission('S', 1)], everything))[0])
    const again = receiptOf((await accept.accept([submission('S', 1)], everything))[0])
    expect(again).toEqual({ ...first, duplicate: true })
    expect(await count('message', `subject = 'S'`)).toBe(1)
    expect(await count('delivery', `message_id = '${first.id}'`)).toBe(2)
  })

  it('refuses other bytes under the same key, and keeps the first', async () => {
    const { accept } = open()
    await accept.accept([submission('K', 1)], everything)
    const other = submission('K', 1, { data: { n: 1, more: true } })
    expect((await accept.accept([other], everything)).map(codeOf)).toEqual(['message-conflict'])
    const [row] = await database().sql<{ sha256: Buffer }>(
      `select sha256 from hub.message where subject = 'K'`,
    )
    expect(row?.sha256).toEqual(createHash('sha256').update(submission('K', 1).bytes).digest())
  })

  it('counts the attributes of binary mode as part of what was said', async () => {
    const { accept } = open()
    const binary = (time: string) => {
      const { attributes, data } = submission('B', 1, { time })
      const bytes = new TextEncoder().encode(JSON.stringify(data))
      return { attributes, data, bytes, mode: 'binary' as const }
    }
    const early = '2026-03-02T08:00:00+07:00'
    expect(codeOf((await accept.accept([binary(early)], everything))[0])).toBe('ok')
    expect(receiptOf((await accept.accept([binary(early)], everything))[0]).duplicate).toBe(true)
    const late = '2026-03-02T09:00:00+07:00'
    expect((await accept.accept([binary(late)], everything)).map(codeOf)).toEqual([
      'message-conflict',
    ])
  })

  it('finds repeats and conflicts within one batch', async () => {
    const { accept } = open()
    const results = await accept.accept(
      [
        submission('D', 1),
        submission('D', 1),
        submission('D', 2),
        submission('D', 1, { data: { n: 99 } }),
      ],
      everything,
    )
    expect(results.map((result) => (result.ok ? result.receipt.duplicate : result.code))).toEqual([
      false,
      true,
      false,
      'message-conflict',
    ])
    expect(receiptOf(results[1]).id).toBe(receiptOf(results[0]).id)
    expect(await count('message', `subject = 'D'`)).toBe(2)
    // No number was used up by the repeats.
    const [lane] = await database().sql<{ last_number: number }>(
      `select last_number from hub.lane where subject = 'D' and system = 'portal'`,
    )
    expect(lane?.last_number).toBe(2)
  })
}

function races(): void {
  it('lets one of fifty concurrent requests with one key win, and tells the others of it', async () => {
    const processes = Array.from({ length: 5 }, () => open().accept)
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        processes[index % 5]?.accept([submission('F', 1)], everything),
      ),
    )
    const receipts = results.map((result) => receiptOf(result?.[0]))
    expect(new Set(receipts.map((receipt) => receipt.id)).size).toBe(1)
    expect(receipts.filter((receipt) => !receipt.duplicate)).toHaveLength(1)
    expect(await count('message', `subject = 'F'`)).toBe(1)
  })

  it('lets one of two contents under one key win, and refuses the other every time', async () => {
    const processes = Array.from({ length: 5 }, () => open().accept)
    const keys = Array.from({ length: Number(process.env.RACE_KEYS ?? 40) }, (_, n) => `R${n}`)
    for (const key of keys) {
      const results = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          processes[index % 5]?.accept(
            [submission(key, 1, { data: { n: 1, other: index % 2 } })],
            everything,
          ),
        ),
      )
      const taken = results.flatMap((result, index) => (result?.[0]?.ok ? [index % 2] : []))
      const refused = results.flatMap((result) =>
        result?.[0] && !result[0].ok ? [result[0].code] : [],
      )
      expect(taken).toHaveLength(25)
      expect(new Set(taken).size).toBe(1)
      expect(refused).toEqual(Array.from({ length: 25 }, () => 'message-conflict'))
    }
    expect(await count('message', `subject ~ '^R[0-9]+$'`)).toBe(keys.length)
  })

  it('does not lock up when batches of several processes hold the same keys in other orders', async () => {
    const processes = Array.from({ length: 4 }, () => open().accept)
    const numbers = Array.from({ length: 40 }, (_, index) => index)
    const rounds = processes.map((accept, index) => {
      const order = index % 2 === 0 ? numbers : numbers.toReversed()
      return accept.accept(
        order.map((n) => submission(`L${n}`, 1)),
        everything,
      )
    })
    const all = (await Promise.all(rounds)).flat()
    expect(all.every((result) => result.ok)).toBe(true)
    expect(await count('message', `subject ~ '^L[0-9]+$'`)).toBe(40)
  })

  it('numbers a lane without gap or double under concurrent batches', async () => {
    const processes = Array.from({ length: 4 }, () => open().accept)
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        processes[n % 4]?.accept([submission('N', n), submission(`N${n % 3}`, n)], everything),
      ),
    )
    const rows = await database().sql<{ number: number }>(
      `select d.number from hub.lane l join hub.delivery d on d.lane = l.id
       where l.subject = 'N' and l.system = 'portal' order by d.number`,
    )
    expect(rows.map((row) => row.number)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1))
  })

  it('gives a later batch of the same sender the higher number', async () => {
    const { accept } = open()
    const first = receiptOf((await accept.accept([submission('O', 1)], everything))[0])
    const second = receiptOf((await accept.accept([submission('O', 2)], everything))[0])
    const numberOf = (receipt: Receipt) => Number(receipt.deliveries[0]?.id.split('.')[1])
    expect([numberOf(first), numberOf(second)]).toEqual([1, 2])
    expect(first.id < second.id).toBe(true)
  })
}

function refuses(): void {
  it('answers in the order of the request, refusals in their places', async () => {
    const { accept } = open()
    const narrow = { ...everything, sources: ['urn:tests', 'urn:more:*'], types: ['progress'] }
    const results = await accept.accept(
      [
        submission('M', 1),
        submission('M', 2, { source: 'urn:other' }),
        submission('M', 3, { source: 'urn:more:x' }),
        submission('M', 4, { type: 'unheard-of' }),
        submission('M', 5, { type: 'snapshot' }),
        submission('M', 6, { data: { wrong: true } }),
        submission('M', 7, { data: { code: 'another dossier' } }),
        submission('M', 8),
      ],
      narrow,
    )
    expect(results.map(codeOf)).toEqual([
      'ok',
      'source-forbidden',
      'ok',
      'type-unknown',
      'type-forbidden',
      'schema-violation',
      'event-invalid',
      'ok',
    ])
    expect(await count('message', `subject = 'M'`)).toBe(3)
  })

  it.each([
    ['NUL', 'a\0b'],
    ['a line break', 'a\nb'],
    ['half a character', 'a\ud800'],
    ['nothing', ''],
    ['too much', 'x'.repeat(4_000)],
  ])('refuses a subject of %s and takes its neighbours', async (_, subject) => {
    const { accept, lines } = open()
    const id = createHash('md5').update(subject).digest('hex')
    const results = await accept.accept(
      [
        submission('Z', 1, { eventId: `${id}-1` }),
        submission('Z', 2, { eventId: `${id}-2`, subject }),
        submission('Z', 3, { eventId: `${id}-3` }),
        submission('Z', 4, { eventId: `${id}${subject}` || 'x' }),
      ],
      everything,
    )
    expect(results.slice(0, 3).map(codeOf)).toEqual(['ok', 'event-invalid', 'ok'])
    expect(results[1]).toMatchObject({ faults: [{ pointer: '/subject' }] })
    expect(codeOf(results[3])).toBe(subject === '' ? 'ok' : 'event-invalid')
    expect(lines.filter((line) => line.level === 'error')).toEqual([])
  })

  it('keeps data with NUL, emoji and every odd character byte for byte', async () => {
    const { accept, cipher } = open()
    const made = submission('Ô', 1, {
      data: { n: 1, 'a\0': '\0 𝒳 \u2028 "\\', ữ: 'Nguyễn Thị Thử' },
    })
    // As nobody here would write it: spaces, and a number in another form.
    const text = new TextDecoder().decode(made.bytes).replace('"n":1', '"n" : 1.0e0 ')
    const odd = { ...made, bytes: new TextEncoder().encode(text) }
    const { id } = receiptOf((await accept.accept([odd], everything))[0])
    const [row] = await database().sql<{ bytes: Buffer }>(
      'select bytes from hub.body where message_id = $1',
      [id],
    )
    expect(cipher.decrypt(1, row?.bytes ?? new Uint8Array(), id)).toEqual(Buffer.from(odd.bytes))
  })

  it('fails no neighbour of a message that the database cannot take', async () => {
    const real = createAcceptStore(database().database)
    const { accept, lines } = open({
      store: {
        accept: (messages, cursor) =>
          // A subject that got past every check, as a fault of ours would let it.
          real.accept(
            messages.map((one) => (one.subject === 'V-bad' ? { ...one, subject: 'V\0' } : one)),
            cursor,
          ),
      },
    })
    const results = await accept.accept(
      [submission('V', 1), submission('V-bad', 1), submission('V', 2)],
      everything,
    )
    expect(results.map(codeOf)).toEqual(['ok', 'bug', 'ok'])
    expect(lines.filter((line) => line.level === 'error')).toHaveLength(1)
    expect(await count('message', `subject like 'V%'`)).toBe(2)
  })
}

function routes(): void {
  it('accepts a message that no job wants, and delivers it nowhere', async () => {
    const { accept, woken } = open({ revision: () => revisionOf([job('portal', ['snapshot'])]) })
    const receipt = receiptOf((await accept.accept([submission('X', 1)], everything))[0])
    expect(receipt.deliveries).toEqual([])
    expect(woken).toEqual([])
  })

  it('marks snapshots per system and remembers the revision that routed them', async () => {
    const revision: Revision = revisionOf([job('portal'), job('axis')], 42)
    const { accept } = open({ revision: () => revision })
    const sent = submission('P', 1, { type: 'snapshot' })
    const { id } = receiptOf((await accept.accept([sent], everything))[0])
    const rows = await database().sql(
      'select system, snapshot, revision from hub.delivery where message_id = $1 order by system',
      [id],
    )
    expect(rows).toEqual([
      { system: 'axis', snapshot: true, revision: 42 },
      { system: 'portal', snapshot: false, revision: 42 },
    ])
  })

  it('is not available before there is a configuration', async () => {
    const { accept } = open({ revision: () => undefined })
    await expect(accept.accept([submission('C', 1)], everything)).rejects.toMatchObject({
      code: 'store-unavailable',
    })
  })

  it('passes on that the store is away, and calls nothing accepted or faulty', async () => {
    const away = new HubError('store-unavailable', { retryAfterSeconds: 5 })
    const { accept, lines } = open({ store: { accept: () => Promise.reject(away) } })
    const both = [submission('G', 1), submission('G', 2)]
    await expect(accept.accept(both, everything)).rejects.toBe(away)
    expect(lines).toEqual([])
  })

  it('shares commits among concurrent requests', async () => {
    let commits = 0
    const real = createAcceptStore(database().database)
    const { accept } = open({
      store: {
        accept(messages, cursor) {
          commits += 1
          return real.accept(messages, cursor)
        },
      },
    })
    const requests = Array.from({ length: 100 }, (_, n) =>
      accept.accept([submission(`T${n}`, 1)], everything),
    )
    const results = (await Promise.all(requests)).flat()
    expect(results.every((result) => result.ok)).toBe(true)
    expect(commits).toBeLessThan(10)
  })
}

describe('accept', () => {
  answers()
  races()
  refuses()
  routes()
})

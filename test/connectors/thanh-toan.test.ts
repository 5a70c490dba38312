import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import initMessage from '../../connectors/thanh-toan/fixtures/init.message.json' with {
  type: 'json',
}
import createConnector from '../../connectors/thanh-toan/index.ts'
import { defaultOptions, readOptions } from '../../connectors/thanh-toan/options.ts'
import { isSigned, signed } from '../../connectors/thanh-toan/signature.ts'
import { clockTime, initOf, standingOf } from '../../connectors/thanh-toan/translate.ts'
import {
  type Connector,
  ConnectorError,
  createSimulatorServer,
  type Followed,
  type Memo,
  type Message,
  type PaymentRequested,
  type PullRequest,
  type Simulator,
  type SimulatorAnswer,
} from '../../src/connector/index.ts'
import type { Manifest } from '../../src/connector/manifest.ts'
import { closeContexts, codes, contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'
import { pullRequest } from '../support/pull-request.ts'

const root = join(import.meta.dirname, '../..')
const manifest: Manifest = JSON.parse(
  readFileSync(join(root, 'connectors/thanh-toan/connector.json'), 'utf8'),
)
const steady = new AbortController().signal
const request = initMessage.data as PaymentRequested
const secret = 'not-a-real-secret'
const options = (more: object = {}) =>
  readOptions({ baseUrl: 'http://platform.example', partnerCode: 'DEMO01', secret, ...more })
const now = new Date('2024-01-01T06:30:05Z')
const init = (change: Partial<PaymentRequested> = {}, more: object = {}) =>
  initOf({ ...request, ...change }, options(more), { codes, at: now, now }) as Record<
    string,
    unknown
  >

/** What a failure says to the engine. */
const failureOf = async (work: () => unknown): Promise<unknown> => {
  try {
    return { answered: await work() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const { kind, code, faults = [] } = error.outcome
    return [kind, code, ...faults.map(({ pointer }) => pointer)]
  }
}

describe('connectors/thanh-toan options', () => {
  it('have the defaults that the manifest declares', () => {
    interface Property {
      readonly default?: unknown
      readonly properties?: Readonly<Record<string, Property>>
    }
    const declared = (properties: Readonly<Record<string, Property>>): object =>
      Object.fromEntries(
        Object.entries(properties).flatMap(([name, property]) => {
          if (property.properties) return [[name, declared(property.properties)]]
          return property.default === undefined ? [] : [[name, property.default]]
        }),
      )
    const { credentials: _, ...rest } = defaultOptions
    expect(declared(manifest.options.properties as Record<string, Property>)).toEqual(rest)
  })
})

describe('connectors/thanh-toan signatures', () => {
  const fields = { LoaiBanTin: 'QUERY', MaThamChieu: 'T01' }
  const sha = (text: string) => createHash('sha256').update(text).digest('hex')

  it('are lower-case SHA-256 of the fields in order, joined, and the secret', () => {
    const plain = { secret: 'khoá', secretJoint: '' } as const
    const joined = { secret: 'khoá', secretJoint: '|' } as const
    expect(signed(fields, plain)).toEqual({ ...fields, MaXacThuc: sha('QUERY|T01khoá') })
    expect(signed(fields, joined)).toEqual({ ...fields, MaXacThuc: sha('QUERY|T01|khoá') })
    expect(isSigned(fields, sha('QUERY|T01khoá'), plain)).toBe(true)
    for (const wrong of ['', sha('T01|QUERYkhoá'), sha('QUERY|T01khoá').toUpperCase()])
      expect(isSigned(fields, wrong, plain), wrong).toBe(false)
  })

  it('carry a clock of 24 hours in Vietnam', () => {
    expect(clockTime(now)).toBe('20240101133005')
    expect(clockTime(new Date('2023-12-31T17:00:00Z'))).toBe('20240101000000')
    const { ThoiGianGD, MaXacThuc } = init()
    expect(ThoiGianGD).toBe('20240101133005')
    const text = [
      ...['INIT', '1.0.6', 'DEMO01', request.id, '50000', 'PAY', '1', '1', 'vi-VN', 'VND'],
      ...['PAYMENT', request.content, '20240101133005', request.payer.ip],
    ].join('|')
    expect(MaXacThuc).toBe(sha(text + secret))
  })
})

describe('connectors/thanh-toan requests', () => {
  const faultsOf = (message: object) =>
    registry
      .validate('thanh-toan/init-request/v1', message)
      .map(({ pointer, rule }) => `${pointer} ${rule}`)

  it('hold amounts as texts of whole dong', () => {
    expect(init().SoTien).toBe('50000')
    const whole = 999_999_999_999_999
    const [fee] = request.fees
    const large = init({ amount: whole, fees: fee ? [{ ...fee, amount: whole }] : [] })
    expect([large.SoTien, faultsOf(large)]).toEqual(['999999999999999', []])
  })

  it('are refused where the fees do not make the amount', async () => {
    const failure = ['permanent', 'mapping-failed', '/amount']
    expect(await failureOf(() => init({ amount: 49_999 }))).toEqual(failure)
  })

  it('are refused, not cut, where the platform would not take or could not sign them', () => {
    const name = 'T'.repeat(251)
    expect(faultsOf(init({ procedure: { ...request.procedure, name } }))).toEqual([
      '/ThongTinBienLai/TenTTHC maxLength',
    ])
    expect(faultsOf(init({ content: 'Lệ phí|1' }))).toEqual(['/ThongTinGiaoDich pattern'])
  })

  it('are written in composed Unicode', () => {
    expect(init({ content: 'Lệ phí'.normalize('NFD') }).ThongTinGiaoDich).toBe('Lệ phí')
  })
})

const success = {
  ...{ MaLoi: '00', TrangThaiGD: '1', MaThamChieu: 'T00001', MaGiaoDich: 'GD1', SoTien: 50000 },
  ...{ MaTienTe: 'VND', ThoiGianGD: '20240101133509' },
}

describe('connectors/thanh-toan answers', () => {
  const read = (change: object = {}) => standingOf('T00001', { ...success, ...change })

  it.each([
    [{}, 'paid'],
    [{ TrangThaiGD: 1, SoTien: '50000' }, 'paid'],
    [{ TrangThaiGD: '3', MaGiaoDich: null, SoTien: null }, 'pending'],
    [{ TrangThaiGD: 4, MaGiaoDich: '', ThoiGianGD: '' }, 'failed'],
  ])('say of %j: %s', (change, status) => {
    expect(read(change).status).toBe(status)
  })

  it.each([
    [{ TrangThaiGD: '2' }, 'answer-wording-unknown'],
    [{ TrangThaiGD: null }, 'answer-wording-unknown'],
    [{ MaGiaoDich: '' }, 'answer-invalid'],
    [{ MaGiaoDich: 'GD 1' }, 'answer-invalid'],
    [{ SoTien: '50.000' }, 'answer-invalid'],
    [{ SoTien: null }, 'answer-invalid'],
    [{ MaTienTe: null }, 'answer-invalid'],
    [{ ThoiGianGD: '20240101253509' }, 'answer-invalid'],
    [{ ThoiGianGD: null }, 'answer-invalid'],
    [{ MaThamChieu: 'T00002' }, 'answer-invalid'],
  ])('are never guessed at: %j', async (change, code) => {
    expect(await failureOf(() => read(change))).toEqual(['unknown', code])
  })
})

let platform: Simulator
let connector: Connector
/** By reference; whatever is not here gets the default. */
let answers: Record<string, SimulatorAnswer>
let asked: string[]
const pending = { body: { MaLoi: '00', TrangThaiGD: '3' } }

beforeAll(async () => {
  platform = await createSimulatorServer(
    { port: 0 },
    {
      modes: [],
      state: () => new Map(),
      handle(call) {
        const { MaThamChieu } = call.json() as { MaThamChieu: string }
        asked.push(MaThamChieu)
        return { kind: 'read', run: () => answers[MaThamChieu] ?? pending }
      },
    },
  )
  connector = createConnector(
    contextOf({
      system: 'thanh-toan',
      address: platform.address,
      options: {
        ...{ baseUrl: platform.address, partnerCode: 'DEMO01', secret },
        meanings: { '97': 'signature', '01': 'missing' },
      },
      clock: { now: () => now },
      timeoutMs: 1_000,
      files: {
        ...{ open: () => Promise.reject(new Error()), link: () => Promise.reject(new Error()) },
        async keep(content, name) {
          const pieces: Uint8Array[] = []
          for await (const piece of content) pieces.push(piece)
          const bytes = Buffer.concat(pieces)
          const sha256 = createHash('sha256').update(bytes).digest('hex')
          const id = '7d3f1c52-0000-7000-8000-000000000001'
          return { id, name, mediaType: 'application/pdf', size: bytes.length, sha256 }
        },
      },
    }),
  )
})
afterAll(async () => {
  await connector.close()
  closeContexts()
  await platform.stop()
})

const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
const followed = (count: number, change: Partial<Followed> = {}): Followed[] =>
  Array.from({ length: count }, (_, index) => ({
    subject: `T${String(index).padStart(5, '0')}`,
    state: { amount: 50000, told: true },
    since: minutesAgo(60),
    ...change,
  }))
const pull = async (
  rows: readonly Followed[],
  change: Partial<PullRequest> = {},
  said: typeof answers = {},
  /** Of the run. */
  given = new Set<string>(),
) => {
  answers = said
  asked = []
  const page = await connector.pull?.(
    pullRequest({
      operation: 'results',
      due: async (limit) => {
        const some = rows.filter(({ subject }) => !given.has(subject)).slice(0, limit)
        for (const { subject } of some) given.add(subject)
        return some
      },
      ...change,
    }),
    steady,
  )
  if (!page) throw new Error('the connector cannot pull')
  return page
}

describe('connectors/thanh-toan questions', () => {
  it.each([
    ['a page with status 200', { body: '<html></html>' }, ['unknown', 'answer-invalid']],
    ['a system that is busy', { status: 503 }, ['retry', 'target-busy']],
    ['a refused signature', { body: { MaLoi: '97' } }, ['auth', 'session-refused']],
  ])('end the run at %s: nothing is taken for an answer', async (_, answer, failure) => {
    expect(await failureOf(() => pull(followed(2), {}, { T00000: answer }))).toEqual(failure)
  })

  it('pass over what is wrong with one payment alone, and ask about it again', async () => {
    const page = await pull(
      followed(4),
      {},
      {
        T00000: { body: { MaLoi: '68' } },
        T00001: { body: { ...success, MaThamChieu: null, SoTien: null } },
        T00002: { body: { MaLoi: '01' } },
        T00003: { body: { ...success, MaThamChieu: 'T00003' } },
      },
    )
    expect(page.unread?.map(({ subject, code }) => [subject, code])).toEqual([
      ['T00000', 'answer-wording-unknown'],
      ['T00001', 'answer-invalid'],
      ['T00002', 'target-not-found'],
    ])
    expect(page.messages.map(({ subject }) => subject)).toEqual(['T00003'])
    const isPaid = page.follows?.filter(({ state }) => state?.paid)
    expect([page.follows?.length, isPaid?.map(({ subject }) => subject)]).toEqual([4, ['T00003']])
  })

  it.each([
    [1, 1],
    [60, 6],
    [24 * 60, 144],
    [60 * 24 * 60, 6 * 24 * 60],
    [365 * 24 * 60, 7 * 24 * 60],
  ])('come again to a payment of %i minutes after about %i minutes', async (age, wait) => {
    const page = await pull(followed(1, { since: minutesAgo(age) }))
    const next = Date.parse(String(page.follows?.[0]?.next))
    expect(Math.ceil((next - now.getTime()) / 60_000)).toBe(wait)
  })

  it('are asked of no payer who has no link yet, and hand one on that nobody else did', async () => {
    const [a, b] = followed(2)
    if (!a || !b) throw new Error('two were asked for')
    const url = 'https://thanh-toan.example.test/pay'
    const state = { amount: 50000, link: url, at: '2024-01-01T13:30:00+07:00' }
    const early = await pull([a, { ...b, state, since: minutesAgo(1) }])
    expect([asked, early.messages]).toEqual([['T00000'], []])
    const late = await pull([{ ...b, state, since: minutesAgo(3) }])
    expect(late.messages).toMatchObject([{ subject: b.subject, data: { url } }])
    expect([asked, late.follows?.[0]?.state]).toEqual([['T00001'], { amount: 50000, told: true }])
  })

  it('are not asked of what an IPN has settled', async () => {
    const said = (data: object) => ({ latest: async () => ({ data }) as Message })
    const page = await pull(followed(1), said({ difference: 'amount-differs' }))
    expect([asked, page.follows]).toEqual([[], [{ subject: 'T00000', state: null }]])
    // It came before the request did: after a backup had been put back, say.
    await pull(followed(1), said({ difference: 'reference-unknown' }))
    expect(asked).toEqual(['T00000'])
  })

  it('go through all that is due page by page, and no further than a run may', async () => {
    const rows = followed(25)
    const seen: string[] = []
    const given = new Set<string>()
    let page = await pull(rows, {}, {}, given)
    for (seen.push(...asked); page.more; seen.push(...asked))
      page = await pull(rows, { cursor: page.cursor }, {}, given)
    expect(seen).toEqual(rows.map(({ subject }) => subject))
    expect(page.cursor).toBe('')
    expect((await pull(followed(20))).more).toBe(true)
    expect((await pull(followed(20), { cursor: '4990' })).more).toBe(false)
    // As an older version has left it.
    expect((await pull(followed(20), { cursor: 'H992401010001T01' })).cursor).toBe('10')
  })

  it('give no receipt that is no PDF file', async () => {
    const bill = (answer: SimulatorAnswer) => {
      answers = { T00001: answer }
      return failureOf(() =>
        connector.lookup?.(
          {
            ...{ id: '1', operation: 'bien-lai', official: 'cb', unit: 'H99', dossier: 'x' },
            ...{ purpose: 'Thử', fields: ['content'], parameters: { reference: 'T00001' } },
          },
          steady,
        ),
      )
    }
    expect(await bill({ body: Buffer.from('%PDF-1.4') })).toEqual({
      answered: { content: Buffer.from('%PDF-1.4').toString('base64') },
    })
    expect(await bill({ body: { MaLoi: '01' } })).toEqual({ answered: undefined })
    expect(await bill({ body: { MaLoi: '00' } })).toEqual(['unknown', 'answer-invalid'])
    expect(await bill({ body: '<html></html>' })).toEqual(['unknown', 'answer-invalid'])
    expect(await bill({ body: '' })).toEqual(['unknown', 'answer-invalid'])
  })
})

/** What happens to one payment, in turn; each pull sees what was told before. */
describe('connectors/thanh-toan orders of what is told', () => {
  const payment = {
    ...{ id: 'T00000', status: 'paid', amount: 50000, transaction: 'GD1' },
    ...{ at: '2024-01-01T13:35:09+07:00', onlinePayment: 'portal' },
  }
  type Step = 'ipn' | 'pending' | 'failed' | 'paid' | 'ipn-meanwhile' | 'bill' | 'no-bill'
  const bodyOf: Partial<Record<Step, SimulatorAnswer>> = {
    pending,
    failed: { body: { MaLoi: '00', TrangThaiGD: '4' } },
    'ipn-meanwhile': { body: { MaLoi: '00', TrangThaiGD: '4' } },
    paid: { body: { ...success, MaThamChieu: 'T00000' } },
    bill: { body: Buffer.from('%PDF-1.4') },
    'no-bill': { body: { MaLoi: '01' } },
  }

  async function play(steps: readonly Step[], state: object = {}) {
    const seen = new Map<string, string>()
    const ledger: { type: string; data: object }[] = []
    let follow: object | null = { amount: 50000, told: true, ...state }
    const take = (eventId: string, type: string, data: object): void => {
      if (seen.has(eventId)) return
      seen.set(eventId, type)
      ledger.push({ type, data })
    }
    const ipn = () => take('T00000.GD1.paid', 'vn.tthc.payment.settled.v1', payment)
    for (const step of steps) {
      if (step === 'ipn') ipn()
      else if (follow) {
        let looks = 0
        const page = await pull(
          followed(1, { state: follow as Followed['state'] }),
          {
            async latest(_, types) {
              looks += 1
              // It comes when the hub has looked already and the platform is being asked.
              if (step === 'ipn-meanwhile' && looks === 3) ipn()
              const newest = ledger.findLast(({ type }) => types.includes(type))
              return newest as unknown as Message | undefined
            },
          },
          { T00000: bodyOf[step] ?? pending },
        )
        for (const { eventId, type, data } of page.messages) take(eventId, type, data as object)
        follow = page.follows?.find(({ subject }) => subject === 'T00000')?.state ?? null
      }
    }
    const told = ledger.map(({ data }) => {
      const { status, receipt } = data as { status: string; receipt?: object }
      return receipt ? 'receipt' : status
    })
    return { told, isFollowed: follow !== null }
  }

  it.each<[Step[], string[], boolean]>([
    [['pending', 'pending', 'pending'], [], true],
    [['ipn', 'bill'], ['paid', 'receipt'], false],
    [['ipn', 'ipn', 'no-bill', 'ipn', 'bill', 'ipn'], ['paid', 'receipt'], false],
    [['pending', 'ipn', 'bill'], ['paid', 'receipt'], false],
    [['pending', 'paid', 'bill'], ['paid', 'receipt'], false],
    [['paid', 'ipn', 'no-bill', 'no-bill', 'bill'], ['paid', 'receipt'], false],
    [['paid', 'bill', 'ipn', 'ipn'], ['paid', 'receipt'], false],
    [['failed', 'failed', 'pending'], ['failed'], true],
    [['failed', 'ipn', 'bill'], ['failed', 'paid', 'receipt'], false],
    [['failed', 'ipn', 'ipn', 'no-bill', 'bill'], ['failed', 'paid', 'receipt'], false],
    [['failed', 'paid', 'bill'], ['failed', 'paid', 'receipt'], false],
    [['failed', 'failed', 'paid', 'ipn', 'bill'], ['failed', 'paid', 'receipt'], false],
    [['failed', 'pending', 'ipn', 'bill'], ['failed', 'paid', 'receipt'], false],
    [['ipn-meanwhile', 'bill'], ['paid', 'receipt'], false],
    [['ipn-meanwhile', 'no-bill', 'ipn'], ['paid'], true],
  ])('%j tells %j; still followed: %s', async (steps, told, isFollowed) => {
    expect(await play(steps)).toEqual({ told, isFollowed })
  })

  it('end a month after a failure that nobody has made good', async () => {
    const days = (count: number) => ({ failed: minutesAgo(count * 24 * 60) })
    expect(await play(['failed'], days(29))).toEqual({ told: [], isFollowed: true })
    expect(await play(['failed'], days(31))).toEqual({ told: [], isFollowed: false })
    expect(await play(['ipn', 'bill'], days(31))).toEqual({
      told: ['paid', 'receipt'],
      isFollowed: false,
    })
  })
})

describe('connectors/thanh-toan INIT in doubt', () => {
  const deliver = (key: string, memo?: Memo) =>
    connector.send?.(
      {
        ...{ id: '1.1', idempotencyKey: key, attempt: 1, operation: 'init', memo },
        message: initMessage as unknown as Message,
      },
      steady,
    )
  const inDoubt = async (): Promise<Memo> => {
    answers = { [request.id]: { status: 504 } }
    try {
      await deliver('first')
    } catch (error) {
      if (error instanceof ConnectorError && error.outcome.kind === 'unknown' && error.outcome.memo)
        return error.outcome.memo
      throw error
    }
    throw new Error('it was not in doubt')
  }

  it('is followed when the request comes again and had reached the platform after all', async () => {
    asked = []
    const memo = await inDoubt()
    answers = { [request.id]: pending }
    expect(await deliver('second', memo)).toMatchObject({
      kind: 'delivered',
      follow: { amount: request.amount },
    })
  })

  it.each<[SimulatorAnswer, object | string]>([
    [pending, { answer: 'applied', follow: { amount: request.amount } }],
    [{ body: { MaLoi: '01' } }, 'not-applied'],
  ])('is followed only where the platform knows it: %j', async (answer, said) => {
    answers = { [request.id]: answer }
    const delivery = {
      ...{ id: '1.1', idempotencyKey: 'first', attempt: 2, operation: 'init', memo: undefined },
      message: initMessage as unknown as Message,
    }
    expect(await connector.confirm?.(delivery, steady)).toEqual(said)
  })
})

describe('connectors/thanh-toan receipts', () => {
  const paidAt = '2024-01-01T13:35:09+07:00'
  const told = (more: object = {}) => ({
    latest: async (subject: string) => {
      const facts = { amount: 50000, transaction: `GD${subject}`, at: paidAt }
      const data = { id: subject, status: 'paid', ...facts, onlinePayment: 'portal', ...more }
      return { data } as unknown as Message
    },
  })
  const pdf = { body: Buffer.from('%PDF-1.4') }

  it('keep what was fetched and tell it with the payment, and fetch it once', async () => {
    const page = await pull(followed(1), told(), { T00000: pdf })
    expect(page.messages).toMatchObject([
      {
        ...{ subject: 'T00000', eventId: 'T00000.GDT00000.receipt', time: paidAt },
        data: { status: 'paid', receipt: { name: 'bien-lai-T00000.pdf', size: 8 } },
      },
    ])
    expect(page.follows).toEqual([{ subject: 'T00000', state: null }])
    const again = await pull(followed(1), told({ receipt: {} }), { T00000: pdf })
    expect([asked, again.messages, again.follows]).toEqual([
      ...[[], []],
      [{ subject: 'T00000', state: null }],
    ])
  })

  it('pass over what is no receipt, ask again, and tell of it once', async () => {
    const answers = { T00000: { body: { MaLoi: '01' } }, T00001: { body: '<html></html>' } }
    const page = await pull(followed(3), told(), { ...answers, T00002: pdf })
    expect(page.unread).toEqual([
      { subject: 'T00001', code: 'answer-invalid', pointers: ['/receipt'], again: false },
    ])
    expect(page.messages.map(({ subject }) => subject)).toEqual(['T00002'])
    expect(page.follows).toMatchObject([
      { subject: 'T00000', state: { paid: now.toISOString() }, next: expect.any(String) },
      { subject: 'T00001', state: { paid: now.toISOString() }, next: expect.any(String) },
      { subject: 'T00002', state: null },
    ])
    const { state } = page.follows?.[1] ?? {}
    const rows = followed(2, { state: state ?? {} }).slice(1)
    expect((await pull(rows, told(), answers)).unread).toMatchObject([{ again: true }])
  })

  it('are asked no more in a run when the platform fails at them; others are told', async () => {
    const rows = followed(12)
    const latest = async (subject: string) =>
      subject === 'T00003' ? undefined : await told().latest(subject)
    const said = {
      T00000: { status: 503 },
      T00003: { body: { ...success, MaThamChieu: 'T00003' } },
    }
    const given = new Set<string>()
    const page = await pull(rows, { latest }, said, given)
    expect(asked).toEqual(['T00000', 'T00003'])
    expect(page.unread).toMatchObject([{ subject: 'T00000', code: 'target-busy' }])
    expect(page.messages.map(({ subject }) => subject)).toEqual(['T00003'])
    expect(page.follows).toHaveLength(10)
    await pull(rows, { latest, cursor: page.cursor }, said, given)
    expect(asked).toEqual([])
  })

  it('are given up with the payment that was told, when that is not held any more', async () => {
    const state = { amount: 50000, told: true, paid: minutesAgo(60) }
    const page = await pull(followed(1, { state }))
    expect([asked, page.follows]).toEqual([[], [{ subject: 'T00000', state: null }]])
  })

  it('are given up after the days that were set, and that is said', async () => {
    const since = (days: number) => ({
      state: { amount: 50000, told: true, paid: minutesAgo(days * 24 * 60) },
    })
    const none = { T00000: { body: { MaLoi: '01' } } }
    const page = await pull(followed(1, since(29)), told(), none)
    expect(page.follows?.[0]?.state).not.toBeNull()
    const late = await pull(followed(1, since(31)), told(), none)
    expect([asked, late.follows?.[0]?.state]).toEqual([[], null])
    expect(late.unread).toMatchObject([{ code: 'target-not-found', pointers: ['/receipt'] }])
  })
})

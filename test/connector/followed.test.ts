import { describe, expect, it } from 'vitest'
import {
  ConnectorError,
  confirmFollowed,
  digest,
  type Followed,
  type FollowedReading,
  isAboutRecord,
  type Message,
  type OutgoingDelivery,
  pageOfFollowed,
  permanent,
  readFollowed,
  type Submitted,
  sendFollowed,
  unknown,
} from '../../src/connector/index.ts'

const data = { code: 'A1' }
const content = digest(data)
const delivery = (change: Partial<OutgoingDelivery> = {}): OutgoingDelivery => ({
  ...{ id: '7.1', idempotencyKey: 'k', attempt: 1, operation: 'push', memo: undefined },
  message: { data } as unknown as Message,
  ...change,
})
const follow = { asked: 'A1' }
const holdsEarlier = { vi: 'Đã nhận nội dung khác.', en: 'Holds an earlier one.' }
const evidence = { remoteCode: '1' }
const meaning = (word: Submitted['meaning']) => async () => ({ meaning: word, evidence })
const send = (change: Partial<OutgoingDelivery>, submit: () => Promise<Submitted>) =>
  sendFollowed(delivery(change), follow, holdsEarlier, submit)
const failing = (error: unknown) => () => Promise.reject(error)
const outcomeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof ConnectorError) return error.outcome
    throw error
  }
}

describe('digest', () => {
  it('is the same for the same JSON, and another for another order', () => {
    expect(digest({ a: 1, b: 2 })).toMatch(/^[0-9a-f]{32}$/)
    expect(digest({ a: 1, b: 2 })).toBe(digest({ a: 1, b: 2 }))
    expect(digest({ b: 2, a: 1 })).not.toBe(digest({ a: 1, b: 2 }))
  })
})

describe('sendFollowed', () => {
  const delivered = { kind: 'delivered', evidence, memo: { content }, follow }

  it.each([
    ['the first of its lane, taken', {}, 'done'],
    ['the first of its lane, taken by an earlier try', {}, 'already'],
    ['the same content as before', { id: '7.2', memo: { content } }, 'already'],
    ['a lane of which nothing can have arrived', { id: '7.2', memo: {} }, 'already'],
    ['another content, taken', { id: '7.2', memo: { content: 'x' } }, 'done'],
    ['of a lane without a memory, taken', { id: '7.2' }, 'done'],
  ] as const)('is delivered and followed: %s', async (_, change, word) => {
    expect(await outcomeOf(send(change, meaning(word)))).toEqual(delivered)
  })

  it.each([
    ['another content may be there', { id: '7.2', memo: { content: 'x' } }],
    ['nobody remembers what was sent before', { id: '7.2' }],
  ])('is unknown in its own words where %s', async (_, change) => {
    const outcome = await outcomeOf(send(change, meaning('already')))
    expect(outcome).toMatchObject({
      ...{ kind: 'unknown', code: 'answer-wording-unknown', detail: holdsEarlier, evidence },
    })
    expect(outcome).not.toHaveProperty('memo')
  })

  it('remembers what may have arrived, and keeps what it knew where nothing can have', async () => {
    const lost = await outcomeOf(send({}, failing(unknown('answer-timeout'))))
    expect(lost).toMatchObject({ kind: 'unknown', code: 'answer-timeout', memo: { content } })
    const refused = permanent('target-rejected', { evidence })
    expect(await outcomeOf(send({}, failing(refused)))).toMatchObject({
      ...{ kind: 'permanent', code: 'target-rejected', evidence, memo: {} },
    })
    const memo = { content, more: 1 }
    expect(await outcomeOf(send({ memo }, failing(refused)))).toMatchObject({ memo })
  })

  it('does not say that its content may have arrived where another one may be there', async () => {
    const outcome = await outcomeOf(
      send({ id: '7.2', memo: { content: 'x' } }, failing(unknown('answer-timeout'))),
    )
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'answer-timeout' })
    expect(outcome).not.toHaveProperty('memo')
  })

  it('lets a bug through as it is', async () => {
    const bug = new TypeError('a bug')
    await expect(send({}, failing(bug))).rejects.toBe(bug)
  })
})

describe('confirmFollowed', () => {
  it.each([
    ['is not there', {}, false, 'not-applied'],
    ['is there, the first of its lane', {}, true, { answer: 'applied', follow }],
    [
      'is there, this content',
      { id: '7.2', memo: { content } },
      true,
      { answer: 'applied', follow },
    ],
    ['is there, perhaps another', { id: '7.2', memo: { content: 'x' } }, true, 'cannot-tell'],
    ['is there, and nobody remembers', { id: '7.2' }, true, 'cannot-tell'],
  ] as const)('where it %s', (_, change, isThere, answer) => {
    expect(confirmFollowed(delivery(change), follow, isThere)).toEqual(answer)
  })
})

describe('isAboutRecord', () => {
  it.each([
    [permanent('target-rejected'), true],
    [unknown('answer-wording-unknown'), true],
    [unknown('answer-invalid'), false],
    [unknown('answer-timeout'), false],
  ])('tells what concerns one record from what concerns the call', (error, isAbout) => {
    expect(isAboutRecord(error)).toBe(isAbout)
  })
})

interface State {
  readonly told?: string
  readonly unread?: string
}
const message = { eventId: 'e1' } as never
const read = (before: State, act: (reading: FollowedReading<State>) => void) =>
  readFollowed('A1', before, act)

describe('readFollowed', () => {
  it('tells what was read, and where it is now', () => {
    const record = read({ told: 'a' }, (reading) => {
      reading.messages.push(message)
      reading.state = { told: 'b' }
    })
    expect(record).toEqual({ subject: 'A1', messages: [message], state: { told: 'b' }, unread: [] })
    const ended = read({}, (reading) => {
      reading.state = null
    })
    expect(ended.state).toBeNull()
  })

  it('keeps what was told before a fault, and goes on with it', () => {
    const faults = [{ pointer: '/ngay', rule: 'date', vi: 'sai', en: 'wrong' }]
    const fault = (reading: FollowedReading<State>) => {
      reading.messages.push(message)
      reading.state = { told: 'b' }
      throw permanent('payload-invalid', { faults })
    }
    const first = read({ told: 'a' }, fault)
    expect(first.messages).toEqual([message])
    expect(first.unread).toEqual([
      { subject: 'A1', code: 'payload-invalid', pointers: ['/ngay'], again: false },
    ])
    expect(first.state).toEqual({ told: 'b', unread: expect.stringMatching(/^[0-9a-f]{32}$/) })
    const again = read(first.state as State, fault)
    expect(again.unread).toMatchObject([{ again: true }])
    const other = read(first.state as State, () => {
      throw unknown('answer-invalid')
    })
    expect(other.unread).toMatchObject([{ code: 'answer-invalid', again: false }])
  })

  it('is followed on where it was ended before a fault', () => {
    const record = read({ told: 'a' }, (reading) => {
      reading.state = null
      throw unknown('answer-invalid')
    })
    expect(record.state).toMatchObject({ told: 'a', unread: expect.any(String) })
  })

  it('lets a bug through', () => {
    const bug = new TypeError('a bug')
    expect(() =>
      read({}, () => {
        throw bug
      }),
    ).toThrow(bug)
  })
})

describe('pageOfFollowed', () => {
  const row = (subject: string): Followed => ({ subject, state: {}, since: '' })
  const record = (subject: string, state: object | null) =>
    ({ subject, state, messages: [message], unread: [] }) as never

  it('goes on behind a full page, and begins anew behind one that is not', () => {
    const full = pageOfFollowed([row('a'), row('b')], 2, [record('a', {}), record('b', null)])
    expect(full).toEqual({
      messages: [message, message],
      follows: [
        { subject: 'a', state: {} },
        { subject: 'b', state: null },
      ],
      ...{ unread: [], cursor: 'b', more: true },
    })
    expect(pageOfFollowed([row('c')], 2, [])).toMatchObject({ cursor: '', more: false })
    expect(pageOfFollowed([], 2, [])).toMatchObject({ cursor: '', more: false })
  })
})

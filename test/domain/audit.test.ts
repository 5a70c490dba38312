import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AuditLink,
  type AuditRow,
  createChainVerifier,
  genesis,
  linkInput,
  rowBytes,
  rowsHash,
  type SealedRange,
  sealRange,
  verifyChain,
} from '../../src/domain/audit.ts'

const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest())

const row = (id: bigint, change: Partial<AuditRow> = {}): AuditRow => ({
  id,
  at: `2026-03-01T00:00:00.${String(id).padStart(6, '0')}Z`,
  actor: `client:${id % 3n}`,
  action: 'message.accepted',
  object: `message:${id}`,
  detail: '',
  ...change,
})

/** The chain as the database holds it: rows and links apart. */
interface Trail {
  rows: AuditRow[]
  links: AuditLink[]
}

/** `sizes`: rows of each range; `holes`: ids left out before each row. */
function trail(sizes: readonly number[], holes: readonly number[]): Trail {
  const rows: AuditRow[] = []
  const links: AuditLink[] = []
  let id = 0n
  let hole = 0
  for (const size of sizes) {
    const own: AuditRow[] = []
    for (let n = 0; n < size; n++) {
      id += 1n + BigInt(holes[hole++ % holes.length] ?? 0)
      own.push(row(id))
    }
    links.push(sealRange(links.at(-1), own, id, sha256))
    rows.push(...own)
  }
  return { rows, links }
}

/** Reads as an auditor does: each link with the rows that lie in its range now. */
const ranges = ({ rows, links }: Trail): SealedRange[] =>
  links.map((link) => ({
    link,
    rows: rows.filter((entry) => entry.id >= link.from && entry.id <= link.to),
  }))

const check = (given: Trail, anchor?: Uint8Array) => verifyChain(ranges(given), sha256, anchor)

const trails = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }),
    holes: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 5 }),
  })
  .map(({ sizes, holes }) => trail(sizes, holes))

const texts = ['at', 'actor', 'action', 'object', 'detail'] as const

type Mutation = (given: Trail, pick: number, other: number, text: string) => Trail | undefined

const replaced = <T>(list: readonly T[], index: number, value: T): T[] =>
  list.map((entry, at) => (at === index ? value : entry))

const flipped = (bytes: Uint8Array, pick: number): Uint8Array =>
  bytes.map((byte, at) => (at === pick % bytes.length ? byte ^ (1 << (pick % 8)) : byte))

/** Undefined: the mutation would change nothing here. */
const mutations: Record<string, Mutation> = {
  'a row is edited'({ rows, links }, pick, other, text) {
    const index = pick % rows.length
    const found = rows[index] as AuditRow
    const field = texts[other % texts.length] ?? 'detail'
    if (found[field] === text) return undefined
    return { links, rows: replaced(rows, index, { ...found, [field]: text }) }
  },
  'text moves from one field of a row to the next'({ rows, links }, pick) {
    const index = pick % rows.length
    const found = rows[index] as AuditRow
    const moved = { ...found, actor: found.actor + found.action, action: '' }
    return { links, rows: replaced(rows, index, moved) }
  },
  'a row is deleted'({ rows, links }, pick) {
    return { links, rows: rows.filter((_, at) => at !== pick % rows.length) }
  },
  'a row is inserted into a hole'({ rows, links }, _pick, _other, text) {
    const used = new Set(rows.map((entry) => entry.id))
    const last = links.at(-1)?.to ?? 0n
    for (let id = 1n; id < last; id++) {
      if (used.has(id)) continue
      const more = [...rows, row(id, { detail: text })]
      return { links, rows: more.sort((a, b) => Number(a.id - b.id)) }
    }
    return undefined
  },
  'two rows swap their content'({ rows, links }, pick, other) {
    const [a, b] = [pick % rows.length, other % rows.length]
    if (a === b) return undefined
    const [first, second] = [rows[a] as AuditRow, rows[b] as AuditRow]
    const swapped = replaced(rows, a, { ...second, id: first.id })
    return { links, rows: replaced(swapped, b, { ...first, id: second.id }) }
  },
  'the last rows of a range are cut off'({ rows, links }, pick) {
    const link = links[pick % links.length] as AuditLink
    const inside = rows.filter((entry) => entry.id >= link.from && entry.id <= link.to)
    const cut = inside.slice(pick % inside.length).map((entry) => entry.id)
    return { links, rows: rows.filter((entry) => !cut.includes(entry.id)) }
  },
  'a link is deleted'({ rows, links }, pick) {
    if (links.length < 2) return undefined
    return { rows, links: links.filter((_, at) => at !== pick % (links.length - 1)) }
  },
  'two links swap places'({ rows, links }, pick) {
    if (links.length < 2) return undefined
    const at = pick % (links.length - 1)
    const [first, second] = [links[at] as AuditLink, links[at + 1] as AuditLink]
    return { rows, links: replaced(replaced(links, at, second), at + 1, first) }
  },
  'a byte of a link is changed'({ rows, links }, pick, other) {
    const index = pick % links.length
    const link = links[index] as AuditLink
    const field = (['rowsHash', 'previous', 'hash'] as const)[other % 3] ?? 'hash'
    return {
      rows,
      links: replaced(links, index, { ...link, [field]: flipped(link[field], other) }),
    }
  },
  'a link is given another count'({ rows, links }, pick) {
    const index = pick % links.length
    const link = links[index] as AuditLink
    return { rows, links: replaced(links, index, { ...link, count: link.count + 1 }) }
  },
  'a range is widened or narrowed'({ rows, links }, pick, other) {
    const index = pick % links.length
    const link = links[index] as AuditLink
    const by = other % 2 === 0 ? 1n : -1n
    const end = other % 3 === 0 ? { from: link.from + by } : { to: link.to + by }
    return { rows, links: replaced(links, index, { ...link, ...end }) }
  },
  'a row is changed and its own link sealed anew'({ rows, links }, pick, _other, text) {
    if (links.length < 2) return undefined
    const at = pick % (links.length - 1)
    const link = links[at] as AuditLink
    const forged = rows.map((entry) =>
      entry.id === link.to ? { ...entry, detail: `${text}!` } : entry,
    )
    const inside = forged.filter((entry) => entry.id >= link.from && entry.id <= link.to)
    return {
      rows: forged,
      links: replaced(links, at, sealRange(links[at - 1], inside, link.to, sha256)),
    }
  },
}

describe('audit', () => {
  it('accepts every chain that was sealed', () => {
    fc.assert(
      fc.property(trails, (given) => {
        const verdict = check(given, given.links.at(-1)?.hash)
        expect(verdict.fault).toBeUndefined()
        expect(verdict.links).toBe(given.links.length)
        expect(verdict.rows).toBe(given.rows.length)
        expect(verdict.head).toEqual(given.links.at(-1)?.hash)
      }),
    )
  })

  it.each(Object.entries(mutations))('finds that %s', (_name, mutate) => {
    let landed = 0
    fc.assert(
      fc.property(trails, fc.nat(999), fc.nat(999), fc.string(), (given, pick, other, text) => {
        const mutated = mutate(given, pick, other, text)
        if (!mutated) return
        landed += 1
        expect(check(mutated).fault).toBeDefined()
      }),
      { numRuns: 300 },
    )
    expect(landed).toBeGreaterThan(50)
  })

  it('finds a tail cut off with its links when an anchor is at hand, and only then', () => {
    const whole = trail([3, 2, 4], [0, 1])
    const anchor = whole.links[2]?.hash
    const cut = { links: whole.links.slice(0, 2), rows: whole.rows.slice(0, 5) }

    expect(check(cut).fault).toBeUndefined()
    expect(check(cut, anchor).fault?.kind).toBe('anchor')
    expect(check(whole, whole.links[1]?.hash).fault).toBeUndefined()
  })

  it('finds a whole trail that was sealed anew', () => {
    const whole = trail([3, 2], [0])
    const forged = trail([2, 3], [0])

    expect(check(forged, whole.links.at(-1)?.hash).fault?.kind).toBe('anchor')
  })

  it('holds for an empty trail', () => {
    expect(check({ rows: [], links: [] })).toEqual({
      links: 0,
      rows: 0,
      to: 0n,
      head: genesis,
      fault: undefined,
    })
  })

  it('stops at the first fault and names its range', () => {
    const { rows, links } = trail([2, 2, 2], [0])
    const given = ranges({ rows: replaced(rows, 2, row(3n, { detail: 'x' })), links })
    const verifier = createChainVerifier(sha256)

    expect(given.map((range) => verifier.add(range))).toEqual([true, false, false])
    expect(verifier.finish()).toMatchObject({
      links: 1,
      to: 2n,
      fault: { kind: 'rows', from: 3n, to: 4n },
    })
  })

  it('gives different rows different bytes', () => {
    const content = fc.record({
      id: fc.bigInt({ min: 1n, max: 99n }),
      at: fc.constantFrom('2026-03-01T00:00:00.000001Z', '2026-03-01T00:00:00.000002Z'),
      actor: fc.string({ unit: 'binary', maxLength: 3 }),
      action: fc.string({ maxLength: 3 }),
      object: fc.string({ maxLength: 3 }),
      detail: fc.string({ maxLength: 3 }),
    })
    fc.assert(
      fc.property(content, content, (a, b) => {
        const equalRows = a.id === b.id && texts.every((field) => a[field] === b[field])
        expect(Buffer.from(rowBytes(a)).equals(rowBytes(b))).toBe(equalRows)
      }),
    )
  })

  it('keeps its bytes for ever: a sealed trail must verify after every upgrade', () => {
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
    const first = row(1n, { actor: 'Nguyễn', detail: '{"lý do":"thử"}' })
    const sum = rowsHash([first], sha256)

    expect(hex(sum)).toBe('e0ba3440732194a2a85cbddb85319f189198410ea6f53ac4d4558e2ea77257ff')
    expect(hex(sha256(linkInput(genesis, 1n, 1n, 1, sum)))).toBe(
      '1826df3c042d1ef88280dabc68a200bd784c6a1f958e8b3ad58478b244957cce',
    )
  })
})

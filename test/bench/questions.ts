/** What administrators ask of a full store: each list, filter and search that the console offers. */
import type { createAuditQueries } from '../../src/adapters/postgres/queries/audit.ts'
import type { createPlanQueries } from '../../src/adapters/postgres/queries/plans.ts'
import type { createQueries } from '../../src/adapters/postgres/queries/queries.ts'
import type { Reach } from '../../src/domain/unit.ts'

export type AllQueries = ReturnType<typeof createQueries> &
  ReturnType<typeof createPlanQueries> &
  ReturnType<typeof createAuditQueries>

/** `turn` differs from repeat to repeat, so that not the same rows are read each time. */
export type Question = (queries: AllQueries, turn: number) => Promise<unknown>

const limit = 100
const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString()
const oneUnit: Reach = { systems: [], units: ['H99.14'] }
const oneSystem: Reach = { systems: ['noi-vu'], units: [] }

const deliveries: Readonly<Record<string, Question>> = {
  'deliveries: newest': (q) => q.deliveries({ limit }),
  'deliveries: to a dossier': (q, turn) => q.deliveries({ subject: `S${turn * 7919 + 1}`, limit }),
  'deliveries: dead': (q) => q.deliveries({ state: 'dead', limit }),
  'deliveries: held, of which there are none': (q) => q.deliveries({ state: 'held', limit }),
  'deliveries: waiting': (q) => q.deliveries({ state: 'waiting', limit }),
  'deliveries: unknown, of which there are none': (q) => q.deliveries({ state: 'unknown', limit }),
  'deliveries: delivered': (q) => q.deliveries({ state: 'delivered', limit }),
  'deliveries: superseded, of which there are none': (q) =>
    q.deliveries({ state: 'superseded', limit }),
  'deliveries: of a system': (q) => q.deliveries({ system: 'noi-vu', limit }),
  'deliveries: dead of a system': (q) => q.deliveries({ system: 'noi-vu', state: 'dead', limit }),
  'deliveries: of a system that has none': (q) => q.deliveries({ system: 'moi', limit }),
  'deliveries: of a type': (q) => q.deliveries({ type: 'snapshot', limit }),
  'deliveries: of a type that has none': (q) => q.deliveries({ type: 'vn.tthc.none.v1', limit }),
  'deliveries: with a code': (q) => q.deliveries({ code: 'target-rejected', limit }),
  'deliveries: with a code that none has': (q) => q.deliveries({ code: 'tls-failed', limit }),
  'deliveries: of one day, months ago': (q, turn) =>
    q.deliveries({ from: day(100 + turn), to: day(99 + turn), limit }),
  'deliveries: of a type and a system, before a week': (q) =>
    q.deliveries({ type: 'snapshot', system: 'noi-vu', to: day(7), limit }),
  'deliveries: of one agency': (q) => q.deliveries({ unit: 'H99.14', limit }),
  'deliveries: dead of one agency': (q) => q.deliveries({ state: 'dead', unit: 'H99.14', limit }),
  'deliveries: in reach of one agency': (q) => q.deliveries({ reach: oneUnit, limit }),
  'deliveries: dead, in reach of one agency': (q) =>
    q.deliveries({ state: 'dead', reach: oneUnit, limit }),
  'deliveries: in reach of one system': (q) => q.deliveries({ reach: oneSystem, limit }),
}

const blocked: Readonly<Record<string, Question>> = {
  'blocked dossiers': (q) => q.blocked({ limit }),
  'blocked dossiers: of a system and a code': (q) =>
    q.blocked({ system: 'noi-vu', code: 'target-rejected', limit }),
  'blocked dossiers: of one agency': (q) => q.blocked({ unit: 'H99.14', limit }),
  'blocked dossiers: of an owner who has none': (q) => q.blocked({ owner: 'lan', limit }),
  'blocked dossiers: in reach of one agency': (q) => q.blocked({ reach: oneUnit, limit }),
  now: (q) => q.now(),
  'now: in reach of one agency': (q) => q.now(oneUnit),
}

const problems: Readonly<Record<string, Question>> = {
  'problems: newest': (q) => q.problems({ limit }),
  'problems: by deliveries': (q) => q.problems({ sort: 'count', limit }),
  'problems: by dossiers': (q) => q.problems({ sort: 'dossiers', limit }),
  'problems: of a side': (q) => q.problems({ side: 'data', limit }),
  'problems: of a system': (q) => q.problems({ system: 'noi-vu', limit }),
  'problems: muted': (q) => q.problems({ status: 'muted', limit }),
  'problems: in reach of one agency': (q) => q.problems({ reach: oneUnit, limit }),
  'a problem': (q, turn) => q.problem(1 + turn, undefined),
  'deliveries of a problem': (q, turn) => q.deliveries({ problem: 1 + turn, limit }),
}

const others: Readonly<Record<string, Question>> = {
  'search: the beginning of a code': (q, turn) => q.search(`S${turn + 10}`),
  'search: beyond the reach of one agency': (q, turn) => q.search(`S${turn + 10}`, oneUnit),
  'search: a code that is not there': (q) => q.search('H99.14-261122-0001'),
  'a dossier': (q, turn) => q.dossier(`S${turn * 7919 + 1}`),
  systems: (q) => q.systems(),
  'audit trail: newest': (q) => q.audit({ limit }),
  'audit trail: by a person who did nothing': (q) => q.audit({ actor: 'user:lan', limit }),
  'audit trail: of one day, months ago': (q, turn) =>
    q.audit({ from: day(100 + turn), to: day(99 + turn), limit }),
  plans: (q) => q.plans({ limit }),
}

/** A page far down, as somebody comes to it who scrolls: the way to it is not what is measured. */
export async function farDown(queries: AllQueries, pages: number): Promise<Question> {
  let cursor: string | undefined
  for (let page = 1; page < pages; page++) {
    const { next } = await queries.deliveries({ limit, ...(cursor && { cursor }) })
    if (next === null) throw new Error(`there is no page ${page + 1}`)
    cursor = next
  }
  return (q) => q.deliveries({ limit, ...(cursor && { cursor }) })
}

export const questions: Readonly<Record<string, Question>> = {
  ...deliveries,
  ...blocked,
  ...problems,
  ...others,
}

import { describe, expect, it } from 'vitest'
import type { Facts, PostgresFacts } from '../../../src/app/doctor/facts.ts'
import { judge } from '../../../src/app/doctor/judge.ts'
import { soundFacts } from './sound-facts.ts'

/** `state check` of everything that is not well. */
const complaints = (given: Partial<Facts>): string[] =>
  judge({ ...soundFacts, ...given })
    .filter(({ state }) => state === 'warn' || state === 'fail')
    .map(({ state, check }) => `${state} ${check}`)

const store = (given: Partial<PostgresFacts>): Partial<Facts> => {
  if (!soundFacts.postgres?.ok) throw new Error('the sound facts have a store')
  return { postgres: { ok: true, value: { ...soundFacts.postgres.value, ...given } } }
}
const away = { ok: false, why: { vi: 'không kết nối được', en: 'cannot be reached' } } as const
const fault = { pointer: '/password', rule: 'secret', vi: 'thiếu', en: 'missing' }
const healthy = { paused: false, circuitOpen: false, failed: 0, oldestDueSeconds: null }
const certificate = (days: number) => ({
  certificates: [
    { system: 'dvcqg', host: 'cong.example:443', daysLeft: { ok: true, value: days } as const },
  ],
})
const disk = (freeBytes: number): Partial<Facts> => ({
  disk: { ok: true, value: { path: '/data', freeBytes, totalBytes: 100e9 } },
})

const cases: [string, Partial<Facts>, string[]][] = [
  [
    'what may have arrived twice',
    store({ sentTwice: { count: 2, newest: '18.4' } }),
    ['warn sent-twice'],
  ],
  ['a store that cannot tell what arrived twice', store({ sentTwice: null }), []],
  ['nothing', {}, []],
  ['a backup that nobody tells of', { backup: null, restoreDrill: null }, []],
  ['a backup that never came', { backup: { at: null } }, ['warn backup']],
  ['an old backup', { backup: { at: '2026-11-20T23:00:00.000Z' } }, ['warn backup']],
  [
    'a drill long ago',
    { restoreDrill: { at: '2026-07-01T00:00:00.000Z' } },
    ['warn restore-drill'],
  ],
  ['an old Node.js', { node: 'v18.20.0' }, ['warn node']],
  ['a Node.js too new', { node: 'v25.0.0' }, ['warn node']],
  [
    'a key file others may read',
    { masterKey: { ok: true, value: { path: '/k', mode: 0o640 } } },
    ['fail master-key'],
  ],
  ['no key file', { masterKey: undefined }, ['fail master-key']],
  ['no key file before the first start', { masterKey: undefined, embedded: true }, []],
  ['no database', { postgres: away }, ['fail postgres']],
  ['an embedded server never started', { postgres: undefined, embedded: true }, []],
  ['PostgreSQL 13', store({ version: 130_000 }), ['fail postgres']],
  ['fsync off', store({ fsync: false }), ['fail postgres-durable']],
  ['commits that do not wait', store({ synchronousCommit: false }), ['fail postgres-durable']],
  ['a clock 5 s off', store({ clockOffsetMs: -5_000 }), ['warn clock']],
  ['a clock a minute off', store({ clockOffsetMs: 60_000 }), ['fail clock']],
  ['few connections', store({ maxConnections: 20 }), ['warn connections']],
  [
    'a database to be migrated',
    store({ migrations: { applied: 0, known: 1 } }),
    ['warn migrations'],
  ],
  [
    'a database newer than the software',
    store({ migrations: { applied: 2, known: 1 } }),
    ['fail migrations'],
  ],
  [
    'nobody that delivers',
    store({ processes: [{ id: 'a', role: 'api', seenSecondsAgo: 1 }] }),
    ['warn processes'],
  ],
  [
    'a worker gone silent',
    store({ processes: [{ id: 'a', role: 'worker', seenSecondsAgo: 60 }] }),
    ['warn processes'],
  ],
  [
    'a paused system',
    store({ systems: [{ ...healthy, id: 's', paused: true }] }),
    ['warn system:s'],
  ],
  [
    'an open circuit',
    store({ systems: [{ ...healthy, id: 's', circuitOpen: true }] }),
    ['warn system:s'],
  ],
  [
    'failed deliveries',
    store({ systems: [{ ...healthy, id: 's', failed: 2 }] }),
    ['warn system:s'],
  ],
  [
    'a delivery long due',
    store({ systems: [{ ...healthy, id: 's', oldestDueSeconds: 61 }] }),
    ['warn system:s'],
  ],
  [
    'a delivery due just now',
    store({ systems: [{ ...healthy, id: 's', oldestDueSeconds: 2 }] }),
    [],
  ],
  [
    'a Redis that evicts',
    { redis: { ok: true, value: { version: '7.0', maxmemoryPolicy: 'allkeys-lru' } } },
    ['warn redis'],
  ],
  [
    'a Redis that keeps',
    { redis: { ok: true, value: { version: '7.0', maxmemoryPolicy: 'noeviction' } } },
    [],
  ],
  ['no Redis', { redis: away }, ['fail redis']],
  [
    'faulty files',
    {
      config: {
        ...soundFacts.config,
        faults: [{ ...fault, file: 'hub.yaml', line: 1, column: 1 }],
      },
    },
    ['fail config'],
  ],
  [
    'files that wait to be applied',
    { config: { ...soundFacts.config, revision: { id: 3, differences: 2 } } },
    ['warn revision'],
  ],
  ['no revision', { config: { ...soundFacts.config, revision: null } }, ['warn revision']],
  [
    'a missing secret',
    { config: { ...soundFacts.config, secrets: [{ system: 's', fault }] } },
    ['warn secret:s/password'],
  ],
  ['a broken connector', { connectors: [{ id: 'x', problem: away.why }] }, ['fail connector:x']],
  ['a certificate of a week', certificate(7), ['warn certificate:dvcqg:cong.example:443']],
  ['a certificate that has run out', certificate(-1), ['fail certificate:dvcqg:cong.example:443']],
  ['a certificate of a year', certificate(365), []],
  ['a disk nearly full', disk(8e9), ['warn disk']],
  ['a full disk', disk(0.5e9), ['fail disk']],
]

describe('judge', () => {
  it.each(cases)('complains of %s', (_name, facts, expected) => {
    expect(complaints(facts)).toEqual(expected)
  })

  it('says what to do about everything that is not well, in both languages', () => {
    for (const [, facts] of cases)
      for (const { state, next, found, title } of judge({ ...soundFacts, ...facts })) {
        if (state === 'fail' && found !== away.why) expect(next?.vi && next.en).toBeTruthy()
        for (const words of [found, title]) expect(words.vi && words.en).toBeTruthy()
      }
  })
})

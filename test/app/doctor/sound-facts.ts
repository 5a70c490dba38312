/** A hub to which nothing is wrong, to be made ill by tests. */
import type { Facts } from '../../../src/app/doctor/facts.ts'

export const soundFacts: Facts = {
  node: 'v20.20.2',
  poolSize: 16,
  embedded: false,
  masterKey: { ok: true, value: { path: '/etc/hub/master.key', mode: 0o600 } },
  postgres: {
    ok: true,
    value: {
      version: 180_004,
      fsync: true,
      synchronousCommit: true,
      clockOffsetMs: 12,
      maxConnections: 200,
      migrations: { applied: 1, known: 1 },
      processes: [{ id: 'may-1', role: 'all', seenSecondsAgo: 1 }],
      systems: [],
      sentTwice: { count: 0, newest: null },
    },
  },
  redis: undefined,
  config: { faults: [], warnings: [], revision: { id: 1, differences: 0 }, secrets: [] },
  connectors: [{ id: 'dvcqg', problem: null }],
  certificates: [],
  backup: { at: '2026-11-22T01:00:00.000Z' },
  restoreDrill: { at: '2026-10-22T01:00:00.000Z' },
  now: new Date('2026-11-22T03:00:00.000Z'),
  disk: { ok: true, value: { path: '/data', freeBytes: 80e9, totalBytes: 100e9 } },
}

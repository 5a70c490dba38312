/** Invented views for the hub in memory; one of each. */
import { errorTable } from '../../src/domain/errors.ts'
import type { DeliveryView, DossierView, MessageView } from '../../src/engine/ports/deliveries.ts'
import type { ProblemView } from '../../src/engine/ports/problems.ts'
import type { FollowView, PullView } from '../../src/engine/ports/pulls.ts'
import type { SystemView } from '../../src/engine/ports/systems.ts'
import type { World } from './fake-hub.ts'
import { quietHealth } from './fake-systems.ts'

export const messageId = '01938f5e-0000-7000-8000-000000000001'
export const purgedId = '01938f5e-0000-7000-8000-000000000002'

const delivery: DeliveryView = {
  id: '12.3',
  message: messageId,
  system: 'dvcqg',
  job: 'tthc-to-dvcqg',
  subject: 'H99.12-261122-0001',
  type: 'vn.tthc.dossier.progressed.v1',
  unit: 'H99.14',
  state: 'dead',
  code: 'target-rejected',
  tries: 1,
  acceptedAt: '2026-11-22T01:00:00.000Z',
  sentAt: '2026-11-22T01:00:01.000Z',
  finishedAt: null,
  revision: 4,
  waitsFor: {
    kind: 'person',
    delivery: '12.3',
    code: 'target-rejected',
    words: { vi: 'Chờ người xử lý.', en: 'Waits for a person.' },
  },
  failure: {
    delivery: '12.3',
    problem: 1,
    code: 'target-rejected',
    cause: errorTable['target-rejected'].title,
    next: errorTable['target-rejected'].next,
    since: '2026-11-22T01:00:01.000Z',
  },
  attempts: [
    {
      kind: 'send',
      number: 1,
      startedAt: '2026-11-22T01:00:01.000Z',
      durationMs: 120,
      outcome: 'permanent',
      code: 'target-rejected',
      detail: { vi: 'Bị từ chối.', en: 'Rejected.' },
      faults: [{ pointer: '/a', rule: 'type', vi: 'Sai kiểu.', en: 'Wrong type.' }],
      evidence: {
        httpStatus: 200,
        remoteCode: 'E-001200000001',
        remoteMessage:
          'Công dân 001200000001, nguoi.thu@example.vn, 0912 345 678 không hợp lệ lúc 08:30',
      },
    },
  ],
}

const { waitsFor: _, attempts: __, failure: ___, ...summary } = delivery

const message: MessageView = {
  id: messageId,
  source: 'urn:h99:mot-cua',
  eventId: 'e-1',
  type: 'vn.tthc.dossier.progressed.v1',
  subject: 'H99.12-261122-0001',
  time: '2026-11-22T08:00:00+07:00',
  acceptedAt: '2026-11-22T01:00:00.000Z',
  client: 'mot-cua',
  size: 312,
  sha256: 'a'.repeat(64),
  bodyPurged: false,
  deliveries: [summary],
}

const dossier: DossierView = {
  code: 'H99.12-261122-0001',
  systems: [
    {
      system: 'dvcqg',
      lane: '12',
      accepted: 3,
      delivered: 2,
      open: 1,
      lastDeliveredAt: '2026-11-22T01:00:00.000Z',
      waitsFor: delivery.waitsFor,
      failure: delivery.failure,
    },
  ],
  timeline: [
    {
      at: '2026-11-22T01:00:00.000Z',
      what: 'accepted',
      system: null,
      delivery: null,
      message: messageId,
      type: 'vn.tthc.dossier.progressed.v1',
      state: 'accepted',
      code: null,
      words: { vi: 'Đã nhận.', en: 'Accepted.' },
    },
  ],
  truncated: false,
}

const system: SystemView = {
  id: 'dvcqg',
  connector: 'dvcqg',
  title: { vi: 'Cổng Dịch vụ công quốc gia', en: 'National public-service portal' },
  paused: {
    since: '2026-11-22T01:00:00.000Z',
    by: 'client:operator',
    reason: 'Cổng bảo trì',
    resumeAt: null,
    code: null,
  },
  circuit: 'closed',
  circuitSince: null,
  maintenance: { reason: 'Nâng cấp', until: '2026-11-22T05:00:00.000Z' },
  problem: null,
  waiting: 10,
  failed: 1,
  oldestDueSeconds: 3.5,
  ...quietHealth,
}

const problem: ProblemView = {
  id: 7,
  system: 'dvcqg',
  operation: 'dossier',
  code: 'target-rejected',
  lacking: null,
  open: 3,
  title: '…',
  remoteCode: null,
  side: 'data',
  cause: { vi: 'Hệ thống đích từ chối', en: 'The system rejected it' },
  next: { vi: 'Sửa dữ liệu.', en: 'Correct the data.' },
  status: 'open',
  owner: null,
  mutedUntil: null,
  dossiers: 2,
  total: 4,
  openedAt: '2026-11-22T01:00:00.000Z',
  resolvedAt: null,
  reopened: 0,
  firstSeen: '2026-11-22T01:00:00.000Z',
  lastSeen: '2026-11-22T02:00:00.000Z',
}

const pull: PullView = {
  job: 'tthc-changes',
  nextRunAt: '2026-11-22T02:00:00.000Z',
  nextRuns: ['2026-11-22T02:00:00.000Z', '2026-11-22T03:00:00.000Z'],
  running: false,
  paused: null,
  skippedAt: null,
  lastRunAt: null,
  lastCode: null,
  lastMessages: 0,
}

const follow: FollowView = {
  ...{ system: 'dvcqg', subject: 'H99.14-260101-0001', state: { asked: 'H99000000000012' } },
  ...{ since: '2026-11-22T01:00:00.000Z', askedAt: null, dueAt: '2026-11-22T01:00:00.000Z' },
  askedBy: [{ job: 'tthc-changes', title: { vi: 'Hỏi', en: 'Ask' } }],
}

export const aWorld = (): Partial<World> => ({
  messages: [message, { ...message, id: purgedId, bodyPurged: true }],
  dossiers: [dossier],
  deliveries: [
    delivery,
    { ...delivery, id: '12.4', state: 'waiting', code: null },
    { ...delivery, id: '13.1', state: 'unknown', code: 'answer-timeout' },
    { ...delivery, id: '14.1', state: 'held', code: null },
  ],
  systems: [system],
  problems: [problem],
  catalogues: [
    { name: 'agencies', revision: 1, changedAt: null, synchronisedAt: '2026-01-01T00:00:00.000Z' },
  ],
  follows: [follow],
  pulls: [pull, { ...pull, job: 'busy', running: true }],
  check: () =>
    Promise.resolve([
      { name: 'dns', ok: true, durationMs: 2, detail: { vi: 'Phân giải được.', en: 'Resolved.' } },
      { name: 'tcp', ok: false, durationMs: 5, detail: { vi: 'Không nối được.', en: 'Refused.' } },
    ]),
})

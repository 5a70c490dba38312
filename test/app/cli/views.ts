/** What a hub may hold, for tests of the command line. */
import type {
  DeliveryView,
  DossierView,
  MessageView,
} from '../../../src/engine/ports/deliveries.ts'
import type { ProblemView } from '../../../src/engine/ports/problems.ts'
import type { SystemView } from '../../../src/engine/ports/systems.ts'
import { quietHealth } from '../../support/fake-systems.ts'

const both = (text: string) => ({ vi: text, en: text })

export const delivery = (id: string, given: Partial<DeliveryView> = {}): DeliveryView => ({
  id,
  message: '01890000-0000-7000-8000-000000000001',
  system: 'dvcqg',
  job: 'dossiers-to-dvcqg',
  subject: 'H99.14-240101-0001',
  type: 'vn.tthc.dossier.upserted.v1',
  unit: 'H99.14',
  state: 'dead',
  code: 'target-rejected',
  tries: 3,
  acceptedAt: '2026-11-22T01:00:00.000Z',
  sentAt: '2026-11-22T01:00:01.000Z',
  finishedAt: null,
  revision: 1,
  waitsFor: { kind: 'person', words: { vi: 'Chờ người xử lý', en: 'Waits for a person' } },
  failure: null,
  attempts: [
    {
      kind: 'send',
      number: 1,
      startedAt: '2026-11-22T01:00:01.000Z',
      durationMs: 120,
      outcome: 'permanent',
      code: 'target-rejected',
      detail: both('Thiếu mã thủ tục'),
      faults: [
        { pointer: '/data/0/MaTTHC', rule: 'required', vi: 'Thiếu trường', en: 'Missing field' },
      ],
      evidence: {
        httpStatus: 200,
        remoteCode: '-1',
        remoteMessage: 'Hồ sơ của Nguyễn Thị Thử không hợp lệ',
      },
    },
  ],
  ...given,
})

export const system = (id: string, given: Partial<SystemView> = {}): SystemView => ({
  id,
  connector: id,
  title: { vi: 'Cổng Dịch vụ công quốc gia', en: 'National public-service portal' },
  paused: null,
  circuit: 'closed',
  circuitSince: null,
  maintenance: null,
  problem: null,
  waiting: 1234,
  failed: 5,
  oldestDueSeconds: 7500,
  ...quietHealth,
  ...given,
})

export const problem: ProblemView = {
  id: 1,
  system: 'dvcqg',
  operation: 'push-dossier',
  code: 'code-untranslated',
  lacking: null,
  open: 12,
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
  firstSeen: '2026-11-21T00:00:00.000Z',
  lastSeen: '2026-11-22T01:00:00.000Z',
}

export const message: MessageView = {
  id: '01890000-0000-7000-8000-000000000001',
  source: '/H99/mot-cua',
  eventId: 'e-1',
  type: 'vn.tthc.dossier.upserted.v1',
  subject: 'H99.14-240101-0001',
  time: '2026-11-22T08:00:00+07:00',
  acceptedAt: '2026-11-22T01:00:00.000Z',
  client: 'mot-cua',
  size: 1800,
  sha256: 'ab'.repeat(32),
  bodyPurged: false,
  deliveries: [],
}

export const dossier: DossierView = {
  code: 'H99.14-240101-0001',
  systems: [
    {
      system: 'dvcqg',
      lane: '1842',
      accepted: 3,
      delivered: 2,
      open: 1,
      lastDeliveredAt: '2026-11-22T01:00:00.000Z',
      waitsFor: {
        kind: 'person',
        delivery: '1842.3',
        words: { vi: 'Chờ người xử lý', en: 'Waits for a person' },
      },
      failure: null,
    },
  ],
  timeline: [
    {
      at: '2026-11-22T01:00:00.000Z',
      what: 'accepted',
      system: null,
      delivery: null,
      message: message.id,
      type: message.type,
      state: 'waiting',
      code: null,
      words: { vi: 'Liên thông đã nhận', en: 'The hub accepted it' },
    },
  ],
  truncated: false,
}

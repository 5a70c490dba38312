/** Corrections in memory, for the doors alone. */
import type { Hub } from '../../src/app/hub.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { CorrectionItemView, CorrectionView } from '../../src/engine/ports/corrections.ts'
import type { Act } from '../../src/engine/ports/interventions.ts'

export const aCorrection = (id: number, change: Partial<CorrectionView> = {}): CorrectionView => ({
  ...{ id, kind: 'one', state: 'draft', reason: 'Sai mã thủ tục', author: 'user:lan.nguyen' },
  ...{ createdAt: '2026-11-22T01:00:00.000Z', personal: false, needsApproval: false },
  ...{ pointers: ['/steps/0/content'], more: false, decidedAt: null, decidedBy: null },
  ...{ decidedWhy: null, endedAt: null, endedBy: null, plan: null },
  counts: { messages: 1, faulty: 0, deliveries: 1, replaced: 0 },
  ...{ subject: 'H99.12-261122-0001', type: 'vn.tthc.dossier.progressed.v1' },
  ...change,
})

const anItem: CorrectionItemView = {
  message: '01938f5e-0000-7000-8000-000000000001',
  corrected: null,
  ...{ subject: 'H99.12-261122-0001', type: 'vn.tthc.dossier.progressed.v1' },
  deliveries: [{ id: '12.3', system: 'dvcqg', replaced: null }],
  pointers: ['/steps/0/content'],
  changes: [{ pointer: '/steps/0/content', before: 'Sai', after: 'Đúng' }],
  faults: [],
}

export interface FakeCorrections {
  readonly desk: Hub['corrections']
  readonly queries: Pick<Hub['queries'], 'corrections' | 'correction' | 'correctionItems'>
  /** What a test may change at any time. */
  list: CorrectionView[]
}

export function createFakeCorrections(
  acts: { readonly what: string; readonly act: Act }[],
): FakeCorrections {
  const change =
    (what: string) =>
    async (id: number, act: Act): Promise<void> => {
      if (!fake.list.some((one) => one.id === id)) throw new HubError('not-found')
      acts.push({ what: `${what} correction ${id}`, act })
    }
  const fake: FakeCorrections = {
    list: [aCorrection(1)],
    desk: {
      check: async () => ({ faults: [], changes: [], needsApproval: false, deliveries: [] }),
      prepare: async (request) => ({
        kind: 'message' in request ? 'one' : 'many',
        ...{ personal: false, needsApproval: false, more: false, messages: [] },
      }),
      async create({ kind }, act) {
        const id = fake.list.length + 1
        acts.push({ what: `create correction ${id}`, act })
        fake.list = [...fake.list, aCorrection(id, { kind })]
        return id
      },
      ...{ ask: change('ask'), approve: change('approve'), refuse: change('refuse') },
      withdraw: change('withdraw'),
      async send(id, _options, _reach, act) {
        await change('send')(id, act)
        return null
      },
      tryOne: async () => [],
      tryDraft: async () => [],
    },
    queries: {
      corrections: async ({ limit }) => ({ items: fake.list.slice(0, limit), next: null }),
      correction: async (id) => fake.list.find((one) => one.id === id),
      correctionItems: async () => ({ items: [anItem], next: null }),
    },
  }
  return fake
}

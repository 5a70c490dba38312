/** Revisions and settings of a hub in memory: one job, `ho-so`, in revision 3. */
import { HubError } from '../../src/domain/errors.ts'
import type {
  ConfigurationDesk,
  ObjectPlace,
  RevisionView,
} from '../../src/engine/ports/configuration.ts'
import type { Act } from '../../src/engine/ports/interventions.ts'

const revision: RevisionView = {
  ...{ id: 3, at: '2026-11-22T03:04:05.000Z', author: 'user:lan', reason: 'Đổi lịch chạy' },
  ...{ inForce: true, counts: { added: 0, removed: 0, changed: 1 } },
}
const value = { id: 'ho-so', kind: 'push' }
const change = { pointer: '/enabled', before: true, after: false }
const form = { schema: { type: 'object' }, references: {} }

export function createFakeConfiguration(acts: { what: string; act: Act }[]): ConfigurationDesk {
  const mustBe = (id: number): void => {
    if (id > 3) throw new HubError('not-found')
  }
  const named = ({ kind, id }: ObjectPlace) => `${kind}/${id}`
  return {
    page: async () => ({ items: [revision], next: null }),
    async difference(id, against) {
      mustBe(id)
      const objects = [
        { object: 'jobs/ho-so', change: 'changed' as const, changes: [change], left: 0 },
      ]
      return { ...revision, id, against: against ?? id - 1, objects }
    },
    async restore(id, base, act) {
      mustBe(id)
      acts.push({ what: `restore ${id} ${base ?? 'any'}`, act })
      return { revision: 4, changed: true }
    },
    jobs: () => [
      {
        ...{ id: 'ho-so', kind: 'push', title: { vi: 'Hồ sơ', en: 'Dossiers' }, enabled: true },
        ...{ system: 'ilis', types: [] },
      },
    ],
    async settings({ id }) {
      if (id !== 'ho-so' && id !== 'ilis') throw new HubError('not-found')
      return { id, revision: 3, value, yaml: 'id: ho-so\nkind: push\n', nextRuns: [], ...form }
    },
    async check({ id }, { yaml = '' }) {
      const fault = { pointer: '/to', rule: 'required', vi: 'Thiếu.', en: 'Missing.', line: 1 }
      const faults = yaml.includes('sai') ? [fault] : []
      return {
        ...{ id, revision: 3, isNew: false, faults, warnings: [], value },
        ...{ changes: [change], nextRuns: [], ...form },
      }
    },
    async save(place, { yaml }, base, act) {
      acts.push({ what: `save ${named(place)} ${base} ${yaml ?? 'json'}`, act })
      return { revision: 4, changed: true }
    },
  }
}

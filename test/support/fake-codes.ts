/** Code tables of a hub in memory: one of land procedures, with one entry. */
import { HubError } from '../../src/domain/errors.ts'
import type { CodeEntryView, CodeTables } from '../../src/engine/ports/codes.ts'
import type { Act } from '../../src/engine/ports/interventions.ts'

const table = { name: 'dat-dai-procedure', entries: 1, systems: ['ilis'] }
const known: CodeEntryView = {
  ...{ canonical: '1.012345', remote: 'QT-BIEN-DONG', validFrom: null, validTo: null },
}

export const createFakeCodes = (acts: { what: string; act: Act }[]): CodeTables => ({
  list: () => [table],
  page(name, { search }) {
    if (name !== table.name) throw new HubError('not-found')
    const items = [known].filter(({ canonical }) => canonical.includes(search ?? ''))
    return { ...table, revision: 3, items, next: null }
  },
  async set(name, { canonical, remote, validFrom, validTo }, act) {
    if (name !== table.name) throw new HubError('not-found')
    acts.push({ what: `set ${canonical} ${remote} ${validFrom}-${validTo}`, act })
    const entry = { canonical, remote, validFrom: validFrom || null, validTo: validTo || null }
    return { revision: 4, changed: true, entry, before: null }
  },
})

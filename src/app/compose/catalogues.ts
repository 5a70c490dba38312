/** What people do to catalogues: load one from a file, and answer for what has vanished. */
import type { CatalogueEntry } from '../../connector/contract.ts'
import { type Fault, HubError } from '../../domain/errors.ts'
import type { Accept } from '../../engine/accept/accept.ts'
import type { Client, MessageSchemas } from '../../engine/ports/accept.ts'
import type { CatalogueStore } from '../../engine/ports/catalogues.ts'
import { type Catalogue, catalogueChanged } from '../../engine/pulls/catalogue.ts'
import type { CatalogueCounts, Hub } from '../hub.ts'
import { readCatalogueFile } from './catalogue-file.ts'

interface Dependencies {
  readonly store: CatalogueStore
  readonly catalogue: Catalogue
  readonly accept: Accept
  readonly schemas: MessageSchemas
}

const pageSize = 200
const mostFaults = 100
const nameForm = /^[a-z][a-z0-9-]{0,39}$/

export function createCatalogueDesk(deps: Dependencies): Hub['catalogues'] {
  /** All of a file, or nothing: what a message could not carry is found before the first page. */
  const check = (catalogue: string, entries: readonly CatalogueEntry[]): void => {
    const faults: Fault[] = []
    for (const [index, { code, content, validFrom, validTo }] of entries.entries()) {
      const validity = { ...(validFrom && { validFrom }), ...(validTo && { validTo }) }
      const data = { catalogue, code, change: 'added', version: 1, ...validity, content }
      for (const fault of deps.schemas.validateMessage(catalogueChanged, data) ?? [])
        faults.push({ ...fault, pointer: `/${index}${fault.pointer.replace(/^\/content/, '')}` })
      if (faults.length >= mostFaults) break
    }
    if (faults.length > 0)
      throw new HubError('request-invalid', { faults: faults.slice(0, mostFaults) })
  }

  return {
    async load(name, file, { shrink }, act) {
      if (!nameForm.test(name)) throw badName
      const entries = readCatalogueFile(file.name, file.bytes)
      check(name, entries)
      const client: Client = { id: `file:${name}`, scopes: [], sources: ['*'], types: ['*'] }
      const counts = { entries: entries.length, added: 0, changed: 0, reissued: 0, vanished: 0 }
      await deps.store.loaded(name, entries.length, act)
      for (let from = 0; from < entries.length; from += pageSize) {
        const complete = from + pageSize >= entries.length
        if (complete && shrink) await deps.store.allowShrink(name, act)
        const page = {
          ...{ name, begins: from === 0, complete },
          entries: entries.slice(from, from + pageSize),
        }
        const plan = await deps.catalogue.plan(page, 'file')
        const results = await deps.accept.acceptPage(plan.messages, client, undefined, plan.write)
        deps.catalogue.tell(plan)
        const refused = results.find((result) => !result.ok)
        if (refused && !refused.ok) throw new HubError(refused.code, { faults: refused.faults })
        for (const { change } of plan.write.changes) counts[change]++
        if (plan.shrunk) throw new HubError('catalogue-shrunk')
      }
      return counts satisfies CatalogueCounts
    },
    async allowShrink(name, act) {
      if (!(await deps.store.allowShrink(name, act))) throw new HubError('not-found')
    },
    async closeProblem(name, code, act) {
      if (!(await deps.store.closeProblem(name, code, act))) throw new HubError('not-found')
    },
  }
}

const badName = new HubError('request-invalid', {
  detail: {
    vi: 'Tên danh mục gồm chữ thường không dấu, chữ số, gạch nối; bắt đầu bằng chữ; nhiều nhất 40 ký tự.',
    en: 'A catalogue is named with lower-case letters, digits and hyphens, begins with a letter and has at most 40 characters.',
  },
})

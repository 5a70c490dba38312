import type { Configuration } from '../../../domain/configuration.ts'
import { HubError, type Words } from '../../../domain/errors.ts'
import type { Cipher, Queries } from '../../../engine/ports.ts'
import type { Database } from '../database.ts'
import {
  findCatalogueCode,
  findCatalogueState,
  listCatalogue,
  listCatalogueProblems,
  listCatalogues,
} from './catalogues.ts'
import { findDelivery, listDeliveries } from './deliveries.ts'
import { findDossier } from './dossier.ts'
import { listLookups, lookupUsage } from './lookups.ts'
import { findMessage, latestMessage, readBody } from './messages.ts'
import { listProblems, listPulls, listSystems } from './systems.ts'

/** The questions that people and clients ask of the store. Read only. */
export function createQueries(
  database: Database,
  keys: { readonly keyring: Cipher; refresh(): Promise<void> },
  configuration: () => Configuration | undefined,
  problemOf: (system: string) => Words | null,
  nextRuns: (job: string, planned: Date) => readonly string[] = () => [],
): Queries {
  /** Another process may have made a new key since this one read them. */
  const withFreshKeys = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== 'body-unreadable') throw error
      await keys.refresh()
      return ask()
    }
  }
  return {
    message: (id) => findMessage(database, id),
    body: (id) => withFreshKeys(() => readBody(database, keys.keyring, id)),
    latest: (subject, types) =>
      withFreshKeys(() => latestMessage(database, keys.keyring, subject, types)),
    dossier: (code) => findDossier(database, configuration(), code, problemOf),
    deliveries: (filter) => listDeliveries(database, filter),
    delivery: (place) =>
      withFreshKeys(() => findDelivery(database, keys.keyring, configuration(), place, problemOf)),
    systems: () => listSystems(database, configuration(), problemOf),
    problems: () => listProblems(database),
    pulls: () => listPulls(database, nextRuns),
    lookups: (filter) => listLookups(database, filter),
    lookupUsage: (month) => lookupUsage(database, month),
    catalogues: () => listCatalogues(database),
    catalogueState: (name) => findCatalogueState(database, name),
    catalogue: (name, filter) => listCatalogue(database, name, filter),
    catalogueCode: (name, code) => findCatalogueCode(database, name, code),
    catalogueProblems: (name) => listCatalogueProblems(database, configuration(), name),
  }
}

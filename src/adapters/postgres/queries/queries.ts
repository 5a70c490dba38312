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
import { listFollows } from './follows.ts'
import { listLookups, lookupUsage } from './lookups.ts'
import { findMessage, latestMessage, readBody } from './messages.ts'
import {
  findProblem,
  listProblemDeliveries,
  listProblems,
  type ProblemWords,
  tableWords,
} from './problems.ts'
import { listPulls, listSystems, type PullPlan } from './systems.ts'

interface Keys {
  readonly keyring: Cipher
  refresh(): Promise<void>
}

/** Another process may have made a new key since this one read them. */
async function withFreshKeys<T>(keys: Keys, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'body-unreadable') throw error
    await keys.refresh()
    return ask()
  }
}

export const createLatest =
  (database: Database, keys: Keys): Queries['latest'] =>
  (subject, types) =>
    withFreshKeys(keys, () => latestMessage(database, keys.keyring, subject, types))

/** The questions that people and clients ask of the store. Read only. */
export function createQueries(
  database: Database,
  keys: Keys,
  configuration: () => Configuration | undefined,
  problemOf: (system: string) => Words | null,
  nextRuns: (plan: PullPlan) => readonly string[] = () => [],
  words: ProblemWords = tableWords,
): Queries {
  return {
    message: (id) => findMessage(database, id),
    body: (id) => withFreshKeys(keys, () => readBody(database, keys.keyring, id)),
    latest: createLatest(database, keys),
    dossier: (code) => findDossier(database, configuration(), code, problemOf),
    deliveries: (filter) => listDeliveries(database, filter),
    delivery: (place) =>
      withFreshKeys(keys, () =>
        findDelivery(database, keys.keyring, configuration(), place, problemOf),
      ),
    systems: () => listSystems(database, configuration(), problemOf),
    problems: (filter) => listProblems(database, filter, words),
    problem: (id) => findProblem(database, id, words),
    problemDeliveries: (id, page) => listProblemDeliveries(database, id, page),
    pulls: () => listPulls(database, nextRuns),
    follows: (filter) => listFollows(database, configuration(), filter),
    lookups: (filter) => listLookups(database, filter),
    lookupUsage: (month) => lookupUsage(database, month),
    catalogues: () => listCatalogues(database),
    catalogueState: (name) => findCatalogueState(database, name),
    catalogue: (name, filter) => listCatalogue(database, name, filter),
    catalogueCode: (name, code) => findCatalogueCode(database, name, code),
    catalogueProblems: (name) => listCatalogueProblems(database, configuration(), name),
  }
}

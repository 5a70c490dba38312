import type { Configuration } from '../../../domain/configuration.ts'
import { HubError, type Words } from '../../../domain/errors.ts'
import { type Reach, reachesSystem } from '../../../domain/unit.ts'
import type { Cipher } from '../../../engine/ports/crypto.ts'
import type { Queries } from '../../../engine/ports/queries.ts'
import type { Database } from '../database.ts'
import { listBlocked } from './blocked.ts'
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
import { type ProblemWords, tableWords } from './problem-words.ts'
import { findProblem, listProblems } from './problems.ts'
import { search } from './search.ts'
import { lookAtNow, systemTrend } from './system-health.ts'
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

/** A pull belongs to the system it asks; one that is configured no more is for those without limits. */
function reachesJob(configuration: Configuration | undefined, reach: Reach, id: string): boolean {
  const job = configuration?.jobs.find((one) => one.id === id)
  if (job?.kind === 'pull') return reachesSystem(reach, job.from)
  return reach.systems.length === 0
}

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
    message: (id, reach) => findMessage(database, id, reach),
    body: (id, reach) => withFreshKeys(keys, () => readBody(database, keys.keyring, id, reach)),
    latest: createLatest(database, keys),
    dossier: (code, reach) => findDossier(database, configuration(), code, problemOf, reach, words),
    deliveries: (filter) => listDeliveries(database, filter),
    blocked: (filter) => listBlocked(database, filter, words),
    delivery: (place, reach) =>
      withFreshKeys(keys, () =>
        findDelivery(database, keys.keyring, configuration(), place, problemOf, reach, words),
      ),
    search: (text, reach) => search(database, text, reach),
    systems: (reach) => listSystems(database, configuration(), problemOf, reach),
    systemTrend: (system) => systemTrend(database, system),
    now: (reach) => lookAtNow(database, configuration(), reach),
    problems: (filter) => listProblems(database, filter, words),
    problem: (id, reach) => findProblem(database, id, words, reach),
    async pulls(reach) {
      const pulls = await listPulls(database, nextRuns)
      return reach ? pulls.filter(({ job }) => reachesJob(configuration(), reach, job)) : pulls
    },
    follows: (filter) => listFollows(database, configuration(), filter),
    lookups: (filter) => listLookups(database, filter),
    lookupUsage: (month, reach) => lookupUsage(database, month, reach),
    catalogues: () => listCatalogues(database),
    catalogueState: (name) => findCatalogueState(database, name),
    catalogue: (name, filter) => listCatalogue(database, name, filter),
    catalogueCode: (name, code) => findCatalogueCode(database, name, code),
    catalogueProblems: (name) => listCatalogueProblems(database, configuration(), name),
  }
}

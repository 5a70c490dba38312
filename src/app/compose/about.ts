/** The hub about itself: what its store, its settings and its doctor say. */
import type { Database } from '../../adapters/postgres/database.ts'
import { aboutStore } from '../../adapters/postgres/queries/about.ts'
import type { Revision } from '../../domain/configuration.ts'
import type { About } from '../about.ts'
import type { Finding } from '../doctor/finding.ts'
import { lookAtMark } from '../doctor/host.ts'
import { judge } from '../doctor/judge.ts'
import type { ProcessSettings } from '../settings.ts'
import { settingsView } from '../settings-view.ts'
import { connectorFacts, diagnose } from './diagnose.ts'
import type { Law } from './law.ts'
import { hubVersion } from './version.ts'

export interface AboutParts {
  readonly settings: ProcessSettings
  readonly secret: (name: string) => string | undefined
  readonly database: Database
  /** Where the store is, also when it is the embedded one, which runs already. */
  readonly storeUrl: string
  readonly law: Law
  readonly role: string
  readonly revision: () => Revision | undefined
}

export function createAbout(parts: AboutParts): About {
  const { settings, law } = parts
  const startedAt = new Date(Date.now() - process.uptime() * 1_000).toISOString()
  let looking: Promise<readonly Finding[]> | undefined
  return {
    async read() {
      const revision = parts.revision()
      return {
        ...(await aboutStore(parts.database)),
        ...{ version: hubVersion(), node: process.version, startedAt, role: parts.role },
        environment: settings.environment,
        backup: lookAtMark(settings.backupStamp),
        restoreDrill: lookAtMark(settings.restoreDrillStamp),
        revision: revision ? { id: revision.id } : null,
        connectors: connectorFacts(law),
        settings: settingsView(settings),
      }
    },
    doctor() {
      looking ??= diagnose(settings, parts.secret, parts.storeUrl)
        .then(judge)
        .finally(() => {
          looking = undefined
        })
      return looking
    },
  }
}

import type { Operation } from './operation.ts'
import { aboutOperations } from './routes/about.ts'
import { accountOperations } from './routes/account.ts'
import { auditOperations } from './routes/audit.ts'
import { catalogueOperations } from './routes/catalogues.ts'
import { clientOperations } from './routes/clients.ts'
import { codeOperations } from './routes/codes.ts'
import { configurationOperations } from './routes/configuration.ts'
import { correctionOperations } from './routes/corrections.ts'
import { deliveryOperations } from './routes/deliveries.ts'
import { dossierOperations } from './routes/dossiers.ts'
import { dryRunOperations } from './routes/dry-runs.ts'
import { fileOperations } from './routes/files.ts'
import { followOperations } from './routes/follows.ts'
import { liveOperations } from './routes/live.ts'
import { lookupOperations } from './routes/lookups.ts'
import { messageOperations } from './routes/messages.ts'
import { planOperations } from './routes/plans.ts'
import { problemOperations } from './routes/problems.ts'
import { processOperations } from './routes/process.ts'
import { pullOperations } from './routes/pulls.ts'
import { searchOperations } from './routes/search.ts'
import { sessionOperations } from './routes/session.ts'
import { systemLimitOperations } from './routes/system-limits.ts'
import { systemOperations } from './routes/systems.ts'
import { typeOperations } from './routes/types.ts'
import { userOperations } from './routes/users.ts'

/** The whole API on one screen, in the order in which the router asks: the hot path first. */
export const operations: readonly Operation[] = [
  ...messageOperations,
  ...fileOperations,
  ...dossierOperations,
  ...searchOperations,
  ...deliveryOperations,
  ...liveOperations,
  ...planOperations,
  ...correctionOperations,
  ...lookupOperations,
  ...catalogueOperations,
  ...codeOperations,
  ...configurationOperations,
  ...systemOperations,
  ...systemLimitOperations,
  ...problemOperations,
  ...pullOperations,
  ...dryRunOperations,
  ...followOperations,
  ...sessionOperations,
  ...userOperations,
  ...accountOperations,
  ...clientOperations,
  ...auditOperations,
  ...aboutOperations,
  ...typeOperations,
  ...processOperations,
]

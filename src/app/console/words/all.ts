/** All words, one file per group of screens. */
import { about } from './about.ts'
import { account } from './account.ts'
import { audit } from './audit.ts'
import { blocked } from './blocked.ts'
import { clients } from './clients.ts'
import { codes } from './codes.ts'
import { revisions, settings, studio } from './configuration.ts'
import { corrections } from './corrections.ts'
import { deliveries } from './deliveries.ts'
import { dossiers } from './dossiers.ts'
import { frame } from './frame.ts'
import { health } from './health.ts'
import { now } from './now.ts'
import { parts } from './parts.ts'
import { plans } from './plans.ts'
import { problems } from './problems.ts'
import { signIn } from './sign-in.ts'
import { jobs, systems } from './systems.ts'
import { users } from './users.ts'

export const words = {
  ...{ frame, parts, signIn },
  ...{ now, problems, deliveries, dossiers, blocked },
  ...{ plans, corrections, codes },
  ...{ systems, health, jobs, settings, revisions, studio },
  ...{ about, account, audit, clients, users },
}

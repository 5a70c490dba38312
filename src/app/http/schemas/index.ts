import { aboutSchemas } from './about.ts'
import { accountSchemas } from './account.ts'
import { auditSchemas } from './audit.ts'
import { catalogueSchemas } from './catalogues.ts'
import { clientSchemas } from './clients.ts'
import { codeSchemas } from './codes.ts'
import { configurationSchemas } from './configuration.ts'
import { correctionSchemas } from './corrections.ts'
import { deliverySchemas } from './deliveries.ts'
import { dryRunSchemas } from './dry-runs.ts'
import { fileSchemas } from './files.ts'
import { lookupSchemas } from './lookups.ts'
import { messageSchemas } from './messages.ts'
import { peopleSchemas } from './people.ts'
import { planSchemas } from './plans.ts'
import { commonSchemas } from './problem.ts'
import { problemSchemas } from './problems.ts'
import type { JsonSchema } from './shape.ts'
import { systemHealthSchemas } from './system-health.ts'
import { systemSchemas } from './systems.ts'

/** Every shape of the API by its name: components.schemas of the OpenAPI document. */
export const apiSchemas: Readonly<Record<string, JsonSchema>> = {
  ...messageSchemas,
  ...fileSchemas,
  ...deliverySchemas,
  ...planSchemas,
  ...correctionSchemas,
  ...systemSchemas,
  ...systemHealthSchemas,
  ...problemSchemas,
  ...lookupSchemas,
  ...catalogueSchemas,
  ...codeSchemas,
  ...configurationSchemas,
  ...dryRunSchemas,
  ...peopleSchemas,
  ...accountSchemas,
  ...clientSchemas,
  ...auditSchemas,
  ...aboutSchemas,
  ...commonSchemas,
}

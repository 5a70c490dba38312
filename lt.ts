import { loadConnectors } from './src/adapters/connectors/load-connectors.ts'
import { createSchemaRegistry } from './src/adapters/ajv/schema-registry.ts'
const r = createSchemaRegistry(['schemas'])
const {broken}=await loadConnectors(['/tmp/w/sftp/connectors'], r.validateAgainst)
for (const b of broken.values()) console.log(b.id, b.problem.message, b.problem.faults, b.problem.cause)

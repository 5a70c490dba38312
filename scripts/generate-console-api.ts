/**
 * Writes src/app/console/generated/api.ts: the types of the operator's API for the console, from the same operations as
 * docs/openapi.json. Large, and only for the type checker, so it is not committed; written with --check too.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { openApiDocument } from '../src/app/http/openapi.ts'
import { operations } from '../src/app/http/operations.ts'

const folder = join(import.meta.dirname, '../src/app/console/generated')
const document = JSON.parse(JSON.stringify(openApiDocument(operations, {}))) as OpenAPI3
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'api.ts'), astToString(await openapiTS(document)))

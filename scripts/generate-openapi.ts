/**
 * Writes docs/openapi.json from the operations and schemas of the API; with --check only says
 * whether the committed file is fresh (exit code 1 when it is not).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { openApiDocument, openApiText } from '../src/app/http/openapi.ts'
import { operations } from '../src/app/http/operations.ts'

const fileUrl = (path: string): URL => new URL(`../${path}`, import.meta.url)
const target = fileUrl('docs/openapi.json')

const eventSchema = JSON.parse(
  readFileSync(fileUrl('schemas/cloudevents/event/v1.schema.json'), 'utf8'),
) as object
const text = openApiText(openApiDocument(operations, eventSchema))

function committed(): string {
  try {
    return readFileSync(target, 'utf8')
  } catch {
    return ''
  }
}

if (!process.argv.includes('--check')) {
  writeFileSync(target, text)
  process.stdout.write('docs/openapi.json written\n')
} else if (committed() !== text) {
  process.stderr.write('docs/openapi.json is stale: run scripts/generate-openapi.ts\n')
  process.exitCode = 1
}

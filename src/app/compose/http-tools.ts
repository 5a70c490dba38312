import { readStrictBatch, readStrictJson } from '../../adapters/json/strict-json.ts'
import type { HttpTools } from '../http/tools.ts'
import type { Law } from './law.ts'

/** Deeper than any of our schemas, and shallow enough for every reader behind us. */
const depth = 64

export const createHttpTools = (law: Pick<Law, 'registry'>): HttpTools => ({
  json: {
    read: (bytes) => readStrictJson(bytes, { depth }).value,
    readBatch: (bytes, items) => readStrictBatch(bytes, { depth, items }),
  },
  compile: (schema) => (value) => law.registry.validateAgainst(schema, value),
})

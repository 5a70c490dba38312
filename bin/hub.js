#!/usr/bin/env node
// The code is TypeScript that only needs its types erased. Node 22.18 and later erase them themselves;
// Node 20 is told how. Nothing is built, so nothing can be stale; what was erased or compiled once is
// kept beside the packages, by content, and found there at the next start.
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../node_modules/.cache/lien-thong-hub', import.meta.url))
module.enableCompileCache?.(folder)
if (!process.features.typescript) {
  const { version } = module.createRequire(import.meta.url)('ts-blank-space/package.json')
  module.register('./erase-types.js', import.meta.url, { data: { folder, version } })
}
await import('../src/app/main.ts')

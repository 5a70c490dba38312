#!/usr/bin/env node
// The code is TypeScript that only needs its types erased. Node 22.18 and later erase them
// themselves; Node 20 gets the same from a loader. Nothing is built, so nothing can be stale.
if (!process.features.typescript) await import('ts-blank-space/register')
await import('../src/app/main.ts')

import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => `test/${path}`)
/** It takes the place of Node's own HTTP, for whatever is loaded after it. */
const withNock = tests.filter((path) => readFileSync(path, 'utf8').includes("from 'nock'"))

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    // Processes, not threads: tests fork servers, send signals and hold native handles.
    pool: 'forks',
    // The tests share their machine with the servers they start.
    maxWorkers: 2,
    // Some tests measure time; a busy CI machine may make one of them late once.
    retry: process.env.CI ? 2 : 0,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    reporters: ['default', './test/support/count-reporter.ts'],
    projects: [
      // Loading the hub takes longer than most test files; one process loads it once for many.
      {
        extends: true,
        test: { name: 'hub', include: ['test/**/*.test.ts'], exclude: withNock, isolate: false },
      },
      { extends: true, test: { name: 'nock', include: withNock } },
    ],
  },
})

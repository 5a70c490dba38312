import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
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
  },
})

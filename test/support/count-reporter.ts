import type { Reporter, TestModule } from 'vitest/node'

/** One plain line at the very end, the same on a terminal and in a log: how many tests did what. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    const skipped = new Set<string>()
    for (const module of modules)
      for (const test of module.children.allTests()) {
        counts[test.result().state] += 1
        if (test.result().state === 'skipped' && test.fullName.includes('needs '))
          skipped.add(/needs [\w-]+/.exec(test.fullName)?.[0] ?? '')
      }
    const why = skipped.size > 0 ? ` (${[...skipped].sort().join(', ')})` : ''
    const loose = errors.length > 0 ? `, ${errors.length} errors outside tests` : ''
    console.log(
      `tests: ${counts.passed} passed, ${counts.failed + counts.pending} failed, ` +
        `${counts.skipped} skipped${why}${loose}`,
    )
  }
}

import type { Configuration } from './configuration.ts'

export interface CodeUsage {
  readonly codeTables: readonly string[]
  readonly jobs: readonly string[]
}

/** Every text in the options of a system. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : []
}

/**
 * Where the configuration names a code: its code tables (either column), and the jobs to or from systems
 * that use such a table (a table's name begins with its connector's) or name the code in their options.
 */
export function usageOf({ codes, systems, jobs }: Configuration, code: string): CodeUsage {
  const codeTables = Object.keys(codes).filter((table) =>
    codes[table]?.some(({ canonical, remote }) => canonical === code || remote === code),
  )
  const users = systems
    .filter(
      ({ connector, options }) =>
        codeTables.some((table) => table.startsWith(`${connector}-`)) ||
        textsOf(options).includes(code),
    )
    .map(({ id }) => id)
  return {
    codeTables: codeTables.sort(),
    jobs: jobs
      .filter((job) => users.includes(job.kind === 'push' ? job.to : job.from))
      .map(({ id }) => id)
      .sort(),
  }
}

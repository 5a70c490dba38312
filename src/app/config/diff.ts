import type { CodeRow, Configuration } from '../../domain/configuration.ts'
import { pointerTo } from './config-fault.ts'

/** One difference. `before` undefined: added; `after` undefined: removed. */
export interface ConfigChange {
  /** For example `/systems/dvcqg/concurrency` or `/codes/dvcqg-trang-thai/accepted`. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/**
 * What differs between two configurations, by name and not by position. Whole systems, jobs and
 * rows that were added or removed are one change each. Secrets are references, so nothing is hidden.
 */
export function diffConfiguration(before: Configuration, after: Configuration): ConfigChange[] {
  return differences('', byName(before), byName(after))
}

type Named = Readonly<Record<string, unknown>>

const byName = ({ hub, systems, jobs, codes }: Configuration): Named => ({
  hub,
  systems: Object.fromEntries(systems.map((system) => [system.id, system])),
  jobs: Object.fromEntries(jobs.map((job) => [job.id, job])),
  codes: Object.fromEntries(
    Object.entries(codes).map(([table, rows]) => [table, rowsByCode(rows)]),
  ),
})

const rowsByCode = (rows: readonly CodeRow[]): Named =>
  Object.fromEntries(
    rows.map((row) => [row.validFrom ? `${row.canonical}@${row.validFrom}` : row.canonical, row]),
  )

const isRecord = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function differences(path: string, before: unknown, after: unknown): ConfigChange[] {
  if (!isRecord(before) || !isRecord(after))
    return sameJson(before, after) ? [] : [{ path, before, after }]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .flatMap((key) => differences(path + pointerTo(key), before[key], after[key]))
}

/** Equal as JSON, where the order of keys says nothing. */
function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]))
  if (isRecord(a) && isRecord(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) =>
      sameJson(a[key], b[key]),
    )
  return Object.is(a, b)
}

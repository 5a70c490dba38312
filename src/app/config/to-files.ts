/** `Configuration` → files: the exact opposite of read-files.ts. */
import { stringify } from 'yaml'
import type { CodeRow, Configuration } from '../../domain/configuration.ts'

const heading = (schema: string, depth: string): string =>
  `# yaml-language-server: $schema=${depth}schemas/hub/${schema}/v1.schema.json\n`

const yaml = (schema: string, depth: string, value: object): string =>
  heading(schema, depth) +
  stringify(inOrder(value), { lineWidth: 100, aliasDuplicateObjects: false })

/**
 * One text per file, by path relative to the configuration folder. Defaults are written out: an
 * export says what runs. Comments and notes of the files it came from are not part of a revision.
 */
export function toFiles(configuration: Configuration): ReadonlyMap<string, string> {
  const { hub, systems, jobs, codes } = configuration
  const files = new Map([['hub.yaml', yaml('hub', '../', hub)]])
  for (const system of systems)
    files.set(`systems/${system.id}.yaml`, yaml('system', '../../', system))
  for (const job of jobs) files.set(`jobs/${job.id}.yaml`, yaml('job', '../../', job))
  for (const [table, rows] of Object.entries(codes))
    files.set(`codes/${table}.csv`, codeTableText(rows))
  return files
}

/** A store does not keep the order of keys, so files have their own: what it is, where, how. */
const order = [
  ...['id', 'title', 'kind', 'connector', 'enabled', 'province', 'publicUrl', 'retention'],
  ...['from', 'to', 'operation', 'sources', 'types', 'policy', 'schedule', 'overlapSeconds'],
  'catchUp',
  ...['options', 'concurrency', 'ratePerSecond', 'runAhead', 'timeoutMs', 'settleMs'],
  ...['retry', 'circuit', 'maintenance', 'lookups', 'trusted', 'vi', 'en'],
]
const rank = (key: string): number => {
  const place = order.indexOf(key)
  return place < 0 ? order.length : place
}
const byRank = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : 1)

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => byRank(a, b)).map(([key, inner]) => [key, inOrder(inner)]),
  )
}

const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** A code table as a file. */
export function codeTableText(rows: readonly CodeRow[]): string {
  const lines = rows.map(({ canonical, remote, validFrom, validTo }) =>
    [canonical, remote, validFrom, validTo].map(cell).join(','),
  )
  return `${['canonical,remote,valid_from,valid_to', ...lines].join('\n')}\n`
}

/**
 * Configuration files → `Configuration`. All faults of all files at once, each with its place; the
 * cross checks go on with whatever is sound.
 */

import { manifestFor } from '../../connector/manifest.ts'
import type {
  CodeRow,
  Configuration,
  PushJob,
  SyncJob,
  System,
} from '../../domain/configuration.ts'
import type { Fault } from '../../domain/errors.ts'
import { checkJob, type KnownSystems } from './check-job.ts'
import { checkSystem } from './check-system.ts'
import { isCodeRows, parseCodeTable } from './code-table.ts'
import { aboutFile, type ConfigFault, didYouMean, segmentsOf, sortFaults } from './config-fault.ts'
import {
  completeHub,
  completeJob,
  completeSystem,
  type HubFile,
  type JobFile,
  type SystemFile,
} from './defaults.ts'
import { expressionFaults } from './expressions.ts'
import type { ConfigLaw } from './law.ts'
import { type FoundFile, type FoundFiles, listFiles } from './list-files.ts'
import { nameMeant } from './misspelt.ts'
import { parseYamlFile, type YamlFile } from './yaml-file.ts'

export type ConfigReading =
  | {
      readonly ok: true
      readonly configuration: Configuration
      readonly warnings: readonly ConfigFault[]
    }
  | {
      readonly ok: false
      readonly faults: readonly ConfigFault[]
      readonly warnings: readonly ConfigFault[]
    }

/** A file and what of it has its right shape: all of `T`, or the fields without a fault. */
interface Parsed<T> {
  readonly yaml: YamlFile
  readonly whole: T | undefined
  readonly part: Partial<T>
}

/** Reads a configuration folder. Never throws for what is in the files. */
export const readConfigFiles = (folder: string, law: ConfigLaw): ConfigReading =>
  readConfig(listFiles(folder), law)

/** The same of files that somebody else has found. */
export function readConfig(files: FoundFiles, law: ConfigLaw): ConfigReading {
  const faults: ConfigFault[] = [...files.faults]
  const parse = <T>(found: readonly FoundFile[], schema: string): Parsed<T>[] =>
    found.flatMap((file) => parseFile<T>(file, schema, law, faults))

  const [hub] = parse<HubFile>(files.hub, 'hub/hub/v1')
  const systems = parse<SystemFile>(files.systems, 'hub/system/v1')
  const jobs = parse<JobFile>(files.jobs, 'hub/job/v1')
  const codes = readCodes(files.codes, faults)

  // A table that has faults is there: those are what is to be mended.
  const tables = files.codes.map(({ id }) => id)
  for (const { yaml, part } of systems)
    faults.push(...checkSystem(part, law, tables).map(yaml.place))
  const expressions = expressionFaults(
    systems.map(({ part }) => part),
    law,
  )
  for (const [index, { yaml }] of systems.entries())
    faults.push(...(expressions[index] ?? []).map(yaml.place))
  const known = knownSystems(files.systems, systems, law)
  const warnings: ConfigFault[] = []
  for (const { yaml, part } of jobs) {
    const findings = checkJob(part, known, law)
    faults.push(...findings.faults.map(yaml.place))
    warnings.push(...findings.warnings.map(yaml.place))
  }
  warnings.push(...overlaps(jobs))

  if (faults.length > 0 || !hub?.whole)
    return { ok: false, faults: sortFaults(faults), warnings: sortFaults(warnings) }
  const configuration = {
    hub: completeHub(hub.whole),
    systems: systems.flatMap(({ whole }): System[] => (whole ? [completeSystem(whole)] : [])),
    jobs: jobs.flatMap(({ whole }): SyncJob[] => (whole ? [completeJob(whole)] : [])),
    codes,
  }
  return { ok: true, configuration, warnings: sortFaults(warnings) }
}

function parseFile<T>(
  { file, id, bytes }: FoundFile,
  schema: string,
  law: ConfigLaw,
  faults: ConfigFault[],
): Parsed<T>[] {
  const yaml = parseYamlFile(file, id, bytes)
  if (Array.isArray(yaml)) {
    faults.push(...yaml)
    return []
  }
  const shape = schemaFaults(schema, yaml.value, law)
  faults.push(...shape.map(yaml.place))
  if (schema !== 'hub/hub/v1') faults.push(...nameFaults(id, yaml.value).map(yaml.place))
  // The schema has spoken: without faults the value has the shape T, and so has each sound field.
  const whole = shape.length === 0 ? (yaml.value as T) : undefined
  return [{ yaml, whole, part: soundPart(yaml.value, shape) as Partial<T> }]
}

/** The fields that no fault is about. */
function soundPart(value: unknown, faults: readonly Fault[]): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const wrong = new Set(faults.map(({ pointer }) => segmentsOf(pointer)[0]))
  return Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key)))
}

function schemaFaults(schema: string, value: unknown, law: ConfigLaw): Fault[] {
  const faults = law.validate(schema, value)
  const told = faults.some(({ rule }) => rule !== 'if')
  return faults
    .filter(({ rule }) => !told || rule !== 'if')
    .map((fault) => {
      const isName = fault.rule === 'additionalProperties'
      const meant = isName ? nameMeant(law.schema(schema), fault.pointer) : didYouMean(undefined)
      return { ...fault, vi: fault.vi + meant.vi, en: fault.en + meant.en }
    })
}

function nameFaults(id: string, value: unknown): Fault[] {
  const written =
    typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  if (typeof written !== 'string' || written === id) return []
  const vi = `id phải trùng với tên tệp: ghi "id: ${id}" hoặc đổi tên tệp.`
  const en = `The id must be the name of the file: write "id: ${id}" or rename the file.`
  return [{ pointer: '/id', rule: 'file-name', vi, en }]
}

function readCodes(
  found: readonly FoundFile[],
  faults: ConfigFault[],
): Readonly<Record<string, readonly CodeRow[]>> {
  const tables: [string, readonly CodeRow[]][] = []
  for (const { file, id, bytes } of found) {
    if (!/^[a-z][a-z0-9-]{1,60}$/.test(id)) faults.push(tableName(file))
    const rows = parseCodeTable(file, bytes)
    if (isCodeRows(rows)) tables.push([id, rows])
    else faults.push(...rows)
  }
  return Object.fromEntries(tables)
}

const tableName = (file: string): ConfigFault =>
  aboutFile(
    file,
    'file-name',
    'Tên bảng mã chỉ gồm chữ thường không dấu, chữ số, dấu gạch ngang.',
    'The name of a code table has small letters, digits and hyphens only.',
  )

function knownSystems(
  found: readonly FoundFile[],
  parsed: readonly Parsed<SystemFile>[],
  law: ConfigLaw,
): KnownSystems {
  const parts = new Map(parsed.map(({ yaml, part }) => [yaml.id, part]))
  return {
    ids: found.map(({ id }) => id),
    manifest(system) {
      const { connector, options = {} } = parts.get(system) ?? {}
      const manifest = law.manifests.find(({ id }) => id === connector)
      return manifest && manifestFor(manifest, options)
    },
  }
}

/** A message goes to a system once: of two jobs that both send it there, only the first is heard. */
function overlaps(jobs: readonly Parsed<JobFile>[]): ConfigFault[] {
  const pushes = jobs.flatMap(({ yaml, whole }) =>
    whole?.kind === 'push' && whole.enabled !== false ? [{ yaml, job: whole }] : [],
  )
  return pushes.flatMap(({ yaml, job }, index) => {
    const earlier = pushes.slice(0, index).filter((other) => other.job.to === job.to)
    return earlier.flatMap((other) =>
      job.types
        .map((type, at) => ({ type, at }))
        .filter(({ type }) => other.job.types.includes(type) && shareSource(other.job, job))
        .map(({ at }) => {
          const vi = `Luồng ${other.job.id} đã gửi loại bản tin này tới ${job.to}; bản tin chỉ đi một lần, theo chính sách của luồng đó.`
          const en = `The job ${other.job.id} already sends this type to ${job.to}; a message goes once, under the policy of that job.`
          return yaml.place({ pointer: `/types/${at}`, rule: 'overlap', vi, en })
        }),
    )
  })
}

function shareSource(a: Partial<PushJob>, b: Partial<PushJob>): boolean {
  const [one, two] = [a.sources ?? [], b.sources ?? []]
  return one.length === 0 || two.length === 0 || one.some((source) => two.includes(source))
}

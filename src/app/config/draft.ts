/** One object of the configuration as somebody edits it, judged in its place among all others. */
import type { Configuration, SyncJob, System } from '../../domain/configuration.ts'
import type { Fault } from '../../domain/errors.ts'
import type { Draft, DraftFault, ObjectPlace } from '../../engine/ports/configuration.ts'
import type { ConfigFault } from './config-fault.ts'
import type { ConfigLaw } from './law.ts'
import type { FoundFile, FoundFiles } from './list-files.ts'
import { type ConfigReading, readConfig } from './read-files.ts'
import { toFiles } from './to-files.ts'
import { parseYamlFile } from './yaml-file.ts'

export type ConfigObject = SyncJob | System

export interface JudgedDraft {
  readonly faults: readonly DraftFault[]
  readonly warnings: readonly DraftFault[]
  /** As it was written; null where it cannot be read. */
  readonly value: unknown
  /** With its defaults; undefined with any fault. */
  readonly object: ConfigObject | undefined
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Texts by path as a folder would give them. */
export function foundFiles(texts: ReadonlyMap<string, string>): FoundFiles {
  const found = (folder: string): FoundFile[] =>
    [...texts]
      .filter(([file]) => file.startsWith(folder))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, text]) => {
        const id = file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
        return { file, id, bytes: bytesOf(text) }
      })
  const hub = found('hub.yaml')
  return {
    hub,
    systems: found('systems/'),
    jobs: found('jobs/'),
    codes: found('codes/'),
    faults: [],
  }
}

/** What a whole configuration would be refused for as files; told by file. */
export function judgeWhole(configuration: Configuration, law: ConfigLaw): ConfigReading {
  return readConfig(foundFiles(toFiles(configuration)), law)
}

export const elsewhere = ({ file, pointer, rule, vi, en }: ConfigFault): Fault => ({
  ...{ pointer: '', rule },
  ...{ vi: `${file} ${pointer}: ${vi}`, en: `${file} ${pointer}: ${en}` },
})

export function judgeDraft(
  inForce: Configuration,
  { kind, id }: ObjectPlace,
  { value, yaml }: Draft,
  law: ConfigLaw,
): JudgedDraft {
  const file = `${kind}/${id}.yaml`
  // JSON is YAML.
  const text = yaml ?? JSON.stringify(value ?? null)
  const parsed = parseYamlFile(file, id, bytesOf(text))
  const reading = readConfig(foundFiles(new Map([...toFiles(inForce), [file, text]])), law)
  const told = (fault: ConfigFault): DraftFault =>
    fault.file === file
      ? { ...inDraft(fault), line: yaml === undefined || fault.line === 0 ? null : fault.line }
      : { ...elsewhere(fault), line: null }
  const objects: readonly ConfigObject[] = reading.ok ? reading.configuration[kind] : []
  return {
    faults: reading.ok ? [] : reading.faults.map(told),
    // Of all that is told, what is about this one.
    warnings: reading.warnings.filter((fault) => fault.file === file).map(told),
    value: Array.isArray(parsed) ? null : parsed.value,
    object: objects.find((one) => one.id === id),
  }
}

const inDraft = ({ pointer, rule, vi, en }: ConfigFault): Fault => ({ pointer, rule, vi, en })

export const objectOf = (
  configuration: Configuration,
  { kind, id }: ObjectPlace,
): ConfigObject | undefined => {
  const objects: readonly ConfigObject[] = configuration[kind]
  return objects.find((one) => one.id === id)
}

/** A new one stands where its file would. */
export function withObject(
  configuration: Configuration,
  { kind, id }: ObjectPlace,
  object: ConfigObject,
): Configuration {
  const objects: readonly ConfigObject[] = configuration[kind]
  const place = objects.findIndex((one) => one.id === id)
  const next =
    place < 0
      ? [...objects, object].sort((a, b) => (`${a.id}.` < `${b.id}.` ? -1 : 1))
      : objects.with(place, object)
  return { ...configuration, [kind]: next }
}

/** The text of its file, without the line for editors. */
export const yamlOf = (configuration: Configuration, { kind, id }: ObjectPlace): string =>
  (toFiles(configuration).get(`${kind}/${id}.yaml`) ?? '').replace(/^#.*\n/, '')

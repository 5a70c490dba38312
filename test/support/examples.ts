/** config/examples as an operator uses it: copied over config/. */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLaw } from '../../src/app/compose/law.ts'
import type { JobFile, SystemFile } from '../../src/app/config/defaults.ts'
import { type ConfigReading, readConfigFiles } from '../../src/app/config/read-files.ts'

const config = join(import.meta.dirname, '../../config')
export const examplesFolder = join(config, 'examples')

/** Folders of config/examples, found and not listed. */
export const exampleIds = (): readonly string[] =>
  readdirSync(examplesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

/** config/ with these examples copied over it, in a folder that is the caller's to remove. */
function copyExamples(ids: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'hub-examples-'))
  cpSync(config, folder, { recursive: true, filter: (path) => path !== examplesFolder })
  for (const id of ids)
    for (const part of ['systems', 'jobs', 'codes']) {
      const from = join(examplesFolder, id, part)
      if (existsSync(from))
        cpSync(from, join(folder, part), { recursive: true, force: false, errorOnExist: true })
    }
  return folder
}

export async function readExamples(ids: readonly string[]): Promise<ConfigReading> {
  const folder = copyExamples(ids)
  try {
    return readConfigFiles(folder, await openLaw(undefined))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * The whole of config/ with these examples, some of its texts replaced (addresses above all), and the folder that
 * holds it as it was: the caller's to remove.
 */
export async function exampleFiles(
  ids: readonly string[],
  replacements: Readonly<Record<string, string>>,
) {
  const folder = copyExamples(ids)
  const reading = readConfigFiles(folder, await openLaw(undefined))
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  const { systems, jobs } = reading.configuration
  const text = Object.entries(replacements).reduce(
    (all, [from, to]) => all.replaceAll(from, to),
    JSON.stringify(systems),
  )
  return { folder, systems: JSON.parse(text) as SystemFile[], jobs: jobs as readonly JobFile[] }
}

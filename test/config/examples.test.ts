import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLaw } from '../../src/app/compose/law.ts'
import { type Manifest, manifestFor } from '../../src/connector/manifest.ts'
import type { Configuration, SyncJob, System } from '../../src/domain/configuration.ts'
import { exampleIds, examplesFolder, readExamples } from '../support/examples.ts'

const filesOf = (id: string): string[] =>
  readdirSync(join(examplesFolder, id), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(examplesFolder.length + id.length + 2))
const textOf = (id: string, file: string): string =>
  readFileSync(join(examplesFolder, id, file), 'utf8')

/** Faults and warnings; none where it is as sound as can be. */
async function complaintsOf(ids: readonly string[]): Promise<readonly object[]> {
  const reading = await readExamples(ids)
  return [...(reading.ok ? [] : reading.faults), ...reading.warnings]
}
async function configurationOf(ids: readonly string[]): Promise<Configuration> {
  const reading = await readExamples(ids)
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults, null, 2))
  return reading.configuration
}
const manifestOf = async (system: System): Promise<Manifest> => {
  const manifest = (await openLaw(undefined)).manifests.find(({ id }) => id === system.connector)
  if (!manifest) throw new Error(`there is no connector ${system.connector}`)
  return manifestFor(manifest, system.options)
}

/** What the system can do that no job of the configuration does. */
async function unusedBy(system: System, jobs: readonly SyncJob[]): Promise<string[]> {
  const { operations, pulls = [] } = await manifestOf(system)
  const pushed = jobs.flatMap((job) =>
    job.kind === 'push' && job.to === system.id ? ['*', ...job.types] : [],
  )
  const pulled = jobs.flatMap((job) =>
    job.kind === 'pull' && job.from === system.id ? [job.operation] : [],
  )
  return [
    ...operations.filter(({ types }) => !types.some((type) => pushed.includes(type))),
    ...pulls.filter(({ name }) => !pulled.includes(name)),
  ].map(({ name }) => name)
}

/** Every host that the text names, whatever the scheme; e-mail addresses too. */
const hostsIn = (text: string): string[] =>
  [...text.matchAll(/(?:[a-z][a-z0-9+.-]*:\/\/|[A-Za-z0-9._-]+@)([A-Za-z0-9.-]+)/g)].map(
    (match) => match[1] ?? '',
  )

describe('config/examples', () => {
  it.each(exampleIds())(
    '%s passes the law of real configuration, without a warning',
    async (id) => {
      expect(await complaintsOf([id])).toEqual([])
    },
  )

  it('go together: all of them, copied at once, are sound', async () => {
    expect(await complaintsOf(exampleIds())).toEqual([])
  })

  it('there is one for every connector', async () => {
    const used = (await configurationOf(exampleIds())).systems.map(({ connector }) => connector)
    const { manifests } = await openLaw(undefined)
    const missing = manifests.map(({ id }) => id).filter((id) => !used.includes(id))
    expect(missing, 'write config/examples/<connector>/systems/<connector>.yaml').toEqual([])
  })

  it.each(exampleIds())('%s has files that are copied, and comments that explain', (id) => {
    const files = filesOf(id)
    const strange = files.filter(
      (file) =>
        !/^(README\.md|(systems|jobs)\/[a-z0-9-]+\.yaml|codes\/[a-z0-9-]+\.csv)$/.test(file),
    )
    expect(strange).toEqual([])
    expect(files).toContain(`systems/${id}.yaml`)
    for (const file of files.filter((one) => one.startsWith('systems/')))
      expect(textOf(id, file).match(/^\s*# /gm)?.length, file).toBeGreaterThan(2)
  })

  it.each(exampleIds())(
    '%s has a job for all that its system is sent and asked for',
    async (id) => {
      const { systems, jobs } = await configurationOf([id])
      const system = systems.find((one) => one.id === id)
      expect(system && (await unusedBy(system, jobs))).toEqual([])
    },
  )

  it.each(exampleIds())('%s names nobody and nothing real', (id) => {
    const hosts = filesOf(id)
      .filter((file) => !file.endsWith('.md'))
      .flatMap((file) => hostsIn(textOf(id, file)))
    expect(hosts.filter((host) => !/\.(example|invalid)$/.test(host))).toEqual([])
    expect(
      filesOf(id)
        .flatMap((file) => textOf(id, file).match(/\b[A-Z]\d{2}\b/g) ?? [])
        .filter((code) => !/^(H99|G\d\d)$/.test(code)),
    ).toEqual([])
  })
})

/**
 * A new connector folder from the template beside this file: a whole connector of an invented system, with
 * its simulator, schemas, fixtures and example configuration, that passes conformance as it is written.
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HubError } from '../../domain/errors.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
/** Where the hub's own connectors and schemas are. */
export const hubHome = here('../../../')
const template = here('./template/')
const contract = here('../../connector/index.ts')
/** What stands for the id in names and texts of the template, and for the contract in its imports. */
const placeholder = 'mau-moi'
const contractImport = relative(join(template, 'connectors', placeholder), contract)

const manifestSchema: { properties: { id: { pattern: string } } } = JSON.parse(
  readFileSync(here('../../connector/manifest.schema.json'), 'utf8'),
)
const idForm = new RegExp(manifestSchema.properties.id.pattern)

/**
 * Writes `connectors/<id>/`, `schemas/<id>/` and `config/examples/<id>/` into a folder and returns the files, by path in there. Throws
 * `request-invalid` for an id that is none, `state-conflict` for one that this folder, the hub or one of the
 * other `homes` has. Overwrites nothing, and leaves nothing half written.
 */
export async function writeConnector(
  id: string,
  folder: string,
  homes: readonly string[],
): Promise<readonly string[]> {
  if (!idForm.test(id)) throw refused('request-invalid', notAnId(id))
  const places = [folder, hubHome, ...homes].flatMap((home) => placesOf(home, id))
  const taken = places.find((place) => existsSync(place))
  if (taken !== undefined) throw refused('state-conflict', isTaken(id, taken))
  await mkdir(folder, { recursive: true })
  const home = await realpath(folder)
  const own = relative(join(home, 'connectors', id), contract)
  const fill = (text: string): string =>
    text.replaceAll(contractImport, own).replaceAll(placeholder, id)
  const written: string[] = []
  try {
    for (const path of await filesBelow(template)) {
      const target = path.replaceAll(placeholder, id)
      await mkdir(join(home, dirname(target)), { recursive: true })
      await writeFile(join(home, target), fill(await readFile(join(template, path), 'utf8')), {
        flag: 'wx',
      })
      written.push(target)
    }
  } catch (error) {
    // What could not be written cannot be removed either; the first error says why.
    const places = placesOf(home, id)
    await Promise.allSettled(places.map((place) => rm(place, { recursive: true, force: true })))
    throw error
  }
  return written
}

const placesOf = (home: string, id: string): string[] => [
  join(home, 'connectors', id),
  join(home, 'schemas', id),
  join(home, 'config/examples', id),
]

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

const refused = (code: 'request-invalid' | 'state-conflict', [vi, en]: readonly [string, string]) =>
  new HubError(code, { detail: { vi, en } })

const notAnId = (id: string) =>
  [
    `"${id}" không làm mã connector được: từ 2 đến 41 ký tự, chữ thường không dấu, chữ số và gạch ngang, bắt đầu bằng chữ.`,
    `"${id}" cannot be the id of a connector: 2 to 41 characters, a–z, digits and hyphens, a letter first.`,
  ] as const
const isTaken = (id: string, place: string) =>
  [
    `Mã ${id} đã được dùng: có sẵn ${place}. Không ghi gì.`,
    `The id ${id} is taken: there is ${place}. Nothing was written.`,
  ] as const

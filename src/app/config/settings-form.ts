/** The JSON Schema of a form for one object: that of its file, with what it may choose from, and its connector's own. */
import { type Manifest, manifestFor, operationFor } from '../../connector/manifest.ts'
import type { Configuration } from '../../domain/configuration.ts'
import type { ObjectPlace, SettingsForm } from '../../engine/ports/configuration.ts'
import type { ConfigLaw } from './law.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const objectAt = (value: unknown, ...path: readonly string[]): Json => {
  const found = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value)
  return isObject(found) ? found : {}
}

const optionsAt = 'https://lien-thong.example/connectors/'
const secretHelp =
  'Bí mật: không ghi giá trị ở đây. Ghi env:TÊN_BIẾN hoặc file:ĐƯỜNG-DẪN, giá trị đặt trên máy chủ.'

/** A secret is written as a reference, whatever the rules of its value. */
function secretsAsReferences(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(secretsAsReferences)
  if (!isObject(part)) return part
  if (part.writeOnly === true)
    return { title: part.title, type: 'string', description: secretHelp, 'x-secret': true }
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]) => [key, secretsAsReferences(inner)]),
  )
}

export function formOf(
  inForce: Configuration,
  { kind }: ObjectPlace,
  value: unknown,
  law: ConfigLaw,
): SettingsForm {
  const given = isObject(value) ? value : {}
  return kind === 'jobs' ? jobForm(inForce, given, law) : systemForm(given, law)
}

function jobForm({ systems }: Configuration, job: Json, law: ConfigLaw): SettingsForm {
  const file = objectAt(law.schema('hub/job/v1'))
  const own = objectAt(file, '$defs', job.kind === 'pull' ? 'pull' : 'push')
  const end = job.kind === 'pull' ? 'from' : 'to'
  const system = systems.find(({ id }) => id === job[end])
  const manifest = law.manifests.find(({ id }) => id === system?.connector)
  const spoken = manifest && system && manifestFor(manifest, system.options)
  const { title, kind, enabled } = objectAt(file, 'properties')
  const properties: Record<string, unknown> = { ...{ title, kind, enabled } }
  for (const [name, schema] of Object.entries(objectAt(own, 'properties')))
    if (isObject(schema)) properties[name] = schema
  properties[end] = {
    title: objectAt(properties, end).title,
    enum: systems.filter((one) => canBe(end, law, one.connector)).map(({ id }) => id),
  }
  if (end === 'to')
    properties.types = {
      ...objectAt(properties, 'types'),
      items: { title: 'Loại', enum: typesOf(spoken, law) },
    }
  else if (spoken?.pulls)
    properties.operation = {
      ...objectAt(properties, 'operation'),
      enum: spoken.pulls.map(({ name }) => name),
    }
  const required = ['title', 'kind', ...((own.required as readonly string[] | undefined) ?? [])]
  return { schema: { ...bare(file), properties, required }, references: {} }
}

/** Rules that depend on what is chosen are those of the judge. */
const bare = ({ $id, title, $defs }: Json): Json => ({ $id, title, type: 'object', $defs })

function canBe(end: 'from' | 'to', { manifests }: ConfigLaw, connector: string): boolean {
  const manifest = manifests.find(({ id }) => id === connector)
  if (!manifest || manifest.configured) return true
  return end === 'to' ? manifest.operations.length > 0 : (manifest.pulls ?? []).length > 0
}

const typesOf = (manifest: Manifest | undefined, { messageTypes }: ConfigLaw): string[] =>
  messageTypes.filter((type) => !manifest || operationFor(manifest, type) !== undefined)

function systemForm(system: Json, law: ConfigLaw): SettingsForm {
  const file = objectAt(law.schema('hub/system/v1'))
  const manifest = law.manifests.find(({ id }) => id === system.connector)
  const { id: _, ...properties } = objectAt(file, 'properties')
  const connector = { title: 'Connector', enum: law.manifests.map(({ id }) => id) }
  const form = { ...file, properties: { ...properties, connector } }
  if (!manifest) return { schema: form, references: {} }
  const $id = optionsAt + manifest.id
  const options = objectAt(secretsAsReferences(manifest.options))
  const title = objectAt(properties, 'options').title
  return {
    schema: { ...form, properties: { ...properties, connector, options: { title, $ref: $id } } },
    references: { [$id]: { ...options, $id } },
  }
}

/** What a schema alone cannot say about a system: its connector, its options, its times. */
import type { Manifest } from '../../connector/manifest.ts'
import type { Fault, Words } from '../../domain/errors.ts'
import { nearest } from '../nearest.ts'
import { isCidr } from '../setting-forms.ts'
import { didYouMean, pointerTo } from './config-fault.ts'
import type { SystemFile } from './defaults.ts'
import type { ConfigLaw } from './law.ts'
import { markedPlaces } from './marked-places.ts'
import { nameMeant } from './misspelt.ts'
import { referenceFaults, withoutSecretRules } from './secrets.ts'

/** A system as far as its fields have their right shape. */
type Part = Partial<SystemFile>
type Options = SystemFile['options']

/** `tables`: the code tables that there are. */
export function checkSystem(system: Part, law: ConfigLaw, tables: readonly string[]): Fault[] {
  return [
    ...connectorFaults(system, law, tables),
    ...windowFaults(system),
    ...trustedFaults(system),
  ]
}

function connectorFaults(
  { connector, options }: Part,
  law: ConfigLaw,
  tables: readonly string[],
): Fault[] {
  if (connector === undefined) return []
  const manifest = law.manifests.find(({ id }) => id === connector)
  if (!manifest) return [unknownConnector(connector, law)]
  return options === undefined ? [] : optionFaults(options, manifest, law, tables)
}

function unknownConnector(connector: string, law: ConfigLaw): Fault {
  const ids = law.manifests.map(({ id }) => id)
  const meant = didYouMean(nearest(connector, ids))
  const list = ids.join(', ')
  return {
    pointer: '/connector',
    rule: 'connector',
    vi: `Không có connector này (hiện có: ${list})${meant.vi}`,
    en: `There is no such connector (there are: ${list})${meant.en}`,
  }
}

function optionFaults(
  options: Options,
  manifest: Manifest,
  law: ConfigLaw,
  tables: readonly string[],
): Fault[] {
  const schema = withoutSecretRules(manifest.options)
  const shape = law.validateAgainst(schema, options).map((fault) => {
    const isName = fault.rule === 'additionalProperties'
    const meant = isName ? nameMeant(schema, fault.pointer) : didYouMean(undefined)
    return { ...fault, vi: fault.vi + meant.vi, en: fault.en + meant.en }
  })
  const references = referenceFaults(manifest.options, options)
  const told = new Set([...shape, ...references].map(({ pointer }) => pointer))
  const more = [...addressFaults(schema, options), ...nameFaults(schema, options, law, tables)]
  return [...shape, ...references, ...more.filter(({ pointer }) => !told.has(pointer))].map(
    (fault) => ({ ...fault, pointer: `/options${fault.pointer}` }),
  )
}

type Schema = Readonly<Record<string, unknown>>

/** What has `format: uri`, at any depth, and no pattern of its own, is an address the hub calls by HTTP. */
function addressFaults(schema: Schema, options: Options): Fault[] {
  const isAddress = ({ format, pattern }: Schema) => format === 'uri' && pattern === undefined
  return markedPlaces(schema, options, isAddress).flatMap(({ path, value }) => {
    if (typeof value !== 'string' || !URL.canParse(value)) return []
    const { protocol, username, password } = new URL(value)
    const pointer = pointerTo(...path)
    if (!/^https?:$/.test(protocol)) return [{ pointer, rule: 'address', ...notHttp }]
    return username || password ? [{ pointer, rule: 'secret', ...withAccount }] : []
  })
}

const notHttp = {
  vi: 'Phải là địa chỉ http:// hoặc https://.',
  en: 'Must be an address http:// or https://.',
}
const withAccount = {
  vi: 'Không ghi tài khoản, mật khẩu trong địa chỉ; dùng mục xác thực của connector. Nếu mật khẩu này đã lộ, hãy đổi nó.',
  en: 'An address holds no account or password; use the credentials of the connector. If the password has leaked, change it.',
}

/**
 * Names of what is kept elsewhere: a message type, a schema or a code table that nobody has would stop the
 * first message that needs it.
 */
function nameFaults(
  schema: Schema,
  options: Options,
  law: ConfigLaw,
  tables: readonly string[],
): Fault[] {
  const missing = (mark: string, rule: string, known: readonly string[], { vi, en }: Words) =>
    markedPlaces(schema, options, (one) => one[mark] === true).flatMap(({ path, value }) => {
      if (typeof value !== 'string' || known.includes(value)) return []
      const meant = didYouMean(nearest(value, known))
      const words = { vi: `${vi}${meant.vi || '.'}`, en: `${en}${meant.en || '.'}` }
      return [{ pointer: pointerTo(...path), rule, ...words }]
    })
  return [
    ...missing('x-code-table', 'code-table', tables, noTable),
    ...missing('x-known-type', 'type', law.messageTypes, noType),
    ...missing('x-known-schema', 'schema', law.schemaNames, noSchema),
  ]
}

const noTable: Words = {
  vi: 'Không có bảng mã này trong codes/',
  en: 'There is no such table in codes/',
}
const noType: Words = {
  vi: 'Danh mục không có loại bản tin này',
  en: 'There is no such message type',
}
const noSchema: Words = {
  vi: 'Không có lược đồ này trong schemas/',
  en: 'There is no such schema in schemas/',
}

function windowFaults(system: Part): Fault[] {
  return (system.maintenance ?? []).flatMap((window, index) => {
    if (window.kind !== 'once' || Date.parse(window.from) < Date.parse(window.to)) return []
    const vi = 'Thời điểm kết thúc phải sau thời điểm bắt đầu.'
    const en = 'The end must be after the beginning.'
    return [{ pointer: pointerTo('maintenance', index, 'to'), rule: 'period', vi, en }]
  })
}

function trustedFaults(system: Part): Fault[] {
  return (system.trusted ?? []).flatMap(({ cidr }, index) => {
    if (isCidr(cidr)) return []
    const vi = 'Phải là dải địa chỉ CIDR, ví dụ 10.99.0.12/32.'
    const en = 'Must be a CIDR range, for example 10.99.0.12/32.'
    return [{ pointer: pointerTo('trusted', index, 'cidr'), rule: 'cidr', vi, en }]
  })
}

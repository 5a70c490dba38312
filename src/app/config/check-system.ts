/** What a schema alone cannot say about a system: its connector, its options, its times. */
import type { Manifest } from '../../connector/manifest.ts'
import type { Fault } from '../../domain/errors.ts'
import { nearest } from '../nearest.ts'
import { isCidr } from '../setting-forms.ts'
import { didYouMean, pointerTo } from './config-fault.ts'
import type { SystemFile } from './defaults.ts'
import type { ConfigLaw } from './law.ts'
import { referredBy } from './local-reference.ts'
import { nameMeant } from './misspelt.ts'
import { referenceFaults, withoutSecretRules } from './secrets.ts'

/** A system as far as its fields have their right shape. */
type Part = Partial<SystemFile>
type Options = SystemFile['options']

export function checkSystem(system: Part, law: ConfigLaw): Fault[] {
  return [...connectorFaults(system, law), ...windowFaults(system), ...trustedFaults(system)]
}

function connectorFaults({ connector, options }: Part, law: ConfigLaw): Fault[] {
  if (connector === undefined) return []
  const manifest = law.manifests.find(({ id }) => id === connector)
  if (!manifest) return [unknownConnector(connector, law)]
  return options === undefined ? [] : optionFaults(options, manifest, law)
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

function optionFaults(options: Options, manifest: Manifest, law: ConfigLaw): Fault[] {
  const schema = withoutSecretRules(manifest.options)
  const shape = law.validateAgainst(schema, options).map((fault) => {
    const isName = fault.rule === 'additionalProperties'
    const meant = isName ? nameMeant(schema, fault.pointer) : didYouMean(undefined)
    return { ...fault, vi: fault.vi + meant.vi, en: fault.en + meant.en }
  })
  const references = referenceFaults(manifest.options, options)
  const faults = [...shape, ...references]
  const told = new Set(faults.map(({ pointer }) => pointer))
  faults.push(...addressFaults(schema, options).filter(({ pointer }) => !told.has(pointer)))
  return faults.map((fault) => ({ ...fault, pointer: `/options${fault.pointer}` }))
}

type Property = Readonly<Record<string, unknown>>

/** An option with `format: uri` and no pattern of its own is an address the hub calls by HTTP. */
function addressFaults(schema: Readonly<Record<string, unknown>>, options: Options): Fault[] {
  const properties = (schema.properties ?? {}) as Record<string, Property | undefined>
  return Object.entries(options).flatMap(([name, value]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    const rule: Property | undefined = property && (referredBy(property, schema) ?? property)
    if (rule?.format !== 'uri' || rule.pattern !== undefined || typeof value !== 'string') return []
    if (/^https?:\/\//i.test(value) || !URL.canParse(value)) return []
    const vi = 'Phải là địa chỉ http:// hoặc https://.'
    const en = 'Must be an address http:// or https://.'
    return [{ pointer: pointerTo(name), rule: 'address', vi, en }]
  })
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

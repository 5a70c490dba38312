/**
 * The unit a message concerns, and whom it concerns with it. Codes of agencies have two forms: the new one
 * begins with the province (`H99.14.02`), the old one ends with it (`000.02.14.H99`, empty levels are zeros).
 * The hub keeps the new one: below a unit lies what begins with its code and a dot.
 */
import { type Fault, HubError } from './errors.ts'

const newForm = /^[A-Z]\d{2}(?:\.\d{1,3}){0,4}$/
const oldForm = /^(\d{3})\.(\d{2})\.(\d{2})\.([A-Z]\d{2})$/

/** The code of an agency in the new form; undefined when it is none. */
export function agencyCode(text: string): string | undefined {
  if (newForm.test(text)) return text
  const [, lowest, low, high, province] = oldForm.exec(text) ?? []
  if (province === undefined) return undefined
  const levels = [high, low, lowest].map((level) => level ?? '')
  while (levels.length > 0 && /^0+$/.test(levels.at(-1) ?? '')) levels.pop()
  return [province, ...levels].join('.')
}

/** What a code says of the unit: it is an agency's own, or that of a dossier, which begins with one (`H99.14-260101-0001`). */
export function unitOfCode(code: string): string | undefined {
  const [head = '', ...rest] = code.split('-')
  return agencyCode(rest.length > 0 ? head : code)
}

export const wrongUnit = (pointer: string): Fault => ({
  ...{ pointer, rule: 'agency-code' },
  vi: 'Phải là mã định danh đơn vị, ví dụ H99.14 hoặc 000.00.14.H99.',
  en: 'Must be the code of an agency, for example H99.14 or 000.00.14.H99.',
})

/** The code of an agency as somebody has typed it; undefined when it is none. */
export const typedAgency = (text: string): string | undefined =>
  agencyCode(text.trim().toUpperCase())

/** The same, with all below it. Throws `request-invalid` for what is none. */
export function within(unit: string): Reach {
  const code = typedAgency(unit)
  if (code === undefined) throw new HubError('request-invalid', { faults: [wrongUnit('/unit')] })
  return { systems: [], units: [code] }
}

/** How far somebody's rights reach. An empty list is no limit. */
export interface Reach {
  readonly systems: readonly string[]
  /** In the new form; each stands for itself and everything below. */
  readonly units: readonly string[]
}

export const everything: Reach = { systems: [], units: [] }

export const isLimited = ({ systems, units }: Reach): boolean =>
  systems.length > 0 || units.length > 0

export const reachesSystem = ({ systems }: Reach, system: string): boolean =>
  systems.length === 0 || systems.includes(system)

/** What concerns no unit is for those without such a limit. */
export const reachesUnit = ({ units }: Reach, unit: string | null): boolean =>
  units.length === 0 ||
  (unit !== null && units.some((one) => unit === one || unit.startsWith(`${one}.`)))

/** Whether nothing of `inner` lies outside of `outer`. */
export const reachesAll = (outer: Reach, inner: Reach): boolean =>
  (outer.systems.length === 0 ||
    (inner.systems.length > 0 && inner.systems.every((one) => reachesSystem(outer, one)))) &&
  (outer.units.length === 0 ||
    (inner.units.length > 0 && inner.units.every((one) => reachesUnit(outer, one))))

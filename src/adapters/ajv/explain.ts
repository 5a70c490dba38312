/** Turns ajv's errors into faults that a person can act on: no avalanche, no values. */
import type { ErrorObject } from 'ajv'
import type { Fault } from '../../domain/errors.ts'
import { wordsFor } from './faults.ts'
import type { Reach } from './reach.ts'

const most = 100
const longestPointer = 1000

type Combined = ErrorObject & { readonly schema: unknown; readonly parentSchema: unknown }

/**
 * Faults for all errors of one validation, at most 100 and then one that says more follow.
 * Errors must come from an ajv with `allErrors` and `verbose`.
 */
export function explain(errors: readonly ErrorObject[], reach: Reach): Fault[] {
  const stack: ErrorObject[] = []
  for (const error of errors) {
    if (error.propertyName !== undefined || error.keyword === 'if') continue
    const branches = branchesOf(error)
    if (branches) stack.push(...settle(error, takeBranches(stack, error, branches, reach)))
    else stack.push(error)
  }
  const faults = distinct(withoutEchoes(stack, reach))
  return faults.length > most ? [...faults.slice(0, most), andMore(faults.length - most)] : faults
}

/** The same for the errors of a validator that stopped at the first misfit. */
export const explainSome = (errors: readonly ErrorObject[], reach: Reach): Fault[] => [
  ...explain(errors, reach),
  andMore(),
]

const andMore = (count?: number): Fault => ({
  pointer: '',
  rule: 'more',
  vi: count === undefined ? 'Có thể còn lỗi khác' : `Còn ${count} lỗi khác`,
  en: count === undefined ? 'There may be more faults' : `${count} more faults`,
})

/** The alternatives of a keyword that tries some and reports all their errors before its own. */
function branchesOf({ keyword, schema }: ErrorObject): readonly unknown[] | undefined {
  if (keyword === 'oneOf' || keyword === 'anyOf') return schema as readonly unknown[]
  return keyword === 'contains' ? [schema] : undefined
}

/** Removes from the stack what the branches said, and returns it branch by branch. */
function takeBranches(
  stack: ErrorObject[],
  { instancePath }: ErrorObject,
  branches: readonly unknown[],
  reach: Reach,
): ErrorObject[][] {
  const said: ErrorObject[][] = branches.map(() => [])
  let index = branches.length - 1
  for (let error = stack.at(-1); error; error = stack.at(-1)) {
    const inside =
      error.instancePath === instancePath || error.instancePath.startsWith(`${instancePath}/`)
    const speaker = inside ? speakerOf(error as Combined, branches, index, reach) : -1
    if (speaker < 0) break
    index = speaker
    said[index]?.unshift(error)
    stack.pop()
  }
  return said
}

/** Branches speak in order, so an error belongs to the last branch so far or to one before it. */
function speakerOf(
  { parentSchema }: Combined,
  branches: readonly unknown[],
  last: number,
  reach: Reach,
): number {
  for (let index = last; index >= 0; index -= 1) {
    const branch = branches[index]
    if (typeof branch !== 'object' || branch === null) {
      if (parentSchema === branch) return index
    } else if (typeof parentSchema === 'object' && reach(branch).has(parentSchema as object))
      return index
  }
  return -1
}

/** The errors that say best why no alternative fitted. */
function settle(error: ErrorObject, said: readonly ErrorObject[][]): ErrorObject[] {
  const fitted = Array.isArray(error.params.passingSchemas)
  if (fitted || error.keyword === 'contains' || said.some((errors) => errors.length === 0))
    return [error]
  const rightType = said.filter((errors) => !errors.some((one) => isWrongHere(one, error)))
  const meant = rightType.filter((errors) => !errors.some((one) => isOtherKind(one, error)))
  const [best, second] = meant.length > 0 ? meant : rightType
  if (!best) return [error]
  if (!second) return best
  if (meant.length === 0) return otherKinds(rightType, error) ?? [error]
  const common = best.filter((one) =>
    meant.every((errors) => errors.some((other) => sameFault(one, other))),
  )
  return common.length > 0 ? common : [error]
}

/** The branch is for another type of value, or another value, altogether, or has no best branch. */
const isWrongHere = (one: ErrorObject, { instancePath }: ErrorObject): boolean =>
  one.instancePath === instancePath &&
  ['type', 'const', 'enum', 'oneOf', 'anyOf'].includes(one.keyword)

/** A member with a fixed value differs: the branch is for another kind of object. */
const isOtherKind = (one: ErrorObject, { instancePath }: ErrorObject): boolean =>
  (one.keyword === 'const' || one.keyword === 'enum') &&
  one.instancePath.lastIndexOf('/') === instancePath.length

/** When every branch is for another kind and all look at the same member, that member is wrong. */
function otherKinds(
  branches: readonly ErrorObject[][],
  error: ErrorObject,
): ErrorObject[] | undefined {
  const kinds = branches.map((errors) => errors.find((one) => isOtherKind(one, error)))
  const [first] = kinds
  if (!first || kinds.some((kind) => kind?.instancePath !== first.instancePath)) return undefined
  const allowedValues = kinds.flatMap((kind) =>
    kind?.keyword === 'const' ? [kind.params.allowedValue] : kind?.params.allowedValues,
  )
  return [{ ...first, keyword: 'enum', params: { allowedValues } }]
}

const sameFault = (one: ErrorObject, other: ErrorObject): boolean =>
  one.keyword === other.keyword &&
  pointerOf(one) === pointerOf(other) &&
  wordsFor(one.keyword, one.params).en === wordsFor(other.keyword, other.params).en

/**
 * A branch that fails forgets the members it knew, and they are called unknown. Where something else is wrong
 * in the same object, only a member that no branch knows is.
 */
function withoutEchoes(errors: readonly ErrorObject[], reach: Reach): readonly ErrorObject[] {
  const others = errors.filter(({ keyword }) => keyword !== 'unevaluatedProperties')
  if (others.length === 0 || others.length === errors.length) return errors
  return errors.filter((error) => {
    const { instancePath, params, parentSchema } = error
    const member: unknown = params.unevaluatedProperty
    if (typeof member !== 'string' || !parentSchema) return true
    const inside = ({ instancePath: at }: ErrorObject) =>
      at === instancePath || at.startsWith(`${instancePath}/`)
    const knows = (one: object) =>
      'properties' in one && Object.hasOwn(Object(one.properties), member)
    return !others.some(inside) || ![...reach(parentSchema)].some(knows)
  })
}

/** One fault per place and rule; where a format is wrong, its pattern need not be named too. */
function distinct(errors: readonly ErrorObject[]): Fault[] {
  const places = new Map<string, Map<string, ErrorObject>>()
  for (const error of errors) {
    const pointer = pointerOf(error)
    const rules = places.get(pointer) ?? new Map<string, ErrorObject>()
    places.set(pointer, rules)
    const before = rules.get(error.keyword)
    if (!before || isNarrower(error, before)) rules.set(error.keyword, error)
  }
  return [...places.values()].flatMap((rules) => {
    if (rules.has('format')) rules.delete('pattern')
    return [...rules.values()].map(faultOf)
  })
}

const isNarrower = (error: ErrorObject, before: ErrorObject): boolean =>
  error.keyword === 'enum' && error.params.allowedValues.length < before.params.allowedValues.length

function faultOf(error: ErrorObject): Fault {
  return {
    pointer: pointerOf(error),
    rule: error.keyword,
    ...wordsFor(error.keyword, error.params),
  }
}

/** The faulty place itself: the missing, the extra or the surplus one, not its parent. */
function pointerOf({ instancePath, params, keyword }: ErrorObject): string {
  const member: unknown =
    params.missingProperty ??
    params.additionalProperty ??
    params.unevaluatedProperty ??
    params.propertyName
  if (typeof member === 'string')
    return bounded(`${instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  if (keyword === 'items' || keyword === 'unevaluatedItems')
    return bounded(`${instancePath}/${params.limit}`)
  return bounded(instancePath)
}

/** A name in the data may be of any length: the pointer then ends at the deepest place that fits. */
function bounded(pointer: string): string {
  if (pointer.length <= longestPointer) return pointer
  return pointer.slice(0, pointer.lastIndexOf('/', longestPointer))
}

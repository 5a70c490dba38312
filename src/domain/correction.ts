/** A correction: a new message in the place of one that could not be delivered, and why. */
import type { DeliveryState } from './delivery.ts'
import type { Fault } from './errors.ts'
import { isSame, pointerParts } from './json-difference.ts'

/**
 *   draft → asked → approved → sent      where a second person has to agree
 *   draft → sent                         where nobody has to
 *   asked → refused                      the second person does not agree
 *   draft | asked | approved → withdrawn
 */
export const correctionStates = [
  'draft',
  'asked',
  'approved',
  'refused',
  'sent',
  'withdrawn',
] as const
export type CorrectionState = (typeof correctionStates)[number]

/** In these it may still be sent. */
export const openCorrectionStates = [
  'draft',
  'asked',
  'approved',
] as const satisfies readonly CorrectionState[]

/** What is replaced must surely not have arrived, and nothing else may be about to send it. */
export const correcting = {
  from: ['dead', 'held'],
  to: 'waiting',
  certain: true,
} as const satisfies { from: readonly DeliveryState[]; to: DeliveryState; certain: true }

export const correctionLimits = {
  /** Messages in one correction. */
  messages: 1_000,
  steps: 20,
  /** Of these a dry run is made. */
  dryRun: 20,
} as const

/** One change that is the same in many messages. Without `from` nothing may be there, without `to` nothing is left. */
export interface CorrectionStep {
  readonly pointer: string
  readonly from?: unknown
  readonly to?: unknown
}

type Parent = Record<string, unknown> | unknown[]

const isParent = (value: unknown): value is Parent => typeof value === 'object' && value !== null

function childOf(parent: unknown, name: string): unknown {
  if (!isParent(parent) || !Object.hasOwn(parent, name)) return undefined
  return Array.isArray(parent) ? parent[Number(name)] : parent[name]
}

const otherThanExpected = (pointer: string): Fault => ({
  pointer,
  rule: 'expected',
  vi: 'Giá trị hiện tại không phải giá trị đã nêu; bản tin này để nguyên.',
  en: 'The present value is not the one that was named; this message is left as it is.',
})

/** Lists keep their members: in them a value can be changed, and neither added nor taken out. */
function put(parent: Parent, name: string, value: unknown): boolean {
  if (Array.isArray(parent)) {
    if (value === undefined || !Object.hasOwn(parent, name)) return false
    parent[Number(name)] = value
  } else if (value === undefined) delete parent[name]
  // Never by assignment: a member may be called __proto__.
  else
    Object.defineProperty(parent, name, {
      ...{ value, enumerable: true, configurable: true, writable: true },
    })
  return true
}

/** The data with every step done, or why it is left as it is. */
export function applySteps(
  data: unknown,
  steps: readonly CorrectionStep[],
): { readonly data: unknown; readonly faults: readonly Fault[] } {
  const copy = structuredClone(data)
  const faults: Fault[] = []
  for (const { pointer, from, to } of steps) {
    const parts = pointerParts(pointer)
    const last = parts.pop()
    const parent = parts.reduce<unknown>(childOf, copy)
    const isExpected = last !== undefined && isParent(parent) && isSame(childOf(parent, last), from)
    if (!isExpected || !put(parent, last, structuredClone(to)))
      faults.push(otherThanExpected(pointer))
  }
  return faults.length > 0 ? { data, faults } : { data: copy, faults }
}

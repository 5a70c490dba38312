/**
 * The conformance suite of connectors, as data: a list of named rules, and what a waiver does to
 * them. See README.md for what a connector folder must bring.
 */
import assert from 'node:assert/strict'
import { connectionRules } from './rules/connection.ts'
import { deliveryRules } from './rules/delivery.ts'
import { folderRules } from './rules/folder.ts'
import { hygieneRules } from './rules/hygiene.ts'
import { misbehaviourRules } from './rules/misbehaviour.ts'
import { questionRules } from './rules/questions.ts'
import type { Rule } from './rules/rule.ts'
import type { Subject } from './subject.ts'

export const rules: readonly Rule[] = [
  ...folderRules,
  ...connectionRules,
  ...deliveryRules,
  ...misbehaviourRules,
  ...questionRules,
  ...hygieneRules,
]

/** Waivers that name no rule. */
export function unknownWaivers({ manifest }: Subject): string[] {
  const names = new Set(rules.map(({ name }) => name))
  return (manifest.waivers ?? []).map(({ rule }) => rule).filter((name) => !names.has(name))
}

export const reasonToWaive = ({ manifest }: Subject, { name }: Rule): string | undefined =>
  manifest.waivers?.find(({ rule }) => rule === name)?.reason

/** Runs a rule. A waived rule must fail: a waiver that is not needed is stale. */
export async function judge(subject: Subject, rule: Rule): Promise<void> {
  if (reasonToWaive(subject, rule) === undefined) return rule.check(subject)
  const failure = await rule.check(subject).then(
    () => undefined,
    (error: unknown) => error,
  )
  assert(failure, `the waiver of ${rule.name} is stale: the rule holds`)
  if (!(failure instanceof assert.AssertionError)) throw failure
}

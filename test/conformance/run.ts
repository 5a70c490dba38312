/**
 * The suite on one connector folder, wherever it lies, for `hub connector test`: writes a report as JSON to
 * standard output. Beside the folder's shelf (`connectors/`) may lie schemas of its own (`schemas/`).
 */
import { AssertionError } from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { ConformanceReport, ConformanceVerdict } from '../../src/app/cli/ports.ts'
import { HubError } from '../../src/domain/errors.ts'
import { judge, reasonToWaive, rules, unknownWaivers } from './connector.ts'
import type { Rule } from './rules/rule.ts'
import { readShelf, root } from './shelf.ts'
import type { Subject } from './subject.ts'

const folder = process.argv[2] ?? ''

/** A rule that never ends must not keep the others from being judged. */
const mostMs = 120_000

async function inTime(work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  // Made before the work begins: a rule watches what is made while it runs.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no verdict after ${mostMs / 1000} s`)), mostMs)
  })
  try {
    await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof AssertionError ? error.message : String(error)

async function verdictOf(subject: Subject, rule: Rule): Promise<ConformanceVerdict> {
  const { name, title } = rule
  const reason = reasonToWaive(subject, rule)
  try {
    await inTime(() => judge(subject, rule))
    return reason === undefined
      ? { rule: name, title, result: 'pass', why: null }
      : { rule: name, title, result: 'waived', why: reason }
  } catch (error) {
    return { rule: name, title, result: 'fail', why: wordsOf(error) }
  }
}

async function report(): Promise<ConformanceReport> {
  const id = basename(folder)
  const shelf = dirname(folder)
  const homes = [...new Set([join(root, '.'), join(dirname(shelf), '.')])]
  const { subjects, broken } = await readShelf({
    shelves: [...new Set([join(root, 'connectors'), shelf])],
    schemas: homes.map((home) => join(home, 'schemas')).filter(existsSync),
    only: id,
  })
  const [subject] = subjects
  if (!subject || subject.folder !== folder) {
    const problem = broken[0]?.problem
    return { id, problem: problem ? told(problem) : noConnector, verdicts: [] }
  }
  const verdicts: ConformanceVerdict[] = unknownWaivers(subject).map((rule) => {
    return { rule, title: 'waives only rules that exist', result: 'fail', why: 'no such rule' }
  })
  for (const rule of rules) verdicts.push(await verdictOf(subject, rule))
  return { id, problem: null, verdicts }
}

const noConnector = {
  vi: 'Thư mục này không có connector.json hay index.ts.',
  en: 'There is neither connector.json nor index.ts in this folder.',
}
const told = ({ detail, message, faults, cause }: HubError) => {
  const more = [
    ...faults.map(({ pointer, en }) => `${pointer} ${en}`),
    ...(cause instanceof Error ? [cause.message] : []),
  ].join('; ')
  const end = more ? ` (${more})` : ''
  return { vi: (detail?.vi ?? message) + end, en: (detail?.en ?? message) + end }
}

const result = await report().catch((error: unknown): ConformanceReport => {
  const words = wordsOf(error)
  const problem = error instanceof HubError ? told(error) : { vi: words, en: words }
  return { id: basename(folder), problem, verdicts: [] }
})
process.stdout.write(JSON.stringify(result), () => process.exit(0))

/** What a dry run tells: one item per message, and counts in which nothing is left out, however many there are. */
import type { ErrorCode } from '../../domain/errors.ts'
import { changesBetween, type FieldChange } from './compare.ts'
import type { DryOutput } from './dry-run.ts'

/** Without a candidate what each message becomes, with one how the candidate's output stands to the current one. */
export type DryVerdict =
  | 'leaves'
  | 'nothing'
  | 'fails'
  | 'same'
  | 'changed'
  | 'newly-failing'
  | 'newly-passing'
  | 'still-failing'
  /** Its body could not be read: purged, or broken. */
  | 'unreadable'

export interface DryItem {
  /** The hub's id of the message; null for a sample. */
  readonly message: string | null
  /** Which of the samples, from 0; null for a message of the history. */
  readonly sample: number | null
  readonly subject: string
  readonly type: string
  readonly verdict: DryVerdict
  /** Null where the job is not in the current revision, and where both outputs are the same. */
  readonly current: DryOutput | null
  /** Null without a candidate, and where both outputs are the same. */
  readonly candidate: DryOutput | null
  readonly changes: readonly FieldChange[]
}

/** Counted over all messages; in pointers `*` stands for any place of a list. */
export interface DrySummary {
  readonly messages: number
  readonly verdicts: Readonly<Partial<Record<DryVerdict, number>>>
  /** Messages whose body the hub has purged: nothing can be said about them. */
  readonly purged: number
  /** Under the candidate, or without one under the current revision. */
  readonly untranslated: readonly {
    readonly table: string
    readonly code: string
    readonly messages: number
  }[]
  readonly faults: readonly {
    readonly code: ErrorCode
    readonly rule: string
    readonly pointer: string
    readonly messages: number
  }[]
  readonly changes: readonly {
    readonly in: FieldChange['in']
    readonly pointer: string
    readonly messages: number
  }[]
  /** More different codes, faults and fields than are listed. */
  readonly more: boolean
}

export interface Tally {
  add(item: DryItem): void
  unreadable(purged: boolean): void
  summary(): DrySummary
}

/** So many different codes, faults and fields are counted, each kind by itself. */
const mostGroups = 500

const withoutIndexes = (pointer: string): string => pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')

interface Group<T> {
  readonly of: T
  messages: number
}

export function createTally(): Tally {
  let messages = 0
  let purged = 0
  let more = false
  const verdicts: Partial<Record<DryVerdict, number>> = {}
  const groups = {
    untranslated: new Map<string, Group<{ table: string; code: string }>>(),
    faults: new Map<string, Group<{ code: ErrorCode; rule: string; pointer: string }>>(),
    changes: new Map<string, Group<{ in: FieldChange['in']; pointer: string }>>(),
  }

  /** Each group counts a message once, however often it is found in it. */
  const count = <T extends object>(into: Map<string, Group<T>>, found: readonly T[]): void => {
    for (const [key, of] of new Map(found.map((one) => [JSON.stringify(one), one]))) {
      const known = into.get(key)
      if (known) known.messages += 1
      else if (into.size < mostGroups) into.set(key, { of, messages: 1 })
      else more = true
    }
  }
  const listed = <T extends object>(from: Map<string, Group<T>>) =>
    [...from.values()]
      .sort((a, b) => b.messages - a.messages)
      .map(({ of, messages: times }) => ({ ...of, messages: times }))
  const look = (verdict: DryVerdict): void => {
    messages += 1
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
  }

  return {
    add({ verdict, current, candidate, changes }) {
      look(verdict)
      const now = candidate ?? current
      if (now) {
        const { code, faults } = now
        count(
          groups.untranslated,
          now.codes.map((one) => ({ table: one.table, code: one.code })),
        )
        if (code !== null && now.kind === 'fails')
          count(
            groups.faults,
            faults.length === 0
              ? [{ code, rule: '', pointer: '' }]
              : faults.map(({ rule, pointer }) => ({
                  ...{ code, rule, pointer: withoutIndexes(pointer) },
                })),
          )
      }
      count(
        groups.changes,
        changes.map((one) => ({ in: one.in, pointer: withoutIndexes(one.pointer) })),
      )
    },
    unreadable(isPurged) {
      look('unreadable')
      if (isPurged) purged += 1
    },
    summary: () => ({
      messages,
      verdicts,
      purged,
      untranslated: listed(groups.untranslated),
      faults: listed(groups.faults),
      changes: listed(groups.changes),
      more,
    }),
  }
}

/** How the candidate's output stands to the current one. */
export function verdictOf(
  current: DryOutput,
  candidate: DryOutput,
  changes: readonly FieldChange[],
): DryVerdict {
  if (candidate.kind === 'fails')
    return current.kind === 'fails' ? 'still-failing' : 'newly-failing'
  if (current.kind === 'fails') return 'newly-passing'
  return current.kind === candidate.kind && changes.length === 0 ? 'same' : 'changed'
}

/**
 * The fields that differ, but for those that are never the same twice (a nonce): found out by making the
 * current output once more.
 */
export async function realChanges(
  current: DryOutput,
  candidate: DryOutput,
  again: () => Promise<DryOutput>,
): Promise<readonly FieldChange[]> {
  const changes = changesBetween(current, candidate)
  if (changes.length === 0 || current.kind !== 'leaves') return changes
  const restless = changesBetween(current, await again())
  const names = new Set(restless.map((one) => `${one.in} ${one.pointer}`))
  return changes.filter((one) => !names.has(`${one.in} ${one.pointer}`))
}

/** What differs between two configurations, object by object. */
import type { Configuration } from '../../domain/configuration.ts'
import type { ObjectChange, ValueChange } from '../../engine/ports/configuration.ts'
import { pointerTo, segmentsOf } from './config-fault.ts'
import { type ConfigChange, diffConfiguration } from './diff.ts'

/** So many of one object are listed; the rest is counted. */
const most = 200

export const nothing: Configuration = {
  hub: { province: '', publicUrl: '', retention: { bodiesDays: 0, evidenceDays: 0, filesDays: 0 } },
  systems: [],
  jobs: [],
  codes: {},
}

function placeOf({ path }: ConfigChange): { object: string; pointer: string } {
  const [kind = '', name = '', ...rest] = segmentsOf(path)
  if (kind !== 'hub') return { object: `${kind}/${name}`, pointer: pointerTo(...rest) }
  return { object: kind, pointer: pointerTo(name, ...rest) }
}

/** A code table that came or went as a whole is told by the number of its entries. */
const shown = (object: string, pointer: string, value: unknown): unknown =>
  object.startsWith('codes/') && pointer === '' && typeof value === 'object' && value !== null
    ? { entries: Object.keys(value).length }
    : value

export function objectChanges(before: Configuration, after: Configuration): ObjectChange[] {
  const found = new Map<string, ValueChange[]>()
  for (const change of diffConfiguration(before, after)) {
    const { object, pointer } = placeOf(change)
    const one = {
      pointer,
      ...(change.before !== undefined && { before: shown(object, pointer, change.before) }),
      ...(change.after !== undefined && { after: shown(object, pointer, change.after) }),
    }
    found.set(object, [...(found.get(object) ?? []), one])
  }
  return [...found].map(([object, changes]) => ({
    ...{ object, change: kindOf(changes) },
    ...{ changes: changes.slice(0, most), left: Math.max(0, changes.length - most) },
  }))
}

function kindOf([first]: readonly ValueChange[]): ObjectChange['change'] {
  if (first?.pointer !== '') return 'changed'
  return first.before === undefined ? 'added' : first.after === undefined ? 'removed' : 'changed'
}

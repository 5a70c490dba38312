/** A record without the members that are not there: what is absent is left out, never made empty. */
export const withoutAbsent = (
  record: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

/** What a system returned, by its own names. */
export type RemoteRecord = Readonly<Record<string, unknown>>

/** A field by its name, for systems that write it in another case from answer to answer. */
export function field(record: RemoteRecord, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name]
  const folded = name.toLowerCase()
  const key = Object.keys(record).find((candidate) => candidate.toLowerCase() === folded)
  return key === undefined ? undefined : record[key]
}

/** A record without the members that are not there: what is absent is left out, never made empty. */
export const withoutAbsent = (
  record: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))

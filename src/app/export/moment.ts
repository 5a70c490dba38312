/** A moment as clocks in Vietnam show it, with its offset (there is no summer time): RFC 3339, for people without the T. */
const offsetMs = 7 * 3_600_000

export const inVietnam = (at: string, between: 'T' | ' '): string =>
  `${new Date(Date.parse(at) + offsetMs).toISOString().slice(0, 19).replace('T', between)}+07:00`

export const shownInVietnam = (at: string | null): string | null => at && inVietnam(at, ' ')

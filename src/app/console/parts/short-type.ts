/** A type of message without the country before it, which all of them share. */
export const shortType = (type: string): string => type.replace(/^vn\./, '')

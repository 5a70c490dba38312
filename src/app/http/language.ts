/** The languages the hub speaks. Vietnamese unless the caller asks for English. */
export type Language = 'vi' | 'en'

const weightOf = (part: string): { tag: string; weight: number } => {
  const [tag = '', ...parameters] = part.split(';')
  const quality = parameters.map((p) => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/i.exec(p)?.[1])[0]
  return { tag: tag.trim().toLowerCase(), weight: quality === undefined ? 1 : Number(quality) }
}

/** Reads `Accept-Language` (RFC 9110 §12.5.4). English must be wanted more than Vietnamese. */
export function languageOf(header: string | undefined): Language {
  if (header === undefined || header.length > 500) return 'vi'
  let vi = 0
  let en = 0
  for (const part of header.split(',')) {
    const { tag, weight } = weightOf(part)
    if (tag === 'vi' || tag.startsWith('vi-')) vi = Math.max(vi, weight)
    if (tag === 'en' || tag.startsWith('en-')) en = Math.max(en, weight)
  }
  return en > vi ? 'en' : 'vi'
}

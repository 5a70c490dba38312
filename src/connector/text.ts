/**
 * Vietnamese text from other systems. The same word comes composed (NFC) or decomposed (NFD), in
 * capitals, with doubled or non-breaking spaces; for comparison all of that is one word.
 */

/** Composed form, as everything that leaves the hub is written. */
export const nfc = (text: string): string => text.normalize('NFC')

/** The form in which texts are compared: composed, lower case, single spaces, no invisible marks. */
export const fold = (text: string): string =>
  text
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** Whether two texts are the same for a reader: case, Unicode form and extra spaces do not count. */
export const sameText = (left: string, right: string): boolean => fold(left) === fold(right)

/**
 * A table of wordings: what a system says, and what it means. For systems that tell success only in
 * words. The table belongs to the connector and carries the version of the guide it was read from.
 *
 *   const wordings = createWordings({
 *     done: ['thành công'],
 *     exists: ['đã tồn tại'],
 *   })
 *   wordings.meaningOf('Đồng bộ THÀNH  CÔNG')            'done'
 *   wordings.meaningOf('Đồng bộ không thành công')       undefined: denied, and not in the table
 *   wordings.meaningOf('Không thể thêm: đã tồn tại')     'exists': the denial is another clause
 *   wordings.meaningOf('Thành công, hồ sơ đã tồn tại')   undefined: two meanings
 */
export interface Wordings<Meaning extends string> {
  /** Undefined when no phrase of the table is in the text, or when it is not clear which counts. */
  meaningOf(text: string): Meaning | undefined
}

interface Phrase<Meaning> {
  readonly words: string
  readonly meaning: Meaning
}

const denials = ['không', 'chưa', 'chẳng', 'ko']
const clauseEnd = /[,;:.!?()]|\s[-–—]\s/

/** Phrases are matched as whole words anywhere in the text; a longer phrase hides those inside it. */
export function createWordings<Meaning extends string>(
  table: Readonly<Record<Meaning, readonly string[]>>,
): Wordings<Meaning> {
  const phrases: Phrase<Meaning>[] = Object.entries<readonly string[]>(table)
    .flatMap(([meaning, wordings]) =>
      wordings.map((wording) => ({ words: fold(wording), meaning: meaning as Meaning })),
    )
    .sort((left, right) => right.words.length - left.words.length)

  return {
    meaningOf(text) {
      let rest = fold(text)
      const found = new Set<Meaning>()
      for (const { words, meaning } of phrases) {
        for (let at = indexOfWords(rest, words); at >= 0; at = indexOfWords(rest, words)) {
          if (isDenied(rest.slice(0, at))) return undefined
          found.add(meaning)
          // Blanked out, so that a shorter phrase inside it is not found again.
          rest = rest.slice(0, at) + '\0'.repeat(words.length) + rest.slice(at + words.length)
        }
      }
      const [meaning] = found
      return found.size === 1 ? meaning : undefined
    },
  }
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character)

function indexOfWords(text: string, words: string): number {
  if (words === '') return -1
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + words.length])) return at
  }
  return -1
}

/** Whether the clause that ends here says "not". */
function isDenied(before: string): boolean {
  const clause = before.split(clauseEnd).at(-1) ?? ''
  return denials.some((denial) => indexOfWords(clause, denial) >= 0)
}

/** Words of the screens, Vietnamese and English side by side, so that none can be written in one language only. */
export interface Pair {
  readonly vi: string
  readonly en: string
}
export interface WordTree {
  readonly [key: string]: Pair | WordTree
}

/** The same tree in one language, as i18next wants it. */
export type InOneLanguage<T> = {
  readonly [K in keyof T]: T[K] extends Pair ? string : InOneLanguage<T[K]>
}

const isPair = (node: Pair | WordTree): node is Pair =>
  typeof node.vi === 'string' && typeof node.en === 'string'

export function inLanguage<T extends WordTree>(tree: T, language: 'vi' | 'en'): InOneLanguage<T> {
  const entries = Object.entries(tree).map(([key, node]) => [
    key,
    isPair(node) ? node[language] : inLanguage(node, language),
  ])
  return Object.fromEntries(entries) as InOneLanguage<T>
}

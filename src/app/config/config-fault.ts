import type { Fault } from '../../domain/errors.ts'

/** A fault and where to find it. Never holds the value it complains about: it may be a secret. */
export interface ConfigFault extends Fault {
  /** Relative to the configuration folder, for example `systems/dvcqg.yaml`. */
  readonly file: string
  /** From 1; 0 when the fault is about the file as a whole. */
  readonly line: number
  readonly column: number
}

export const aboutFile = (file: string, rule: string, vi: string, en: string): ConfigFault => ({
  file,
  line: 0,
  column: 0,
  pointer: '',
  rule,
  vi,
  en,
})

/** By file, then by place. */
export const sortFaults = (faults: readonly ConfigFault[]): ConfigFault[] =>
  [...faults].sort(
    (a, b) =>
      a.file.localeCompare(b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      a.pointer.localeCompare(b.pointer),
  )

const escapeSegment = (segment: string): string => segment.replace(/~/g, '~0').replace(/\//g, '~1')

export const pointerTo = (...segments: readonly (string | number)[]): string =>
  segments.map((segment) => `/${escapeSegment(String(segment))}`).join('')

export const segmentsOf = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((segment) => segment.replace(/~1/g, '/').replace(/~0/g, '~'))

/** "; có phải ý là …?" in both languages, or nothing. */
export const didYouMean = (meant: string | undefined): { vi: string; en: string } =>
  meant === undefined
    ? { vi: '', en: '' }
    : { vi: `; có phải ý là "${meant}"?`, en: `; did you mean "${meant}"?` }

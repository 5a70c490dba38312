/** Expressions in the mapping tables of systems: whether this hub evaluates any, and whether each can be read. */
import type { Fault, Words } from '../../domain/errors.ts'
import { pointerTo } from './config-fault.ts'
import type { ConfigLaw } from './law.ts'

interface Found {
  readonly pointer: string
  readonly text: string
}

/** Of every system at once, in their order: that is one process, not one for each. */
export function expressionFaults(
  systems: readonly { readonly options?: unknown }[],
  law: ConfigLaw,
): readonly (readonly Fault[])[] {
  const found = systems.map(({ options }) => expressionsIn(options, pointerTo('options')))
  const texts = found.flat().map(({ text }) => text)
  const wrong = law.expressions?.(texts) ?? texts.map(() => switchedOff)
  let at = 0
  return found.map((list) =>
    list.flatMap(({ pointer }) => {
      const words = wrong[at++]
      return words ? [{ pointer, rule: 'expression', ...words }] : []
    }),
  )
}

/** A row of a mapping, wherever a connector keeps its tables: `{ to: /…, expression: … }`. */
function expressionsIn(value: unknown, pointer: string): Found[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([name, part]) =>
    expressionsIn(part, pointer + pointerTo(name)),
  )
  const { to, expression } = value as Readonly<Record<string, unknown>>
  if (typeof to !== 'string' || !to.startsWith('/') || typeof expression !== 'string') return inner
  return [{ pointer: pointer + pointerTo('expression'), text: expression }, ...inner]
}

const switchedOff: Words = {
  vi: 'Biểu thức đang tắt: dùng from, constant, codes, date; nếu thật cần thì đặt HUB_EXPRESSIONS=on cho mọi tiến trình.',
  en: 'Expressions are switched off: use from, constant, codes, date; where they are needed indeed set HUB_EXPRESSIONS=on for every process.',
}

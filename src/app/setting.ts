/** One row of the table of settings. */
import type { Fault, Words } from '../domain/errors.ts'
import type { Form } from './setting-forms.ts'

export interface Setting<T> {
  readonly name: string
  readonly form: Form<T>
  readonly what: Words
  /** The value when it is not set, and how that is said. */
  readonly otherwise: { readonly value: T; readonly words: Words }
}

export const same = (text: string): Words => ({ vi: text, en: text })
export const none = (vi: string, en: string) => ({ value: undefined, words: { vi, en } })

export function setting<T>(
  name: string,
  form: Form<T>,
  otherwise: Setting<T>['otherwise'] | string,
  what: readonly [vi: string, en: string],
): Setting<T> {
  const words = { vi: what[0], en: what[1] }
  if (typeof otherwise !== 'string') return { name, form, otherwise, what: words }
  const value = form.read(otherwise)
  if (!value.ok) throw new Error(`the default of ${name} does not have its own form`)
  return { name, form, otherwise: { value: value.value, words: same(otherwise) }, what: words }
}

export const optional = <T>(form: Form<T>): Form<T | undefined> => form

/** The value it is about is no part of it. */
export const faultOf = (name: string, rule: string, vi: string, en: string): Fault => ({
  pointer: `/${name}`,
  rule,
  vi: `${name}: ${vi}`,
  en: `${name}: ${en}`,
})

/** The parts of the OpenAPI document that the page reads. It is our own document, so it is trusted. */
import type { Words } from '../../../domain/errors.ts'
import type { Language } from '../language.ts'

export interface Schema {
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly [keyword: string]: unknown
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

interface ResponseObject {
  readonly description: string
  readonly 'x-description-en'?: string
  readonly content?: Content
  readonly 'x-codes'?: readonly string[]
}

export interface OperationObject {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly 'x-summary-en': string
  readonly description?: string
  readonly 'x-description-en'?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, ResponseObject>>
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  /** A second scope that opens more of the answer. */
  readonly 'x-more-with'?: string
  readonly 'x-codeSamples': readonly { readonly source: string }[]
}

interface ProblemRow {
  readonly status: number
  readonly side: string
  readonly title: Words
  readonly next: Words
}

export interface ApiDocument {
  readonly info: {
    readonly title: string
    readonly version: string
    readonly description: string
    readonly 'x-description-en': string
  }
  readonly tags: readonly {
    readonly name: string
    readonly 'x-displayName': string
    readonly 'x-displayName-en': string
  }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
  readonly 'x-scopes': Readonly<Record<string, Words>>
  readonly 'x-problems': Readonly<Record<string, ProblemRow>>
}

/** `title` or `x-title-en`, as the reader wants it. */
export function said(
  node: Readonly<Record<string, unknown>>,
  name: string,
  language: Language,
): string | undefined {
  const value = language === 'en' ? (node[`x-${name}-en`] ?? node[name]) : node[name]
  return typeof value === 'string' ? value : undefined
}

/** Labels in schemas hold both languages: Vietnamese, a slash, English. */
export function label(text: string | undefined, language: Language): string | undefined {
  if (text === undefined) return undefined
  const parts = text.split(' / ')
  if (parts.length !== 2) return text
  return language === 'en' ? parts[1] : parts[0]
}

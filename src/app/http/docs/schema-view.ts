/** A JSON Schema as nested lists of members that a person can read. */
import type { Language } from '../language.ts'
import { label, type Schema } from './document.ts'
import { type Html, html, nothing } from './html.ts'
import { isWord, type Say } from './words.ts'

export interface SchemaView {
  /** One line: what a value is and within which bounds. */
  kind(schema: Schema): Html
  /** The members, or the forms, of a schema; nothing for a plain value. */
  body(schema: Schema): Html
}

export interface References {
  /** Where a schema is shown on the page, by its `$ref`; undefined: show it in place. */
  link(reference: string): { readonly href: string; readonly name: string } | undefined
  /** The schema behind a reference that is shown in place. */
  find(reference: string): Schema | undefined
}

/** Deeper than any real message; a schema that refers to itself ends here. */
const maxDepth = 8

type Bounds = readonly [least: unknown, most: unknown, unit: string]

const boundsOf = (schema: Schema, say: Say): readonly Bounds[] => [
  [schema.minLength, schema.maxLength, ` ${say('characters')}`],
  [schema.minItems, schema.maxItems, ` ${say('items')}`],
  [schema.minimum, schema.maximum, ''],
]

function inWords([least, most, unit]: Bounds, say: Say): string | undefined {
  const some = (value: unknown): value is number => typeof value === 'number'
  if (some(least) && some(most))
    return least === most
      ? `${least}${unit}`
      : `${say('from')} ${least} ${say('to')} ${most}${unit}`
  if (some(most)) return `${say('atMost')} ${most}${unit}`
  return some(least) && least > 0 ? `${say('atLeast')} ${least}${unit}` : undefined
}

/** Keywords that only a program reads well; shown as they are. */
const ruleNames = [
  'if',
  'then',
  'else',
  'allOf',
  'not',
  'dependentRequired',
  'propertyNames',
  'contains',
]

export function createSchemaView(language: Language, say: Say, references: References): SchemaView {
  /** A reference shown in place is its target under the words of the place. */
  const resolved = (schema: Schema): Schema => {
    if (schema.$ref === undefined || references.link(schema.$ref)) return schema
    const target = references.find(schema.$ref)
    const { $ref: _, ...own } = schema
    return target ? { ...resolved(target), ...own } : own
  }

  const isNull = (schema: Schema): boolean => schema.type === 'null'

  /** `anyOf [X, null]` is an X that may be null. */
  const withoutNull = (schema: Schema): { schema: Schema; orNull: boolean } => {
    const { anyOf, ...rest } = schema
    const [one, ...more] = (anyOf ?? []).filter((part) => !isNull(part))
    if (!anyOf?.some(isNull) || !one || more.length > 0) return { schema, orNull: false }
    return { schema: resolved({ ...one, ...rest }), orNull: true }
  }

  const nameOf = (type: string): string => (isWord(type) ? say(type) : type)

  const baseKind = (schema: Schema): Html => {
    const link = schema.$ref === undefined ? undefined : references.link(schema.$ref)
    if (link) return html`<a href="${link.href}">${link.name}</a>`
    if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
    if (schema.enum && schema.enum.length <= 12)
      return html`${schema.enum.map((value, index) => html`${index > 0 && ', '}<code>${String(value)}</code>`)}`
    if (schema.enum) return html`${say('oneOfMany')} ${schema.enum.length} ${say('values')}`
    if (schema.items) return html`${say('listOf')} ${kind(schema.items)}`
    const { format } = schema
    if (typeof format === 'string') return html`${isWord(format) ? say(format) : format}`
    const types = schema.type === undefined ? [] : [schema.type].flat()
    return types.length === 0
      ? html`${schema.oneOf || schema.anyOf ? '' : say('any')}`
      : html`${types.map(nameOf).join(', ')}`
  }

  const kind = (given: Schema): Html => {
    const { schema, orNull } = withoutNull(resolved(given))
    const details = boundsOf(schema, say).flatMap((bounds) => inWords(bounds, say) ?? [])
    if (schema.default !== undefined) details.push(`${say('byDefault')} ${String(schema.default)}`)
    if (schema['x-pii'] === true) details.push(say('personal'))
    const { pattern } = schema
    const shown =
      typeof pattern === 'string' &&
      pattern.length <= 60 &&
      !pattern.includes('\\p{') &&
      schema.format === undefined
    return html`${baseKind(schema)}${orNull && html` ${say('orNull')}`}${
      details.length > 0 && html`; ${details.join('; ')}`
    }${shown && html`; <code>${pattern}</code>`}`
  }

  const rules = (schema: Schema): Html => {
    const found = ruleNames.filter((name) => schema[name] !== undefined)
    if (found.length === 0) return nothing
    const shown = Object.fromEntries(found.map((name) => [name, schema[name]]))
    return html`<details><summary>${say('rules')}</summary><pre><code>${JSON.stringify(shown, null, 2)}</code></pre></details>`
  }

  const member = (name: string, given: Schema, required: boolean, depth: number): Html => {
    const schema = resolved(given)
    const title = label(schema.title, language)
    const description = label(schema.description, language)
    const inner = depth < maxDepth ? inside(schema, depth + 1) : nothing
    return html`<dt><code>${name}</code>${title !== undefined && html`<strong>${title}</strong>`}<span class="kind">${kind(schema)}</span>${
      required && html`<span class="must">${say('required')}</span>`
    }</dt><dd>${description !== undefined && html`<p>${description}</p>`}${
      String(inner) !== '' && html`<details><summary>${say('members')}</summary>${inner}</details>`
    }</dd>`
  }

  const forms = (schema: Schema, depth: number): Html => {
    const parts = schema.oneOf ?? schema.anyOf
    if (!parts || parts.every((part) => String(inside(part, depth + 1)) === '')) return nothing
    return html`<p class="soft">${say('oneOf')}</p><dl class="fields">${parts.map((part, index) => {
      const title = label(resolved(part).title, language) ?? `${say('value')} ${index + 1}`
      return html`<dt><strong>${title}</strong><span class="kind">${kind(part)}</span></dt><dd>${inside(part, depth + 1)}</dd>`
    })}</dl>`
  }

  const inside = (given: Schema, depth: number): Html => {
    const { schema } = withoutNull(resolved(given))
    if (depth > maxDepth || (schema.$ref !== undefined && references.link(schema.$ref)))
      return nothing
    if (schema.items) return inside(schema.items, depth)
    const required = new Set(schema.required ?? [])
    const members = Object.entries(schema.properties ?? {}).map(([name, one]) =>
      member(name, one, required.has(name), depth),
    )
    return html`${members.length > 0 && html`<dl class="fields">${members}</dl>`}${forms(schema, depth)}${rules(schema)}`
  }

  return { kind, body: (schema) => inside(schema, 0) }
}

/**
 * Small builders for the JSON Schemas of the API. The same objects are compiled by the validator,
 * written into the OpenAPI document and rendered at /docs. Titles follow the convention of
 * `schemas/`: Vietnamese, a slash, English.
 */
export type JsonSchema = Readonly<Record<string, unknown>>

type Labels = readonly [title: string, description?: string]

const labels = ([title, description]: Labels): JsonSchema =>
  description === undefined ? { title } : { title, description }

export const text = (words: Labels, rules: JsonSchema = {}): JsonSchema => ({
  ...labels(words),
  type: 'string',
  ...rules,
})

export const count = (words: Labels, rules: JsonSchema = {}): JsonSchema => ({
  ...labels(words),
  type: 'integer',
  minimum: 0,
  ...rules,
})

export const flag = (words: Labels): JsonSchema => ({ ...labels(words), type: 'boolean' })

export const moment = (words: Labels): JsonSchema => text(words, { format: 'date-time' })

export const oneOf = (words: Labels, values: readonly string[]): JsonSchema =>
  text(words, { enum: [...values] })

export const listOf = (words: Labels, items: JsonSchema, rules: JsonSchema = {}): JsonSchema => ({
  ...labels(words),
  type: 'array',
  items,
  ...rules,
})

/** A schema of components.schemas, by its name. */
export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

/** The same value or null. */
export function nullable(schema: JsonSchema): JsonSchema {
  const { title, description, ...rest } = schema
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    anyOf: [rest, { type: 'null' }],
  }
}

/** A closed object; every property is required but those named `optional`. */
export const object = (
  words: Labels,
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema => ({
  ...labels(words),
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})

/** One page of a list that is read by cursor. */
export const pageOf = (words: Labels, items: JsonSchema): JsonSchema =>
  object(words, {
    items: listOf(['Các mục / Items'], items),
    next: nullable(
      text([
        'Trang sau / Next page',
        'Đưa giá trị này vào tham số cursor để đọc trang sau; null là hết.',
      ]),
    ),
  })

/** A whole list; it is short by nature. */
export const allOf = (words: Labels, items: JsonSchema): JsonSchema =>
  object(words, { items: listOf(['Các mục / Items'], items) })

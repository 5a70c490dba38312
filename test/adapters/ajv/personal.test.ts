import { expect, it } from 'vitest'
import { marksPersonalData } from '../../../src/adapters/ajv/personal.ts'

const schemas = new Map<string, object>([
  [
    'https://x.example/a/v1',
    {
      type: 'object',
      properties: { who: { $ref: '../b/v1#/$defs/name' } },
    },
  ],
  [
    'https://x.example/b/v1',
    {
      $defs: {
        name: { type: 'string', 'x-pii': true },
        plain: { type: 'object', properties: { self: { $ref: '#/$defs/plain' } } },
      },
    },
  ],
  ['https://x.example/c/v1', { anyOf: [{ $ref: '../b/v1#/$defs/plain' }], $ref: '#' }],
  ['https://x.example/d/v1', { if: true, else: { items: { 'x-pii': true } } }],
])

it.each([
  ['refers to one', 'a', true],
  ['only defines one', 'b', false],
  ['refers to itself', 'c', false],
  ['has one in a condition', 'd', true],
])('a schema that %s', (_, name, expected) => {
  expect(marksPersonalData(schemas, `https://x.example/${name}/v1`)).toBe(expected)
})

import { HubError } from '../../../domain/errors.ts'
import type { Operation } from '../operation.ts'
import { referencedSchemas } from '../schema-references.ts'
import { text } from '../schemas/shape.ts'

const listTypes: Operation = {
  id: 'listMessageTypes',
  tag: 'types',
  method: 'get',
  path: '/api/v1/types',
  access: 'any-key',
  summary: { vi: 'Xem danh mục loại bản tin', en: 'List the message types' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Danh mục.', en: 'The list.' }, schema: 'MessageTypes' } },
  codes: [],
  example: 'curl "$HUB/api/v1/types" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async () => ({ status: 200, json: { items: hub.schemas.messageTypes() } }),
}

const readType: Operation = {
  id: 'readMessageType',
  tag: 'types',
  method: 'get',
  path: '/api/v1/types/{type}',
  access: 'any-key',
  summary: { vi: 'Xem lược đồ của một loại bản tin', en: 'Read the schema of a message type' },
  description: {
    vi: 'JSON Schema 2020-12 của data, kèm mọi lược đồ được dẫn tới.',
    en: 'JSON Schema 2020-12 of the data, with every schema it refers to.',
  },
  pathParameters: { type: text(['Loại bản tin / Message type'], { maxLength: 200 }) },
  query: {},
  answers: {
    200: { words: { vi: 'Loại và lược đồ.', en: 'Type and schema.' }, schema: 'MessageTypeDetail' },
  },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/types/vn.tthc.dossier.upserted.v1" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path }) => {
      const found = hub.schemas.messageTypes().find(({ type }) => type === path.type)
      const schema = found && hub.schemas.schema(found.schemaId)
      if (!schema) throw new HubError('not-found')
      const references = referencedSchemas(hub.schemas, found.schemaId)
      return { status: 200, json: { ...found, schema, references } }
    },
}

export const typeOperations: readonly Operation[] = [listTypes, readType]

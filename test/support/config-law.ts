/** The law for configuration tests: the real schemas, two invented connectors. */
import { suffixOf } from '../../src/adapters/ajv/read-schemas.ts'
import { createSchemaRegistry } from '../../src/adapters/ajv/schema-registry.ts'
import type { ConfigLaw } from '../../src/app/config/law.ts'
import type { Manifest } from '../../src/connector/manifest.ts'

const both = (text: string) => ({ vi: text, en: text })

export const portal: Manifest = {
  id: 'portal',
  title: both('Cổng thử'),
  summary: both('Cổng bịa cho kiểm thử'),
  version: '0.1.0',
  stage: 'example',
  contract: 'invented',
  options: {
    type: 'object',
    additionalProperties: false,
    required: ['address', 'credentials'],
    properties: {
      address: { type: 'string', format: 'uri' },
      agencyCode: { type: 'string', pattern: '^\\d{3}\\.\\d{2}\\.\\d{2}\\.[A-Z]\\d{2}$' },
      credentials: { $ref: '#/$defs/credentials' },
      extraKeys: { type: 'array', items: { type: 'string', minLength: 32, writeOnly: true } },
    },
    $defs: {
      credentials: {
        type: 'object',
        additionalProperties: false,
        required: ['username', 'password'],
        properties: {
          username: { type: 'string' },
          password: { type: 'string', minLength: 12, writeOnly: true },
        },
      },
    },
    examples: [],
  },
  operations: [
    {
      name: 'push-dossier',
      title: both('Đẩy hồ sơ'),
      types: ['vn.tthc.dossier.upserted.v1'],
      repeat: 'ask',
      snapshot: true,
    },
    {
      name: 'push-progress',
      title: both('Đẩy tiến độ'),
      types: ['vn.tthc.dossier.progressed.v1'],
      repeat: 'ask',
    },
  ],
}

export const registrar: Manifest = {
  ...portal,
  id: 'registrar',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: { address: { type: 'string', format: 'uri' } },
    examples: [],
  },
  operations: [
    {
      name: 'take',
      title: both('Nhận hồ sơ'),
      types: ['vn.tthc.dossier.submitted.v1'],
      repeat: 'harmless',
    },
  ],
  pulls: [
    { name: 'dossiers', title: both('Hồ sơ thay đổi'), types: ['vn.tthc.dossier.upserted.v1'] },
  ],
}

const registry = createSchemaRegistry([new URL('../../schemas', import.meta.url).pathname])

export const testLaw: ConfigLaw = {
  validate: registry.validate,
  validateAgainst: registry.validateAgainst,
  schema: registry.schema,
  schemaNames: registry.ids().map(suffixOf),
  messageTypes: registry.messageTypes().map(({ type }) => type),
  manifests: [portal, registrar],
}

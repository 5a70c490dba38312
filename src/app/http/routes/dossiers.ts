import { HubError } from '../../../domain/errors.ts'
import type { Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'

const readDossier: Operation = {
  id: 'readDossier',
  tag: 'dossiers',
  method: 'get',
  path: '/api/v1/dossiers/{code}',
  access: 'messages:read',
  summary: { vi: 'Xem một hồ sơ đang ở đâu', en: 'See where a dossier stands' },
  description: {
    vi: 'Tình trạng tại từng hệ thống, đang chờ gì, và diễn biến.',
    en: 'Its state at every system, what it waits for, and its timeline.',
  },
  pathParameters: {
    code: text(['Mã hồ sơ / Dossier code'], {
      minLength: 1,
      maxLength: 128,
      pattern: '^[^\\p{Cc}\\p{Cs}]*$',
    }),
  },
  query: {},
  answers: { 200: { words: { vi: 'Hồ sơ.', en: 'The dossier.' }, schema: 'Dossier' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/dossiers/H99.14-261122-0001" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, client }) => {
      const dossier = await hub.queries.dossier(path.code ?? '', client.reach)
      if (!dossier) throw new HubError('not-found')
      return { status: 200, json: dossier }
    },
}

export const dossierOperations: readonly Operation[] = [readDossier]

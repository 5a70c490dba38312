import { HubError } from '../../../domain/errors.ts'
import { isLimited } from '../../../domain/unit.ts'
import { createDocsPage, docsPolicy } from '../docs/page.ts'
import type { Language } from '../language.ts'
import type { Operation } from '../operation.ts'
import { oneOf } from '../schemas/shape.ts'

const livez: Operation = {
  id: 'livez',
  tag: 'process',
  method: 'get',
  path: '/livez',
  access: 'public',
  summary: { vi: 'Tiến trình còn chạy', en: 'The process is alive' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Còn chạy.', en: 'Alive.' }, schema: 'Liveness' } },
  codes: [],
  example: 'curl "$HUB/livez"',
  handler: () => async () => ({ status: 200, json: { live: true } }),
}

const readyz: Operation = {
  id: 'readyz',
  tag: 'process',
  method: 'get',
  path: '/readyz',
  access: 'public',
  summary: { vi: 'Sẵn sàng nhận việc', en: 'The process is ready' },
  pathParameters: {},
  query: {},
  answers: {
    200: { words: { vi: 'Sẵn sàng.', en: 'Ready.' }, schema: 'Readiness' },
    503: { words: { vi: 'Chưa sẵn sàng.', en: 'Not ready.' }, schema: 'Readiness' },
  },
  codes: [],
  example: 'curl "$HUB/readyz"',
  handler:
    ({ hub }) =>
    async () => {
      const state = await hub.ready()
      return { status: state.ready ? 200 : 503, json: state }
    },
}

const metrics: Operation = {
  id: 'metrics',
  tag: 'process',
  method: 'get',
  path: '/metrics',
  access: 'local',
  summary: { vi: 'Số đo cho Prometheus', en: 'Metrics for Prometheus' },
  description: {
    vi: 'Không cần khoá khi gọi thẳng từ chính máy chạy liên thông; nơi khác cần quyền systems:read.',
    en: 'No key is needed straight from the machine of the hub; elsewhere systems:read.',
  },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Số đo.', en: 'Metrics.' }, mediaType: 'text/plain' } },
  codes: ['not-found'],
  example: 'curl "$HUB/metrics" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ client }) => {
      // They count every system.
      if (isLimited(client.reach)) throw new HubError('not-found')
      const { contentType, body } = await hub.metrics()
      return { status: 200, content: { type: contentType, body } }
    },
}

const openapi: Operation = {
  id: 'openapi',
  tag: 'process',
  method: 'get',
  path: '/openapi.json',
  access: 'public',
  summary: { vi: 'Tài liệu OpenAPI 3.1', en: 'The OpenAPI 3.1 document' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Tài liệu.', en: 'Document.' }, mediaType: 'application/json' } },
  codes: [],
  example: 'curl "$HUB/openapi.json"',
  handler:
    ({ openapi: body }) =>
    async () => ({ status: 200, content: { type: 'application/json; charset=utf-8', body } }),
}

const docs: Operation = {
  id: 'docs',
  tag: 'process',
  method: 'get',
  path: '/docs',
  access: 'public',
  summary: { vi: 'Tài liệu API để đọc', en: 'The API documentation to read' },
  pathParameters: {},
  query: { lang: oneOf(['Ngôn ngữ / Language', 'Mặc định là tiếng Việt.'], ['vi', 'en']) },
  answers: { 200: { words: { vi: 'Trang tài liệu.', en: 'The page.' }, mediaType: 'text/html' } },
  codes: [],
  example: 'curl "$HUB/docs?lang=vi"',
  handler: ({ hub, openapi: document }) => {
    const page = createDocsPage(hub.schemas, document)
    return async ({ query }) => {
      const language = (query.lang ?? 'vi') as Language
      return {
        status: 200,
        content: { type: 'text/html; charset=utf-8', body: page(language) },
        headers: ['Content-Language', language, 'Content-Security-Policy', docsPolicy],
      }
    }
  },
}

export const processOperations: readonly Operation[] = [livez, readyz, metrics, openapi, docs]

/** The OpenAPI 3.1 document, built from the operations that are registered and the schemas that check. */
import { type ErrorCode, errorTable, type Words } from '../../domain/errors.ts'
import { type Declared, type Operation, tags } from './operation.ts'
import type { Parameters } from './query.ts'
import { apiSchemas } from './schemas/index.ts'
import type { JsonSchema } from './schemas/shape.ts'
import { scopes } from './scopes.ts'

const problemMediaType = 'application/problem+json'

const about: Words = {
  vi: [
    'API của trục liên thông hồ sơ thủ tục hành chính: gửi bản tin, tra hồ sơ đang ở đâu, xử lý lượt gửi thất bại.',
    'Mọi câu trả lời lỗi là application/problem+json (RFC 9457) với mã lỗi ổn định và việc cần làm tiếp, bằng tiếng Việt hoặc tiếng Anh theo Accept-Language. Khoá API gửi trong tiêu đề Authorization: Bearer hoặc X-Api-Key, không bao giờ trong địa chỉ.',
    'Ngoài các đường dẫn dưới đây, /doors/<hệ thống>/… nhận yêu cầu theo đúng khuôn dạng riêng của từng hệ thống bên ngoài; tài liệu nằm ở README của connector.',
  ].join('\n\n'),
  en: [
    'The API of the hub: submit messages, see where a dossier stands, handle failed deliveries.',
    'Every failure is application/problem+json (RFC 9457) with a stable code and what to do next, in Vietnamese or English by Accept-Language. The API key travels in Authorization: Bearer or X-Api-Key, never in the URL.',
    'Besides the paths below, /doors/<system>/… takes requests in the own form of an external system; see the README of its connector.',
  ].join('\n\n'),
}

const both = (name: string, { vi, en }: Words) => ({ [name]: vi, [`x-${name}-en`]: en })

/** The codes an operation can answer with, its own and those every operation shares. */
export function codesOf(operation: Operation): readonly ErrorCode[] {
  const codes = new Set<ErrorCode>(['request-invalid', 'key-in-url'])
  if (operation.access !== 'public') {
    const isSession = operation.access === 'session' || operation.access === 'half-session'
    if (!isSession) codes.add('key-missing').add('key-invalid')
    codes.add('session-ended').add('rate-limited')
    if (operation.access !== 'half-session') codes.add('code-needed')
    if (operation.access !== 'any-key' && !isSession) codes.add('scope-missing')
    codes.add('store-unavailable').add('hub-stopping')
  }
  if (operation.method !== 'get') codes.add('cross-site-refused')
  if (operation.body && operation.body.kind !== 'file') {
    for (const code of ['body-not-json', 'json-duplicate-key', 'json-too-deep'] as const)
      codes.add(code)
    for (const code of ['json-number-inexact', 'body-too-large'] as const) codes.add(code)
    codes.add('media-type-unsupported')
  }
  for (const code of operation.codes) codes.add(code)
  return [...codes.add('bug')]
}

const header = (name: string) => ({ [name]: { $ref: `#/components/headers/${name}` } })

const commonHeaders = (operation: Operation) => ({
  ...header('X-Request-Id'),
  ...(operation.access !== 'public' && { ...header('RateLimit'), ...header('RateLimit-Policy') }),
})

function successOf(operation: Operation, declared: Declared) {
  const own = Object.entries(declared.headers ?? {}).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ])
  const mediaType = declared.mediaType ?? (declared.schema && 'application/json')
  const types = declared.mediaTypes ?? (mediaType === undefined ? [] : [mediaType])
  const schema = declared.schema ? { $ref: `#/components/schemas/${declared.schema}` } : {}
  return {
    ...both('description', declared.words),
    headers: { ...commonHeaders(operation), ...Object.fromEntries(own) },
    ...(types.length > 0 && {
      content: Object.fromEntries(types.map((type) => [type, { schema }])),
    }),
  }
}

function problemOf(operation: Operation, status: number, codes: readonly ErrorCode[]) {
  return {
    description: codes.join(', '),
    headers: {
      ...commonHeaders(operation),
      ...((status === 429 || status === 503) && header('Retry-After')),
      ...(status === 401 && header('WWW-Authenticate')),
    },
    content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
    'x-codes': codes,
  }
}

function responsesOf(operation: Operation) {
  const responses: Record<string, unknown> = {}
  for (const [status, declared] of Object.entries(operation.answers))
    responses[status] = successOf(operation, declared)
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codesOf(operation)) {
    const { status } = errorTable[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b))
    responses[status] ??= problemOf(operation, status, codes)
  return responses
}

const parametersOf = (place: 'path' | 'query' | 'header', parameters: Parameters) =>
  Object.entries(parameters).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path',
    ...(description !== undefined && { description }),
    schema,
  }))

function requestBodyOf({ body }: Operation) {
  if (!body) return undefined
  const schemas: Readonly<Record<string, JsonSchema>> =
    body.kind === 'json'
      ? { 'application/json': { $ref: `#/components/schemas/${body.schema}` } }
      : body.schemas
  const content = Object.entries(schemas).map(([type, schema]) => [type, { schema }])
  return { required: true, content: Object.fromEntries(content) }
}

function securityOf({ access }: Operation) {
  if (access === 'public') return []
  if (access === 'session' || access === 'half-session') return [{ session: [] }]
  const needed = access === 'any-key' ? [] : [access === 'local' ? 'systems:read' : access]
  const keyed = [{ bearer: needed }, { apiKey: needed }, { session: needed }]
  return access === 'local' ? [{}, ...keyed] : keyed
}

function describe(operation: Operation) {
  const parameters = [
    ...parametersOf('path', operation.pathParameters),
    ...parametersOf('query', operation.query),
    ...parametersOf('header', operation.requestHeaders ?? {}),
  ]
  const requestBody = requestBodyOf(operation)
  return {
    operationId: operation.id,
    tags: [operation.tag],
    ...both('summary', operation.summary),
    ...(operation.description && both('description', operation.description)),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: responsesOf(operation),
    security: securityOf(operation),
    ...(operation.alsoReads && { 'x-more-with': operation.alsoReads }),
    'x-codeSamples': [{ lang: 'Shell', source: operation.example }],
  }
}

const textHeader = (description: string) => ({ description, schema: { type: 'string' } })

const headers = {
  'X-Request-Id': textHeader('Mã yêu cầu: của bên gọi nếu đã gửi, nếu không do liên thông đặt.'),
  RateLimit: textHeader('Hạn mức còn lại (draft-ietf-httpapi-ratelimit-headers).'),
  'RateLimit-Policy': textHeader('Hạn mức của khoá (draft-ietf-httpapi-ratelimit-headers).'),
  'Retry-After': textHeader('Số giây nên chờ trước khi gửi lại.'),
  'WWW-Authenticate': textHeader('Cách gửi khoá.'),
}

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'Authorization: Bearer <khoá API>' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-hub',
    description:
      'Phiên của người dùng. Thao tác thay đổi (POST) cần thêm tiêu đề Hub-Console: 1 và phải từ trang của chính liên thông; Hub-Background: 1 thì không kéo dài phiên. / The session of a person. What changes something (POST) needs the header Hub-Console: 1 too and must come from a page of the hub itself; with Hub-Background: 1 a request does not prolong the session.',
  },
}

/** The document. `eventSchema` is the registry's schema of the CloudEvents envelope. */
export function openApiDocument(operations: readonly Operation[], eventSchema: object) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    paths[operation.path] ??= {}
    Object.assign(paths[operation.path] ?? {}, { [operation.method]: describe(operation) })
  }
  const { $schema: _, $id: __, ...event } = eventSchema as Record<string, unknown>
  return {
    openapi: '3.1.0',
    info: {
      title: 'Liên thông Hub',
      version: '1.0.0',
      ...both('description', about),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, { vi, en }]) => ({
      name,
      'x-displayName': vi,
      'x-displayName-en': en,
    })),
    paths,
    components: { schemas: { CloudEvent: event, ...apiSchemas }, headers, securitySchemes },
    'x-scopes': scopes,
    'x-problems': errorTable,
  }
}

export type OpenApiDocument = ReturnType<typeof openApiDocument>

/** The document as it is served and committed: one text, so that they can be compared. */
export const openApiText = (document: OpenApiDocument): string =>
  `${JSON.stringify(document, null, 2)}\n`

/** Holds every answer of the API against what the OpenAPI document declares for it. */
import type { IncomingHttpHeaders } from 'node:http'
import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type OpenApiDocument, openApiDocument } from '../../src/app/http/openapi.ts'
import { operations } from '../../src/app/http/operations.ts'

interface Declared {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>
  readonly headers?: Readonly<Record<string, unknown>>
}

interface AnswerToCheck {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export type CheckAnswer = (answer: AnswerToCheck) => void

const pathPattern = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)

const routes = operations.map((operation) => ({
  operation,
  pattern: pathPattern(operation.path),
}))

const safety: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^nosniff$/,
  'cache-control': /^no-store$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'referrer-policy': /^no-referrer$/,
  'content-security-policy': /^default-src 'none';.*frame-ancestors 'none'$/,
  'x-request-id': /^[A-Za-z0-9._:-]+$/,
}

/** Every answer carries the safety headers, errors and doors included, and tells nothing of Express. */
function expectSafe(headers: IncomingHttpHeaders, where: string, tagged: boolean): void {
  for (const [name, value] of Object.entries(safety))
    if (!value.test(String(headers[name])))
      throw new Error(`${where} has the header ${name}: ${headers[name]}`)
  // Express would add a tag of its own to everything.
  const cookie = where.includes(' /api/v1/session') ? undefined : headers['set-cookie']
  if (headers['x-powered-by'] ?? (tagged ? undefined : headers.etag) ?? cookie)
    throw new Error(`${where} tells more than it should`)
}

/** Whether this path declares an ETag. */
const isTagged = (path: string): boolean =>
  routes.some(
    ({ pattern, operation }) => pattern.test(path) && operation.answers[200]?.headers?.ETag,
  )

/** Throws when an answer has a status, a media type or a shape that was never declared. */
export function createAnswerCheck(eventSchema: object): CheckAnswer {
  const document: OpenApiDocument = openApiDocument(operations, eventSchema)
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(document, 'openapi')

  const compiled = new Map<string, ValidateFunction>()

  const fits = (schema: object, value: unknown, where: string): void => {
    const rooted = JSON.stringify(schema).replaceAll('"#/', '"openapi#/')
    const validate = compiled.get(rooted) ?? ajv.compile(JSON.parse(rooted) as object)
    compiled.set(rooted, validate)
    if (!validate(value))
      throw new Error(`${where} does not fit its schema: ${ajv.errorsText(validate.errors)}`)
  }

  const declaredFor = (method: string, path: string, status: number): Declared | undefined => {
    const name = method.toLowerCase() === 'head' ? 'get' : method.toLowerCase()
    const found = routes.find(
      (route) => route.operation.method === name && route.pattern.test(path),
    )
    if (!found) return undefined
    const described = document.paths[found.operation.path]?.[name] as
      | { responses: Readonly<Record<string, Declared>> }
      | undefined
    const declared = described?.responses[String(status)]
    if (!declared) throw new Error(`${method} ${path} never declared the status ${status}`)
    return declared
  }

  return ({ method, path, status, headers, text }) => {
    expectSafe(headers, `${method} ${path} ${status}`, isTagged(path.split('?')[0] ?? ''))
    const [type = ''] = headers['content-type']?.split(';') ?? []
    const where = `${method} ${path} ${status}`
    const bare = path.split('?')[0] ?? ''
    if (bare.startsWith('/doors/') && type !== 'application/problem+json') return
    if (method === 'HEAD') return
    // What the server itself refuses belongs to no operation, but it is always a problem.
    const declared = [408, 431].includes(status) ? undefined : declaredFor(method, bare, status)
    if (!declared || type === 'application/problem+json')
      fits({ $ref: '#/components/schemas/Problem' }, JSON.parse(text), where)
    if (!declared) return
    if (!declared.content && text === '') return
    const content = declared.content?.[type]
    if (!content) throw new Error(`${where} never declared the media type ${type}`)
    if (content.schema && type.endsWith('json')) fits(content.schema, JSON.parse(text), where)
  }
}

import type { ErrorCode, Words } from '../../domain/errors.ts'
import type { Caller, Origin } from '../../engine/ports/people.ts'
import type { Hub } from '../hub.ts'
import type { Answer } from './answer.ts'
import type { BodyReader } from './body.ts'
import type { Exchange } from './exchange.ts'
import type { Parameters, QueryValues } from './query.ts'
import type { JsonSchema } from './schemas/shape.ts'
import type { Access, Scope } from './scopes.ts'
import type { HttpTools } from './tools.ts'

export const tags = {
  messages: { vi: 'Bản tin', en: 'Messages' },
  files: { vi: 'Tệp đính kèm', en: 'Files' },
  dossiers: { vi: 'Hồ sơ', en: 'Dossiers' },
  deliveries: { vi: 'Lượt gửi', en: 'Deliveries' },
  corrections: { vi: 'Sửa và gửi lại', en: 'Corrections' },
  plans: { vi: 'Kế hoạch hàng loạt', en: 'Bulk plans' },
  lookups: { vi: 'Tra cứu', en: 'Lookups' },
  catalogues: { vi: 'Danh mục', en: 'Catalogues' },
  systems: { vi: 'Hệ thống', en: 'Systems' },
  problems: { vi: 'Vướng mắc', en: 'Problems' },
  configuration: { vi: 'Cấu hình', en: 'Configuration' },
  pulls: { vi: 'Lấy về', en: 'Pulls' },
  'dry-runs': { vi: 'Chạy thử', en: 'Dry runs' },
  session: { vi: 'Đăng nhập', en: 'Signing in' },
  users: { vi: 'Người dùng', en: 'People' },
  account: { vi: 'Tài khoản của tôi', en: 'One’s own account' },
  clients: { vi: 'Hệ thống khách và khoá', en: 'Clients and keys' },
  audit: { vi: 'Nhật ký kiểm toán', en: 'Audit trail' },
  about: { vi: 'Về liên thông này', en: 'About this hub' },
  types: { vi: 'Danh mục loại bản tin', en: 'Message types' },
  process: { vi: 'Tình trạng và tài liệu', en: 'Process and documentation' },
} as const satisfies Record<string, Words>
type Tag = keyof typeof tags

/** What a handler is given. The schemas of its operation have spoken for `path`, `query`, `body`. */
export interface Call {
  readonly exchange: Exchange
  readonly hub: Hub
  /** Who asks: a client system or a person. */
  readonly client: Caller
  /** Where from. */
  readonly from: () => Origin
  readonly path: Readonly<Record<string, string>>
  readonly query: QueryValues
  readonly body: unknown
}

/** One documented answer. Without a schema and media type it has no body. */
export interface Declared {
  readonly words: Words
  /** Name in components.schemas. */
  readonly schema?: string
  readonly mediaType?: string
  /** Instead: a content of one of these. */
  readonly mediaTypes?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

/** What surrounds the hub at run time, for the few handlers that need more than the hub. */
export interface Surroundings {
  readonly hub: Hub
  readonly tools: HttpTools
  readonly bodies: BodyReader
  readonly limits: { readonly bodyBytes: number; readonly batchItems: number }
  /** The OpenAPI document, ready to be sent. */
  readonly openapi: string
}

type Handler = (call: Call) => Promise<Answer>

/**
 * One operation of the API: its registration, its checks, its rights and its documentation all come
 * from this one object.
 */
export interface Operation {
  /** operationId */
  readonly id: string
  readonly tag: Tag
  readonly method: 'get' | 'post'
  /** With parameters in braces, as in OpenAPI. */
  readonly path: string
  readonly access: Access
  /** A second right that opens more of the answer. */
  readonly alsoReads?: Scope
  readonly summary: Words
  readonly description?: Words
  readonly pathParameters: Parameters
  readonly query: Parameters
  /** Others may add parameters of their own to the address; the handler reads it itself. */
  readonly freeQuery?: boolean
  readonly requestHeaders?: Readonly<Record<string, JsonSchema>>
  /**
   * `json`: read and checked before the handler; `large`: it may hold a file, so it may be as large as a
   * batch of events. `events`, `file`: the handler reads it itself.
   */
  readonly body?:
    | { readonly kind: 'json'; readonly schema: string; readonly large?: boolean }
    | {
        readonly kind: 'events' | 'file'
        readonly schemas: Readonly<Record<string, JsonSchema>>
      }
  readonly answers: Readonly<Record<number, Declared>>
  /** Codes that belong to this operation; those every operation can answer with come on top. */
  readonly codes: readonly ErrorCode[]
  /** Anybody may ask who has this link: held back by address and by the parameter that names the link. */
  readonly linkParameter?: string
  /** Anybody may ask, and each question costs something: held back by address. */
  readonly heldBack?: boolean
  /** Pages ask it by themselves: it is no use of a session. */
  readonly byItself?: boolean
  /** Its successes are told in the log: a person has changed something. */
  readonly told?: boolean
  /** Shell command that shows its use; `$HUB` and `$KEY` stand for address and key. */
  readonly example: string
  handler(surroundings: Surroundings): Handler
}

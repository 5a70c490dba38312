/**
 * HTTP as a connector sees it. The implementation is src/adapters/http (axios over a lean
 * node:http adapter); connectors never import axios themselves, so every answer of every system is
 * classified by the same rules.
 */
import type { Outgoing } from './outgoing.ts'

export interface HttpClient {
  /**
   * Resolves with any complete answer, whatever its status. Throws a ConnectorError when there is
   * none, and says what that means for the message:
   *
   *   retry      name-not-resolved, connection-refused, connect-timeout, connection reset before the
   *              request was written, tls-failed (not a byte of payload has left)
   *   unknown    answer-timeout, connection-lost, answer-too-large, answer-invalid (what came back is
   *              not HTTP): the request was, or may have been, read
   *   permanent  address-forbidden (not http/https, or outside the system's own addresses),
   *              mapping-failed (a header or text that HTTP cannot carry)
   *   permanent  file-missing, file-unreadable: a file that the body names (`fileContent`), before a byte has left
   *   retry      interrupted, when `signal` was aborted before anything was written; unknown after
   *
   * A reset on a connection that had served another request before is unknown too, unless nothing of
   * this request had been written: then another connection is taken without a word.
   */
  request(request: HttpRequest): Promise<HttpResponse>
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Absolute http or https URL. Its origin must be one of the client's allowed origins. */
  readonly url: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /**
   * Checked against the schema of what leaves. Objects are sent as JSON. Where an object or a text has a
   * `fileContent(id)`, the base64 of that file is sent.
   */
  readonly body?: Outgoing<object> | Outgoing<string> | Outgoing<Uint8Array>
  /** Shortens the system's own limit; never prolongs it. */
  readonly timeoutMs?: number
  readonly maxResponseBytes?: number
  /**
   * The one the connector was called with, not one derived from it: by it the client asks, in the moment
   * before the first byte leaves, whether the delivery is still this process's to send.
   */
  readonly signal: AbortSignal
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly bytes: Uint8Array
  /** UTF-8 text of the body. */
  text(): string
  /** Parsed body. Throws unknown('answer-invalid') unless it is JSON: HTML with status 200 is no answer. */
  json(): unknown
}

import type { IncomingHttpHeaders } from 'node:http'
import { HubError, type Words } from '../../../domain/errors.ts'

/** The three ways CloudEvents travel over HTTP. */
export type EventMode = 'structured' | 'batch' | 'binary'

export const structuredType = 'application/cloudevents+json'
export const batchType = 'application/cloudevents-batch+json'

/** Value of `Accept-Post`. */
export const acceptedTypes = `${structuredType}, ${batchType}, application/json`

const accepted: Words = {
  vi: `Nhận ${structuredType}, ${batchType}, hoặc application/json kèm các tiêu đề ce-* (binary); mã hoá UTF-8.`,
  en: `Accepted: ${structuredType}, ${batchType}, or application/json with ce-* headers (binary mode); UTF-8.`,
}

const refuse = (): never => {
  throw new HubError('media-type-unsupported', { detail: accepted })
}

/** `type/subtype` in lower case; undefined when a charset other than UTF-8 is named. */
export function mediaTypeOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const [type = '', ...parameters] = header.split(';')
  for (const parameter of parameters) {
    const charset = /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(parameter)?.[1]
    if (charset !== undefined && charset.toLowerCase() !== 'utf-8') return undefined
  }
  return type.trim().toLowerCase()
}

const jsonType = /^application\/(?:[a-z0-9.-]+\+)?json$/

/** Which mode a request is in, by its headers alone; throws `media-type-unsupported`. */
export function modeOf(headers: IncomingHttpHeaders): EventMode {
  const type = mediaTypeOf(headers['content-type'])
  if (type === undefined) return refuse()
  if (type === structuredType) return 'structured'
  if (type === batchType) return 'batch'
  const isBinary = jsonType.test(type) && headers['ce-specversion'] !== undefined
  return isBinary && !type.startsWith('application/cloudevents') ? 'binary' : refuse()
}

import type { IncomingMessage } from 'node:http'
import { HubError } from '../../domain/errors.ts'

/** Longer than any key the hub issues; what is longer is not worth a look-up. */
const maxKeyLength = 200

const inRange = (key: string): string => {
  if (key.length > maxKeyLength) throw new HubError('key-invalid')
  return key
}

/** The key of `Authorization: Bearer` or `X-Api-Key`. */
export function keyOf({ headers }: IncomingMessage): string | undefined {
  const { authorization } = headers
  if (authorization !== undefined && /^bearer /i.test(authorization))
    return inRange(authorization.slice(7).trim())
  const given = headers['x-api-key']
  return typeof given === 'string' ? inRange(given.trim()) : undefined
}

/** The same, or the password of HTTP Basic: what older software can send to a door. */
export function doorKeyOf(request: IncomingMessage): string | undefined {
  const key = keyOf(request)
  if (key !== undefined) return key
  const basic = /^basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic === undefined) return undefined
  const pair = Buffer.from(basic, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  return colon < 0 ? undefined : inRange(pair.slice(colon + 1))
}

const keyNames = new Set([
  'key',
  'apikey',
  'accesskey',
  'accesstoken',
  'token',
  'bearer',
  'xapikey',
  'authorization',
  'clientsecret',
  'secret',
  'password',
])
/** The form of the hub's own keys, as far as it takes to know one. */
const looksIssued = /hub_[a-z][a-z0-9-]{0,15}_[0-9A-Za-z]/

/**
 * Refuses an address that carries a key: addresses end up in logs and histories. Doors have
 * parameters in another system's words, so there only what looks like a key of ours is refused.
 */
export function refuseKeyInUrl(url: string, isDoor: boolean): void {
  const mark = url.indexOf('?')
  if (mark < 0) return
  const query = url.slice(mark)
  if (looksIssued.test(query)) throw new HubError('key-in-url')
  if (isDoor) return
  for (const name of new URLSearchParams(query).keys())
    if (keyNames.has(name.toLowerCase().replaceAll(/[-_]/g, ''))) throw new HubError('key-in-url')
}

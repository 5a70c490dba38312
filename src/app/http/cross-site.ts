/** A browser sends the cookie whoever has made it ask: what changes something must come from our own page. */
import type { IncomingMessage } from 'node:http'
import { HubError } from '../../domain/errors.ts'

/** No form and no picture can send it, and a script of another site may not. */
const ownHeader = 'hub-console'

const isOwn = (origin: string, host: string | undefined, publicUrl: string): boolean => {
  if (!URL.canParse(origin)) return false
  const given = new URL(origin)
  // Behind a proxy the name of this host may be another one than the browser knows.
  return (
    given.host === host || (URL.canParse(publicUrl) && new URL(publicUrl).origin === given.origin)
  )
}

/** Throws `cross-site-refused`. */
export function refuseCrossSite({ headers }: IncomingMessage, publicUrl: string): void {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  const isOurs =
    headers[ownHeader] === '1' &&
    (site === undefined || site === 'same-origin') &&
    (origin === undefined || isOwn(origin, host, publicUrl))
  if (!isOurs) throw new HubError('cross-site-refused')
}

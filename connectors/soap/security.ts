/**
 * WS-Security UsernameToken: who asks, within the envelope.
 *
 * Source: OASIS Web Services Security UsernameToken Profile 1.1.1 (2012), §3.1: the digest is
 * Base64(SHA-1(nonce + created + password)).
 */
import { createHash } from 'node:crypto'
import { type Markup, xml } from '../../src/connector/index.ts'
import type { UsernameToken } from './options.ts'

const wss = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss'
const profile = `${wss}-username-token-profile-1.0`

/** The header block; `nonce` is random and never the same twice. */
export function usernameToken(token: UsernameToken, at: Date, nonce: Uint8Array): Markup {
  const created = at.toISOString()
  const digest = createHash('sha1').update(nonce).update(created).update(token.password)
  const password = token.form === 'digest' ? digest.digest('base64') : token.password
  const type = `${profile}#${token.form === 'digest' ? 'PasswordDigest' : 'PasswordText'}`
  return xml(
    'wsse:Security',
    {
      'xmlns:wsse': `${wss}-wssecurity-secext-1.0.xsd`,
      'xmlns:wsu': `${wss}-wssecurity-utility-1.0.xsd`,
      'soap:mustUnderstand': '1',
    },
    [
      xml('wsse:UsernameToken', {}, [
        xml('wsse:Username', {}, token.username),
        xml('wsse:Password', { Type: type }, password),
        xml(
          'wsse:Nonce',
          { EncodingType: `${wss}-soap-message-security-1.0#Base64Binary` },
          Buffer.from(nonce).toString('base64'),
        ),
        xml('wsu:Created', {}, created),
      ]),
    ],
  )
}

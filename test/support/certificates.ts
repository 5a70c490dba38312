/**
 * X.509 certificates made on the spot, so that no test depends on openssl and none expires in the
 * repository. A few lines of DER: see RFC 5280, section 4.1.
 */
import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

export interface Certificate {
  /** PEM */
  readonly cert: string
  readonly key: string
}

export interface Authority extends Certificate {
  issue(wish?: CertificateWish): Certificate
}

export interface CertificateWish {
  /** Default: IP 127.0.0.1 and localhost. */
  readonly names?: readonly string[]
  readonly notBefore?: Date
  readonly notAfter?: Date
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const integer = (bytes: Uint8Array): Buffer => der(0x02, bytes)
const octets = (content: Uint8Array): Buffer => der(0x04, content)
const bits = (content: Uint8Array): Buffer => der(0x03, Buffer.from([0]), content)
const truth = der(0x01, Buffer.from([0xff]))
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const time = (date: Date): Buffer =>
  der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')))

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))))
const extension = (id: string, critical: boolean, value: Uint8Array): Buffer =>
  sequence(oid(id), ...(critical ? [truth] : []), octets(value))

const alternativeName = (name: string): Buffer =>
  /^[\d.]+$/.test(name)
    ? der(0x87, Buffer.from(name.split('.').map(Number)))
    : der(0x82, Buffer.from(name))

const pem = (label: string, content: Uint8Array): string => {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

interface Parts {
  readonly subject: string
  readonly issuer: string
  readonly subjectKey: KeyObject
  readonly issuerKey: KeyObject
  readonly extensions: readonly Buffer[]
  readonly notBefore: Date
  readonly notAfter: Date
}

function sign(parts: Parts): string {
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    commonName(parts.issuer),
    sequence(time(parts.notBefore), time(parts.notAfter)),
    commonName(parts.subject),
    parts.subjectKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...parts.extensions)),
  )
  const signature = createSign('sha256').update(toBeSigned).sign(parts.issuerKey)
  return pem('CERTIFICATE', sequence(toBeSigned, ecdsaWithSha256, bits(signature)))
}

const dayMs = 24 * 60 * 60 * 1000

export function createAuthority(name = 'Cơ quan chứng thực thử nghiệm'): Authority {
  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const wide = {
    notBefore: new Date(Date.now() - 365 * dayMs),
    notAfter: new Date(Date.now() + 365 * dayMs),
  }
  const isAuthority = extension('551d13', true, sequence(truth))
  return {
    cert: sign({
      ...wide,
      subject: name,
      issuer: name,
      subjectKey: pair.publicKey,
      issuerKey: pair.privateKey,
      extensions: [isAuthority],
    }),
    key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    issue({ names = ['127.0.0.1', 'localhost'], ...dates } = {}) {
      const own = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
      return {
        cert: sign({
          ...wide,
          ...dates,
          subject: 'Máy thử nghiệm',
          issuer: name,
          subjectKey: own.publicKey,
          issuerKey: pair.privateKey,
          extensions: [
            extension('551d13', true, sequence()),
            extension('551d11', false, sequence(...names.map(alternativeName))),
          ],
        }),
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      }
    },
  }
}

/** The way to the hosts of a system, step by step and timed: name, connection, certificate. Sends nothing. */
import { lookup } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import type { CheckStep } from '../../connector/contract.ts'
import type { Words } from '../../domain/errors.ts'
import type { CertificateSeen } from '../../engine/ports/systems.ts'
import { markedPlaces } from '../config/marked-places.ts'
import { lookAtCertificate } from '../doctor/host.ts'

type WayStep = Extract<CheckStep['name'], 'dns' | 'tcp' | 'tls'>

export interface Address {
  readonly host: string
  readonly port: number
  /** TLS from the first byte on. */
  readonly secure: boolean
}

export interface Way {
  /** The steps that make sense here, each with how it went. */
  readonly steps: ReadonlyMap<WayStep, { readonly durationMs: number; readonly detail: Words }>
  readonly certificates: readonly CertificateSeen[]
}

const ports: Readonly<Record<string, number>> = {
  ...{ 'http:': 80, 'https:': 443, 'sftp:': 22, 'smtp:': 587, 'smtps:': 465 },
  ...{ 'postgresql:': 5432, 'mysql:': 3306, 'sql-server:': 1433 },
}
const most = 4

type Json = Readonly<Record<string, unknown>>
/** What the hub calls: an address by HTTP, or the server of a database, of files, of mail. */
const isCalled = ({ format, pattern, type }: Json): boolean =>
  (format === 'uri' && pattern === undefined) ||
  (type === 'string' && typeof pattern === 'string' && /^\^\(?[a-z?|-]+\)?:\/\//.test(pattern))

/** Hosts that the options name where their schema says that something is called. */
export function addressesOf(schema: Json, options: Json): readonly Address[] {
  const found = new Map<string, Address>()
  for (const { value } of markedPlaces(schema, options, isCalled)) {
    if (typeof value !== 'string' || !URL.canParse(value)) continue
    const { protocol, hostname, port } = new URL(value)
    const usual = ports[protocol]
    if (usual === undefined || hostname === '') continue
    const address = {
      ...{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || usual },
      secure: protocol === 'https:' || protocol === 'smtps:',
    }
    found.set(`${address.host}:${address.port}`, address)
  }
  return [...found.values()].slice(0, most)
}

const limitMs = 5_000

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; durationMs: number }> {
  const startedAt = performance.now()
  const value = await work()
  return { value, durationMs: performance.now() - startedAt }
}

/** Undefined when it could not be reached: why is what the connector says. */
const connects = ({ host, port }: Address): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (reached: boolean): void => {
      socket.destroy()
      resolve(reached)
    }
    socket.setTimeout(limitMs, () => end(false))
    socket.on('error', () => end(false))
    socket.on('connect', () => end(true))
  })

interface Stretch {
  readonly dns?: number
  readonly tcp?: number
  readonly tls?: number
  readonly certificate?: CertificateSeen
}

async function walk(address: Address): Promise<Stretch> {
  const { host, port, secure } = address
  const named = isIP(host) === 0
  const dns = named
    ? await timed(() => lookup(host).then(Boolean, () => false))
    : { value: true, durationMs: 0 }
  const name = named ? { dns: dns.durationMs } : {}
  if (!dns.value) return name
  const tcp = await timed(() => connects(address))
  if (!tcp.value) return { ...name, tcp: tcp.durationMs }
  const way = { ...name, tcp: tcp.durationMs }
  if (!secure) return way
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const tls = await timed(() => lookAtCertificate(where, limitMs))
  if (!tls.value.ok) return { ...way, tls: tls.durationMs }
  const { subject, expiresAt } = tls.value.value
  return {
    ...{ ...way, tls: tls.durationMs },
    certificate: { host: where, subject, expiresAt: expiresAt.toISOString() },
  }
}

/** Days at which people are told. */
export const certificateWarnDays = 30
const certificateAlarmDays = 7
const dayMs = 86_400_000

function certificateWords({ subject, host, expiresAt }: CertificateSeen, now: Date): Words {
  const days = Math.floor((Date.parse(expiresAt) - now.getTime()) / dayMs)
  const who = subject || host
  const vi = `Chứng thư ${who} còn ${days} ngày.`
  const en = `The certificate of ${who} has ${days} days left.`
  if (days < 0)
    return { vi: `Chứng thư ${who} đã hết hạn.`, en: `The certificate of ${who} has expired.` }
  if (days <= certificateAlarmDays)
    return { vi: `${vi} Cần thay ngay.`, en: `${en} It is to be replaced now.` }
  if (days <= certificateWarnDays) return { vi: `${vi} Sắp phải thay.`, en: `${en} It ends soon.` }
  return { vi, en }
}

const found: Words = { vi: 'Tìm được địa chỉ.', en: 'The name has an address.' }
const reached: Words = { vi: 'Kết nối được.', en: 'The host is reached.' }
const encrypted: Words = { vi: 'Mã hoá được.', en: 'The connection is encrypted.' }

/** Of several hosts the slowest counts, and the certificate that ends first. */
export async function walkTo(addresses: readonly Address[], now: Date): Promise<Way> {
  const stretches = await Promise.all(addresses.map(walk))
  const certificates = stretches
    .flatMap(({ certificate }) => certificate ?? [])
    .sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1))
  const [first] = certificates
  const slowest = (name: WayStep): number =>
    Math.max(0, ...stretches.map((stretch) => stretch[name] ?? 0))
  const steps = new Map<WayStep, { durationMs: number; detail: Words }>()
  if (addresses.some(({ host }) => isIP(host) === 0))
    steps.set('dns', { durationMs: slowest('dns'), detail: found })
  if (addresses.length > 0) steps.set('tcp', { durationMs: slowest('tcp'), detail: reached })
  if (addresses.some(({ secure }) => secure))
    steps.set('tls', {
      durationMs: slowest('tls'),
      detail: first ? certificateWords(first, now) : encrypted,
    })
  return { steps, certificates }
}

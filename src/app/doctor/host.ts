/** What the machine itself can tell: disk, files, certificates of the systems. */
import { existsSync, statfsSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname } from 'node:path'
import { connect } from 'node:tls'
import type { Facts, Seen } from './facts.ts'

/** Undefined when there is no such file yet. */
export function lookAtKeyFile(path: string): Facts['masterKey'] {
  try {
    return { ok: true, value: { path, mode: statSync(path).mode & 0o777 } }
  } catch {
    return undefined
  }
}

/** When the file was touched last; whoever does the job touches it. Null: nobody has told which file. */
export function lookAtMark(path: string | undefined): Facts['backup'] {
  if (path === undefined) return null
  try {
    return { at: statSync(path).mtime.toISOString() }
  } catch {
    return { at: null }
  }
}

/** The disk that holds `path`, or will hold it. */
export function lookAtDisk(path: string): Facts['disk'] {
  let existing = path
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing)
  try {
    const { bavail, blocks, bsize } = statfsSync(existing)
    return { ok: true, value: { path, freeBytes: bavail * bsize, totalBytes: blocks * bsize } }
  } catch {
    return { ok: false, why: { vi: 'không đọc được', en: 'cannot be read' } }
  }
}

/** `host:port` of every https address among the options of a system. */
export function tlsHostsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(tlsHostsOf)
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(tlsHostsOf)
  if (typeof value !== 'string' || !/^https:\/\//i.test(value) || !URL.canParse(value)) return []
  const { hostname, port } = new URL(value)
  return [`${hostname}:${port || '443'}`]
}

const dayMs = 86_400_000

/** Days until the certificate that a server shows runs out. A handshake and nothing more. */
export async function certificateDays(
  host: string,
  now: Date,
  timeoutMs?: number,
): Promise<Seen<number>> {
  const seen = await lookAtCertificate(host, timeoutMs)
  if (!seen.ok) return seen
  return { ok: true, value: Math.floor((seen.value.expiresAt.getTime() - now.getTime()) / dayMs) }
}

/** The certificate that a server shows. Whether it is trusted is the connection test's question. */
export function lookAtCertificate(
  host: string,
  timeoutMs = 4_000,
): Promise<Seen<{ readonly subject: string; readonly expiresAt: Date }>> {
  const [, name = '', port = '443'] = /^(.*):(\d+)$/.exec(host) ?? []
  const address = name.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    // Even one that is not trusted tells its date.
    const socket = connect({
      host: address,
      port: Number(port),
      ...(isIP(address) === 0 && { servername: address }),
      rejectUnauthorized: false,
    })
    const away = { vi: 'không kết nối được', en: 'cannot be reached' }
    const end = (seen: Awaited<ReturnType<typeof lookAtCertificate>>): void => {
      socket.destroy()
      resolve(seen)
    }
    socket.setTimeout(timeoutMs, () => end({ ok: false, why: away }))
    socket.on('error', () => end({ ok: false, why: away }))
    socket.on('secureConnect', () => {
      const { subject, valid_to: until } = socket.getPeerCertificate()
      const expiresAt = new Date(until)
      if (Number.isNaN(expiresAt.getTime()))
        return end({ ok: false, why: { vi: 'không có chứng thư', en: 'shows no certificate' } })
      const name = [subject?.CN, subject?.O].flat().find((part) => part) ?? ''
      end({ ok: true, value: { subject: name.slice(0, 200), expiresAt } })
    })
  })
}

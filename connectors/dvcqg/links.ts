/**
 * Links to files. With `fileLinks: source` the portal gets the source's own link. With `hub` it gets
 * one of the hub's door, which holds the source's link sealed, and a day after which it is dead: the
 * portal needs no way to the file server, and a link that leaks opens nothing else and not for long.
 */
import { type ConnectorContext, permanent } from '../../src/connector/index.ts'
import type { PortalOptions } from './options.ts'

export interface FileLinks {
  /** The link to send. Throws permanent `address-forbidden` for a server that is not allowed. */
  toPortal(url: string, pointer: string): string
  /** What a link leads to: our own are opened, others are returned as they are. */
  target(link: string): string
  /** The source's link in a token of ours; undefined when it is not ours, altered or too old. */
  open(token: string): string | undefined
}

const dayMs = 24 * 60 * 60 * 1000

export function createFileLinks(context: ConnectorContext, options: PortalOptions): FileLinks {
  const prefix = `${context.publicUrl.replace(/\/+$/, '')}/doors/${context.system}/downloadfile/`
  const origins = new Set(options.fileOrigins.map((origin) => new URL(origin).origin))
  const isAllowed = (url: string): boolean => URL.canParse(url) && origins.has(new URL(url).origin)

  const read = (token: string): { url: string; until: number } | undefined => {
    const match = /^(\d{1,12}) (.+)$/.exec(context.open(token) ?? '')
    return match?.[1] && match[2] ? { url: match[2], until: Number(match[1]) * 1000 } : undefined
  }

  return {
    toPortal(url, pointer) {
      if (options.fileLinks === 'source') return url
      if (!isAllowed(url)) throw notAllowed(pointer)
      const until = Math.ceil((context.clock.now().getTime() + options.fileLinkDays * dayMs) / 1000)
      return prefix + encodeURIComponent(context.seal(`${until} ${url}`))
    },
    target(link) {
      if (!link.startsWith(prefix)) return link
      return read(decodeURIComponent(link.slice(prefix.length)))?.url ?? link
    },
    open(token) {
      const found = read(token)
      if (!found || found.until < context.clock.now().getTime()) return undefined
      return isAllowed(found.url) ? found.url : undefined
    },
  }
}

const notAllowed = (pointer: string) => {
  const words = {
    vi: 'Máy chủ tệp không có trong fileOrigins',
    en: 'The file server is not among fileOrigins',
  }
  return permanent('address-forbidden', {
    detail: { vi: `${words.vi} (${pointer}).`, en: `${words.en} (${pointer}).` },
    faults: [{ pointer, rule: 'fileOrigins', ...words }],
  })
}

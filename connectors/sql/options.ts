/** The options of one database, as connector.json says; nothing of what it holds is known to this code. */
import { X509Certificate } from 'node:crypto'
import { type MappingRow, permanent, type TimeForm, type Words } from '../../src/connector/index.ts'

export type DialectName = 'postgresql' | 'mysql' | 'sql-server'

/** A table or view by its name, or a SELECT of the operator's. */
export interface Source {
  readonly table?: string
  readonly select?: string
}

export interface PullOptions extends Source {
  readonly name: string
  readonly types: readonly string[]
  /** Beside those that the mapping reads. */
  readonly columns?: readonly string[]
  readonly watermark: {
    readonly column: string
    /** What tells rows of one watermark apart. */
    readonly key: readonly string[]
    /** RFC 3339, where the very first run begins. */
    readonly first: string
  }
  readonly pageSize: number
  readonly message: {
    readonly subject: string
    readonly time: string
    readonly date?: TimeForm
    readonly data: readonly MappingRow[]
  }
}

export interface LookupOptions {
  readonly name: string
  readonly parameters: { readonly properties: Readonly<Record<string, unknown>> }
  readonly select: string
  readonly columns?: readonly string[]
  readonly answer: readonly MappingRow[]
}

export interface SqlOptions {
  readonly dialect: DialectName
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  readonly isEncrypted: boolean
  /** PEM, instead of the machine's own authorities. */
  readonly authority: string | undefined
  /** How long the server may work on one statement. */
  readonly statementTimeoutMs: number
  /** Of times that carry none, `+07:00`. */
  readonly offset: string
  readonly pulls: readonly PullOptions[]
  readonly lookups: readonly LookupOptions[]
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = { encryption: 'required', timeZone: 'Asia/Ho_Chi_Minh' } as const
export const defaultPageSize = 500

const usualPorts = { postgresql: 5432, mysql: 3306, 'sql-server': 1433 } as const
const offsets: Readonly<Record<string, string>> = { 'Asia/Ho_Chi_Minh': '+07:00', UTC: '+00:00' }

interface Given {
  /** `<dialect>://<host>[:<port>]` */
  readonly server: string
  readonly database: string
  readonly user: string
  readonly password: string
  readonly encryption?: 'required' | 'none'
  readonly authority?: string
  readonly statementTimeoutMs?: number
  readonly timeZone?: string
  readonly pulls?: readonly (Omit<PullOptions, 'pageSize'> & { readonly pageSize?: number })[]
  readonly lookups?: readonly LookupOptions[]
}

const ownMachine = ['127.0.0.1', '::1', 'localhost']
const inClear: Words = {
  vi: 'encryption: none chỉ dùng với cơ sở dữ liệu (hoặc đầu đường hầm) trên chính máy này: 127.0.0.1, ::1, localhost.',
  en: 'encryption: none is for a database (or the end of a tunnel) on this very machine only: 127.0.0.1, ::1, localhost.',
}

const notReadable: Words = {
  vi: 'authority không phải chứng thư PEM đọc được.',
  en: 'authority is no PEM certificate that can be read.',
}

/** A handshake would only say that nobody is trusted. */
function mustBeReadable(authority: string): void {
  try {
    new X509Certificate(authority)
  } catch {
    throw permanent('system-misconfigured', { detail: notReadable })
  }
}

/**
 * Reads options that have fitted the manifest's schema. Throws `system-misconfigured` where a password or
 * rows would go over a network in clear, or the authority is none.
 */
export function readOptions(
  options: Readonly<Record<string, unknown>>,
  timeoutMs: number,
): SqlOptions {
  const given = options as Readonly<Record<string, unknown>> & Given
  const { database, user, password, timeZone = defaultOptions.timeZone } = given
  const { dialect, host, port } = serverIn(given.server)
  const isEncrypted = (given.encryption ?? defaultOptions.encryption) !== 'none'
  if (!isEncrypted && !ownMachine.includes(host))
    throw permanent('system-misconfigured', { detail: inClear })
  if (given.authority !== undefined) mustBeReadable(given.authority)
  return {
    ...{ dialect, host, database, user, password, isEncrypted },
    port: port ?? usualPorts[dialect],
    authority: given.authority,
    // The server is to give up before we do, so that its work ends too.
    statementTimeoutMs: Math.min(given.statementTimeoutMs ?? timeoutMs, timeoutMs),
    offset: offsets[timeZone] ?? timeZone,
    pulls: (given.pulls ?? []).map((pull) => ({ pageSize: defaultPageSize, ...pull })),
    lookups: given.lookups ?? [],
  }
}

const address = /^(?<dialect>[a-z-]+):\/\/(?:\[(?<six>.+)\]|(?<name>[^:]+))(?::(?<port>\d+))?$/

function serverIn(server: string) {
  const { dialect, six, name, port } = address.exec(server)?.groups ?? {}
  return {
    dialect: dialect as DialectName,
    host: six ?? name ?? '',
    port: port === undefined ? undefined : Number(port),
  }
}

/** Everything in the database that the configuration names, for faults to say which of them is at fault. */
export function namesIn({ database, pulls, lookups }: SqlOptions): readonly string[] {
  const mappings = [
    ...pulls.map(({ message }) => message.data),
    ...lookups.map(({ answer }) => answer),
  ]
  const pointers = [
    ...mappings.flat().flatMap(({ from, each }) => [from ?? each ?? '']),
    ...pulls.flatMap(({ message }) => [message.subject, message.time]),
  ]
  return [
    ...[database, ...pointers.map((pointer) => columnAt(pointer) ?? '')],
    ...pulls.flatMap(({ table, columns, watermark }) => [
      ...[table ?? '', ...(table ?? '').split('.'), ...(columns ?? [])],
      ...[watermark.column, ...watermark.key],
    ]),
    ...lookups.flatMap(({ columns }) => columns ?? []),
    ...[...pulls, ...lookups].flatMap(
      ({ select }) => select?.match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [],
    ),
  ].filter((name) => name.length > 1)
}

/** `/Ma_HS/x` → `Ma_HS`: a row has one storey only. */
export const columnAt = (pointer: string | undefined): string | undefined =>
  pointer?.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~')

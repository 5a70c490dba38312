/**
 * One message through a connector whose ways out are closed: what would leave is written down instead.
 *
 * The connector is made as always, by the same factory from the same options. Its context is another:
 *
 *   outgoing   checks as always, and remembers the last value that was marked as fit to leave
 *   http       checks address and headers as always, writes the request down, and ends the call by throwing
 *              `DryRunEnded`, which is no outcome, so no connector takes it for one
 *   session    a placeholder for the token; nobody logs in
 *   files      by reference; nothing is opened, kept or linked
 *   codes      translate as always; what has no translation is written down
 *   clock      one moment for the whole run; `seal` gives the same for the same text, so that two
 *              configurations can be compared
 *
 * The rule of what is shown is one for all: the body of the first request; and where none was made, because
 * the connector speaks another protocol, the last value that it marked as fit to leave. Such a driver is
 * stopped by its signal: it is aborted from the beginning, and whoever opens a connection asks it before
 * (`mayGoOn`). The first request is the sending one: a connector asks its system before it sends only when
 * there is something to be in doubt about (a memo, a second attempt, an earlier delivery of the lane), and
 * here each message is the first attempt at the first delivery of a lane without memory. Shown is therefore
 * what leaves for a new dossier; a portal that knows it already is told the same content as an update.
 */
import type { CodeTables, Connector, ConnectorContext } from '../../connector/contract.ts'
import { ConnectorError } from '../../connector/errors.ts'
import { type ConnectorFiles, splitAtFiles } from '../../connector/files.ts'
import type { HttpRequest } from '../../connector/http.ts'
import { type Manifest, operationFor } from '../../connector/manifest.ts'
import type { Outgoing } from '../../connector/outgoing.ts'
import { type ErrorCode, errorTable, type Fault, type Words } from '../../domain/errors.ts'
import type { Message } from '../../domain/message.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { classify } from '../lanes/classify.ts'
import { mustBeOutcome } from '../lanes/lane-run.ts'

/** A code that no table translates, and where it stands in the message. */
export interface Untranslated {
  readonly table: string
  readonly code: string
  readonly pointer: string
}

export interface DryRequest {
  readonly method: HttpRequest['method']
  /** With its query; no secret is in it, because none was resolved. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** What a message becomes at a system. */
export interface DryOutput {
  /** `leaves`: it fits and would be sent. `nothing`: there is nothing in it that would have to be sent. */
  readonly kind: 'leaves' | 'nothing' | 'fails' | 'not-routed'
  /** `$id` suffix of the schema that the body was checked by; null where there is no body. */
  readonly schema: string | null
  readonly body: unknown
  /** Null where the protocol is not HTTP. */
  readonly request: DryRequest | null
  readonly code: ErrorCode | null
  readonly detail: Words | null
  readonly faults: readonly Fault[]
  readonly codes: readonly Untranslated[]
}

/** What a connector has said while it worked on one message. */
export interface Tape {
  marked: { readonly schema: string; readonly value: unknown } | undefined
  request: (DryRequest & { readonly body: unknown }) | undefined
  codes: Untranslated[]
  sealed: Map<string, string>
}

export const newTape = (): Tape => ({
  marked: undefined,
  request: undefined,
  codes: [],
  sealed: new Map(),
})

const rewind = (tape: Tape): void => void Object.assign(tape, newTape())

/** A connector on a closed context, with the tape that the context writes on. */
export interface DryTarget {
  readonly manifest: Manifest
  readonly connector: Connector
  readonly tape: Tape
}

export interface ClosedWays {
  readonly tape: Tape
  /** The moment of the run. */
  readonly now: Date
  /** Checks a request as the HTTP client does before it connects. */
  readonly prepare: (request: HttpRequest) => DryRequest
  /** A short name for a text, the same each time, from which nobody can tell the text. */
  readonly nameOf: (text: string) => string
}

/** It has come to where it would send. */
class DryRunEnded extends Error {
  override readonly name = 'DryRunEnded'
}

const placeholder = 'dry-run'

/** The context of a connector whose ways out are closed. */
export function closeWaysOut(context: ConnectorContext, ways: ClosedWays): ConnectorContext {
  const { tape, now } = ways
  const { evaluate } = context
  return Object.freeze({
    ...context,
    http: {
      async request(request: HttpRequest): Promise<never> {
        tape.request ??= { ...ways.prepare(request), body: request.body ?? null }
        throw new DryRunEnded('a dry run sends nothing')
      },
    },
    clock: { now: () => now },
    // What is computed leaves nothing: the signal that stops all ways out does not stop it.
    evaluate: evaluate && ((expression, input) => evaluate(expression, input)),
    log: { info: () => undefined, warn: () => undefined },
    codes: watched(context.codes, tape),
    files: filesByReference(context.publicUrl),
    session: () => ({ use: (call) => call(placeholder), drop: () => undefined }),
    outgoing<T>(schema: string, value: T): Outgoing<T> {
      tape.marked = { schema, value }
      return context.outgoing(schema, value)
    },
    seal(text: string): string {
      const sealed = `${placeholder}.${ways.nameOf(text)}`
      tape.sealed.set(sealed, text)
      return sealed
    },
    open: (sealed: string) => tape.sealed.get(sealed),
  } satisfies ConnectorContext)
}

function watched(codes: CodeTables, tape: Tape): CodeTables {
  const watch =
    (direction: keyof CodeTables): CodeTables[keyof CodeTables] =>
    (table, code, at, pointer) => {
      try {
        return codes[direction](table, code, at, pointer)
      } catch (error) {
        if (error instanceof ConnectorError && error.code === 'code-untranslated')
          tape.codes.push({ table, code, pointer })
        throw error
      }
    }
  return { toRemote: watch('toRemote'), toCanonical: watch('toCanonical') }
}

async function* nothing(): AsyncIterable<Uint8Array> {}

const filesByReference = (publicUrl: string): ConnectorFiles => ({
  open: async (id) => ({
    ...{ id, size: 0, mediaType: 'application/octet-stream', name: id, sha256: '0'.repeat(64) },
    content: nothing(),
  }),
  keep: () => Promise.reject(new Error('a dry run keeps no file')),
  link: async (id) => `${publicUrl.replace(/\/+$/, '')}/files/${placeholder}.${id}`,
})

/** For whoever does not speak HTTP: nothing may go on from here. */
const stopped = AbortSignal.abort(new DryRunEnded('a dry run opens no connection'))

/** What this message would become. Never throws for what is wrong with message or connector. */
export async function runDry(
  { manifest, connector, tape }: DryTarget,
  message: Message,
  idempotencyKey: string,
): Promise<DryOutput> {
  rewind(tape)
  const operation = operationFor(manifest, message.type)
  const delivery = {
    ...{ id: '0.1', idempotencyKey, attempt: 1, memo: undefined, message },
    operation: operation?.name ?? '',
  }
  try {
    if (operation?.batch && connector.sendBatch) {
      const [outcome] = await connector.sendBatch([delivery], stopped)
      return outputOf(tape, mustBeOutcome(outcome))
    }
    if (!operation || !connector.send)
      return outputOf(tape, { kind: 'permanent', code: 'operation-missing' })
    return outputOf(tape, mustBeOutcome(await connector.send(delivery, stopped)))
  } catch (error) {
    return outputOf(tape, classify(error))
  }
}

const blind: Words = {
  vi: 'Connector chưa cho biết sẽ gửi gì: chưa đánh dấu dữ liệu đi ra (outgoing) trước khi nối máy.',
  en: 'The connector did not say what it would send: it marked nothing as fit to leave before connecting.',
}

function outputOf(tape: Tape, outcome: Outcome): DryOutput {
  const { marked, request, codes } = tape
  const facts = { schema: marked?.schema ?? null, codes }
  const good = { ...facts, code: null, detail: null, faults: [] }
  if (request) {
    const { body, ...line } = request
    return { ...good, kind: 'leaves', body: shown(body), request: shownRequest(line) }
  }
  const stoppedThere = outcome.kind !== 'delivered' && outcome.code === 'interrupted'
  if (marked && (stoppedThere || outcome.kind === 'delivered'))
    return { ...good, kind: 'leaves', body: shown(marked.value), request: null }
  if (outcome.kind === 'delivered') return { ...good, kind: 'nothing', body: null, request: null }
  return {
    ...facts,
    kind: 'fails',
    // What does not fit is shown too: it is what has to be looked at.
    body: outcome.code === 'payload-invalid' ? shown(marked?.value ?? null) : null,
    request: null,
    code: outcome.code,
    detail: stoppedThere ? blind : (outcome.detail ?? errorTable[outcome.code].title),
    faults: outcome.faults ?? [],
  }
}

const shownRequest = ({ method, url, headers }: DryRequest): DryRequest => ({
  ...{ method, url: shownText(url) },
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, shownText(value)]),
  ),
})

/** A file is named where its content would stand. */
const shownText = (text: string): string =>
  splitAtFiles(text)
    .map((part) => (typeof part === 'string' ? part : `(tệp ${part.file})`))
    .join('')

/** As JSON: bytes as the text they are, or in base64. */
function shown(value: unknown): unknown {
  if (typeof value === 'string') return shownText(value)
  if (value instanceof Uint8Array) return shownBytes(value)
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner)]))
}

function shownBytes(bytes: Uint8Array): string {
  try {
    return shownText(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return Buffer.from(bytes).toString('base64')
  }
}

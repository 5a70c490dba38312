/**
 * Lookups: a question to a system while an official waits. Who asks, for which dossier and why is on
 * record before the question leaves, and how it ended before the answer is given. Neither question nor
 * answer is kept: only their keyed hashes, by which one who holds them can prove what was said.
 *
 * A lookup that fails is never an empty answer. It harms nobody else: it has its own limit of time,
 * quotas per official and client, no more open questions than the system takes, and a circuit.
 */
import { ConnectorError } from '../../connector/errors.ts'
import type { ManifestLookup } from '../../connector/manifest.ts'
import { defaultLookupLimits, type LookupLimits } from '../../domain/configuration.ts'
import {
  type ErrorCode,
  errorTable,
  type Fault,
  HubError,
  type Words,
} from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { classify } from '../lanes/classify.ts'
import type { Target } from '../lanes/lane-run.ts'
import type { Client } from '../ports/accept.ts'
import type { Clock } from '../ports/clock.ts'
import type {
  LookupAdmission,
  LookupCircumstances,
  LookupEnd,
  LookupStore,
} from '../ports/lookups.ts'
import { stableText } from '../stable-text.ts'
import { createLookupLoads, type LookupLoad, unavailable } from './lookup-load.ts'

export interface LookupRequest extends LookupCircumstances {
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface LookupAnswer {
  /** Of the question, as the audit of lookups shows it. */
  readonly id: string
  /** False only when the system itself says that there is no such record. */
  readonly found: boolean
  /** Of the fields asked for, those that the record has. */
  readonly values: Readonly<Record<string, unknown>>
}

export interface LookupDependencies {
  readonly store: LookupStore
  readonly clock: Clock
  readonly log: Logger
  readonly newId: () => string
  /** A keyed hash that stays the same through every rotation of keys. */
  readonly hmac: (purpose: string, text: string) => Uint8Array
  /** Throws `not-found` or `system-misconfigured`. */
  readonly target: (system: string) => Target
  readonly validate: (schema: object, value: unknown) => readonly Fault[]
}

export interface Lookup {
  /**
   * Throws `scope-missing`, `not-found`, `request-invalid`, `lookup-quota-exceeded`,
   * `lookup-unavailable` (paused, in maintenance, circuit open, too many at once), `lookup-failed`,
   * `lookup-in-doubt` (asking does something, and it may have been done), `store-unavailable`. Aborting `signal` ends the question; it is on record as `interrupted`.
   */
  ask(request: LookupRequest, client: Client, signal: AbortSignal): Promise<LookupAnswer>
  /** The hash under which lookups about this person are found in the audit. */
  citizenHash(number: string): Uint8Array
  /** Whether a question is under way through this connector. */
  uses(target: Target): boolean
}

/** `lookups:<system>` is the right to all questions to a system, `lookups:<system>/<operation>` to one. */
function requireRight({ scopes }: Client, { system, operation }: LookupRequest): void {
  const enough = ['admin', `lookups:${system}`, `lookups:${system}/${operation}`]
  if (scopes.some((scope) => enough.includes(scope))) return
  const scope = `lookups:${system}/${operation}`
  const detail = { vi: `Cần quyền ${scope}.`, en: `The scope ${scope} is needed.` }
  throw new HubError('scope-missing', { detail })
}

const unknownField = (index: number, known: ManifestLookup): Fault => ({
  pointer: `/fields/${index}`,
  rule: 'field',
  vi: `Không có trường này. Có: ${known.fields.join(', ')}.`,
  en: `There is no such field. There are: ${known.fields.join(', ')}.`,
})

/**
 * Details of failures never hold data; the system's own patience is handed on. Where asking does something,
 * an answer that was lost is "in doubt": whoever reads "failed" would ask again, and have it done twice.
 */
const failed = (code: ErrorCode, cause: unknown, isInDoubt: boolean): HubError => {
  const { title } = errorTable[code]
  const { detail: more, retryAfterSeconds } = cause instanceof HubError ? cause : {}
  const detail = {
    vi: `${title.vi} (${code}).${more ? ` ${more.vi}` : ''}`,
    en: `${title.en} (${code}).${more ? ` ${more.en}` : ''}`,
  }
  return new HubError(isInDoubt ? 'lookup-in-doubt' : 'lookup-failed', {
    ...{ detail, cause },
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}

/** Whether what was asked for may have been done; a bug of ours may have come after it. */
function mayBeDone({ effect }: ManifestLookup, answer: Answered): boolean {
  if (!effect) return false
  if (!('thrown' in answer)) return true
  const { kind, code } = classify(answer.thrown)
  return kind === 'unknown' || code === 'bug'
}

/** One official, unit or dossier has one name, however it was typed. */
const tidy = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ')

const quotaWords = {
  official: {
    vi: 'Cán bộ này đã dùng hết số lượt trong một giờ.',
    en: 'This official has used the quota of an hour.',
  },
  client: {
    vi: 'Phần mềm này đã dùng hết số lượt trong một phút.',
    en: 'This client has used the quota of a minute.',
  },
} as const satisfies Record<string, Words>

function requireAdmission(admission: LookupAdmission): void {
  if (admission.kind === 'quota')
    throw new HubError('lookup-quota-exceeded', {
      detail: quotaWords[admission.of],
      retryAfterSeconds: admission.retryAfterSeconds,
    })
  if (admission.kind === 'paused') {
    const { reason } = admission
    throw unavailable({ vi: `Đang tạm dừng: ${reason}`, en: `Paused: ${reason}` }, 60)
  }
}

const tidied = (request: LookupRequest): LookupRequest => ({
  ...request,
  official: tidy(request.official),
  unit: tidy(request.unit),
  dossier: tidy(request.dossier),
})

type Answered =
  | { readonly found: boolean; readonly values: Readonly<Record<string, unknown>> }
  | { readonly thrown: unknown }

/** Of what the connector gave, what was asked for. More than its manifest names is a bug of it. */
function answerOf(
  known: ManifestLookup,
  fields: readonly string[],
  found: Readonly<Record<string, unknown>> | undefined,
): Answered {
  if (found === undefined) return { found: false, values: {} }
  if (Object.keys(found).some((name) => !known.fields.includes(name)))
    return {
      thrown: new Error(`the connector gives fields that its manifest lacks: ${known.name}`),
    }
  const given = fields.filter((name) => found[name] !== undefined)
  return { found: true, values: Object.fromEntries(given.map((name) => [name, found[name]])) }
}

export function createLookup(deps: LookupDependencies): Lookup {
  const loads = createLookupLoads(deps)
  const inUse = new Map<Target, number>()

  const ask: Lookup['ask'] = async (request, client, signal) => {
    requireRight(client, request)
    const target = deps.target(request.system)
    const { system, connector } = target
    const known = target.manifest.lookups?.find(({ name }) => name === request.operation)
    if (!known || !connector.lookup) throw new HubError('not-found')
    const faults = [
      ...request.fields.flatMap((field, index) =>
        known.fields.includes(field) ? [] : [unknownField(index, known)],
      ),
      ...deps
        .validate(known.parameters, request.parameters)
        .map((fault) => ({ ...fault, pointer: `/parameters${fault.pointer}` })),
    ]
    if (faults.length > 0) throw new HubError('request-invalid', { faults })
    const load = loads.enter(system)
    inUse.set(target, (inUse.get(target) ?? 0) + 1)
    try {
      return await askNow(tidied(request), client, target, known, load, signal)
    } finally {
      load.leave()
      const left = (inUse.get(target) ?? 1) - 1
      if (left > 0) inUse.set(target, left)
      else inUse.delete(target)
    }
  }

  const askNow = async (
    request: LookupRequest,
    client: Client,
    target: Target,
    known: ManifestLookup,
    load: LookupLoad,
    signal: AbortSignal,
  ): Promise<LookupAnswer> => {
    const { system } = target
    const id = deps.newId()
    const citizen = known.citizen === undefined ? undefined : request.parameters[known.citizen]
    const { parameters, ...told } = request
    const entry = {
      ...told,
      id,
      client: client.id,
      citizen: typeof citizen === 'string' ? citizenHash(citizen) : null,
      record: known.record ?? true,
      question: deps.hmac('lookup-question', stableText(parameters)),
    }
    const limits = { ...defaultLookupLimits, ...system.lookups }
    requireAdmission(await deps.store.begin(entry, limits))
    const startedMs = deps.clock.monotonicMs()
    const fields = { system: system.id, operation: known.name, client: client.id, lookup: id }
    const ended = await inTime(target, { ...told, id, parameters }, limits, signal).then(
      (found) => ({ found }),
      (thrown: unknown) => ({ thrown }),
    )
    const answer = 'found' in ended ? answerOf(known, request.fields, ended.found) : ended
    const durationMs = Math.round(deps.clock.monotonicMs() - startedMs)
    const isInDoubt = mayBeDone(known, answer)
    const finish = (end: Omit<LookupEnd, 'durationMs'>): Promise<void> =>
      deps.store.finish(id, { ...end, durationMs }).catch((cause: unknown) => {
        throw isInDoubt ? failed(classify(cause).code, cause, true) : cause
      })
    if ('thrown' in answer) {
      const code = signal.aborted ? 'interrupted' : classify(answer.thrown).code
      // A person who does not answer in time says nothing about the system.
      const isPerson = known.effect === true && code === 'answer-timeout'
      if (!signal.aborted && !isPerson) load.saw(answer.thrown)
      // Told before it is written: a store that is away must not hide a bug.
      if (code === 'bug') deps.log.error('lookup.failed', fields, answer.thrown)
      else deps.log.warn('lookup.failed', { ...fields, code })
      await finish({ outcome: 'failed', code, answer: null })
      throw failed(code, answer.thrown, isInDoubt)
    }
    load.saw(undefined)
    const outcome = answer.found ? 'found' : 'missing'
    const hash = deps.hmac('lookup-answer', stableText(answer.values))
    await finish({ outcome, code: null, answer: hash })
    deps.log.info('lookup.answered', { ...fields, outcome })
    return { id, ...answer }
  }

  const citizenHash = (number: string): Uint8Array => deps.hmac('lookup-citizen', tidy(number))

  return { ask, citizenHash, uses: (target) => inUse.has(target) }
}

/** Whatever the connector does, the official has an answer, or the word that there is none, in time. */
async function inTime(
  { connector }: Target,
  { system: _, ...question }: LookupRequest & { readonly id: string },
  { timeoutMs }: LookupLimits,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const limit = AbortSignal.timeout(timeoutMs)
  const both = AbortSignal.any([signal, limit])
  const late = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new ConnectorError('unknown', 'answer-timeout', {}))
    both.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([connector.lookup?.(question, both), late])
  } catch (error) {
    if (limit.aborted) throw new ConnectorError('unknown', 'answer-timeout', { cause: error })
    throw error
  }
}

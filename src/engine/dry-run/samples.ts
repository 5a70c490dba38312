/** Samples for a dry run: CloudEvents that are judged as submitted ones are, and kept nowhere. */
import type { PushJob } from '../../domain/configuration.ts'
import { type Fault, HubError } from '../../domain/errors.ts'
import type { EventAttributes, IncomingMessage } from '../../domain/message.ts'
import { hashedBytes, toSubmission } from '../accept/accept.ts'
import { judgeMessage } from '../accept/judge-message.ts'
import type { Client, MessageSchemas } from '../ports/accept.ts'
import type { Digest } from '../ports/crypto.ts'
import type { HistoryMessage } from '../ports/dry-run.ts'

interface SampleLaw {
  readonly validate: (schema: string, value: unknown) => readonly Fault[]
  readonly schemas: MessageSchemas
  readonly digest: Digest
}

const anybody: Client = { id: 'dry-run', scopes: [], sources: ['*'], types: ['*'] }

/** The id that no message of the store has. */
const noId = '00000000-0000-7000-8000-000000000000'

interface Event {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly dataschema?: string
  readonly data: unknown
}

function messageOf({ id, source, type, subject, time, dataschema, data }: Event): IncomingMessage {
  const attributes: EventAttributes = { source, eventId: id, type, subject, time }
  return { ...attributes, ...(dataschema !== undefined && { dataschema }), data }
}

/** Throws `request-invalid` with the faults of all samples, `/samples/<n>` before each. */
export function samplesOf(
  samples: readonly unknown[],
  jobs: readonly Pick<PushJob, 'types' | 'sources'>[],
  law: SampleLaw,
): HistoryMessage[] {
  const faults: Fault[] = []
  const read = samples.map((sample, index) => {
    const found = faultsOf(sample, jobs, law)
    faults.push(...found.map((one) => ({ ...one, pointer: `/samples/${index}${one.pointer}` })))
    return found.length > 0 ? undefined : messageOf(sample as Event)
  })
  if (faults.length > 0) throw new HubError('request-invalid', { faults })
  return read.flatMap((incoming) => {
    if (!incoming) return []
    const sha256 = law.digest.sha256(hashedBytes(toSubmission(incoming)))
    return [{ ...incoming, message: { ...incoming, id: noId }, sha256 }]
  })
}

function faultsOf(
  sample: unknown,
  jobs: readonly Pick<PushJob, 'types' | 'sources'>[],
  { validate, schemas }: SampleLaw,
): readonly Fault[] {
  const envelope = validate('cloudevents/event/v1', sample)
  if (envelope.length > 0) return envelope
  const message = messageOf(sample as Event)
  const { data, ...attributes } = message
  const refusal = judgeMessage(schemas, { attributes, data }, anybody)
  if (refusal)
    return refusal.faults.length > 0
      ? refusal.faults.map((fault) => inData(refusal.code, fault))
      : [{ pointer: '/type', rule: refusal.code, ...refusal.detail }]
  const isRouted = jobs.some(
    ({ types, sources }) =>
      types.includes(message.type) && (sources.length === 0 || sources.includes(message.source)),
  )
  return isRouted ? [] : [{ pointer: '/type', rule: 'routed', ...notRouted }]
}

/** Faults of the content begin at `data`, those of the envelope at the event. */
const inData = (code: string, fault: Fault): Fault =>
  code === 'schema-violation' ? { ...fault, pointer: `/data${fault.pointer}` } : fault

const notRouted = {
  vi: 'Luồng này không nhận loại bản tin hoặc nguồn này.',
  en: 'This job does not take this type from this source.',
}

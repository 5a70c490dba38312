/** Keeps corrections, from their draft to their sending. */
import type { DeliveryPlace } from '../../../domain/delivery.ts'
import { HubError } from '../../../domain/errors.ts'
import type {
  CorrectedMessage,
  CorrectionStore,
  SealedEvent,
} from '../../../engine/ports/corrections.ts'
import type { Act } from '../../../engine/ports/interventions.ts'
import { addAudit } from '../audit.ts'
import type { Database, Run } from '../database.ts'
import { addPlan } from '../plans.ts'
import { correctAll } from './apply.ts'
import { type BodyKeys, createCorrectionReading } from './read.ts'

async function keepMessages(
  run: Run,
  correction: number,
  messages: readonly CorrectedMessage[],
): Promise<void> {
  for (const { original, pointers, faults, event } of messages) {
    const fits = faults.length === 0
    await run(
      'correction-message',
      `insert into hub.correction_message (correction, message_id, new_id, type, unit, pointers, faults,
         sha256, size, key_id, bytes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[correction, original.message.id, event.id, original.message.type, event.unit],
        ...[fits ? pointers : [], fits ? null : JSON.stringify(faults), event.sha256, event.size],
        ...[fits ? event.keyId : null, fits ? event.bytes : null],
      ],
    )
  }
  const places = messages.flatMap(({ original }) =>
    original.places.map((place) => ({ ...place, message: original.message.id })),
  )
  await run(
    'correction-places',
    `insert into hub.correction_place (correction, lane, number, message_id, system, job)
     select $1, * from unnest($2::bigint[], $3::int[], $4::uuid[], $5::text[], $6::text[])`,
    [
      correction,
      places.map(({ lane }) => lane),
      places.map(({ number }) => number),
      places.map(({ message }) => message),
      places.map(({ system }) => system),
      places.map(({ job }) => job),
    ],
  )
}

interface Found {
  state: string
  kind: 'one' | 'many'
  author: string
  needs_approval: boolean
}

async function lockCorrection(run: Run, id: number): Promise<Found> {
  const [found] = await run<Found>(
    'correction-lock',
    'select state, kind, author, needs_approval from hub.correction where id = $1 for update',
    [id],
  )
  if (!found) throw new HubError('not-found')
  return found
}

const inState = (state: string): HubError =>
  new HubError('state-conflict', {
    detail: { vi: `Bản sửa đang ở trạng thái ${state}.`, en: `The correction is ${state}.` },
  })

const secondPerson = (): HubError =>
  new HubError('state-conflict', {
    detail: {
      vi: 'Người lập bản sửa không tự duyệt được: cần một người khác.',
      en: 'The author cannot decide on it: somebody else has to.',
    },
  })

const unapproved = (): HubError =>
  new HubError('state-conflict', {
    detail: {
      vi: 'Bản tin có dữ liệu cá nhân: cần một người khác duyệt trước khi gửi.',
      en: 'The message holds personal data: somebody else has to approve first.',
    },
  })

/** What was kept for sending is not needed any more. */
const forget = (run: Run, id: number) =>
  run(
    'correction-forget',
    'update hub.correction_message set bytes = null, key_id = null where correction = $1',
    [id],
  )

/** The places of one message, now. */
async function sendOne(run: Run, id: number, act: Act): Promise<readonly string[]> {
  const places = await run<DeliveryPlace>(
    'correction-send-places',
    'select lane, number from hub.correction_place where correction = $1 order by lane, number',
    [id],
  )
  const judged = await correctAll(run, id, places, act)
  const done = judged.filter(({ refusal }) => !refusal)
  const [first] = judged
  if (done.length === 0) throw first?.refusal ?? new HubError('state-conflict')
  return [...new Set(done.map(({ system }) => system))]
}

export function createCorrectionStore(database: Database, keys: BodyKeys): CorrectionStore {
  return {
    ...createCorrectionReading(database, keys),

    create: ({ kind, personal, needsApproval, more, messages }, { actor, reason }) =>
      database.transaction(async (run) => {
        const pointers = [...new Set(messages.flatMap((one) => one.pointers))].slice(0, 200)
        const [row] = await run<{ id: number }>(
          'correction-create',
          `insert into hub.correction (kind, reason, author, personal, needs_approval, pointers, more)
           values ($1, $2, $3, $4, $5, $6, $7) returning id`,
          [kind, reason, actor, personal, needsApproval, pointers, more],
        )
        if (!row) throw new Error('a correction has its number')
        await keepMessages(run, row.id, messages)
        await addAudit(run, {
          ...{ actor, action: 'correction.created', object: `correction:${row.id}` },
          detail: JSON.stringify({ reason, messages: messages.length, changed: pointers }),
        })
        return row.id
      }),

    change: (id, { from, to, notByAuthor }, { actor, reason }) =>
      database.transaction(async (run) => {
        const found = await lockCorrection(run, id)
        if (!(from as readonly string[]).includes(found.state)) throw inState(found.state)
        if (notByAuthor && found.author === actor) throw secondPerson()
        await run(
          'correction-change',
          `update hub.correction set state = $2,
             decided_at = case when $2 in ('approved', 'refused') then now() else decided_at end,
             decided_by = case when $2 in ('approved', 'refused') then $3 else decided_by end,
             decided_why = case when $2 in ('approved', 'refused') then $4 else decided_why end,
             ended_at = case when $2 in ('refused', 'withdrawn') then now() end,
             ended_by = case when $2 in ('refused', 'withdrawn') then $3 end
           where id = $1`,
          [id, to, actor, reason],
        )
        if (to === 'refused' || to === 'withdrawn') await forget(run, id)
        const action = `correction.${to}`
        await addAudit(run, { actor, action, object: `correction:${id}`, detail: reason })
      }),

    send: (id, events, revision, plan, act) =>
      database.transaction(async (run) => {
        const found = await lockCorrection(run, id)
        const isReady =
          found.state === 'approved' || (found.state === 'draft' && !found.needs_approval)
        if (!isReady)
          throw ['draft', 'asked'].includes(found.state) ? unapproved() : inState(found.state)
        await keepEvents(run, id, events)
        await run(
          'correction-sent',
          `update hub.correction set state = 'sent', ended_at = now(), ended_by = $2, revision = $3
           where id = $1`,
          [id, act.actor, revision],
        )
        await addAudit(run, {
          ...{ actor: act.actor, action: 'correction.sent', object: `correction:${id}` },
          detail: act.reason,
        })
        if (found.kind === 'one') return { plan: null, systems: await sendOne(run, id, act) }
        const filter = { correction: id }
        const number = await addPlan(run, { ...plan, action: 'correct', filter }, act)
        await run('correction-plan', 'update hub.correction set plan = $2 where id = $1', [
          ...[id, number],
        ])
        return { plan: number, systems: [] }
      }),
  }
}

async function keepEvents(
  run: Run,
  id: number,
  events: ReadonlyMap<string, SealedEvent>,
): Promise<void> {
  for (const [message, event] of events)
    await run(
      'correction-event',
      `update hub.correction_message set new_id = $3, unit = $4, sha256 = $5, size = $6, key_id = $7,
         bytes = $8 where correction = $1 and message_id = $2`,
      [
        ...[id, message, event.id, event.unit, event.sha256, event.size],
        ...[event.keyId, event.bytes],
      ],
    )
}

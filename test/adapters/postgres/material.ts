/** What the engine hands to the store, and lanes put into it in any state, without an engine. */
import { createHash } from 'node:crypto'
import { createAcceptStore } from '../../../src/adapters/postgres/accept.ts'
import { uuidv7 } from '../../../src/adapters/system/ids.ts'
import { type LanePolicy, parseDeliveryId } from '../../../src/domain/delivery.ts'
import type { NewMessage, Stored } from '../../../src/engine/ports/accept.ts'
import type { ClaimedLane, SettledDelivery, SettledLane } from '../../../src/engine/ports/lanes.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createTestCipher } from '../../support/engine.ts'

/** One key for a whole test file. */
export const cipher = createTestCipher()

export const act = { actor: 'user:lan', reason: 'lý do thử' }

export const routeTo = (
  system: string,
  change: { job?: string; policy?: LanePolicy; snapshot?: boolean } = {},
) => ({ system, job: `to-${system}`, policy: 'block' as LanePolicy, snapshot: false, ...change })

/** Goes to the system `portal` unless it says otherwise; `{"n":…}` in binary mode is its body. */
export function newMessage(
  subject: string,
  n: number,
  change: Partial<NewMessage> = {},
): NewMessage {
  const id = change.id ?? uuidv7()
  const plain = Buffer.from(JSON.stringify({ n }))
  const { keyId, bytes } = cipher.encrypt(plain, id)
  return {
    id,
    source: 'urn:tests',
    eventId: `${subject}-${n}`,
    type: 'progress',
    subject,
    time: '2026-03-02T08:00:00+07:00',
    client: 'tests',
    unit: null,
    doubtful: false,
    revision: 1,
    mode: 'binary',
    sha256: createHash('sha256').update(plain).digest(),
    size: plain.length,
    keyId,
    cipher: bytes,
    routes: [routeTo('portal')],
    ...change,
  }
}

export function receiptOf(stored: Stored | undefined) {
  if (!stored || stored.kind === 'conflict') throw new Error(`not stored: ${stored?.kind}`)
  return stored.receipt
}

interface LaneOptions {
  readonly system?: string
  readonly policy?: LanePolicy
  /** The numbers that are snapshots. */
  readonly snapshots?: readonly number[]
}

/**
 * A due lane whose deliveries are in these states, separated by blanks; with the failures that belong
 * to them. Its head is its first delivery, whatever that is. Returns the lane's id.
 */
export async function putLane(
  database: TestDatabase,
  subject: string,
  states: string,
  { system = 'portal', policy = 'block', snapshots = [] }: LaneOptions = {},
): Promise<string> {
  const wanted = states.split(' ')
  const messages = wanted.map((_, index) =>
    newMessage(subject, index + 1, {
      eventId: `${system}-${subject}-${index + 1}`,
      routes: [routeTo(system, { policy })],
    }),
  )
  const [first] = await createAcceptStore(database.database).accept(messages)
  const receipt = receiptOf(first)
  const place = parseDeliveryId(receipt.deliveries[0]?.id ?? '')
  if (!place || receipt.duplicate) throw new Error('the subject has been used before')
  const { sql } = database
  await sql('alter table hub.delivery disable trigger check_transition')
  await sql(
    `update hub.delivery d set state = s.state, snapshot = d.number = any ($3),
       tries = case when s.state in ('waiting', 'held') then 0 else 1 end,
       sent_at = case when s.state not in ('waiting', 'held', 'superseded') then now() end,
       finished_at = case when s.state in ('delivered', 'superseded', 'discarded', 'dead')
         then now() end,
       code = case when s.state in ('dead', 'unknown') then 'target-rejected' end
     from unnest($2::hub.delivery_state[]) with ordinality as s (state, number)
     where d.lane = $1 and d.number = s.number`,
    [place.lane, wanted, snapshots],
  )
  await sql('alter table hub.delivery enable trigger check_transition')
  await sql(
    `insert into hub.failure (lane, number, system, message_id, state, code)
     select lane, number, system, message_id, state, 'target-rejected' from hub.delivery
     where lane = $1 and state in ('dead', 'held')`,
    [place.lane],
  )
  return place.lane
}

/** The units of messages that are there, as SQL has it of `subject`; failures know them too. */
export async function setUnits(database: TestDatabase, unit: string): Promise<void> {
  await database.sql(`update hub.message set unit = ${unit}`)
  await database.sql(
    'update hub.failure f set unit = m.unit from hub.message m where m.id = f.message_id',
  )
}

/** What a run over a claimed lane ends in: everything delivered, unless it says otherwise. */
export const settledLane = (
  lane: ClaimedLane,
  delivery: Partial<SettledDelivery> = {},
  change: Partial<SettledLane> = {},
): SettledLane => ({
  lane: lane.lane,
  fence: lane.fence,
  deliveries: lane.deliveries.map(({ number, asked }) => ({
    number,
    state: 'delivered',
    code: undefined,
    asked,
    tried: true,
    operation: 'progress',
    ...delivery,
  })),
  head: (lane.deliveries.at(-1)?.number ?? 0) + 1,
  wakeMs: 0,
  ...change,
})

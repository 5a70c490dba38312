/**
 * One pass of the demo: whole lives of invented dossiers through the hub to the simulated portal.
 * The same lives come again until a pass is finished, so an interrupted one is simply repeated: what
 * had been accepted is a duplicate.
 */
import type { GeneratedLife } from '../../../connectors/tthc/simulator/dossier-generator.ts'
import type { DeliveryState } from '../../domain/delivery.ts'
import { errorTable } from '../../domain/errors.ts'
import type { IncomingMessage } from '../../domain/message.ts'
import type { DeliverySummary } from '../../engine/ports/deliveries.ts'
import type { Hub } from '../hub.ts'
import { readCounters, type Tally, tell, tellProgress } from './account.ts'
import { type ItemAnswer, sendBatch } from './feed.ts'

export interface Stage {
  readonly hub: Hub
  readonly address: string
  readonly key: string
  readonly signal: AbortSignal
}

/** What was said of each message: by event id. */
export type Answers = Map<string, ItemAnswer>

const batchSize = 60
const tellEveryMs = 1_000

/** Messages of many dossiers mixed, those of one in order. */
export function* mixed(lives: readonly GeneratedLife[]): Generator<IncomingMessage> {
  const rest = lives.map((life) => life.messages[Symbol.iterator]())
  for (let open = rest.length; open > 0; ) {
    open = 0
    for (const messages of rest) {
      const next = messages.next()
      if (next.done) continue
      open++
      yield next.value
    }
  }
}

/** Every delivery in one of these states. */
export async function listAll(hub: Hub, state: DeliveryState): Promise<DeliverySummary[]> {
  const all: DeliverySummary[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await hub.queries.deliveries({ state, limit: 200, ...(cursor && { cursor }) })
    all.push(...page.items)
    if (page.next === null) return all
    cursor = page.next
  }
}

function count(tally: Tally, answers: readonly ItemAnswer[]): void {
  for (const answer of answers) {
    if (answer.status === 'accepted') tally.accepted++
    else if (answer.status === 'duplicate') tally.duplicates++
    else tally.refused++
  }
}

function tellRefusals(batch: readonly IncomingMessage[], answers: readonly ItemAnswer[]): void {
  answers.forEach((answer, index) => {
    if (answer.status !== 'refused') return
    const row = Object.entries(errorTable).find(([code]) => code === answer.code)?.[1]
    const place = answer.pointer ? ` tại ${answer.pointer}` : ''
    tell(`  từ chối ${batch[index]?.subject}: ${row?.title.vi ?? answer.code}${place}`)
  })
}

/** Sends everything; `onBatch` may make the portal misbehave in between. */
export async function sendLives(
  stage: Stage,
  lives: readonly GeneratedLife[],
  tally: Tally,
  answers: Answers,
  onBatch: (sent: number) => void,
): Promise<void> {
  let batch: IncomingMessage[] = []
  let sent = 0
  let toldAt = 0
  const flush = async (): Promise<void> => {
    const results = await sendBatch(stage.address, stage.key, batch)
    batch.forEach((message, index) => {
      const answer = results[index]
      if (answer) answers.set(message.eventId, answer)
    })
    count(tally, results)
    tellRefusals(batch, results)
    sent += batch.length
    batch = []
    onBatch(sent)
    if (Date.now() - toldAt < tellEveryMs) return
    toldAt = Date.now()
    tellProgress(tally, await readCounters(stage.hub), (await listAll(stage.hub, 'dead')).length)
  }
  for (const message of mixed(lives)) {
    if (stage.signal.aborted) return
    batch.push(message)
    if (batch.length === batchSize) await flush()
  }
  if (batch.length > 0) await flush()
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The administrator of the demo: reads why each dead letter stopped, and discards it with a reason. */
async function discardDead(stage: Stage): Promise<number> {
  const dead = await listAll(stage.hub, 'dead')
  for (const { id, subject, code } of dead) {
    const why = code ? errorTable[code].title.vi : ''
    tell(`  dừng ${subject} (${id}): ${why} → quản trị bỏ bản tin này, các bản tin sau đi tiếp`)
    await fetch(`${stage.address}/api/v1/deliveries/${id}/discard`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'Bản tin lỗi cố ý của bản dùng thử' }),
    })
  }
  return dead.length
}

/** Waits until nothing moves any more, deciding on what waits for a person. Returns how many were discarded. */
export async function settleAll(stage: Stage, tally: Tally, deadlineMs: number): Promise<number> {
  const until = Date.now() + deadlineMs
  let discarded = 0
  let toldAt = Date.now()
  while (Date.now() < until && !stage.signal.aborted) {
    discarded += await discardDead(stage)
    const open = await Promise.all(
      (['waiting', 'sending', 'unknown', 'dead'] as const).map((state) =>
        stage.hub.queries.deliveries({ state, limit: 1 }),
      ),
    )
    if (open.every((page) => page.items.length === 0)) break
    if (Date.now() - toldAt >= tellEveryMs) {
      toldAt = Date.now()
      tellProgress(tally, await readCounters(stage.hub), open[3]?.items.length ?? 0)
    }
    await pause(100)
  }
  return discarded
}

/** Per dossier, the messages that must have arrived: accepted, and not discarded by a person. */
export async function mustHaveArrived(
  hub: Hub,
  lives: readonly GeneratedLife[],
  answers: Answers,
): Promise<Map<string, IncomingMessage[]>> {
  const given = new Set(
    (await Promise.all([listAll(hub, 'discarded'), listAll(hub, 'dead')]))
      .flat()
      .map((delivery) => delivery.message),
  )
  return new Map(
    lives.map((life) => [
      life.code,
      life.messages.filter((message) => {
        const answer = answers.get(message.eventId)
        return answer?.message !== undefined && !given.has(answer.message)
      }),
    ]),
  )
}

/** Statuses of portal-born dossiers, monthly ratings, answers to questions: one call each. */
import {
  type Confirmation,
  type DossierPortalStatus,
  type DossierRated,
  field,
  type MapiReply,
  type Outcome,
  type OutgoingDelivery,
  permanent,
  type QuestionAnswered,
  type RemoteRecord,
  sameText,
  unknown,
} from '../../src/connector/index.ts'
import { readMemo, writeMemo } from './memo.ts'
import type { Tools } from './push.ts'
import { portalStatus, questionAnswer, rating } from './translate-others.ts'

/** Travels in the dossier's lane, so it hands the lane's memory on. */
export async function sendPortalStatus(
  tools: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const status = portalStatus(tools.edge(delivery), delivery.message.data as DossierPortalStatus)
  const fields = { service: 'DongBoTrangThaiHoSo', type: '2', data: status }
  const outcome = await putOne(tools, 'dvcqg/portal-status/v1', fields, signal)
  return { ...outcome, memo: writeMemo(readMemo(delivery.memo), {}, delivery) }
}

export const sendRating = (tools: Tools, delivery: OutgoingDelivery, signal: AbortSignal) =>
  putOne(
    tools,
    'dvcqg/rating-push/v1',
    {
      service: 'DongBoDanhGia',
      data: [rating(tools.edge(delivery), delivery.message.data as DossierRated)],
    },
    signal,
  )

export async function sendAnswer(
  tools: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const answer = questionAnswer(tools.edge(delivery), delivery.message.data as QuestionAnswered)
  const fields = { service: 'DongBoKetQuaHoiDapGuiTuDVCQG', data: [answer] }
  const { meaning, evidence } = await tools.client.write(
    'dvcqg/question-answers/v1',
    fields,
    signal,
  )
  if (meaning === 'exists' && (await confirmAnswer(tools, delivery, signal)) === 'applied')
    return { kind: 'delivered', evidence }
  return outcomeOf({ meaning, evidence })
}

/** The answer is there when one that the portal holds has the same text. */
export async function confirmAnswer(
  tools: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Confirmation> {
  const answer = delivery.message.data as QuestionAnswered
  const held = await tools.client.answers(answer.id, signal)
  const texts = held.map((record) => field(record, 'NOIDUNGTRALOI'))
  if (texts.some((text) => typeof text === 'string' && sameText(text, answer.content)))
    return 'applied'
  // A record without the text says that there is an answer, not which.
  return texts.every((text) => typeof text === 'string') ? 'not-applied' : 'cannot-tell'
}

async function putOne(
  tools: Tools,
  schema: string,
  fields: RemoteRecord,
  signal: AbortSignal,
): Promise<Outcome> {
  return outcomeOf(await tools.client.write(schema, fields, signal))
}

function outcomeOf({ meaning, evidence }: MapiReply): Outcome {
  switch (meaning) {
    case 'done':
      return { kind: 'delivered', evidence }
    case 'missing':
      throw permanent('target-not-found', { evidence })
    case 'refused':
      throw permanent('target-rejected', { evidence })
    case 'exists':
      // Something is there; whether it says the same, nobody has told.
      throw unknown('answer-wording-unknown', { evidence })
  }
}

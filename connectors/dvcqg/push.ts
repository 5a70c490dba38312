/**
 * A dossier goes to the portal as a whole, and the question is only: new there, or known?
 *
 *   the lane says "created"     update
 *   the lane says nothing       create ── "already there" ─→ look ── same content ─→ delivered
 *                                                              └──── other content ─→ update
 *   update ── "not there" ─→    look ── really not ─→ permanent: the portal has lost what it had taken,
 *                               its progress rows too. A person must know; a redrive creates it.
 *
 * One request in the normal case.
 */
import {
  type Confirmation,
  type ConnectorError,
  type Dossier,
  type Evidence,
  type MapiReply,
  type Outcome,
  type OutgoingDelivery,
  permanent,
  unknown,
  type Words,
} from '../../src/connector/index.ts'
import type { PortalClient } from './client.ts'
import { compare, coreDigest } from './compare.ts'
import type { Edge, Part } from './edge.ts'
import type { FileLinks } from './links.ts'
import { digest, hasGap, type LaneMemo, readMemo, rememberedBy, writeMemo } from './memo.ts'
import type { PortalOptions } from './options.ts'
import { dossierItem } from './translate.ts'

export interface Tools {
  readonly options: PortalOptions
  readonly client: PortalClient
  readonly links: FileLinks
  edge(delivery: OutgoingDelivery): Edge
}

interface Push {
  readonly delivery: OutgoingDelivery
  readonly memo: LaneMemo
  readonly code: string
  readonly item: Part
  readonly content: string
}

export async function sendDossier(
  tools: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const push = read(tools, delivery)
  try {
    const reply = await put(tools, push, push.memo.created, signal)
    switch (reply.meaning) {
      case 'done':
        return taken(push, reply.evidence)
      case 'exists':
        return await settleExisting(tools, push, reply, signal)
      case 'missing':
        // "Not there" may also be said of a code in it: the dossier itself is looked up.
        if (push.memo.created && !(await tools.client.dossier(push.code, signal)))
          throw vanished(push, reply.evidence)
        break
      case 'refused':
        break
    }
    throw permanent('target-rejected', { evidence: reply.evidence })
  } catch (error) {
    throw rememberedBy(error, () => writeMemo(push.memo, {}, push.delivery))
  }
}

/**
 * Only the portal's own record counts. A record that is equal where it can be compared proves the
 * delivery only when the portal shows everything, or shows those fields that this delivery changed;
 * a dossier that was the same before proves nothing, and sending it again changes nothing.
 */
export async function confirmDossier(
  tools: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Confirmation> {
  const { code, item, content, memo } = read(tools, delivery)
  const record = await tools.client.dossier(code, signal)
  if (!record) return 'not-applied'
  if (memo.created && memo.content === content) return 'not-applied'
  const likeness = compare(item, record, tools.links.target)
  // It shows something else, so ours is not what it took last: engine and lane send newest last.
  if (likeness.kind === 'different') return 'not-applied'
  if (likeness.kind === 'incomparable' || likeness.covers === 'some') return 'cannot-tell'
  if (likeness.covers === 'all') return 'applied'
  const isNewInCore = !memo.created || memo.core !== coreDigest(item)
  return isNewInCore && !hasGap(memo, delivery) ? 'applied' : 'cannot-tell'
}

function read(tools: Tools, delivery: OutgoingDelivery): Push {
  const { dossier } = delivery.message.data as { readonly dossier: Dossier }
  const item = dossierItem(tools.edge(delivery), dossier, '/dossier')
  // Of the canonical dossier: links of the hub are different each time.
  const content = digest(JSON.stringify(dossier))
  return { delivery, memo: readMemo(delivery.memo), code: dossier.code, item, content }
}

const put = (
  tools: Tools,
  push: Push,
  isUpdating: boolean,
  signal: AbortSignal,
): Promise<MapiReply> => {
  const fields = {
    service: 'DongBoHoSoMC',
    isUpdating: isUpdating ? 'True' : 'False',
    data: [push.item],
  }
  return tools.client.write(`dvcqg/dossier-push-gen${tools.options.generation}/v1`, fields, signal)
}

/** The portal says "already there": an earlier try of ours, or somebody else's dossier. */
async function settleExisting(
  tools: Tools,
  push: Push,
  said: MapiReply,
  signal: AbortSignal,
): Promise<Outcome> {
  const record = await tools.client.dossier(push.code, signal)
  if (!record) throw unknown('answer-invalid', { evidence: said.evidence, detail: contradiction })
  const likeness = compare(push.item, record, tools.links.target)
  if (likeness.kind === 'same' && likeness.covers === 'all') return taken(push, said.evidence)
  if (push.memo.created) throw unknown('answer-wording-unknown', { evidence: said.evidence })
  const reply = await put(tools, push, true, signal)
  if (reply.meaning === 'done') return taken(push, reply.evidence)
  if (reply.meaning === 'exists')
    throw unknown('answer-wording-unknown', { evidence: reply.evidence })
  throw permanent('target-rejected', { evidence: reply.evidence })
}

const taken = (push: Push, evidence: Evidence): Outcome => ({
  kind: 'delivered',
  evidence,
  memo: writeMemo(
    push.memo,
    { created: true, content: push.content, core: coreDigest(push.item) },
    push.delivery,
  ),
})

const vanished = (push: Push, evidence: Evidence): ConnectorError => {
  const memo = writeMemo(push.memo, { created: false, rows: [] }, push.delivery)
  return permanent('target-not-found', { evidence, detail: lost, memo })
}

const contradiction: Words = {
  vi: 'Cổng báo hồ sơ đã tồn tại nhưng tra cứu lại không thấy.',
  en: 'The portal says that the dossier is there, but a lookup does not find it.',
}
const lost: Words = {
  vi: 'Cổng báo không có hồ sơ mà liên thông đã đồng bộ. Gửi lại bản tin này sẽ thêm mới hồ sơ; tiến độ đã gửi trước đó không còn trên Cổng.',
  en: 'The portal says that a dossier which it had taken is not there. A redrive creates it anew; the progress sent before is gone from the portal.',
}

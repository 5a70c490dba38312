import { HubError, type Words } from '../../../domain/errors.ts'
import type { SendOptions } from '../../../engine/corrections/correction-desk.ts'
import type { CorrectionView } from '../../../engine/ports/corrections.ts'
import type { Act } from '../../../engine/ports/interventions.ts'
import type { Caller } from '../../../engine/ports/people.ts'
import type { Hub } from '../../hub.ts'
import { actOf } from '../acting.ts'
import type { Call, Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'
import { hasScope } from '../scopes.ts'

export const correctionPath = {
  id: text(['Số bản sửa / Correction id'], { pattern: '^[1-9]\\d{0,8}$' }),
}

/** Whoever changes what persons have said must be one who may read it. */
export function mustReveal(client: Caller): void {
  if (hasScope(client, 'personal-data:read')) return
  throw new HubError('scope-missing', {
    detail: {
      vi: 'Cần quyền personal-data:read: bản tin có dữ liệu cá nhân.',
      en: 'The right personal-data:read is needed: the message holds personal data.',
    },
  })
}

export async function findCorrection(
  hub: Hub,
  { path: { id }, client }: Call,
): Promise<CorrectionView> {
  const found = await hub.queries.correction(Number(id), client.reach)
  if (!found) throw new HubError('not-found')
  return found
}

export const answer = (vi: string, en: string, schema: string) => ({ words: { vi, en }, schema })

interface Change {
  readonly verb: 'ask' | 'approve' | 'refuse' | 'withdraw' | 'send'
  readonly summary: Words
  readonly description?: Words
  act(hub: Hub, id: number, act: Act, call: Call): Promise<unknown>
}

const change = ({ verb, summary, description, act }: Change): Operation => ({
  id: `${verb}Correction`,
  tag: 'corrections',
  method: 'post',
  path: `/api/v1/corrections/{id}/${verb}`,
  access: 'deliveries:write',
  told: true,
  summary,
  ...(description && { description }),
  pathParameters: correctionPath,
  query: {},
  body: { kind: 'json', schema: verb === 'send' ? 'CorrectionSend' : 'Reason' },
  answers: { 200: answer('Bản sửa sau thao tác.', 'The correction afterwards.', 'Correction') },
  codes: [
    ...(['not-found', 'reason-missing', 'state-conflict'] as const),
    ...(verb === 'send' ? (['schema-violation', 'order-would-break'] as const) : []),
  ],
  example: `curl "$HUB/api/v1/corrections/12/${verb}" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Đã đối chiếu với hồ sơ giấy"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const found = await findCorrection(hub, call)
      if (found.personal && verb !== 'withdraw') mustReveal(call.client)
      await act(hub, found.id, actOf(call), call)
      return { status: 200, json: await findCorrection(hub, call) }
    },
})

export const correctionChanges: readonly Operation[] = [
  change({
    verb: 'ask',
    summary: { vi: 'Xin duyệt bản sửa', en: 'Ask for approval' },
    act: ({ corrections }, id, act) => corrections.ask(id, act),
  }),
  change({
    verb: 'approve',
    summary: { vi: 'Duyệt bản sửa', en: 'Approve a correction' },
    description: { vi: 'Người khác với người lập.', en: 'Somebody other than its author.' },
    act: ({ corrections }, id, act) => corrections.approve(id, act),
  }),
  change({
    verb: 'refuse',
    summary: { vi: 'Từ chối bản sửa', en: 'Refuse a correction' },
    description: { vi: 'Người khác với người lập.', en: 'Somebody other than its author.' },
    act: ({ corrections }, id, act) => corrections.refuse(id, act),
  }),
  change({
    verb: 'withdraw',
    summary: { vi: 'Rút bản sửa', en: 'Withdraw a correction' },
    act: ({ corrections }, id, act) => corrections.withdraw(id, act),
  }),
  change({
    verb: 'send',
    summary: { vi: 'Gửi bản sửa', en: 'Send a correction' },
    description: {
      vi: 'Một bản tin: thế chỗ bản gốc ngay. Nhiều bản tin: thành một kế hoạch, chạy ngay trừ khi nêu paused hoặc startAt.',
      en: 'One message takes the place of its original at once. Many become a plan, which starts unless paused or startAt says otherwise.',
    },
    act: ({ corrections }, id, act, { body, client }) => {
      const { reason: _, ...options } = body as SendOptions & { readonly reason: string }
      return corrections.send(id, options, client.reach, act)
    },
  }),
]

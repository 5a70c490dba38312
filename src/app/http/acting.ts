import { type ErrorCode, type Fault, HubError } from '../../domain/errors.ts'
import type { Act } from '../../engine/ports/interventions.ts'
import type { Caller } from '../../engine/ports/people.ts'
import type { Call } from './operation.ts'

/** Who acts, as the audit trail names him: `client:<id>` or `user:<name>`. */
export const actorOf = ({ kind, id }: Caller): string => (kind === 'user' ? id : `client:${id}`)

/** Who acts, and why, as the audit trail keeps it. The schema has spoken for the reason. */
export const actOf = ({ client, body }: Call): Act => ({
  actor: actorOf(client),
  reason: (body as { reason: string }).reason.trim(),
})

/** Until when something is paused, if its body says so; throws `request-invalid` unless that is to come. */
export function resumeAtOf({ body }: Call): Date | undefined {
  const { resumeAt } = body as { resumeAt?: string }
  if (resumeAt === undefined) return undefined
  const date = new Date(resumeAt)
  if (date.getTime() > Date.now()) return date
  throw new HubError('request-invalid', {
    faults: [
      {
        pointer: '/resumeAt',
        rule: 'future',
        vi: 'Thời điểm tự chạy lại phải ở tương lai.',
        en: 'The moment to resume must be in the future.',
      },
    ],
  })
}

/** Members whose absence has a code of its own; every other fault of a body is `request-invalid`. */
const ownCodes = [
  { code: 'reason-missing', members: ['reason'] },
  { code: 'lookup-purpose-missing', members: ['official', 'unit', 'dossier', 'purpose', 'fields'] },
] as const satisfies readonly { code: ErrorCode; members: readonly string[] }[]

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

const missing = (member: string): Fault => ({
  pointer: `/${member}`,
  rule: 'required',
  vi: 'Bắt buộc phải có.',
  en: 'Is required.',
})

/** Makes the check of bodies with these properties; it throws one of the codes above. */
export function createMemberCheck(properties: object): (body: unknown) => void {
  const groups = ownCodes.filter(({ members }) =>
    members.every((name) => Object.hasOwn(properties, name)),
  )
  return (body) => {
    const given: object = typeof body === 'object' && body !== null ? body : {}
    for (const { code, members } of groups) {
      const faults = members.filter((name) => isEmpty(Reflect.get(given, name))).map(missing)
      if (faults.length > 0) throw new HubError(code, { faults })
    }
  }
}

/** What may be given to a client system, and by whom. */
import { type Fault, HubError } from '../domain/errors.ts'
import type { ClientDetails } from '../engine/ports/clients.ts'
import type { Caller } from '../engine/ports/people.ts'
import { nearest } from './nearest.ts'
import { isScope, scopes, systemScopes } from './scopes.ts'

/** Rights of the work of systems. Every other one is of the work of people. */
const ofSystems: ReadonlySet<string> = new Set([
  'messages:write',
  'messages:read',
  'files:write',
  'files:read',
  'catalogues:read',
])
const isOfSystems = (scope: string): boolean =>
  ofSystems.has(scope) || scope.startsWith('doors:') || scope.startsWith('lookups:')

/** Throws `request-invalid` with every fault. */
export function mustBeSound({ scopes: given, sources }: Partial<ClientDetails>): void {
  const known = [...Object.keys(scopes), ...systemScopes]
  const faults = (given ?? []).flatMap((scope, index): Fault[] => {
    if (isScope(scope)) return []
    const meant = nearest(scope, known)
    return [
      {
        pointer: `/scopes/${index}`,
        rule: 'scope',
        vi: `Không có quyền này${meant ? `; có phải ý là ${meant}?` : '.'}`,
        en: `There is no such scope${meant ? `; did you mean ${meant}?` : '.'}`,
      },
    ]
  })
  if (given?.includes('messages:write') && sources?.length === 0)
    faults.push({
      pointer: '/sources',
      rule: 'minItems',
      vi: 'Khách được gửi bản tin (messages:write) cần ít nhất một nguồn.',
      en: 'A client that submits messages (messages:write) needs a source.',
    })
  if (faults.length > 0) throw new HubError('request-invalid', { faults })
}

/**
 * A key works for whoever holds it, and whoever makes it has held it: so nobody gives a right of the work of
 * people that he has not himself. Throws `scope-missing`.
 */
export function mustBeGivable(caller: Caller, given: readonly string[]): void {
  if (caller.scopes.includes('admin')) return
  const beyond = given.filter((scope) => !isOfSystems(scope) && !caller.scopes.includes(scope))
  if (beyond.length === 0) return
  throw new HubError('scope-missing', {
    detail: {
      vi: `Không cấp được quyền mà chính mình không có: ${beyond.join(', ')}.`,
      en: `Nobody gives a right that he has not himself: ${beyond.join(', ')}.`,
    },
  })
}

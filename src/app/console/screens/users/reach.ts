import type { Schemas } from '../../api/client.ts'

export type User = Schemas['User']
export type RoleName = User['roles'][number]
export type UserState = 'active' | 'disabled' | 'invited' | 'expired'

export function stateOf(user: User, nowMs: number): UserState {
  if (user.disabledAt) return 'disabled'
  if (user.hasPassword || user.oidc) return 'active'
  return user.setUpUntil && Date.parse(user.setUpUntil) > nowMs ? 'invited' : 'expired'
}

export const stateColours: Readonly<Record<UserState, string>> = {
  active: 'green',
  disabled: 'orange',
  invited: 'blue',
  expired: 'red',
}

import type { Client } from '../../engine/ports/accept.ts'
import type { Scope } from '../scopes.ts'

export { type Scope, scopes } from '../scopes.ts'

export const hasScope = (client: Client, scope: Scope | `doors:${string}`): boolean =>
  client.scopes.includes(scope) || client.scopes.includes('admin')

/** What a route asks of its caller. */
export type Access =
  | Scope
  /** Nobody needs a key: nothing but documentation and liveness. */
  | 'public'
  /** Any key that is alive. */
  | 'any-key'
  /** A person who is signed in. */
  | 'session'
  /** The same, or one whose second factor is still missing. */
  | 'half-session'
  /** Nothing from this machine itself, else systems:read. */
  | 'local'

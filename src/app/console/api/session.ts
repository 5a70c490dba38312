/** Who is signed in, and what he may do. */
import { api, type Schemas } from './client.ts'

export type Session = Schemas['Session']
export type Scope = Session['scopes'][number]

export const useSession = () =>
  api.useQuery('get', '/api/v1/session', {}, { retry: false, staleTime: 60_000 })

export const mayWith = (session: Session | undefined, scope: Scope): boolean =>
  session !== undefined && (session.scopes.includes('admin') || session.scopes.includes(scope))

/** What somebody may not do is not shown to him. */
export function useMay(scope: Scope): boolean {
  return mayWith(useSession().data, scope)
}

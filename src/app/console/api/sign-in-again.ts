/** Somebody has signed in, over what was on the screen before. */
import type { QueryClient } from '@tanstack/react-query'
import { http } from './client.ts'
import type { Session } from './session.ts'
import { sessionBegun } from './session-end.ts'

const nameOf = (session: unknown): string | undefined => (session as Session | undefined)?.user.name

/** The same person goes on where he was; of what somebody else had before him he sees nothing. False: nobody is signed in. */
export async function goOn(questions: QueryClient): Promise<boolean> {
  const [[, before] = []] = questions.getQueriesData({ queryKey: ['get', '/api/v1/session'] })
  const { data } = await http.GET('/api/v1/session')
  if (!data) return false
  sessionBegun()
  const isOther = before !== undefined && nameOf(before) !== nameOf(data)
  // Without a session nothing of the old screen stays, and so nothing of what was typed into it.
  if (isOther) await questions.resetQueries()
  else await questions.invalidateQueries()
  return true
}

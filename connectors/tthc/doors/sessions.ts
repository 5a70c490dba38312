/**
 * Sessions that the hub gives to software which believes it talks to the portal. A session is a
 * sealed note of who got it and until when: nothing is stored, every process can check it, and only
 * this hub can make one. It opens no door by itself; the hub has checked the caller before.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { DoorTools } from './take.ts'

interface Note {
  readonly system: string
  readonly username: string
  readonly until: number
}

/** The session of this account, or undefined when it is not the account of the configuration. */
export function issueSession(
  { context, options }: DoorTools,
  account: { readonly username: string; readonly password: string },
): string | undefined {
  const known = options.doorAccount
  if (!known) return undefined
  const same = [isSame(account.username, known.username), isSame(account.password, known.password)]
  if (same.includes(false)) return undefined
  const until = context.clock.now().getTime() + options.sessionMinutes * 60_000
  const note: Note = { system: context.system, username: known.username, until }
  return context.seal(JSON.stringify(note))
}

/** Whether the session was issued here, for this system and its present account, and still lives. */
export function isLive({ context, options }: DoorTools, session: string): boolean {
  const text = context.open(session)
  const note = text === undefined ? undefined : noteOf(text)
  return (
    note !== undefined &&
    note.system === context.system &&
    note.username === options.doorAccount?.username &&
    note.until > context.clock.now().getTime()
  )
}

/** Other things are sealed by the same hub, links to files for example. */
function noteOf(text: string): Note | undefined {
  try {
    const note: unknown = JSON.parse(text)
    return typeof note === 'object' && note !== null && 'until' in note && 'username' in note
      ? (note as Note)
      : undefined
  } catch {
    return undefined
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Takes the same time whatever differs. */
const isSame = (left: string, right: string): boolean =>
  timingSafeEqual(digest(left), digest(right))

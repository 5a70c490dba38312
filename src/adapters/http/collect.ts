import type { IncomingMessage } from 'node:http'
import { createLeaveOut } from './leave-out.ts'

interface Allowed {
  readonly maxResponseBytes: number
  /** Members of a JSON answer that are not kept. */
  readonly leaveOut: readonly string[]
}

/** How the reading of an answer ends: in one of these, and it may break more than once. */
interface Collected {
  done(bytes: Buffer): void
  tooLarge(): void
  broken(error: unknown): void
}

const nothing = Buffer.alloc(0)

const largeAnswer = 1024 * 1024

/** A large answer goes to its place piece by piece: gathered and joined it would be in memory twice. */
function roomFor({ headers }: IncomingMessage): Buffer | undefined {
  const length = Number(headers['content-length'] ?? 0)
  return length > largeAnswer ? Buffer.allocUnsafeSlow(length) : undefined
}

/** Reads the body of an answer as far as it may be, without the members that are not kept. */
export function collect(answer: IncomingMessage, allowed: Allowed, then: Collected): void {
  const { maxResponseBytes: maxBytes, leaveOut } = allowed
  // What is compressed can only be looked into when all of it is there.
  const isPlain = (answer.headers['content-encoding'] ?? 'identity') === 'identity'
  const left = leaveOut.length > 0 && isPlain ? createLeaveOut(leaveOut) : undefined
  if (!left && Number(answer.headers['content-length'] ?? 0) > maxBytes) {
    then.tooLarge()
    return
  }
  const chunks: Buffer[] = []
  const whole = left ? undefined : roomFor(answer)
  let size = 0
  answer.on('data', (piece: Buffer) => {
    const chunk = left ? left(piece) : piece
    size += chunk.length
    if (size > (whole?.length ?? maxBytes)) then.tooLarge()
    else if (whole) chunk.copy(whole, size - chunk.length)
    else if (chunk.length > 0) chunks.push(chunk)
  })
  answer.once('end', () => {
    const [first = nothing] = chunks
    then.done(whole?.subarray(0, size) ?? (chunks.length > 1 ? Buffer.concat(chunks, size) : first))
  })
  answer.on('error', then.broken)
  answer.once('close', () => {
    if (!answer.complete) then.broken(undefined)
  })
}

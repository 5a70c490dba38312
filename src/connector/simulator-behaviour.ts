/**
 * How a simulator's calls are run when it behaves and when it does not; the modes of simulator.ts
 * in one place, whatever the system.
 */
import type { ServerResponse } from 'node:http'
import type { SimulatorEntry, SimulatorMode, SimulatorModes } from './simulator.ts'
import type { SimulatorAnswer, SimulatorCall } from './simulator-call.ts'

const maintenancePage =
  '<!DOCTYPE html><html lang="vi"><head><title>Bảo trì</title></head>' +
  '<body><h1>Hệ thống đang bảo trì</h1><p>Vui lòng quay lại sau.</p></body></html>'

const answers = {
  busy: { status: 503, headers: { 'retry-after': '7' }, body: 'busy' },
  'rate-limit': { status: 429, body: 'too many requests' },
  'html-200': { headers: { 'content-type': 'text/html; charset=utf-8' }, body: maintenancePage },
  'server-error': { status: 500 },
  refuse: { status: 422, body: { message: 'rejected by the simulator' } },
  duplicate: { status: 409, body: { message: 'already there' } },
  'unknown-words': { body: { message: 'abracadabra' } },
} as const satisfies Partial<Record<SimulatorMode, SimulatorAnswer>>

const never = Symbol('no answer')

export interface Behaviour {
  /** Runs the call as the modes say and sends what is to be sent. */
  respond(call: SimulatorCall, response: ServerResponse): Promise<void>
  misbehave(asked: SimulatorModes): void
  behave(): void
  received(): readonly SimulatorEntry[]
  /** Forgets what was to happen later. */
  stop(): void
}

export interface BehaviourOptions {
  readonly modes: readonly SimulatorMode[]
  readonly forget?: boolean
  readonly onEntry?: (entry: SimulatorEntry) => void
  forgetSessions?(): void
}

export function createBehaviour(options: BehaviourOptions): Behaviour {
  if (options.modes.includes('session-expired') && !options.forgetSessions)
    throw new Error('A simulator with the mode session-expired needs forgetSessions')
  const plan = createModePlan(options.modes)
  const record = createRecord(options.forget ?? false, options.onEntry)
  const timers = new Set<NodeJS.Timeout>()

  const after = (ms: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, ms)
    timers.add(timer)
  }
  const run = async (call: SimulatorCall, atMost?: number): Promise<SimulatorAnswer> => {
    const answer = await call.run(atMost)
    record.note(call, answer.applied)
    return answer
  }
  /** Without effect. */
  const pass = <T>(call: SimulatorCall, answer: T): T => {
    record.note(call, false)
    return answer
  }

  const misbehave = async (
    call: SimulatorCall,
    { mode, ms = 0 }: SimulatorModes,
    response: ServerResponse,
  ): Promise<SimulatorAnswer | typeof never> => {
    switch (mode) {
      case 'slow': {
        const answer = await run(call)
        after(ms, () => send(response, answer))
        return never
      }
      case 'timeout-after':
        await run(call)
        return never
      case 'late-apply':
        after(ms, () => void run(call))
        return never
      case 'half-body':
        sendHalf(response, await run(call))
        return never
      case 'partial-batch':
        return run(call, Math.floor((call.items?.length ?? 0) / 2))
      case 'session-expired':
        options.forgetSessions?.()
        return run(call)
      case 'unknown-words':
        await run(call)
        return call.unknownWords?.() ?? answers[mode]
      case 'timeout-before':
        return pass(call, never)
      case 'reset-before':
        response.socket?.resetAndDestroy()
        return pass(call, never)
      case 'refuse':
      case 'duplicate':
        return pass(call, call[mode]?.() ?? answers[mode])
      default:
        return pass(call, answers[mode])
    }
  }

  return {
    async respond(call, response) {
      const asked = plan.next(call)
      const answer = asked ? await misbehave(call, asked, response) : await run(call)
      if (answer !== never) send(response, answer)
    },
    misbehave: plan.add,
    behave: plan.clear,
    received: record.all,
    stop() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

/** Everything that arrived, with or without effect. */
export function createRecord(
  forget: boolean,
  onEntry: BehaviourOptions['onEntry'],
): {
  note(call: SimulatorCall, applied: SimulatorAnswer['applied']): void
  all(): readonly SimulatorEntry[]
} {
  const entries: SimulatorEntry[] = []
  return {
    note(call, applied = false) {
      if ((forget && !onEntry) || !call.items) return
      const at = new Date().toISOString()
      call.items.forEach((item, index) => {
        const done = typeof applied === 'boolean' ? applied : (applied[index] ?? false)
        const entry = { at, ...item, applied: done }
        if (!forget) entries.push(entry)
        onEntry?.(entry)
      })
    },
    all: () => entries.slice(),
  }
}

/** Which mode the next call meets: counted modes first, in the order asked; then the endless one. */
export function createModePlan(known: readonly SimulatorMode[]): {
  add(asked: SimulatorModes): void
  clear(): void
  next(call: SimulatorCall): SimulatorModes | undefined
} {
  let counted: { asked: SimulatorModes; left: number }[] = []
  let endless: SimulatorModes[] = []
  const meets = ({ on = 'write', mode }: SimulatorModes, call: SimulatorCall): boolean =>
    (on === 'any' || on === call.kind) &&
    (mode !== 'partial-batch' || (call.items?.length ?? 0) > 1)

  return {
    add(asked) {
      if (!known.includes(asked.mode)) throw new Error(`This simulator has no mode ${asked.mode}`)
      if (asked.times === undefined) endless = [asked, ...endless]
      else if (asked.times > 0) counted.push({ asked, left: asked.times })
    },
    clear() {
      counted = []
      endless = []
    },
    next(call) {
      const index = counted.findIndex(({ asked }) => meets(asked, call))
      const found = counted[index]
      if (!found) return endless.find((asked) => meets(asked, call))
      found.left -= 1
      if (found.left === 0) counted.splice(index, 1)
      return found.asked
    },
  }
}

function encode({ status = 200, headers, body }: SimulatorAnswer): {
  status: number
  headers: Record<string, string | number>
  bytes: string | Uint8Array
} {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const bytes = body === undefined ? '' : isRaw ? body : JSON.stringify(body)
  const type = isRaw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  return {
    status,
    headers: {
      ...(body !== undefined && { 'content-type': type }),
      'content-length': typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.byteLength,
      ...headers,
    },
    bytes,
  }
}

export function send(response: ServerResponse, answer: SimulatorAnswer): void {
  if (response.destroyed || response.headersSent) return
  const { status, headers, bytes } = encode(answer)
  response.writeHead(status, headers)
  response.end(bytes)
}

function sendHalf(response: ServerResponse, answer: SimulatorAnswer): void {
  if (response.destroyed) return
  const { status, headers, bytes } = encode(answer)
  const all = Buffer.from(bytes as string)
  response.writeHead(status, headers)
  response.write(all.subarray(0, all.length >> 1), () => response.socket?.destroy())
}

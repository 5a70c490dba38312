/** The course of one connection: SSH with a known host, every step within our limit of time and under our signal. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Client, ConnectConfig } from 'ssh2'
import type { ConnectorContext, ConnectorError } from '../../src/connector/index.ts'
import {
  broken,
  classifyFailure,
  interrupted,
  type Phase,
  timedOut,
  unknownHostKey,
} from './failures.ts'
import type { SftpOptions } from './options.ts'

/** How long a server may take to say goodbye. */
const farewellMs = 1_000

/** One step of the driver, which ends in a callback. */
type Step<T> = (done: (error?: Error | null, value?: T) => void) => void

/** `SHA256:` and base64 without padding, as ssh-keygen -l shows it. */
export const fingerprintOf = (key: Uint8Array): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

const isSame = (one: string, two: string): boolean =>
  one.length === two.length && timingSafeEqual(Buffer.from(one), Buffer.from(two))

export interface Course {
  phase: Phase
  follow(signal: AbortSignal): void
  connect(): Promise<void>
  /** Ends with the step, with our limit of time, or with the signal; whichever comes first. */
  step<T>(begin: Step<T>): Promise<T>
  failed(error: unknown): void
  isOver(): boolean
  close(): Promise<void>
  readonly signal: AbortSignal
}

export function createCourse(
  context: ConnectorContext,
  options: SftpOptions,
  line: Client,
): Course {
  const { timeoutMs } = context
  let lost: ConnectorError | undefined
  // Told one by one, and forgotten with their step: one promise for all would keep what each has brought.
  const waiting = new Set<(error: ConnectorError) => void>()
  const fail = (error: ConnectorError): void => {
    lost ??= error
    for (const tell of waiting) tell(lost)
    line.destroy()
  }
  let current: AbortSignal | undefined
  let isClosed = false
  let refusedKey: string | undefined
  const stop = (): void => fail(interrupted(course.phase))
  const leave = (): void => current?.removeEventListener('abort', stop)

  const course: Course = {
    phase: 'connecting',
    get signal() {
      return current ?? AbortSignal.abort()
    },
    follow(signal) {
      leave()
      current = signal
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
    },
    failed: (error) =>
      fail(
        refusedKey === undefined
          ? classifyFailure(error, course.phase, options.retryAfterSeconds)
          : unknownHostKey(refusedKey),
      ),
    async step<T>(begin: Step<T>) {
      if (lost) throw lost
      let leave = (): void => undefined
      try {
        return await new Promise<T>((resolve, reject) => {
          const limit = setTimeout(() => fail(timedOut(course.phase)), timeoutMs)
          waiting.add(reject)
          leave = () => {
            clearTimeout(limit)
            waiting.delete(reject)
          }
          begin((error, value) =>
            error
              ? reject(classifyFailure(error, course.phase, options.retryAfterSeconds))
              : resolve(value as T),
          )
        })
      } finally {
        leave()
      }
    },
    connect: () =>
      course.step<void>((done) => {
        line.once('ready', () => done())
        line.connect(
          configOf(options, timeoutMs, (key) => {
            const found = fingerprintOf(key)
            const isKnown = options.hostKeys.some((one) => isSame(one, found))
            if (!isKnown) refusedKey = found
            return isKnown
          }),
        )
      }),
    isOver: () => lost !== undefined || isClosed,
    async close() {
      leave()
      if (isClosed) return
      isClosed = true
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, farewellMs)
        line.once('close', () => {
          clearTimeout(timer)
          resolve()
        })
        line.end()
        if (course.phase === 'connecting') line.destroy()
      })
      line.destroy()
    },
  }
  line.on('error', (error: unknown) => course.failed(error))
  line.on('close', () => {
    fail(broken(course.phase))
    isClosed = true
  })
  const { password } = options
  line.on('keyboard-interactive', (_name, _words, _language, prompts, finish) =>
    finish(prompts.map(() => password ?? '')),
  )
  return course
}

function configOf(
  options: SftpOptions,
  timeoutMs: number,
  hostVerifier: (key: Buffer) => boolean,
): ConnectConfig {
  const { host, port, username, password, privateKey, passphrase } = options
  return {
    ...{ host, port, username, hostVerifier },
    ...(password !== undefined && { password, tryKeyboard: true }),
    ...(privateKey !== undefined && { privateKey }),
    ...(passphrase !== undefined && { passphrase }),
    // The limit is ours.
    readyTimeout: timeoutMs * 2,
  }
}

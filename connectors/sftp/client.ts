/**
 * The only file that talks to the file server: SFTP 3 over SSH (RFC 4251 ff., draft-ietf-secsh-filexfer-02), by the
 * driver ssh2. The driver knows neither our signal nor our limit of time, so both stand here.
 */
import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2'
import { type ConnectorContext, later, mayGoOn } from '../../src/connector/index.ts'
import { type Course, createCourse } from './course.ts'
import { interrupted, status, statusOf } from './failures.ts'
import type { SftpOptions } from './options.ts'

export interface RemoteFile {
  readonly name: string
  readonly size: number
  /** Seconds since 1970, as the server says. */
  readonly mtime: number
}

/** A session with the server. What fails throws an outcome; after that only `close` is left. */
export interface Visit {
  /** From now on this signal stops it; what is under way belongs to it. */
  follow(signal: AbortSignal): void
  /** Regular files only: no links, no folders. */
  list(folder: string): Promise<readonly RemoteFile[]>
  /** Undefined where there is no such file. */
  look(path: string): Promise<Omit<RemoteFile, 'name'> | undefined>
  /** From byte `from` up to byte `to`, excluded. */
  read(path: string, from?: number, to?: number): AsyncGenerator<Uint8Array>
  /** Makes a new file. */
  write(path: string, bytes: Uint8Array): Promise<void>
  /** The step by which a file gets its name: not known to have failed where nobody answers. */
  rename(from: string, to: string): Promise<void>
  /** Whether there was something to remove. */
  remove(path: string): Promise<boolean>
  /** Whether it has been lost, or stopped. */
  isOver(): boolean
  close(): Promise<void>
}

export interface SftpClient {
  open(signal: AbortSignal): Promise<Visit>
  /** Opens, works, closes. */
  visit<T>(signal: AbortSignal, work: (visit: Visit) => Promise<T>): Promise<T>
}

const readLength = 32 * 1024
const writeLength = 32 * 1024
/** Reads on their way at once: a line with a long delay must not make a large file slow. */
const readsAhead = 8

export function createSftpClient(context: ConnectorContext, options: SftpOptions): SftpClient {
  const open: SftpClient['open'] = async (signal) => {
    if (!mayGoOn(signal)) throw later('interrupted')
    // Loaded by who needs it: most hubs have no file server.
    const ssh2 = await import('ssh2')
    const line = new ssh2.default.Client()
    const course = createCourse(context, options, line)
    course.follow(signal)
    try {
      await course.connect()
      // One question after the other: none is to wait for a packet to be full.
      line.setNoDelay(true)
      const sftp = await course.step<SFTPWrapper>((done) => line.sftp(done))
      // Also between the steps: an error that nobody hears would end the process.
      sftp.on('error', (error: unknown) => course.failed(error))
      course.phase = 'asking'
      return visitOf(course, sftp)
    } catch (error) {
      await course.close()
      throw error
    }
  }
  return {
    open,
    async visit(signal, work) {
      const visit = await open(signal)
      try {
        return await work(visit)
      } finally {
        await visit.close()
      }
    },
  }
}

const factsOf = ({ size, mtime }: Stats) => ({ size, mtime })

function visitOf(course: Course, sftp: SFTPWrapper): Visit {
  const { step } = course

  const open = (path: string, flags: 'r' | 'wx'): Promise<Buffer> =>
    step<Buffer>((done) => sftp.open(path, flags, done))
  /** What went wrong before says more than a close that fails; what went well must be closed well. */
  const shut = async (handle: Buffer, isWhole: boolean): Promise<void> => {
    const closed = step<void>((done) => sftp.close(handle, (error) => done(error)))
    await (isWhole ? closed : closed.catch(() => undefined))
  }

  const readAt = (handle: Buffer, at: number, length: number): Promise<Uint8Array> =>
    step<Uint8Array>((done) =>
      sftp.read(handle, Buffer.allocUnsafe(length), 0, length, at, (error, count, bytes) =>
        statusOf(error) === 1
          ? done(null, new Uint8Array())
          : done(error, error ? undefined : bytes.subarray(0, count)),
      ),
    )

  async function* readOn(handle: Buffer, from: number, to: number): AsyncGenerator<Uint8Array> {
    let ahead: { readonly length: number; readonly bytes: Promise<Uint8Array> }[] = []
    let asked = from
    for (let at = from; at < to; ) {
      while (ahead.length < readsAhead && asked < to) {
        const length = Math.min(readLength, to - asked)
        const bytes = readAt(handle, asked, length)
        bytes.catch(() => undefined)
        ahead.push({ length, bytes })
        asked += length
      }
      const [next, ...others] = ahead
      const bytes = await next?.bytes
      if (!next || !bytes?.length) return
      at += bytes.length
      ahead = others
      yield bytes
      if (bytes.length === next.length) continue
      // Less than was asked for is no end yet: only nothing is.
      await Promise.allSettled(others.map((one) => one.bytes))
      ahead = []
      asked = at
    }
  }

  return {
    follow: course.follow,
    isOver: course.isOver,
    close: course.close,
    async list(folder) {
      const entries = await step<FileEntryWithStats[]>((done) => sftp.readdir(folder, done))
      return entries
        .filter(({ attrs }) => attrs.isFile())
        .map(({ filename, attrs }) => ({ name: filename, ...factsOf(attrs) }))
    },
    look: (path) =>
      step<Omit<RemoteFile, 'name'> | undefined>((done) =>
        sftp.lstat(path, (error, found) =>
          isAbsent(error) ? done() : done(error, error ? undefined : factsOf(found)),
        ),
      ),
    async *read(path, from = 0, to = Number.POSITIVE_INFINITY) {
      const handle = await open(path, 'r')
      let isWhole = false
      try {
        yield* readOn(handle, from, to)
        isWhole = true
      } finally {
        await shut(handle, isWhole)
      }
    },
    async write(path, bytes) {
      const handle = await open(path, 'wx')
      let isWhole = false
      try {
        for (let at = 0; at < bytes.length; at += writeLength) {
          const part = Buffer.from(bytes.subarray(at, at + writeLength))
          await step<void>((done) =>
            sftp.write(handle, part, 0, part.length, at, (error) => done(error)),
          )
        }
        isWhole = true
      } finally {
        await shut(handle, isWhole)
      }
    },
    async rename(from, to) {
      // The last look, in the same breath as the first byte that cannot be taken back.
      if (!mayGoOn(course.signal)) throw interrupted(course.phase)
      course.phase = 'naming'
      try {
        await step<void>((done) => sftp.rename(from, to, (error) => done(error)))
      } finally {
        course.phase = 'asking'
      }
    },
    remove: (path) =>
      step<boolean>((done) =>
        sftp.unlink(path, (error) => (isAbsent(error) ? done(null, false) : done(error, true))),
      ),
  }
}

const isAbsent = (error: unknown): boolean =>
  statusOf(error) === status.noSuchFile || statusOf(error) === status.noSuchPath

/**
 * The only file that talks to the mail server: RFC 5321 over TLS or STARTTLS, one connection for each mail,
 * by the driver of nodemailer. The driver knows neither our signal nor our limit of time, so both stand here.
 */
import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import {
  type ConnectorContext,
  type ConnectorError,
  later,
  mayGoOn,
  type Outgoing,
} from '../../src/connector/index.ts'
import { classifyFailure, interrupted, type Phase, timedOut } from './failures.ts'
import type { MailOptions } from './options.ts'
import type { Mail } from './translate.ts'

export interface MailClient {
  /** Resolves when the server has taken the mail, with its words. */
  send(mail: Outgoing<Mail>, signal: AbortSignal): Promise<string>
  /** Logs in and leaves again. */
  logIn(signal: AbortSignal): Promise<void>
}

/** How long a server may take to say goodbye. */
const farewellMs = 1_000

/** One step of the driver, which ends in a callback. */
type Step<T> = (done: (error: Error | null | undefined, value: T) => void) => void

export function createMailClient(context: ConnectorContext, options: MailOptions): MailClient {
  const withConnection = async <T>(
    signal: AbortSignal,
    work: (visit: Visit) => Promise<T>,
  ): Promise<T> => {
    if (!mayGoOn(signal)) throw later('interrupted')
    const visit = open(context, options, signal)
    try {
      await visit.step<unknown>((done) => visit.connection.connect(done as () => void))
      visit.phase = 'asking'
      const { username: user, password: pass } = options
      await visit.step<unknown>((done) => visit.connection.login({ user, pass }, done))
      const result = await work(visit)
      await visit.leave()
      return result
    } finally {
      visit.close()
    }
  }

  return {
    logIn: (signal) => withConnection(signal, async () => undefined),
    async send(mail, signal) {
      const content = await compose(mail)
      return withConnection(signal, async (visit) => {
        const body = contentStream(content, () => {
          if (!mayGoOn(signal)) return false
          visit.phase = 'content'
          return true
        })
        const { response } = await visit.step<{ readonly response?: string }>((done) =>
          visit.connection.send(
            { from: mail.from, to: [mail.to], size: content.length },
            body,
            done as never,
          ),
        )
        return response ?? ''
      })
    },
  }
}

/** Read by the driver when the server waits for the content (354), so the last look is taken here. */
function contentStream(content: Buffer, mayLeave: () => boolean): Readable {
  return new Readable({
    read() {
      if (!mayLeave()) return void this.destroy(new Error('interrupted'))
      this.push(content)
      this.push(null)
    },
  })
}

const compose = ({ from, fromName, to, subject, text, messageId, date }: Mail): Promise<Buffer> =>
  new MailComposer({
    from: fromName === undefined ? from : { name: fromName, address: from },
    to: { name: '', address: to },
    ...{ subject, text, messageId, date: new Date(date) },
    // Written by a machine: nobody's absence is to answer it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()

interface Visit {
  readonly connection: SMTPConnection
  phase: Phase
  /** Ends with the step, with our limit of time, or with the signal; whichever comes first. */
  step<T>(begin: Step<T>): Promise<T>
  leave(): Promise<void>
  close(): void
}

function open(context: ConnectorContext, options: MailOptions, signal: AbortSignal): Visit {
  const { timeoutMs } = context
  const connection = new SMTPConnection({
    host: options.host,
    port: options.port,
    secure: options.protection === 'tls',
    requireTLS: options.protection === 'starttls',
    ignoreTLS: options.protection === 'none',
    tls: {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(options.authority !== undefined && { ca: options.authority }),
    },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, dnsTimeout: timeoutMs },
    // The limit is over the whole visit, and ours.
    socketTimeout: timeoutMs * 2,
    socketCloseTimeout: 0,
    logger: false,
  })
  let fail: (error: ConnectorError) => void = () => undefined
  const broken = new Promise<never>((_, reject) => {
    fail = reject
  })
  broken.catch(() => undefined)
  const visit: Visit = {
    connection,
    phase: 'connecting',
    async step<T>(begin: Step<T>) {
      const done = new Promise<T>((resolve, reject) =>
        begin((error, value) => (error ? reject(error) : resolve(value))),
      )
      return Promise.race([done.catch(classified), broken])
    },
    async leave() {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, farewellMs)
        connection.once('end', () => {
          clearTimeout(timer)
          resolve()
        })
        connection.quit()
      })
    },
    close() {
      clearTimeout(limit)
      signal.removeEventListener('abort', stop)
      connection.close()
    },
  }
  const classified = (error: unknown): never => {
    // The stream stopped because it might not go on: nothing of the mail has left.
    if (!mayGoOn(signal)) throw interrupted(visit.phase)
    throw classifyFailure(error, visit.phase, options.retryAfterSeconds)
  }
  const stop = (): void => fail(interrupted(visit.phase))
  const limit = setTimeout(() => fail(timedOut(visit.phase)), timeoutMs)
  signal.addEventListener('abort', stop, { once: true })
  // Also after the last step: an error that nobody hears would end the process.
  connection.on('error', (error: unknown) =>
    fail(classifyFailure(error, visit.phase, options.retryAfterSeconds)),
  )
  return visit
}

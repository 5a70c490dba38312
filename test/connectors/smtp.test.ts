import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import message from '../../connectors/smtp/fixtures/report.message.json' with { type: 'json' }
import createConnector from '../../connectors/smtp/index.ts'
import { defaultOptions, readOptions } from '../../connectors/smtp/options.ts'
import { mailOf } from '../../connectors/smtp/translate.ts'
import { type Connector, ConnectorError, type OutgoingDelivery } from '../../src/connector/index.ts'
import { lookBeforeActing } from '../../src/connector/last-look.ts'
import { createAuthority } from '../support/certificates.ts'
import { contextOf } from '../support/connector-context.ts'
import { registry } from '../support/dvcqg.ts'
import { declaredDefaults, loadedManifest } from '../support/manifest.ts'

const steady = new AbortController().signal
const given = {
  ...{ server: 'smtp://127.0.0.1:1', encryption: 'none', username: 'u', password: 'p' },
  ...{ from: 'lien-thong@h99.example.test', allowedDomains: ['H99.example.test'] },
}
const delivery = (data: object = {}, idempotencyKey = 'khoa-0001'): OutgoingDelivery => ({
  ...{ id: '1.1', idempotencyKey, attempt: 1, operation: 'mail', memo: undefined },
  message: { ...message, eventId: message.id, data: { ...message.data, ...data } },
})

/** What a failure says to the engine. */
const failureOf = async (work: () => unknown): Promise<unknown> => {
  try {
    return { answered: await work() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return `${error.outcome.kind} ${error.outcome.code}`
  }
}

const connect = (more: object = {}, timeoutMs = 1_000): Connector =>
  createConnector(
    contextOf({
      options: { ...given, ...more },
      timeoutMs,
      http: { request: () => Promise.reject(new Error('no HTTP here')) },
    }),
  )

let servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  servers = []
})
async function listen(server: Server, protocol = 'smtp'): Promise<string> {
  servers.push(server)
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

type Script = Readonly<Record<string, string | null>>
const good: Script = {
  greeting: '220 hi',
  EHLO: '250-hi\r\n250 AUTH PLAIN',
  AUTH: '235 in',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go',
  content: '250 taken',
  QUIT: '221 bye',
}

/** Answers each command by the script; null breaks the connection. Notes what it was told. */
function speak(socket: Socket, script: Script, heard: string[]): void {
  const say = (name: string) => {
    const reply = script[name]
    if (reply === null) socket.destroy()
    else if (reply) socket.write(`${reply}\r\n`)
  }
  let isContent = false
  let pending = ''
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1')
    for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
      const line = pending.slice(0, end)
      pending = pending.slice(end + 2)
      heard.push(line)
      if (isContent && line !== '.') continue
      const verb = isContent ? 'content' : (line.split(' ')[0] ?? '')
      isContent = verb === 'DATA' && (script.DATA ?? '').startsWith('354')
      say(verb)
    }
  })
  say('greeting')
}
const serve = async (script: Script, heard: string[] = []): Promise<string> =>
  listen(createServer((socket) => speak(socket, { ...good, ...script }, heard)))

describe('connectors/smtp options', () => {
  it('have the defaults that the manifest declares', async () => {
    expect(declaredDefaults((await loadedManifest('smtp')).options)).toEqual(defaultOptions)
  })

  it.each([
    ['smtps://thu.h99.example.test', {}, 'tls', 465],
    ['smtp://thu.h99.example.test', {}, 'starttls', 587],
    ['smtp://thu.h99.example.test:2525', {}, 'starttls', 2525],
    ['smtp://[::1]:25', { encryption: 'none' }, 'none', 25],
    ['smtps://localhost', { encryption: 'none' }, 'tls', 465],
  ])('protect %s', (server, more, protection, port) => {
    const { encryption: _, ...rest } = given
    expect(readOptions({ ...rest, server, ...more })).toMatchObject({ protection, port })
  })

  it.each(['smtp://thu.h99.example.test', 'smtp://127.0.0.1.ngoai.example', 'smtp://10.0.0.1'])(
    'let nothing go in clear to %s',
    async (server) => {
      expect(await failureOf(() => readOptions({ ...given, server }))).toBe(
        'permanent system-misconfigured',
      )
    },
  )

  it.each(['http://a.example', 'smtp://u:p@a.example', 'smtp://a.example/x', 'smtp://a b'])(
    'are not %s',
    async (server) => {
      const { options } = await loadedManifest('smtp')
      expect(registry.validateAgainst(options, { ...given, server })).not.toEqual([])
      expect(registry.validateAgainst(options, given)).toEqual([])
    },
  )
})

describe('connectors/smtp mails', () => {
  it('have one Message-ID for each key, whatever stands in it', () => {
    const idOf = (key: string) => mailOf(delivery({}, key), readOptions(given)).messageId
    expect(idOf('khoa-0001')).toBe('<khoa-0001@h99.example.test>')
    expect(idOf('a>\r\nBcc: b')).toMatch(/^<[0-9a-f]{64}@h99\.example\.test>$/)
  })

  it.each([
    ['a header in the subject', { subject: 'x\r\nBcc: b@ngoai.example' }],
    ['a line separator in the subject', { subject: 'x\u2028Bcc: b' }],
    ['two recipients', { to: 'a@ngoai.example,b@h99.example.test' }],
    ['a command in the address', { to: 'a>\r\nRCPT TO:<b@h99.example.test' }],
    ['a named address', { to: 'Ai đó <a@h99.example.test' }],
    ['no text', { text: ' ' }],
  ])('never leave with %s', async (_, data) => {
    const heard: string[] = []
    const server = await serve({}, heard)
    const end = await failureOf(() => connect({ server }).send?.(delivery(data), steady))
    expect(end).toMatch(/^permanent (payload-invalid|address-forbidden)$/)
    expect(heard).toEqual([])
  })

  it('are of ASCII on the way, and say that a machine wrote them', async () => {
    const heard: string[] = []
    const server = await serve({}, heard)
    await connect({ server, fromName: 'Liên thông' }).send?.(delivery(), steady)
    const all = heard.join('\r\n')
    expect(all).toMatch(/^[\t\r\n -~]*$/)
    expect(all).toMatch(/^Subject: =\?UTF-8\?/m)
    expect(heard).toContain('Auto-Submitted: auto-generated')
    expect(heard).toContain('RCPT TO:<truc-he-thong@h99.example.test>')
    expect(heard.at(-1)).toBe('QUIT')
  })
})

describe('connectors/smtp outcomes', () => {
  it.each<[string, Script, string]>([
    ['a greeting of 554', { greeting: '554 no' }, 'auth target-forbidden'],
    ['a greeting of 421', { greeting: '421 later' }, 'retry target-rate-limited'],
    ['no greeting', { greeting: '' }, 'retry connect-timeout'],
    ['a page for a greeting', { greeting: '<html>' }, 'retry answer-invalid'],
    ['a login that must wait', { AUTH: '454 later' }, 'retry target-busy'],
    ['a login that is refused', { AUTH: '535 no' }, 'auth session-refused'],
    ['a login that breaks off', { AUTH: null }, 'retry connection-lost'],
    ['a login without answer', { AUTH: '' }, 'retry answer-timeout'],
    ['a sender that is refused', { MAIL: '550 no' }, 'auth target-forbidden'],
    ['a recipient for later', { RCPT: '451 later' }, 'retry target-busy'],
    ['a recipient that is refused', { RCPT: '550 no' }, 'permanent target-rejected'],
    ['no answer to RCPT', { RCPT: '' }, 'retry answer-timeout'],
    ['DATA that is refused', { DATA: '554 no' }, 'permanent target-rejected'],
    ['DATA that breaks off', { DATA: null }, 'retry connection-lost'],
    ['content for later', { content: '452 full' }, 'retry target-busy'],
    ['content that is refused', { content: '554 spam' }, 'permanent target-rejected'],
    ['content and silence', { content: '' }, 'unknown answer-timeout'],
    ['content and the end', { content: null }, 'unknown connection-lost'],
    ['content and a page', { content: '<html>' }, 'unknown answer-invalid'],
    ['content and another success', { content: '299 maybe' }, 'unknown answer-wording-unknown'],
  ])('of %s', async (_, script, end) => {
    const connector = connect({ server: await serve(script) }, 400)
    expect(await failureOf(() => connector.send?.(delivery(), steady))).toBe(end)
  })

  it.each([null, ''])(
    'of a mail that was taken do not depend on the farewell: %j',
    async (QUIT) => {
      const connector = connect({ server: await serve({ QUIT }) }, 400)
      expect(await connector.send?.(delivery(), steady)).toMatchObject({ kind: 'delivered' })
    },
  )

  it('are "not sent" when the right to send ended before the content', async () => {
    const heard: string[] = []
    const connector = connect({ server: await serve({}, heard) })
    const { signal } = new AbortController()
    lookBeforeActing(signal, () => !heard.includes('DATA'))
    expect(await failureOf(() => connector.send?.(delivery(), signal))).toBe('retry interrupted')
    expect(heard.at(-1)).toBe('DATA')
  })

  it('are told in the moment of a stop', async () => {
    const stop = new AbortController()
    const connector = connect({ server: await serve({ RCPT: '' }) }, 30_000)
    const work = failureOf(() => connector.send?.(delivery(), stop.signal))
    setTimeout(() => stop.abort(), 100)
    expect(await work).toBe('retry interrupted')
  })
})

describe('connectors/smtp over TLS', () => {
  const authority = createAuthority()
  const { cert, key } = authority.issue()
  const { encryption: _, ...rest } = given
  const connectSafely = (more: object): Connector =>
    connect({ ...rest, encryption: undefined, ...more })

  const implicit = () =>
    listen(
      createTlsServer({ cert, key }, (socket) => speak(socket, good, [])),
      'smtps',
    )
  const upgrading = (heard: string[], offers = true) =>
    listen(
      createServer((socket) => {
        const offer = offers ? '250-hi\r\n250 STARTTLS' : '250 hi'
        speak(socket, { ...good, EHLO: offer, STARTTLS: '' }, heard)
        socket.on('data', (chunk) => {
          if (!chunk.toString().startsWith('STARTTLS')) return
          socket.removeAllListeners('data')
          socket.write('220 go\r\n')
          const safe = new TLSSocket(socket, { isServer: true, cert, key })
          speak(safe, { ...good, greeting: '' }, heard)
        })
      }),
    )

  it('sends by TLS and by STARTTLS to a server that its authority vouches for', async () => {
    for (const server of [await implicit(), await upgrading([])])
      expect(
        await connectSafely({ server, authority: authority.cert }).send?.(delivery(), steady),
      ).toMatchObject({ kind: 'delivered' })
  })

  it('tells nothing to a server that nobody vouches for', async () => {
    const heard: string[] = []
    for (const server of [await implicit(), await upgrading(heard)])
      expect(await failureOf(() => connectSafely({ server }).send?.(delivery(), steady))).toBe(
        'retry tls-failed',
      )
    expect(heard.filter((line) => /^(AUTH|MAIL)/.test(line))).toEqual([])
  })

  it('tells nothing to a server that takes STARTTLS out of its offer', async () => {
    const heard: string[] = []
    const connector = connectSafely({ server: await upgrading(heard, false) })
    expect(await failureOf(() => connector.send?.(delivery(), steady))).toMatch(/^(retry|auth) /)
    expect(heard.filter((line) => /^(AUTH|MAIL)/.test(line))).toEqual([])
  })
})

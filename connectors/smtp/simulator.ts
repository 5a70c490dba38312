/**
 * A mail server in miniature, over real TCP: greeting, EHLO, AUTH PLAIN, one recipient, DATA. Its writing call
 * is the content of a mail, its session the login; so the modes mean here what they mean over HTTP:
 *
 *   busy 451, rate-limit 450, refuse 550        answers to the content; nothing is taken
 *   timeout-before, server-error                the content is read, no answer comes; nothing is taken
 *   timeout-after, half-body                    it is taken, the 250 does not arrive or breaks off
 *   html-200                                    something answers that is no mail server
 *   unknown-words                               taken, with a code of success that RFC 5321 does not have
 */
import type { Socket } from 'node:net'
import {
  type CreateSimulator,
  createModePlan,
  createRecord,
  createSimulatorSockets,
  type SimulatorCall,
  type SimulatorMode,
} from '../../src/connector/index.ts'
import { readMail } from './simulator-mime.ts'

export const account = { username: 'lien-thong@h99.example.test', password: 'not-a-real-secret' }

const modes = [
  ...(['slow', 'timeout-before', 'timeout-after', 'late-apply', 'refuse', 'busy'] as const),
  ...(['rate-limit', 'html-200', 'half-body', 'server-error', 'reset-before'] as const),
  'unknown-words',
] as const satisfies readonly SimulatorMode[]

type Say = (reply: string) => void

const createSimulator: CreateSimulator = async (options) => {
  const mails = new Map(options.state ?? [])
  const plan = createModePlan(modes)
  const record = createRecord(options.forget ?? false, options.onEntry)
  const sockets = createSimulatorSockets()
  const { after } = sockets
  let calls = 0

  const respond = async (call: SimulatorCall, socket: Socket, say: Say): Promise<void> => {
    calls += 1
    const asked = plan.next(call)
    const run = async (): Promise<string> => {
      const { body, applied } = await call.run()
      record.note(call, applied)
      return String(body)
    }
    const without = (act: () => void): void => {
      record.note(call, false)
      act()
    }
    switch (asked?.mode) {
      case undefined:
        return say(await run())
      case 'slow': {
        const reply = await run()
        return after(asked.ms ?? 0, () => say(reply))
      }
      case 'timeout-after':
        return void (await run())
      case 'late-apply':
        return after(asked.ms ?? 0, () => void run())
      case 'half-body':
        socket.write((await run()).slice(0, 2), () => socket.destroy())
        return
      case 'unknown-words':
        await run()
        return say('299 abracadabra')
      case 'server-error':
        return without(() => socket.destroy())
      case 'reset-before':
        return without(() => socket.resetAndDestroy())
      case 'html-200':
        return without(() => say('<!DOCTYPE html><html lang="vi"><body>Bảo trì</body></html>'))
      case 'refuse':
        return without(() => say('550 5.7.1 Rejected'))
      case 'busy':
        return without(() => say('451 4.3.2 Try again later'))
      case 'rate-limit':
        return without(() => say('450 4.7.1 Too many mails'))
      default:
        return without(() => undefined)
    }
  }

  const port = await sockets.listen(options.port, (socket) =>
    converse(
      socket,
      (call, say) => void respond(call, socket, say),
      (id, mail) => mails.set(id, mail),
    ),
  )

  return {
    address: `smtp://127.0.0.1:${port}`,
    modes,
    misbehave: plan.add,
    behave: plan.clear,
    calls: () => calls,
    received: record.all,
    state: () => mails,
    stop: sockets.stop,
  }
}

const rightLogin = Buffer.from(`\0${account.username}\0${account.password}`).toString('base64')

function converse(
  socket: Socket,
  respond: (call: SimulatorCall, say: Say) => void,
  keep: (id: string, mail: object) => void,
): void {
  const say: Say = (reply) => void (socket.destroyed || socket.write(`${reply}\r\n`))
  let pending = Buffer.alloc(0)
  let isContent = false
  let isKnown = false
  let envelope = { from: '', to: '' }

  const commands: Readonly<Record<string, (rest: string) => void>> = {
    EHLO: () => say('250-mail.h99.example.test\r\n250-AUTH PLAIN\r\n250 SIZE 10485760'),
    AUTH: (rest) => {
      const run = () => {
        isKnown = rest === `PLAIN ${rightLogin}`
        return { body: isKnown ? '235 2.7.0 Welcome' : '535 5.7.8 Wrong account' }
      }
      respond({ kind: 'session', run }, say)
    },
    MAIL: (rest) => {
      envelope = { from: addressIn(rest), to: '' }
      say(isKnown ? '250 OK' : '530 5.7.0 Log in first')
    },
    RCPT: (rest) => {
      if (envelope.to !== '') return say('452 4.5.3 One recipient at a time')
      envelope.to = addressIn(rest)
      say(envelope.to.startsWith('khong-co') ? '550 5.1.1 No such mailbox' : '250 OK')
    },
    DATA: () => {
      isContent = true
      say('354 Go ahead')
    },
    QUIT: () => socket.end('221 Bye\r\n'),
  }

  const take = (content: Buffer): void => {
    const { headers, text } = readMail(content)
    const id = headers.get('message-id') ?? ''
    const names = ['from', 'to', 'subject', 'date', 'auto-submitted']
    const said = Object.fromEntries(names.map((name) => [name, headers.get(name)]))
    const mail = { envelope, ...said, text }
    const run = () => {
      keep(id, mail)
      return { body: '250 2.0.0 Taken', applied: true }
    }
    const items = [
      {
        subject: id,
        operation: 'mail',
        idempotencyKey: id.slice(1).split('@')[0] ?? '',
        content: mail,
      },
    ]
    respond({ kind: 'write', items, run }, say)
  }

  say('220 mail.h99.example.test ESMTP')
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    for (;;) {
      const mark = isContent ? '\r\n.\r\n' : '\r\n'
      const end = pending.indexOf(mark)
      if (end < 0) return
      const part = pending.subarray(0, end)
      pending = pending.subarray(end + mark.length)
      if (isContent) {
        isContent = false
        take(Buffer.from(part.toString('latin1').replace(/(^|\r\n)\.\./g, '$1.'), 'latin1'))
      } else {
        const [verb = '', ...rest] = part.toString('utf8').split(' ')
        const act = commands[verb.toUpperCase()]
        if (act) act(rest.join(' '))
        else say('502 5.5.1 Not known here')
      }
    }
  })
}

const addressIn = (rest: string): string => /<([^<>]*)>/.exec(rest)?.[1] ?? ''

export default createSimulator

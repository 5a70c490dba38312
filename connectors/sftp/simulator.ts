/**
 * A file server in miniature: SFTP over SSH on real TCP, its files in memory. Its writing call is the renaming by
 * which a file gets its name, its session the login; so the modes mean here what they mean over HTTP:
 *
 *   busy                                 the quota is used up (15); nothing is done
 *   refuse                               permission denied (3)
 *   duplicate                            there is such a file already (11)
 *   timeout-before, late-apply           no answer; nothing is done, or done later
 *   timeout-after, half-body             done; the answer does not come, or the line is cut
 *   server-error                         failure (4), which in SFTP 3 can mean anything
 *   html-200                             something answers that speaks no SSH
 *   unknown-words                        done, with a status that no version of SFTP has
 */
import { createECDH, createPrivateKey } from 'node:crypto'
import type { Socket } from 'node:net'
import ssh2 from 'ssh2'
import {
  type CreateSimulator,
  createModePlan,
  createRecord,
  createSimulatorSockets,
  type Simulator,
  type SimulatorMode,
  type SimulatorOptions,
} from '../../src/connector/index.ts'
import { createTree, type Tree } from './simulator-files.ts'
import { type Respond, serveFiles } from './simulator-sftp.ts'

export const account = { username: 'lien-thong', password: 'not-a-real-secret' }

const modes = [
  ...(['slow', 'timeout-before', 'timeout-after', 'late-apply', 'refuse', 'busy'] as const),
  ...(['html-200', 'half-body', 'server-error', 'reset-before', 'duplicate'] as const),
  'unknown-words',
] as const satisfies readonly SimulatorMode[]

const maintenance = '<!DOCTYPE html><html lang="vi"><body>Bảo trì</body></html>\r\n'

export interface SftpSimulator extends Simulator {
  readonly files: Tree
  /** Breaks every line that is open now. */
  cut(): void
}

const { Server } = ssh2

/** Always the same, so that its fingerprint can stand in a configuration; it protects nothing. */
function hostKey(): string {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(Buffer.alloc(32, 'H99 khoa thu cua may chu tep'))
  const point = curve.getPublicKey()
  const part = (bytes: Buffer): string => bytes.toString('base64url')
  return createPrivateKey({
    format: 'jwk',
    key: {
      ...{ kty: 'EC', crv: 'P-256', d: part(curve.getPrivateKey()) },
      ...{ x: part(point.subarray(1, 33)), y: part(point.subarray(33)) },
    },
  })
    .export({ type: 'sec1', format: 'pem' })
    .toString()
}

/** The same with what only this system has. */
export async function createSftpSimulator(options: SimulatorOptions): Promise<SftpSimulator> {
  const files = createTree(options.state ?? new Map())
  const plan = createModePlan(modes)
  const record = createRecord(options.forget ?? false, options.onEntry)
  const sockets = createSimulatorSockets()
  const { after, cut } = sockets
  let calls = 0

  const respondOn =
    (socket: Socket): Respond =>
    (call, answer) => {
      calls += 1
      const asked = plan.next(call)
      const run = (): void => {
        const done = call.run()
        record.note(call, done.applied)
        if (!asked) answer(done.code)
        else if (asked.mode === 'slow') after(asked.ms ?? 0, () => answer(done.code))
        else if (asked.mode === 'unknown-words') answer(99)
        else if (asked.mode === 'half-body') socket.destroy()
      }
      const without = (act: () => void): void => {
        record.note(call, false)
        act()
      }
      switch (asked?.mode) {
        case 'timeout-before':
          return without(() => undefined)
        case 'late-apply':
          return after(asked.ms ?? 0, run)
        case 'server-error':
          return without(() => answer(4))
        case 'reset-before':
          return without(() => socket.resetAndDestroy())
        case 'html-200':
          return without(() => void socket.write(maintenance))
        case 'refuse':
          return without(() => answer(3))
        case 'busy':
          return without(() => answer(15))
        case 'duplicate':
          return without(() => answer(11))
        default:
          run()
      }
    }

  const key = hostKey()
  const ssh = new Server({ hostKeys: [key] }, () => undefined)
  /** By the port they come from. Not every one speaks SSH: who tests the line connects and hangs up. */
  const open = new Map<number, Socket>()
  ssh.on('connection', (client, { port: from }) => {
    const socket = open.get(from)
    if (socket) serveFiles(client, files, account, respondOn(socket))
  })
  const port = await sockets.listen(options.port, (socket) => {
    const from = socket.remotePort ?? 0
    open.set(from, socket)
    socket.once('close', () => open.delete(from))
    socket.setNoDelay(true)
    ssh.injectSocket(socket)
  })

  return {
    address: `sftp://127.0.0.1:${port}`,
    modes,
    files,
    cut,
    misbehave: plan.add,
    behave: plan.clear,
    calls: () => calls,
    received: record.all,
    state: files.all,
    stop: sockets.stop,
  }
}

const createSimulator: CreateSimulator = createSftpSimulator

export default createSimulator

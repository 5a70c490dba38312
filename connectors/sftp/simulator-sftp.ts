/** The server's side of SFTP 3, as much of it as a client of files needs. */
import type { Attributes, Connection, SFTPWrapper } from 'ssh2'
import type { SimulatorItem } from '../../src/connector/index.ts'
import { folderOf, type HeldFile, type Tree } from './simulator-files.ts'

export interface SftpCall {
  readonly kind: 'write' | 'read' | 'session'
  readonly items?: readonly SimulatorItem[]
  /** What is answered: 0 is success; of a session, anything else is a refusal. */
  run(): { readonly code: number; readonly applied?: boolean }
}

export type Respond = (call: SftpCall, answer: (code: number) => void) => void

const ok = 0
const end = 1
const absent = 2
const denied = 3
const failure = 4
const full = 14

export function serveFiles(
  client: Connection,
  files: Tree,
  account: { readonly username: string; readonly password: string },
  respond: Respond,
): void {
  client.on('error', () => client.end())
  client.on('authentication', (asked) => {
    if (asked.method === 'none') return asked.reject(['password'])
    const isRight =
      asked.method === 'password' &&
      asked.username === account.username &&
      asked.password === account.password
    respond({ kind: 'session', run: () => ({ code: isRight ? ok : denied }) }, (code) =>
      code === ok ? asked.accept() : asked.reject(['password']),
    )
  })
  client.on('session', (accept) => {
    accept().on('sftp', (open) => serve(open(), files, respond))
  })
}

const attributesOf = ({ bytes, mtime }: HeldFile): Attributes => ({
  ...{ mode: 0o100_644, uid: 0, gid: 0, size: bytes.length, atime: mtime, mtime },
})

const keyIn = (name: string): string => /hub-[a-z]+-\d+/.exec(name)?.[0] ?? name

/** Also codes of later versions, and of none: the driver itself sends those of version 3 only. */
function status(sftp: SFTPWrapper, id: number, code: number): void {
  if (code <= 8) return void sftp.status(id, code)
  const packet = Buffer.alloc(21)
  packet.writeUInt32BE(17)
  packet[4] = 101
  packet.writeUInt32BE(id, 5)
  packet.writeUInt32BE(code, 9)
  const { _protocol: protocol, outgoing } = sftp as unknown as Inner
  protocol.channelData(outgoing.id, packet)
}
interface Inner {
  readonly _protocol: { channelData(channel: number, bytes: Buffer): void }
  readonly outgoing: { readonly id: number }
}

function serve(sftp: SFTPWrapper, files: Tree, respond: Respond): void {
  const handles = new Map<number, string>()
  const listings = new Map<number, string[]>()
  let last = 0
  const newHandle = (): [number, Buffer] => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(++last)
    return [last, bytes]
  }
  const say = (id: number) => (code: number) => status(sftp, id, code)
  const pathOf = (handle: Buffer) => handles.get(handle.readUInt32BE())

  sftp.on('error', () => sftp.end())
  sftp.on('OPENDIR', (id, folder) => {
    const run = () => ({ code: files.hasFolder(folder) ? ok : absent })
    respond({ kind: 'read', run }, (code) => {
      if (code !== ok) return say(id)(code)
      const [number, handle] = newHandle()
      listings.set(number, [...files.list(folder)])
      handles.set(number, folder)
      sftp.handle(id, handle)
    })
  })
  sftp.on('READDIR', (id, handle) => {
    const folder = pathOf(handle) ?? ''
    const names = listings.get(handle.readUInt32BE())?.splice(0, 100) ?? []
    if (names.length === 0) return sftp.status(id, end)
    sftp.name(
      id,
      names.flatMap((filename) => {
        const file = files.get(`${folder === '/' ? '' : folder}/${filename}`)
        return file ? [{ filename, longname: filename, attrs: attributesOf(file) }] : []
      }),
    )
  })
  const stat = (id: number, path: string): void => {
    const file = files.get(path)
    if (file) sftp.attrs(id, attributesOf(file))
    else sftp.status(id, absent)
  }
  sftp.on('STAT', stat)
  sftp.on('LSTAT', stat)
  sftp.on('OPEN', (id, path, flags) => {
    const writes = (flags & 0x02) !== 0
    const folder = folderOf(path)
    const found = files.get(path)
    const code = (): number => {
      if (!writes) return found ? ok : absent
      if (files.denied.has(folder)) return denied
      if (!files.hasFolder(folder)) return absent
      return found && (flags & 0x20) !== 0 ? failure : ok
    }
    const said = code()
    if (said !== ok) return void sftp.status(id, said)
    if (writes) files.put(path, '', Math.floor(Date.now() / 1000))
    const [number, handle] = newHandle()
    handles.set(number, path)
    sftp.handle(id, handle)
  })
  sftp.on('READ', (id, handle, offset, length) => {
    const file = files.get(pathOf(handle) ?? '')
    const bytes = file?.bytes.subarray(offset, offset + length)
    respond({ kind: 'read', run: () => ({ code: bytes?.length ? ok : end }) }, (code) =>
      code === ok && bytes ? sftp.data(id, bytes) : say(id)(code),
    )
  })
  sftp.on('WRITE', (id, handle, offset, data) => {
    const file = files.get(pathOf(handle) ?? '')
    if (!file) return sftp.status(id, failure)
    if (data.length > files.room) return say(id)(full)
    files.room -= data.length
    file.bytes = Buffer.concat([file.bytes.subarray(0, offset), data])
    sftp.status(id, ok)
  })
  sftp.on('CLOSE', (id) => sftp.status(id, ok))
  sftp.on('REMOVE', (id, path) => {
    if (files.denied.has(folderOf(path))) return sftp.status(id, denied)
    sftp.status(id, files.remove(path) ? ok : absent)
  })
  sftp.on('RENAME', (id, from, to) => {
    const file = files.get(from)
    const isDelivery = from.endsWith('.part')
    const run = () => {
      if (files.denied.has(folderOf(from)) || files.denied.has(folderOf(to)))
        return { code: denied }
      if (!file || !files.hasFolder(folderOf(to))) return { code: absent }
      if (files.get(to)) return { code: failure }
      files.remove(from)
      files.put(to, file.bytes, file.mtime)
      return { code: ok, applied: true }
    }
    const name = to.slice(to.lastIndexOf('/') + 1)
    const content = file && Buffer.from(file.bytes).toString('utf8')
    const item = { subject: to, operation: 'file', idempotencyKey: keyIn(name), content }
    respond({ kind: 'write', ...(isDelivery && { items: [item] }), run }, say(id))
  })
}

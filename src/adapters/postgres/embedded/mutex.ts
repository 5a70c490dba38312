import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { didNotStart, errnoOf } from './faults.ts'

const retryMs = 20

/**
 * A name that the kernel gives to one process at a time and takes back when that process ends, how
 * ever it ends: on Linux an abstract socket, elsewhere a port. A lock file would outlive a kill.
 */
async function nameOf(folder: string): Promise<{ path: string } | { host: string; port: number }> {
  const { dev, ino } = await stat(folder)
  if (process.platform === 'linux') return { path: `\0lien-thong-hub/${dev}/${ino}` }
  const digest = createHash('sha256').update(`${dev}/${ino}`).digest()
  return { host: '127.0.0.1', port: 20_000 + (digest.readUInt16BE() % 12_000) }
}

const tryTake = (
  name: { path: string } | { host: string; port: number },
): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error) =>
      errnoOf(error) === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(name, () => resolve(server))
  })

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Runs `work` while no other process of this machine (nor other caller in this one) runs work for
 * the same folder. Throws `store-unavailable` when the turn does not come within `patienceMs`.
 */
export async function withMutex<T>(
  folder: string,
  patienceMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const name = await nameOf(folder)
  const until = performance.now() + patienceMs
  let held = await tryTake(name)
  while (!held) {
    if (performance.now() > until)
      throw didNotStart(
        'một tiến trình khác đang khởi động hoặc dừng máy chủ quá lâu.',
        'another process has been starting or stopping the server for too long.',
      )
    await pause(retryMs)
    held = await tryTake(name)
  }
  try {
    return await work()
  } finally {
    const server = held
    await new Promise((resolve) => server.close(resolve))
  }
}

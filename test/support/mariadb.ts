/** A MariaDB server of its own for a test file, on a free port. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { createAuthority } from './certificates.ts'
import { freePort } from './redis.ts'
import { waitUntil } from './wait.ts'

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
const isInstalled = (program: string): boolean =>
  folders.some((folder) => existsSync(join(folder, program)))

/** A machine may lack the program, and its tests are skipped by name; CI must not. */
export const skipsMariadb = !isInstalled('mariadbd') && process.env.CI !== 'true'

export interface TestMariadb {
  readonly port: number
  /** PEM; its certificate for localhost is the server's. */
  readonly authority: string
  /** As root, whatever is asked: several statements too. */
  administer(text: string): Promise<void>
  close(): Promise<void>
}

const isRoot = process.getuid?.() === 0

export async function startMariadb(): Promise<TestMariadb> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'hub-mariadb-'))
  chmodSync(folder, 0o755)
  const data = join(folder, 'data')
  const authority = createAuthority()
  const { cert, key } = authority.issue()
  for (const [name, text] of Object.entries({ cert, key, ca: authority.cert }))
    writeFileSync(join(folder, `${name}.pem`), text)
  const env = { ...process.env, PATH: folders.join(delimiter) }
  // It will not run as root; as whoever we are, then, or as nobody special.
  const user = isRoot ? ['--user=root'] : []
  const made = spawnSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...user,
    ],
    { env, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.stderr}${made.stdout}`)
  const child: ChildProcess = spawn(
    'mariadbd',
    [
      ...['--no-defaults', `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1'],
      ...[`--socket=${join(folder, 's')}`, `--pid-file=${join(folder, 'pid')}`, '--skip-log-bin'],
      ...[
        ...['cert', 'key', 'ca'].map((name) => `--ssl-${name}=${join(folder, `${name}.pem`)}`),
        '--innodb-buffer-pool-size=32M',
        '--performance-schema=OFF',
        ...user,
      ],
    ],
    { env, stdio: 'ignore' },
  )
  const administer = async (text: string): Promise<void> => {
    const connection = await createConnection({
      ...{ host: '127.0.0.1', port, user: 'root', multipleStatements: true },
    })
    try {
      await connection.query(text)
    } finally {
      await connection.end()
    }
  }
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await waitUntil(
      'mariadbd answers',
      () =>
        administer('select 1').then(
          () => true,
          () => false,
        ),
      Boolean,
      30_000,
    )
  } catch (error) {
    await close()
    throw error
  }
  return { port, authority: authority.cert, administer, close }
}

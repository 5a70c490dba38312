/** How the process of expressions is started: what every wall is for says docs/decisions/0010. */
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)

const beside = (name: string): string => realpathSync(fileURLToPath(new URL(name, import.meta.url)))

interface ChildStart {
  readonly arguments: readonly string[]
  readonly options: { readonly env: Record<string, never>; readonly cwd: '/' }
}

/** JSONata is never loaded into this process: it is named to the other one by its path. */
export function childStart(): ChildStart {
  const [child, room] = [beside('child.cjs'), beside('room.cjs')]
  const jsonata = realpathSync(require.resolve('jsonata'))
  const isStable = process.allowedNodeEnvironmentFlags.has('--permission')
  return {
    arguments: [
      isStable ? '--permission' : '--experimental-permission',
      ...[child, room, jsonata].map((path) => `--allow-fs-read=${path}`),
      '--disallow-code-generation-from-strings',
      '--disable-proto=delete',
      '--no-addons',
      '--no-warnings',
      '--max-old-space-size=64',
      '--max-semi-space-size=2',
      child,
      jsonata,
      room,
    ],
    options: { env: {}, cwd: '/' },
  }
}

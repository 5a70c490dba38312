/**
 * `npm run build:console`: makes dist/console of src/app/console. `--when-stale` (after `npm install`, before
 * the tests): only when the sources have changed since, and quietly not at all where the tools of
 * development are not installed.
 */
import { buildConsole, isConsoleFresh } from './console-build.ts'

const isAutomatic = process.argv.includes('--when-stale')
if (!(isAutomatic && isConsoleFresh())) {
  const made = await buildConsole()
  if (!made) {
    process.stderr.write('vite is not installed, so the console was not built (npm install)\n')
    if (!isAutomatic) process.exitCode = 1
  }
}

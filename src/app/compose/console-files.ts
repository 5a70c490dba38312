/** Reads what `npm run build:console` has made. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { ConsoleFile, ConsoleFiles } from '../http/console/console-files.ts'

const built = join(import.meta.dirname, '../../../dist/console')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export function readConsoleFiles(folder = built): ConsoleFiles {
  const files = new Map<string, ConsoleFile>()
  try {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const type = types[extname(path)]
      if (type) files.set(path, { type, body: readFileSync(join(folder, path)) })
    }
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error
  }
  return files
}
